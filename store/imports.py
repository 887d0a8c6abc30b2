"""Which lists were loaded, by whom, and what of them was refused.

Refuses to load them: `store.loading` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from procedure.notices import Json
from store.loading import Loaded
from store.tables import imports
from store.transaction import AnyRow, Transaction

CHANNEL = "import"
"""Through which a load changes fields, in their history; each load adds its number."""


def channel_of(load: int) -> str:
    """The channel of this load in the history of what it changed."""
    return f"{CHANNEL}:{load}"


@dataclass(frozen=True, slots=True)
class Import:
    """One load of one file. `refused` holds a row's number and reason, as the file's reader told them."""

    id: int
    at: datetime
    who: str
    file_name: str
    sha256: str
    loaded: Loaded
    refused: Sequence[Any]
    undone_at: datetime | None = None


def begin(
    tx: Transaction, *, at: datetime, who: str, file_name: str, sha256: str, refused: Sequence[Json]
) -> int:
    """Write down that a load begins; its id. `done` says what it brought, in the same transaction."""
    values = {"at": at, "who": who, "file_name": file_name, "sha256": sha256, "refused": list(refused)}
    return tx.insert(imports, {**values, "added": 0, "changed": 0, "unchanged": 0})


def done(tx: Transaction, which: int, loaded: Loaded) -> None:
    """Say what the load brought."""
    brought = {"added": loaded.added, "changed": loaded.changed, "unchanged": loaded.unchanged}
    tx.execute(imports.update().where(imports.c.id == which).values(brought))


def undone(tx: Transaction, which: int, *, by: str, now: datetime) -> None:
    """Say that the load was taken back."""
    tx.execute(imports.update().where(imports.c.id == which).values(undone_at=now, undone_by=by))


def latest(tx: Transaction) -> Import | None:
    """The last load that was not taken back, or None."""
    standing = select(imports).where(imports.c.undone_at.is_(None))
    row = tx.first(standing.order_by(imports.c.id.desc()).limit(1))
    return _import(row) if row else None


def any_since(tx: Transaction, moment: datetime) -> bool:
    """True where a list was loaded at that moment or later, and not taken back."""
    since = select(imports.c.id).where(imports.c.at >= moment, imports.c.undone_at.is_(None))
    return tx.first(since) is not None


def _import(row: AnyRow) -> Import:
    loaded = Loaded(row.added, row.changed, row.unchanged)
    return Import(row.id, row.at, row.who, row.file_name, row.sha256, loaded, row.refused, row.undone_at)
