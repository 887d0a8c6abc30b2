"""How SQLite is opened: the settings every connection carries.

Refuses to know who reads and who writes what.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, event

BUSY_MS = 10_000  # another process (a backup, a shell) may hold the file this long before we give up

serializer = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
"""JSON as both databases keep it: short, and legible with a plain client."""


def for_writing(engine: Engine) -> None:
    """Every commit is on the disk before it returns. Transactions are those of `writing`."""
    _prepare(engine, ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"))


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """A transaction that takes the write lock at once; committed at the end, undone where anything is raised.

    It is begun here and not by a listener, for which SQLAlchemy would look at every statement.
    """
    with connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield


def for_reading(engine: Engine) -> None:
    """A transaction is one still picture; a write is refused."""
    _prepare(engine, ("query_only=ON",))
    _begin(engine, "BEGIN")


def for_migrating(engine: Engine) -> None:
    """As for writing, but tables may be rebuilt under foreign keys; the migration checks them at its end."""
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF")
    _prepare(engine, pragmas)
    _begin(engine, "BEGIN IMMEDIATE")


def _prepare(engine: Engine, pragmas: tuple[str, ...]) -> None:
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # or the driver would begin by itself, deferred, and lose updates
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={BUSY_MS}", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connect)


def _begin(engine: Engine, statement: str) -> None:
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begun)
