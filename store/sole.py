"""One service a database: who runs holds a lock that dies with its process. Refuses to know what it does.

A second service by mistake is told so and ends; commands of a moment (`importa`, `invita`) need no lock.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

import asyncpg  # type: ignore[import-untyped]  # it has no types
from sqlalchemy import URL

from procedure.errors import Failure
from store import urls

if sys.platform != "win32":
    import fcntl

NUMBER = 0x0D0F0715174  # PostgreSQL's advisory locks have numbers; this one is ours


class AlreadyRunning(Failure):
    """Another service holds the database."""

    def __init__(self) -> None:
        super().__init__(
            "il servizio è già acceso su questo archivio: spegni l'altro, o usa un altro archivio"
        )


@asynccontextmanager
async def sole(database_url: str) -> AsyncIterator[None]:
    """Be the one service of this database while the context lasts.

    Raises:
        AlreadyRunning: another is.
    """
    url = urls.parse(database_url)
    holding = _file_lock(url) if urls.is_sqlite(url) else _advisory_lock(url)
    async with holding:
        yield


@asynccontextmanager
async def _file_lock(url: URL) -> AsyncIterator[None]:
    path = Path(f"{url.database}.lock")
    with await asyncio.to_thread(path.open, "a") as file:
        _lock(file)
        yield


def _lock(file: IO[str]) -> None:
    """Held until the file is closed, by us or by our end. Windows has no such lock, and goes without."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None


@asynccontextmanager
async def _advisory_lock(url: URL) -> AsyncIterator[None]:
    connection = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", NUMBER):
            raise AlreadyRunning
        yield
    finally:
        await connection.close()
