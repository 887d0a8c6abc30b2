"""What the chat's wire delivered, kept before the wire is told, until it is answered. Refuses to read it.

An update is open from its arrival until it is answered; one that asks for no answer ends when it is handled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from procedure.notices import Json
from store.tables import updates
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class OpenUpdate:
    """An update that still wants something: handling, or, where `handled`, its reply sent."""

    update_id: int
    chat_id: int | None
    payload: Json
    handled: bool
    reply: Json


_LAST = select(func.max(updates.c.update_id))
_OPEN = select(updates).where(updates.c.answered_at.is_(None)).order_by(updates.c.update_id)
_HANDLED = (
    updates.update()
    .where(updates.c.update_id == bindparam("which"))
    .values(handled_at=bindparam("now"), reply=bindparam("new_reply"), answered_at=bindparam("ended"))
)
_ANSWERED = (
    updates.update()
    .where(updates.c.update_id == bindparam("which"), updates.c.answered_at.is_(None))
    .values(answered_at=bindparam("now"))
)


def keep(tx: Transaction, rows: Sequence[tuple[int, int | None, Json]], now: datetime) -> list[int]:
    """Keep what arrived, as (update id, chat id, payload); the ids that were new, in their order."""
    arrived = [
        {"update_id": update_id, "chat_id": chat_id, "payload": payload, "received_at": now}
        for update_id, chat_id, payload in rows
    ]
    new = frozenset(tx.insert_new(updates, arrived)) if arrived else frozenset()
    return [update_id for update_id in dict.fromkeys(row[0] for row in rows) if update_id in new]


def open_updates(tx: Transaction) -> list[OpenUpdate]:
    """What is not handled yet, or handled and its reply not yet sent; in the order of arrival."""
    return [
        OpenUpdate(row.update_id, row.chat_id, row.payload, row.handled_at is not None, row.reply)
        for row in tx.all(_OPEN)
    ]


def handled(tx: Transaction, update_id: int, reply: Json, now: datetime) -> None:
    """Its effect is written, and this is to be replied; with no reply (None) it is ended."""
    ended = now if reply is None else None
    tx.execute(_HANDLED, {"which": update_id, "now": now, "new_reply": reply, "ended": ended})


def answered(tx: Transaction, update_ids: Sequence[int], now: datetime) -> None:
    """Their replies have been sent."""
    if update_ids:
        tx.execute(_ANSWERED, [{"which": update_id, "now": now} for update_id in update_ids])


def last_id(tx: Transaction) -> int | None:
    """The highest update id that arrived, or None."""
    found: int | None = tx.scalar(_LAST)
    return found
