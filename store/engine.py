"""Opening the database, and the two ways through it: `run` to change it, `read` to look.
Refuses to know the tables.

A unit of work is a plain function of a transaction. It never waits, and it may be run again from the start
(on PostgreSQL, when it lost a race), so it touches nothing but its transaction.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from store import sqlite, urls
from store.transaction import Transaction
from store.writer import StoreClosed, Writer

T = TypeVar("T")

TRIES = 5
LOST_RACES = frozenset({"40001", "40P01"})  # serialization failure, deadlock


class Bell:
    """Rings after a commit that put something into the outbox; whoever carries it has hung itself on."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def hang(self, listener: Callable[[], None]) -> None:
        """Call `listener` in the loop at each ring."""
        self._listeners.append(listener)

    def ring(self) -> None:
        """Tell all; a ring too many does no harm."""
        for listener in self._listeners:
            listener()


class _Rehearsed(Exception):
    """No error: it carries the result past what it undoes."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


class Store(ABC):
    """The open database. One for each process. `queued` rings when something is to be carried."""

    def __init__(self) -> None:
        self.queued = Bell()

    @abstractmethod
    async def run(self, work: Callable[[Transaction], T]) -> T:
        """Run one unit of work in one transaction; return once it is on the disk.

        What `work` raises undoes all that it did, and nothing else, and is raised here. A caller that is
        cancelled while its unit waits gives it up; once begun the unit is finished and committed, or undone:
        never half.

        Raises:
            StoreClosed: the store was closed before the unit began.
        """

    async def rehearse(self, work: Callable[[Transaction], T]) -> T:
        """What a unit of work would give: it is run as by `run`, and all that it did is undone."""

        def tried(tx: Transaction) -> None:
            raise _Rehearsed(work(tx))

        try:
            await self.run(tried)
        except _Rehearsed as done:
            result: T = done.result
            return result
        raise AssertionError("a rehearsal always raises")

    @abstractmethod
    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` over one still picture of the database; a write is refused."""


@asynccontextmanager
async def open_store(
    database_url: str, on_commit: Callable[[int], None] | None = None
) -> AsyncIterator[Store]:
    """Open the database of this URL; at the end, finish what is queued and close it. Migrates nothing.

    `on_commit` is called before and after each commit with 1, 2, 3, …: odd before, even after. Tests die
    there.

    Raises:
        SettingsError: the URL is neither SQLite nor PostgreSQL.
    """
    url = urls.parse(database_url)
    point = _counting(on_commit)
    opening = _open_sqlite if urls.is_sqlite(url) else _open_postgres
    async with opening(url, point) as store:
        yield store


class _SqliteStore(Store):
    def __init__(self, writer: Writer, readers: AsyncEngine, queued: Bell) -> None:
        super().__init__()
        self.queued = queued
        self._writer = writer
        self._readers = readers

    async def run(self, work: Callable[[Transaction], T]) -> T:
        return await self._writer.submit(work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        async with self._readers.connect() as connection:
            return await connection.run_sync(_within, work)


class _PostgresStore(Store):
    def __init__(self, engine: AsyncEngine, on_commit: Callable[[], None]) -> None:
        super().__init__()
        self._engine = engine
        self._readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._on_commit = on_commit
        self._gate = asyncio.Lock()
        self._closed = False

    async def run(self, work: Callable[[Transaction], T]) -> T:
        """See `Store.run`. A unit that lost a race holds the gate: it
        competes only with those already under way.
        """
        async with self._gate:
            pass
        try:
            return await self._attempt(work)
        except DBAPIError as error:
            _must_be_a_lost_race(error)
        async with self._gate:
            return await self._again(work, TRIES - 1)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        self._must_be_open()
        async with self._readers.connect() as connection:
            return await connection.run_sync(_within, work)

    async def aclose(self) -> None:
        self._closed = True
        await self._engine.dispose()

    async def _again(self, work: Callable[[Transaction], T], tries: int) -> T:
        for _ in range(tries - 1):
            try:
                return await self._attempt(work)
            except DBAPIError as error:
                _must_be_a_lost_race(error)
        return await self._attempt(work)

    async def _attempt(self, work: Callable[[Transaction], T]) -> T:
        self._must_be_open()
        async with self._engine.begin() as connection:
            result, queued = await connection.run_sync(_within_noting, work)
            self._on_commit()
        self._on_commit()
        if queued:
            self.queued.ring()
        return result

    def _must_be_open(self) -> None:
        if self._closed:
            raise StoreClosed


@asynccontextmanager
async def _open_sqlite(url: URL, on_commit: Callable[[], None]) -> AsyncIterator[Store]:
    urls.make_room(url)
    queued = Bell()
    writer = await asyncio.to_thread(Writer, url, on_commit, queued.ring)
    readers = create_async_engine(url, json_serializer=sqlite.serializer)
    sqlite.for_reading(readers.sync_engine)
    writer.start()
    try:
        yield _SqliteStore(writer, readers, queued)
    finally:
        await readers.dispose()  # before the writer, which then folds the WAL into the file
        await writer.aclose()


@asynccontextmanager
async def _open_postgres(url: URL, on_commit: Callable[[], None]) -> AsyncIterator[Store]:
    engine = create_async_engine(
        url, isolation_level="SERIALIZABLE", pool_size=10, max_overflow=0, json_serializer=sqlite.serializer
    )
    store = _PostgresStore(engine, on_commit)
    try:
        yield store
    finally:
        await store.aclose()


def _within(connection: Connection, work: Callable[[Transaction], T]) -> T:
    return work(Transaction(connection))


def _within_noting(connection: Connection, work: Callable[[Transaction], T]) -> tuple[T, bool]:
    tx = Transaction(connection)
    return work(tx), bool(tx.queued)


def _must_be_a_lost_race(error: DBAPIError) -> None:
    if getattr(error.orig, "sqlstate", None) not in LOST_RACES:
        raise error


def _counting(on_commit: Callable[[int], None] | None) -> Callable[[], None]:
    if on_commit is None:
        return lambda: None
    points = iter(range(1, 2**63))
    return lambda: on_commit(next(points))
