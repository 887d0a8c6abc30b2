"""A store on each of the two databases, empty and migrated, for every test that asks for one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import asyncpg  # type: ignore[import-untyped] # it ships no types
import pytest

from store.engine import Store, open_store
from store.migrations import migrate
from tests.store import postgres

BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server with a migrated database to clone; where none can start, its tests are skipped."""
    try:
        with postgres.running() as started:
            asyncio.run(_create(started, "template", "template1"))
            asyncio.run(migrate(started.url("template")))
            yield started
    except postgres.CouldNotStartError as reason:
        pytest.skip(f"PostgreSQL could not start: {reason}")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("store") / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> str:
    """Which database: "sqlite" or "postgres"."""
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with nothing in it."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return _clone(request.getfixturevalue("server"), "template1")


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated, empty database."""
    if engine == "sqlite":
        path = shutil.copy(request.getfixturevalue("migrated"), tmp_path / "store.db")
        return f"sqlite:///{path}"
    return _clone(request.getfixturevalue("server"), "template")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open store, empty."""
    async with open_store(database_url) as opened:
        yield opened


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it once, plainly, where half of the store was not tested."""
    skipped = terminalreporter.stats.get("skipped", [])
    lost = [report for report in skipped if "PostgreSQL could not start" in str(report.longrepr)]
    if lost:
        terminalreporter.section("the store on PostgreSQL")
        terminalreporter.line(f"{len(lost)} tests were not run. {lost[0].longrepr[2]}")


def _clone(server: postgres.Server, template: str) -> str:
    name = f"test_{next(_NUMBERS)}"
    with closing(asyncio.new_event_loop()) as loop:
        loop.run_until_complete(_create(server, name, template))
    return server.url(name)


async def _create(server: postgres.Server, name: str, template: str) -> None:
    connection = await asyncpg.connect(host=str(server.folder), user="postgres", database="postgres")
    await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    await connection.close()
