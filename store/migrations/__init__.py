"""Bringing a database to the shape this version expects, and back. Refuses to know what the tables are for.

No `alembic.ini`: the scripts lie beside this file, also when installed. To write a new one, see CONTRIBUTING.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from store import sqlite, urls

T = TypeVar("T")

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(720301)")


async def migrate(database_url: str, revision: str = "head") -> None:
    """Bring the database up to `revision`, in one transaction; who comes second waits and finds it done."""
    await _within(database_url, lambda connection: command.upgrade(config(connection), revision))


async def downgrade(database_url: str, revision: str) -> None:
    """Bring the database back to `revision`; "base" empties it."""
    await _within(database_url, lambda connection: command.downgrade(config(connection), revision))


async def current(database_url: str) -> str | None:
    """The revision the database is at; None where it is empty."""
    return await _within(database_url, _current)


async def pending(database_url: str) -> list[str]:
    """The revisions the database still lacks, in their order."""
    return await _within(database_url, _pending)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with the connection that `env.py` is to use."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


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
    return MigrationContext.configure(connection).get_current_revision()


def _pending(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(config())
    missing = script.iterate_revisions("head", _current(connection) or "base")
    return [revision.revision for revision in missing][::-1]


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise RuntimeError(f"a migration left rows that refer to nothing: {orphans[:5]}")
