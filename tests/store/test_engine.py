"""One unit of work is one transaction: nothing lost, nothing halved, neighbours unharmed."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError

from procedure.errors import SettingsError
from store import audit, marks, tables
from store.engine import Store, open_store
from store.transaction import Transaction
from store.writer import StoreClosed

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def add_one(tx: Transaction) -> int:
    total = int(marks.get(tx, "total") or 0) + 1
    marks.put(tx, "total", total)
    return total


def total(tx: Transaction) -> int:
    return int(marks.get(tx, "total") or 0)


async def test_four_tasks_that_read_and_write_a_hundred_times_lose_nothing(store: Store) -> None:
    async def count() -> None:
        for _ in range(100):
            await store.run(add_one)

    await store.run(add_one)
    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(count())
    assert await store.read(total) == 401


async def test_a_unit_that_raises_undoes_itself_and_harms_no_neighbour(store: Store) -> None:
    def fails(tx: Transaction) -> None:
        audit.note(tx, NOON, "x", "written", {})
        raise ZeroDivisionError

    def works(tx: Transaction) -> None:
        audit.note(tx, NOON, "y", "written", {})

    units: list[Callable[[Transaction], None]] = [works, fails, works, fails, works]
    results = await asyncio.gather(*map(store.run, units), return_exceptions=True)
    assert [type(result) for result in results if result] == [ZeroDivisionError, ZeroDivisionError]
    assert [note.who for note in await store.read(lambda tx: audit.latest(tx, 10))] == ["y", "y", "y"]


async def test_a_broken_statement_harms_no_neighbour(store: Store) -> None:
    def twice(tx: Transaction) -> None:
        marks.put(tx, "a", 1)
        tx.execute(tables.marks.insert(), {"name": "a", "value": 2})

    results = await asyncio.gather(
        store.run(twice), store.run(add_one), store.run(twice), return_exceptions=True
    )
    assert isinstance(results[0], DBAPIError)
    assert isinstance(results[2], DBAPIError)
    assert await store.read(lambda tx: (total(tx), marks.get(tx, "a"))) == (1, None)


async def test_a_rehearsal_gives_what_would_be_and_leaves_nothing(store: Store) -> None:
    await store.run(add_one)
    assert [await store.rehearse(add_one) for _ in range(2)] == [2, 2]
    assert await store.read(total) == 1


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError):
        await store.read(add_one)
    assert await store.read(total) == 0


async def test_a_unit_sees_what_the_one_before_it_wrote(store: Store) -> None:
    assert [await store.run(add_one) for _ in range(3)] == [1, 2, 3]


async def test_what_waits_is_finished_when_the_store_closes(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.run(add_one)
        async with asyncio.TaskGroup() as group:
            for _ in range(50):
                group.create_task(store.run(add_one))
    async with open_store(database_url) as store:
        assert await store.read(total) == 51


async def test_a_closed_store_says_so(database_url: str) -> None:
    async with open_store(database_url) as store:
        pass
    with pytest.raises(StoreClosed):
        await store.run(add_one)


async def test_commit_points_are_told_before_and_after(database_url: str) -> None:
    points: list[int] = []
    async with open_store(database_url, on_commit=points.append) as store:
        await store.run(add_one)
        await store.run(add_one)
    assert points == [1, 2, 3, 4]


async def test_a_commit_that_fails_is_told_to_all_that_shared_it(database_url: str) -> None:
    def fail(point: int) -> None:
        if point == 3:
            raise OSError("the disk is full")

    async with open_store(database_url, on_commit=fail) as store:
        await store.run(add_one)
        with pytest.raises(OSError, match="full"):
            await store.run(add_one)
        assert await store.run(add_one) == 2


@pytest.mark.parametrize("engine", ["sqlite"])  # PostgreSQL commits each unit by itself
async def test_units_that_wait_share_a_commit_and_its_failure(database_url: str) -> None:
    began, go_on, points = threading.Event(), threading.Event(), []

    def hold(_tx: Transaction) -> None:
        began.set()
        go_on.wait()

    def fail(point: int) -> None:
        points.append(point)
        if point == 3:
            raise OSError("the disk is full")

    async with open_store(database_url, on_commit=fail) as store, asyncio.TaskGroup() as group:
        first = group.create_task(store.run(hold))
        await asyncio.to_thread(began.wait)
        rest = [asyncio.gather(store.run(add_one), return_exceptions=True) for _ in range(5)]
        await _settled()
        go_on.set()
        await first
        results = [each[0] for each in await asyncio.gather(*rest)]
        assert [type(result) for result in results] == [OSError] * 5
        assert await store.read(total) == 0
    assert points == [1, 2, 3]


@pytest.mark.parametrize("engine", ["sqlite"])  # PostgreSQL has no queue of ours
async def test_a_caller_that_gives_up_while_it_waits_leaves_no_trace(database_url: str) -> None:
    began, go_on = threading.Event(), threading.Event()

    def hold(_tx: Transaction) -> None:
        began.set()
        go_on.wait()

    async with open_store(database_url) as store, asyncio.TaskGroup() as group:
        first = group.create_task(store.run(hold))
        await asyncio.to_thread(began.wait)
        waiting = group.create_task(store.run(add_one))
        await _settled()
        waiting.cancel()
        await _settled()
        go_on.set()
        await first
        assert await store.read(total) == 0
        assert waiting.cancelled()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense", ""])
async def test_another_database_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        async with open_store(url):
            pass


async def _settled() -> None:
    """Let every task that can run do so."""
    for _ in range(5):
        await asyncio.sleep(0)
