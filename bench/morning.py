"""`make bench-morning`: the morning's plan for a very large association, beside the bare query of its rows.

On SQLite and on PostgreSQL. Everything it makes is in a temporary folder, and gone at the end.
"""

import argparse
import asyncio
import gc
import sqlite3
import sys
import tempfile
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import asyncpg  # type: ignore[import-untyped] # it ships no types
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect

from actions.deliver import Minting
from actions.morning import Morning, horizon, plan_morning
from actions.office import Office
from actions.remind import queue
from bench import morning_data, morning_report
from bench.morning_data import TODAY
from bench.morning_report import Measure
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import ROME
from procedure.workdays import calendars
from store.engine import Store, open_store
from store.migrations import migrate
from store.mornings import TO_REMIND
from store.transaction import Transaction
from tests.store import postgres

ROOT = Path(__file__).parent.parent
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 8, 0, tzinfo=ROME)
COMPANIES, OPEN = 1_000_000, 300_000
SCALES = (10_000, 100_000, 300_000, 1_000_000)

Bare = Callable[[], Awaitable[list[Any]]]


class _Undone(Exception):
    """Raised to leave the database as it was."""


@dataclass(frozen=True)
class Database:
    """One of the two: how statements that fill it are run, how the bare query is, and the product's store."""

    name: str
    fill: Callable[[Iterable[str]], Awaitable[None]]
    bare: Bare
    store: Store


def say(text: str) -> None:
    print(text, flush=True)


def _office() -> Office:
    campaign = load_campaign(ROOT / "campaign.example.toml").campaign
    return Office(campaign, calendars(campaign), Minting(b"a secret of the bench, 32 bytes.", "x.example"))


@asynccontextmanager
async def _sqlite() -> AsyncIterator[Database]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "bench.db"
        await migrate(f"sqlite:///{path}")
        compiled = TO_REMIND.compile(dialect=sqlite.dialect(paramstyle="qmark"))
        values = {"day": TODAY.isoformat(), "horizon": horizon(TODAY).isoformat()}
        asked = [values[name] for name in compiled.positiontup or ()]
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:

            async def fill(statements: Iterable[str]) -> None:
                for statement in statements:
                    connection.execute(statement)

            async def bare() -> list[Any]:
                return connection.execute(compiled.string, asked).fetchall()

            async with open_store(f"sqlite:///{path}") as store:
                yield Database("SQLite", fill, bare, store)


@asynccontextmanager
async def _postgres() -> AsyncIterator[Database]:
    with postgres.running() as server:
        await migrate(server.url("postgres"))
        compiled = TO_REMIND.compile(dialect=asyncpg_dialect.dialect())  # type: ignore[no-untyped-call] # SQLAlchemy's own
        values = {"day": TODAY, "horizon": horizon(TODAY)}
        asked = [values[name] for name in compiled.positiontup or ()]
        connection = await asyncpg.connect(host=str(server.folder), user="postgres", database="postgres")
        try:

            async def fill(statements: Iterable[str]) -> None:
                for statement in statements:
                    await connection.execute(statement)

            async def bare() -> list[Any]:
                rows: list[Any] = await connection.fetch(compiled.string, *asked)
                return rows

            async with open_store(server.url("postgres")) as store:
                yield Database("PostgreSQL", fill, bare, store)
        finally:
            await connection.close()


async def _measured(database: Database, office: Office, count: int, runs: int) -> Measure:
    """Bare query and plan in turn; then the memory of each, and one whole morning, undone."""
    bare, plan = [], []
    for _ in range(runs + 1):  # the first warms both up
        begun = perf_counter()
        rows = await database.bare()
        bare.append(perf_counter() - begun)
        plan.append(await database.store.run(lambda tx: _timed(tx, office)[0]))
    bare_mb, plan_mb = await _peak(database.bare), await _peak(lambda: _planned(database, office))
    queued, receivers = await _whole(database, office)
    return Measure(
        database.name,
        count,
        len(rows),
        receivers,
        median(bare[1:]),
        median(plan[1:]),
        bare_mb,
        plan_mb,
        queued,
    )


def _timed(tx: Transaction, office: Office) -> tuple[float, Morning]:
    gc.collect()
    begun = perf_counter()
    morning = plan_morning(tx, office, NOW)
    return perf_counter() - begun, morning


async def _planned(database: Database, office: Office) -> Morning:
    return await database.store.run(lambda tx: plan_morning(tx, office, NOW))


async def _peak(work: Callable[[], Awaitable[Any]]) -> float:
    """The most memory that Python holds for it, in MB."""
    gc.collect()
    tracemalloc.start()
    try:
        kept = await work()
        del kept
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


async def _whole(database: Database, office: Office) -> tuple[float, int]:
    """Seconds until everything is in the outbox and every next day written; how many receivers."""
    found: list[tuple[float, int]] = []

    def work(tx: Transaction) -> None:
        begun = perf_counter()
        morning = plan_morning(tx, office, NOW)
        queue(tx, office, morning, NOW)
        found.append((perf_counter() - begun, len(morning.messages)))
        raise _Undone

    try:
        await database.store.run(work)
    except _Undone:
        return found[-1]
    raise AssertionError("the morning was kept")


async def _all(quick: bool) -> list[Measure]:
    office = _office()
    companies, scales = (20_000, (1_000, 6_000)) if quick else (COMPANIES, SCALES)
    runs = 3 if quick else 7
    found = []
    for opened in (_sqlite, _postgres):
        async with opened() as database:
            say(f"{database.name}: {companies} companies …")
            await database.fill([*morning_data.people(), *morning_data.companies(companies)])
            for count in scales:
                await database.fill([*morning_data.deadlines(count, companies), "ANALYZE"])
                found.append(await _measured(database, office, count, runs))
                say(f"  {found[-1]}")
    return found


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the section of bench/README.md")
    parser.add_argument("--quick", action="store_true", help="a small one, which writes nothing")
    chosen = parser.parse_args()
    gc.freeze()  # as the service does: what is loaded stays
    found = asyncio.run(_all(chosen.quick))
    section = morning_report.section(found)
    if chosen.write and not chosen.quick:
        morning_report.write(ROOT / "bench" / "README.md", section)
    else:
        sys.stdout.write(section)


if __name__ == "__main__":
    main()
