"""Every change of a field: who, when, from what, to what, through which channel.

Refuses to judge the change.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from store.tables import field_history
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class Hand:
    """Through whom a change comes: an email address (or a part of the house), the moment, and the channel."""

    who: str
    at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one row, from old to new; both as text, empty for nothing; why, where it was asked."""

    entity: str
    entity_id: int
    field: str
    old: str
    new: str
    hand: Hand
    reason: str = ""


_OF = (
    select(field_history)
    .where(field_history.c.entity == bindparam("of_entity"), field_history.c.entity_id == bindparam("of_id"))
    .order_by(field_history.c.id)
)


def changes(tx: Transaction, entity: str, entity_id: int) -> list[Change]:
    """What happened to one row (`entity` is its table's name), oldest first."""
    rows = tx.all(_OF, {"of_entity": entity, "of_id": entity_id})
    return [_change(row) for row in rows]


def lines(tx: Transaction, which: Collection[int]) -> list[Change]:
    """The lines of these ids, oldest first."""
    rows = select(field_history).where(field_history.c.id.in_(which)).order_by(field_history.c.id)
    return [_change(row) for row in tx.all(rows)] if which else []


def note(tx: Transaction, all_changes: Iterable[Change]) -> None:
    """Write down those changes that changed something."""
    rows = [_row(change) for change in all_changes if change.old != change.new]
    if rows:
        tx.execute(field_history.insert(), rows)


def as_text(value: object) -> str:
    """A field's value as the history keeps it."""
    return "" if value is None else str(value)


def _change(row: AnyRow) -> Change:
    hand = Hand(row.who, row.at, row.channel)
    return Change(row.entity, row.entity_id, row.field, row.old, row.new, hand, row.reason)


def _row(change: Change) -> dict[str, Any]:
    return {
        "entity": change.entity,
        "entity_id": change.entity_id,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "who": change.hand.who,
        "at": change.hand.at,
        "channel": change.hand.channel,
        "reason": change.reason,
    }
