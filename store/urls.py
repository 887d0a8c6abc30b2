"""The two databases we speak to, told by their URL. Refuses to know what is kept in them."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from procedure.errors import SettingsError

_EXPECTED = "DATABASE_URL: atteso «sqlite:///percorso/del/file.db» oppure «postgresql://utente@host/nome»"
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}


def parse(database_url: str) -> URL:
    """The URL with the driver we use, whichever was written: a bare `postgresql://` would mean another one.

    Raises:
        SettingsError: not a URL, neither SQLite nor PostgreSQL, or a SQLite without a file.
    """
    try:
        url = make_url(database_url)
    except ArgumentError:
        raise SettingsError(_EXPECTED) from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None or not url.database or url.database == ":memory:":
        raise SettingsError(_EXPECTED)
    return url.set(drivername=driver)


def is_sqlite(url: URL) -> bool:
    """True for the embedded database."""
    return url.get_backend_name() == "sqlite"


def make_room(url: URL) -> None:
    """Create the folder of a SQLite file, so that a first start needs no preparation."""
    if is_sqlite(url) and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
