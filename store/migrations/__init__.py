"""Bringing a database to the shape this version expects, and back. Refuses to know what the tables are for.

No `alembic.ini`: the scripts lie beside this file, also when installed. To write a new one, see CONTRIBUTING.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from store import sqlite, urls

T = TypeVar("T")

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(720301)")
_VERSION = text("SELECT version_num FROM alembic_version")


async def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the database up to `revision`, in one transaction; who comes second waits and finds it done."""
    await _within(database_url, lambda connection: _alembic().upgrade(connection, revision))


async def downgrade(database_url: str, revision: str) -> None:
    """Bring the database back to `revision`; "base" empties it."""
    await _within(database_url, lambda connection: _alembic().downgrade(connection, revision))


async def current(database_url: str) -> str | None:
    """The revision the database is at; None where it is empty."""
    return await _within(database_url, _current)


async def pending(database_url: str) -> list[str]:
    """The revisions the database still lacks, in their order. Where there are none, a look into one table."""
    at = await current(database_url)
    if at == newest():
        return []
    lacking: list[str] = _alembic().missing(at)
    return lacking


@cache
def newest() -> str:
    """The last revision there is: scripts are numbered, and each carries its number before its name."""
    versions = Path(__file__).with_name("versions")
    return max(script.name.partition("_")[0] for script in versions.glob("[0-9]*_*.py"))


def _alembic() -> ModuleType:
    from store.migrations import scripts  # noqa: PLC0415 – most starts have nothing to migrate

    return scripts


async def _within(database_url: str, work: Callable[[Connection], T]) -> T:
    url = urls.parse(database_url)
    urls.make_room(url)
    engine = create_async_engine(url, poolclass=NullPool)
    if urls.is_sqlite(url):
        sqlite.for_migrating(engine.sync_engine)
    async with engine.begin() as connection:
        if not urls.is_sqlite(url):
            await connection.execute(_ONE_AT_A_TIME)
        done = await connection.run_sync(work)
        if urls.is_sqlite(url):
            await connection.run_sync(_check_foreign_keys)
    await engine.dispose()
    return done


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(_VERSION).scalar()
    return found


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise RuntimeError(f"a migration left rows that refer to nothing: {orphans[:5]}")
