"""The one thread that writes to SQLite: units of work queue up and share commits.
Refuses to know what they write.

A unit runs whole in this thread: one hop for all of its statements, and no network call can stand inside it.
Units that wait together share one commit, each in a savepoint of its own, and are acknowledged only after it.
So a slow disk costs one wait for all, and one unit's error is its own.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from procedure.errors import Failure
from store import sqlite
from store.transaction import Transaction

T = TypeVar("T")

MOST_IN_A_COMMIT = 128
"""More would make the first of them wait too long for the last."""


class StoreClosed(Failure):
    """The store was closed before the unit of work began; nothing of it was written."""

    def __init__(self) -> None:
        super().__init__("L'archivio è chiuso: questa operazione non è stata eseguita.")


@dataclass(slots=True)
class _Unit:
    work: Callable[[Transaction], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def run(self, tx: Transaction) -> None:
        """Do the work, unless its caller went away before it began."""
        if not self.future.cancelled():
            self.result = self.work(tx)

    def settle(self) -> None:
        """Tell the caller, in the loop's thread. A caller that was cancelled meanwhile hears nothing."""
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Owns the writing connection and its thread."""

    def __init__(self, url: URL, on_commit: Callable[[], None], on_queued: Callable[[], None]) -> None:
        self._engine = _engine(url)
        self._connection: Connection = self._engine.connect()
        self._on_commit = on_commit
        self._on_queued = on_queued
        self._queue: SimpleQueue[_Unit | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._serve, name="store-writer", daemon=True)

    def start(self) -> None:
        """Begin to serve the running loop."""
        self._loop = asyncio.get_running_loop()
        self._thread.start()

    def submit(self, work: Callable[[Transaction], T]) -> asyncio.Future[T]:
        """Queue a unit; the future is settled after its commit.

        Raises:
            StoreClosed: the writer has been closed.
        """
        if self._closed:
            raise StoreClosed
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(_Unit(work, future))
        return future

    async def aclose(self) -> None:
        """Run what is queued, then end the thread and close the file."""
        self._closed = True
        self._queue.put(None)
        await asyncio.to_thread(self._thread.join)
        self._connection.close()
        self._engine.dispose()

    def _serve(self) -> None:
        try:
            while group := self._take():
                queued = self._run(group)
                with suppress(
                    RuntimeError
                ):  # the loop was torn down without closing us: nobody is left to tell
                    self._loop.call_soon_threadsafe(_settle, group)
                    if queued:
                        self._loop.call_soon_threadsafe(self._on_queued)
        finally:
            self._closed = True
            self._refuse_the_rest()

    def _take(self) -> list[_Unit]:
        """Wait for a unit, and take those that queue behind it; empty where the writer is to end."""
        group: list[_Unit] = []
        unit = self._queue.get()
        with suppress(Empty):
            while unit is not None:
                group.append(unit)
                if len(group) == MOST_IN_A_COMMIT:
                    return group
                unit = self._queue.get_nowait()
            if group:
                self._queue.put(None)  # the end, met behind the last unit: seen again at the next turn
        return group

    def _run(self, group: list[_Unit]) -> bool:
        """Run and commit the group; True where something entered the outbox with it."""
        tx = Transaction(self._connection)
        try:
            with sqlite.writing(self._connection):
                self._attempt(group, tx)
                self._on_commit()
            self._on_commit()
        except BaseException as error:
            for unit in group:
                unit.error = unit.error or error
        return bool(tx.queued)

    def _attempt(self, group: list[_Unit], tx: Transaction) -> None:
        if len(group) == 1:
            group[0].run(tx)
            return
        statement = self._connection.connection.cursor().execute
        for unit in group:
            statement("SAVEPOINT unit")
            try:
                unit.run(tx)
            except BaseException as error:
                unit.error = error
                statement("ROLLBACK TO unit")
            statement("RELEASE unit")

    def _refuse_the_rest(self) -> None:
        rest: list[_Unit] = []
        with suppress(Empty):
            while True:
                if (unit := self._queue.get_nowait()) is not None:
                    unit.error = StoreClosed()
                    rest.append(unit)
        with suppress(RuntimeError):  # as above
            self._loop.call_soon_threadsafe(_settle, rest)


def _settle(group: list[_Unit]) -> None:
    for unit in group:
        unit.settle()


def _engine(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite"),
        poolclass=StaticPool,  # one connection, opened here and used by the thread alone
        connect_args={"check_same_thread": False},
        json_serializer=sqlite.serializer,
    )
    sqlite.for_writing(engine)
    return engine
