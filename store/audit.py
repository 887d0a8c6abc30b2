"""Who did what, for the administrator and for the law. Refuses to forget and to interpret."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from procedure.notices import Json
from store.tables import audit
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the audit."""

    id: int
    at: datetime
    who: str
    what: str
    detail: Mapping[str, Any]


def note(
    tx: Transaction, at: datetime, who: str, what: str, detail: Mapping[str, Json] | None = None
) -> None:
    """Write a line: `what` is a short name ("stranger", "refused",
    "joined"), `detail` whatever belongs to it.
    """
    tx.execute(audit.insert(), {"at": at, "who": who, "what": what, "detail": dict(detail or {})})


def latest(tx: Transaction, limit: int) -> list[Note]:
    """The last lines, the newest first."""
    return [Note(*row) for row in tx.all(select(audit).order_by(audit.c.id.desc()).limit(limit))]
