"""The morning's section of bench/README.md: what was measured, and whether the goals are reached."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import sections
from bench.morning_data import PEOPLE

HEAD = "# The morning\n"
GOAL = 2.0


@dataclass(frozen=True)
class Measure:
    """One size on one database. Times in seconds, memory in MB; `queued` is the whole morning, written."""

    database: str
    deadlines: int
    due: int
    receivers: int
    bare: float
    plan: float
    bare_mb: float
    plan_mb: float
    queued: float

    @property
    def times(self) -> float:
        """The plan beside the bare query."""
        return self.plan / self.bare

    def __str__(self) -> str:
        return (
            f"{self.deadlines:9,} open  {self.due:6,} due  {self.receivers:6,} receivers  "
            f"bare {self.bare * 1000:7.1f} ms {self.bare_mb:5.1f} MB  "
            f"plan {self.plan * 1000:7.1f} ms {self.plan_mb:5.1f} MB  {self.times:4.2f}×  "
            f"queued {self.queued * 1000:7.0f} ms"
        )


INTRODUCTION = f"""{HEAD}
Written by `make bench-morning` (some minutes; `make bench-morning ARGS=--quick` prints a first impression and
writes nothing). Change nothing here by hand.

A very large association: 1,000,000 companies, {PEOPLE:,} people (one in fifty away today, one in five with
hours of their own), open deadlines as many as the table says, one in sixty to be told of this morning. *Bare*
is the morning's one query as the store compiles it, run by the same driver (sqlite3, asyncpg), its rows
fetched as they are, dates unread on SQLite. *Plan* is `actions.morning.plan_morning`: the same query, the
level of each deadline, who hears it today (deputies too), in which hours, grouped by receiver. *Written* is
the plan, every message in the outbox and every deadline's next day, before the commit. Medians of seven runs
in turn, all in one process on a warm cache; memory is the most that Python holds at once (tracemalloc).
PostgreSQL runs without fsync, on the same machine.
"""


def section(found: list[Measure]) -> str:
    """The whole section."""
    return "\n".join([INTRODUCTION, *_tables(found), *_goals(found), ""])


def write(readme: Path, text: str) -> None:
    """Put the section in the place of the last one, or at the end."""
    sections.put(readme, HEAD.strip(), text)


def kept(readme: Path) -> str:
    """The section as it stands, for whoever writes the page anew; empty where there is none."""
    _, head, after = readme.read_text("utf-8").partition(HEAD)
    return f"\n{head}{after}" if head else ""


def _tables(found: list[Measure]) -> Iterator[str]:
    for database in dict.fromkeys(one.database for one in found):
        yield f"## {database}\n"
        yield "| Open | Due | Receivers | Bare ms | Plan ms | Plan / bare | Bare MB | Plan MB | Written ms |"
        yield "|---|---|---|---|---|---|---|---|---|"
        for one in (one for one in found if one.database == database):
            yield (
                f"| {one.deadlines:,} | {one.due:,} | {one.receivers:,} | {one.bare * 1000:.1f} "
                f"| {one.plan * 1000:.1f} | {one.times:.2f} | {one.bare_mb:.1f} | {one.plan_mb:.1f} "
                f"| {one.queued * 1000:.0f} |"
            )
        yield ""


def _goals(found: list[Measure]) -> Iterator[str]:
    yield "## The goals\n"
    for database in dict.fromkeys(one.database for one in found):
        its = [one for one in found if one.database == database]
        usual = next((one for one in its if one.deadlines == 300_000), its[-1])
        yield (
            f"- {database}, {usual.deadlines:,} open: {usual.times:.2f}× the bare query (at most {GOAL:g}×: "
            f"{_reached(usual.times <= GOAL)})"
        )
        first, last = its[0], its[-1]
        grown, slower = last.deadlines / first.deadlines, last.plan / first.plan
        yield (
            f"- {database}, {grown:.0f} times as many open deadlines: {slower:.0f} times as long (linear or "
            f"better: {_reached(slower <= grown)})"
        )


def _reached(yes: bool) -> str:
    return "reached" if yes else "**not reached**"
