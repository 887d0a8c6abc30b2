"""Real mail servers, where installed; where one is not, its tests are skipped and the summary says so."""

from collections.abc import Iterator

import pytest

from tests.mailer.wires import servers_here
from tests.mailer.wires.servers_here import CouldNotStartError, Dovecot, Postfix

REFUSED, PUT_OFF = "nessuno@casella.example.com", "occupato@casella.example.com"


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    try:
        with servers_here.dovecot() as server:
            yield server
    except CouldNotStartError as reason:
        pytest.skip(f"Dovecot could not start: {reason}")


@pytest.fixture(scope="session")
def postfix() -> Iterator[Postfix]:
    try:
        with servers_here.postfix(REFUSED, PUT_OFF) as server:
            yield server
    except CouldNotStartError as reason:
        pytest.skip(f"Postfix could not start: {reason}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it once, plainly, where the wires were not tried on real servers."""
    skipped = terminalreporter.stats.get("skipped", [])
    for name in ("Dovecot", "Postfix"):
        lost = [report for report in skipped if f"{name} could not start" in str(report.longrepr)]
        if lost:
            terminalreporter.section(f"the wires on {name}")
            terminalreporter.line(f"{len(lost)} tests were not run. {lost[0].longrepr[2]}")
