"""What the bench found: a line for each run, and a page of medians."""

import os
import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

OURS = "**Dopovisita, the whole service, every step durable**"
PTB = "PTB ConversationHandler, nothing kept"
AIOGRAM = "aiogram, memory storage"


@dataclass(frozen=True)
class Run:
    contender: str
    people: int
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    rss_mb: float
    start_s: float

    def __str__(self) -> str:
        return (
            f"{self.people:4} people  {self.per_second:7.0f}/s  p50 {self.p50_ms:6.1f}  "
            f"p99 {self.p99_ms:6.1f} ms  cpu {self.cpu_ms:5.2f} ms  {self.rss_mb:4.0f} MB  "
            f"start {self.start_s:4.2f} s  {self.contender.strip('*')}"
        )


def page(runs: list[Run], rounds: int) -> str:
    """The page, from all the runs."""
    return "\n".join([INTRODUCTION, *_machine(rounds), "", *_tables(runs), *goals(runs), ""])


INTRODUCTION = """# The bench

Written by `make bench` (some minutes; `make bench ARGS=--quick` prints a first impression and writes
nothing). Change nothing here by hand.

N people each tell the plain visit again and again through a Bot API on loopback, in a process of its own: the
twelve taps of `tests/journeys/test_plain_visit.py`, from the company's card to the confirmation, and the two
that lead from there to the next card. It is a closed loop: each waits for the screen, checks its words and
buttons, and taps the next button by its words. They do not all stand at the same screen.

- **Dopovisita** is the whole service as `dopovisita run` starts it, on the example campaign with N more AVs
  of one company each: chat, reminders, mail carriers. The mail servers are closed ports, which costs it a
  failed connection now and then; a plain visit writes no mail. Each update is kept before it is confirmed to
  Telegram, each step is committed to SQLite (`synchronous=FULL`) before its reply leaves, and the last tap
  records the visit with its forms and closes the draft.
- **The others** send the same screens, recorded from the service at the start of the bench and made ready
  once: the same words and keyboards by the same calls (editMessageText, then answerCallbackQuery). They keep
  which step each person is at and what was answered, in memory, and nothing at the end. They check nothing,
  look nothing up and compute nothing.

*Update to reply* (p50, p99) is from the update's birth to the call that shows the next screen. CPU is the
bot's process alone; memory is its resident set at the end; start is from the process to its first getUpdates,
with the database migrated before. Both cores are shared with the Bot API and its people.
"""


def _machine(rounds: int) -> list[str]:
    libraries = ("python-telegram-bot", "aiohttp", "uvloop", "SQLAlchemy")
    told = ", ".join(f"{name} {version(name)}" for name in libraries)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return [f"Medians of {rounds} runs, taken in turn, on {os.cpu_count()} cores. {python}, {told}."]


def _tables(runs: list[Run]) -> Iterator[str]:
    for people in sorted({run.people for run in runs}):
        yield f"## {people} {'person' if people == 1 else 'people'}\n"
        yield "| Bot | updates/s | p50 ms | p99 ms | CPU ms per update | RSS MB | start s |"
        yield "|---|---|---|---|---|---|---|"
        for contender in dict.fromkeys(run.contender for run in runs):
            if same := _of(runs, contender, people):
                yield _row(contender, same)
        yield ""


def _row(contender: str, same: list[Run]) -> str:
    numbers = (
        f"{median(run.per_second for run in same):.0f}",
        f"{median(run.p50_ms for run in same):.1f}",
        f"{median(run.p99_ms for run in same):.1f}",
        f"{median(run.cpu_ms for run in same):.2f}",
        f"{median(run.rss_mb for run in same):.0f}",
        f"{median(run.start_s for run in same):.2f}",
    )
    return f"| {' | '.join((contender, *numbers))} |"


def goals(runs: list[Run]) -> Iterator[str]:
    """The goals at 50 people, where all three were measured."""
    ours, ptb, aiogram = (_of(runs, name, 50) for name in (OURS, PTB, AIOGRAM))
    if not (ours and ptb and aiogram):
        return
    yield "## The goals, at 50 people\n"
    yield _goal("updates/s beside ConversationHandler", _speed(ours) / _speed(ptb), 3.5, "×")
    yield _goal("updates/s beside aiogram", _speed(ours) / _speed(aiogram), 1.2, "×")
    yield _goal("p99 from update to reply", median(run.p99_ms for run in ours), 120, " ms", most=True)
    yield _goal("memory", median(run.rss_mb for run in ours), 120, " MB", most=True)
    yield _goal("start", median(run.start_s for run in ours), 1.5, " s", most=True)


def _goal(what: str, found: float, wanted: float, unit: str, *, most: bool = False) -> str:
    reached = found <= wanted if most else found >= wanted
    asked = f"at {'most' if most else 'least'} {wanted:g}{unit}"
    return f"- {what}: {found:.3g}{unit} ({asked}: {'reached' if reached else '**not reached**'})"


def _speed(runs: list[Run]) -> float:
    return median(run.per_second for run in runs)


def _of(runs: list[Run], contender: str, people: int) -> list[Run]:
    return [run for run in runs if (run.contender, run.people) == (contender, people)]
