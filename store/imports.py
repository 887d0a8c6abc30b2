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


def note(
    tx: Transaction,
    *,
    at: datetime,
    who: str,
    file_name: str,
    sha256: str,
    loaded: Loaded,
    refused: Sequence[Json],
) -> int:
    """Write down a load; its id."""
    values = {
        "at": at,
        "who": who,
        "file_name": file_name,
        "sha256": sha256,
        "added": loaded.added,
        "changed": loaded.changed,
        "unchanged": loaded.unchanged,
        "refused": list(refused),
    }
    return tx.insert(imports, values)


def latest(tx: Transaction) -> Import | None:
    """The last load, or None."""
    row = tx.first(select(imports).order_by(imports.c.id.desc()).limit(1))
    return _import(row) if row else None


def any_since(tx: Transaction, moment: datetime) -> bool:
    """True where a list was loaded at that moment or later."""
    return tx.first(select(imports.c.id).where(imports.c.at >= moment)) is not None


def _import(row: AnyRow) -> Import:
    loaded = Loaded(row.added, row.changed, row.unchanged)
    return Import(row.id, row.at, row.who, row.file_name, row.sha256, loaded, row.refused)
