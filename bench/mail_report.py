"""The mail's section of bench/README.md: what was measured, and whether the goals are reached."""

import os
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median, quantiles

from bench import sections

HEAD = "# The mail"
_INTRODUCTION = """\
Written by `make bench-mail` (some minutes; `make bench-mail ARGS=--quick` prints a first impression and
writes nothing). Needs Dovecot and Postfix installed. Change nothing here by hand.

- **Delivery to recorded**: from the end of the delivery by LMTP to the commit of what the letter says, one
  letter after the other; the *bare notice* is when a plain IDLE client of the same library is told by the
  same server (Dovecot waits half a second of its own before it tells).
- **Backlog**: 10,000 answers of 5 KB, text and HTML, that lie in the mailbox. *Bare FETCH* asks for them by
  the same library in the same batches and throws them away. *Kept* is until the last one's bytes are on our
  disk; *recorded* until each has been read, told whose it is, understood, its effect and its answer committed
  and the mailbox told: Python reads a letter for longer than Dovecot serves it.
- **Sending** to Postfix, which discards: the *bare loop* sends the same ready bytes over one kept connection
  (aiosmtplib); ours claims, composes, sends and settles each mail from the outbox in SQLite
  (`synchronous=FULL`), over one connection and over the two that the settings have.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One time all of it: milliseconds, and things a second."""

    bare_notice: Sequence[float]
    recorded_in: Sequence[float]
    bare_fetch: float
    kept: float
    recorded: float
    bare_send: float
    one: float
    several: float


def tell(runs: Sequence[Run], *, write: bool) -> None:
    """Print the section, or write it."""
    text = "\n".join(_section(runs)) + "\n"
    if write:
        sections.put(sections.README, HEAD, text)
    sys.stdout.write(text)


def _section(runs: Sequence[Run]) -> Iterator[str]:
    yield f"{HEAD}\n\n{_INTRODUCTION}"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("aioimaplib", "aiosmtplib", "uvloop"))
    many = f"Medians of {len(runs)} runs" if len(runs) > 1 else "One run"
    yield f"{many} on {os.cpu_count()} cores, Python {platform.python_version()}, {libraries}.\n"
    yield "| | Bare | Ours | Ours / bare |"
    yield "|---|---|---|---|"
    for name, part in (("p50", 0.50), ("p99", 0.99)):
        bare = median(_at(run.bare_notice, part) for run in runs)
        ours = median(_at(run.recorded_in, part) for run in runs)
        yield f"| delivery to notice, to recorded: {name} ms | {bare:.0f} | {ours:.0f} | {ours / bare:.2f} |"
    yield _row("backlog, kept: messages/s", runs, lambda run: run.bare_fetch, lambda run: run.kept)
    yield _row("backlog, recorded: messages/s", runs, lambda run: run.bare_fetch, lambda run: run.recorded)
    yield _row("sending, one connection: mails/s", runs, lambda run: run.bare_send, lambda run: run.one)
    yield _row("sending, two connections: mails/s", runs, lambda run: run.bare_send, lambda run: run.several)
    yield "\n## The goals of the mail\n"
    p99 = median(_at(run.recorded_in, 0.99) for run in runs)
    yield f"- delivery to recorded, p99: {p99:.0f} ms (under 1000 ms: {_reached(p99 < 1000)})"
    yield _goal("backlog kept beside the bare FETCH", median(run.kept / run.bare_fetch for run in runs), 0.5)
    yield _goal("backlog recorded, the same", median(run.recorded / run.bare_fetch for run in runs), 0.5)
    yield _goal("sending beside the bare loop", median(run.several / run.bare_send for run in runs), 0.7)


def _row(name: str, runs: Sequence[Run], bare: Callable[[Run], float], ours: Callable[[Run], float]) -> str:
    ratio = median(ours(run) / bare(run) for run in runs)
    return f"| {name} | {median(map(bare, runs)):,.0f} | {median(map(ours, runs)):,.0f} | {ratio:.2f} |"


def _goal(what: str, found: float, wanted: float) -> str:
    return f"- {what}: {found:.2f} (at least {wanted:g}: {_reached(found >= wanted)})"


def _at(values: Sequence[float], part: float) -> float:
    return quantiles(values, n=100, method="inclusive")[round(part * 100) - 1]


def _reached(yes: bool) -> str:
    return "reached" if yes else "**not reached**"
