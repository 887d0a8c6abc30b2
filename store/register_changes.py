"""Servizi, sede and codice that a list wants changed, until a person says so (A19b).

Refuses to change them.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from store.page import Page
from store.tables import companies, register_changes
from store.transaction import AnyRow, Transaction


class Field(enum.StrEnum):
    """What does not change by itself; the value is the column of the companies."""

    SERVICES = "has_services"
    SITE = "site"
    CODE = "code"


class Outcome(enum.StrEnum):
    """What became of a wanted change."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # a later list says again what the register says


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that a list wants, in the words of the history: `True`, `Prato`, `1`."""

    company: int
    field: Field
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A wanted change and its company."""

    id: int
    company: int
    company_name: str
    has_services: bool
    field: Field
    old: str
    new: str
    seen_at: datetime
    settled_at: datetime | None


_OPEN = register_changes.c.settled_at.is_(None)
_ROW = select(register_changes, companies.c.name.label("company_name"), companies.c.has_services).join(
    companies
)
_BY_ID = _ROW.where(register_changes.c.id == bindparam("which"))
_LAST = (
    select(register_changes)
    .where(
        register_changes.c.company_id == bindparam("company"), register_changes.c.field == bindparam("what")
    )
    .order_by(register_changes.c.id.desc())
    .limit(1)
)


def want(tx: Transaction, wanted: Wanted, now: datetime) -> bool:
    """A list wants this change; True where somebody is to be asked anew.

    It is asked once: what waits takes the newest value, and what was refused is not asked again.
    """
    last = tx.first(_LAST, {"company": wanted.company, "what": wanted.field.value})
    if last is not None and last.new == wanted.new:
        known = last.settled_at is None or last.outcome == Outcome.REJECTED.value
        if known:
            return False
    if last is not None and last.settled_at is None:
        _update(tx, last.id, {"new": wanted.new, "seen_at": now})
        return True
    values = {"company_id": wanted.company, "field": wanted.field.value, "old": wanted.old, "new": wanted.new}
    tx.insert(register_changes, {**values, "seen_at": now, "settled_by": "", "outcome": ""})
    return True


def withdraw(tx: Transaction, company: int, field: Field, now: datetime) -> None:
    """The list says what the register says: nothing waits any more."""
    its = register_changes.update().where(
        register_changes.c.company_id == company, register_changes.c.field == field.value, _OPEN
    )
    tx.execute(its.values(settled_at=now, settled_by="", outcome=Outcome.WITHDRAWN.value))


def open_companies(tx: Transaction) -> frozenset[int]:
    """The companies of which something waits."""
    return frozenset(row.company_id for row in tx.all(select(register_changes.c.company_id).where(_OPEN)))


def get(tx: Transaction, which: int) -> ChangeRow | None:
    """The change of this id, also when it is settled."""
    row = tx.first(_BY_ID, {"which": which})
    return _row(row) if row else None


def waiting(tx: Transaction, services: Iterable[bool], *, offset: int, limit: int) -> Page[ChangeRow]:
    """What waits for a yes or a no, the oldest first, of those who decide for companies con or senza servizi.

    A change of servizi concerns both.
    """
    found = _concerning(services)
    total = tx.scalar(select(func.count()).select_from(found.subquery("waiting")))
    rows = tx.all(found.order_by(register_changes.c.id).offset(offset).limit(limit))
    return Page(tuple(_row(row) for row in rows), total, offset)


def count_after(tx: Transaction, services: Iterable[bool], after: int) -> int:
    """How many wait among those numbered after one."""
    found = _concerning(services).where(register_changes.c.id > after)
    return int(tx.scalar(select(func.count()).select_from(found.subquery("new"))) or 0)


def newest(tx: Transaction) -> int:
    """The number of the last change wanted; 0 where there is none."""
    return int(tx.scalar(select(func.max(register_changes.c.id))) or 0)


def settle(tx: Transaction, which: int, outcome: Outcome, *, by: str, now: datetime) -> bool:
    """Somebody has decided; False where it was settled before."""
    its = register_changes.update().where(register_changes.c.id == which, _OPEN)
    return tx.changed(its.values(settled_at=now, settled_by=by, outcome=outcome.value)) > 0


def _concerning(services: Iterable[bool]) -> Select[*tuple[Any, ...]]:
    some = list(services)
    of_both = register_changes.c.field.in_([Field.SERVICES.value] if some else [])
    return _ROW.where(_OPEN, or_(companies.c.has_services.in_(some), of_both))


def _update(tx: Transaction, which: int, values: dict[str, Any]) -> None:
    tx.execute(register_changes.update().where(register_changes.c.id == which).values(values))


def _row(row: AnyRow) -> ChangeRow:
    return ChangeRow(
        id=row.id,
        company=row.company_id,
        company_name=row.company_name,
        has_services=row.has_services,
        field=Field(row.field),
        old=row.old,
        new=row.new,
        seen_at=row.seen_at,
        settled_at=row.settled_at,
    )
