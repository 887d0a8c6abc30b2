"""What is to leave the house, and what became of it: one row for each mail and each chat message.

A row is claimed in a transaction of its own, carried outside any, and then said to be sent, to be tried
again, failed, or uncertain (the wire was cut after the last word: it may have left). Refuses to know the
wires.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from procedure.notices import Json
from store.tables import outbox
from store.transaction import AnyRow, Transaction


class Channel(enum.StrEnum):
    """Which carrier takes the row."""

    MAIL = "mail"
    CHAT = "chat"


class State(enum.StrEnum):
    """Where a row stands. The first three are open: somebody still has to carry it."""

    QUEUED = "queued"
    IN_FLIGHT = "in_flight"
    RETRY = "retry"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to queue, to leave at `due_at` (at once, where there is none), never after `expires_at`."""

    key: str
    channel: Channel
    payload: Json
    due_at: datetime | None = None
    expires_at: datetime | None = None
    person: int | None = None
    message_id: str | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One thing to carry. `tries` counts the claims, this one included."""

    id: int
    key: str
    channel: Channel
    person: int | None
    message_id: str | None
    token: str | None
    payload: Json
    state: State
    due_at: datetime
    claimed_until: datetime | None
    tries: int
    last_error: str
    created_at: datetime
    done_at: datetime | None


_OPEN = outbox.c.done_at.is_(None)
_WAITING = (
    select(outbox.c.id)
    .where(_OPEN, outbox.c.channel == bindparam("wire"), outbox.c.due_at <= bindparam("now"))
    .where(outbox.c.claimed_until.is_(None))
    .where(or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > bindparam("now")))
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)  # PostgreSQL; SQLite has one writer and leaves it out
    .cte("waiting")
)
_CLAIM = (
    outbox.update()
    .where(outbox.c.id.in_(select(_WAITING.c.id)))
    .values(state=State.IN_FLIGHT.value, claimed_until=bindparam("until"), tries=outbox.c.tries + 1)
    .returning(outbox)
)
_SETTLE = (
    outbox.update()
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=bindparam("new_state"),
        due_at=func.coalesce(bindparam("new_due", type_=outbox.c.due_at.type), outbox.c.due_at),
        done_at=bindparam("ended"),
        last_error=bindparam("error"),
        claimed_until=None,
    )
)


_EXPIRED = (
    select(outbox)
    .where(_OPEN, outbox.c.claimed_until.is_(None), outbox.c.expires_at <= bindparam("now"))
    .order_by(outbox.c.id)
)
_KNOWN = select(outbox.c.key).where(outbox.c.key.in_(bindparam("keys", expanding=True)))
_AT_ONCE = 500  # keys looked up by one statement


def put(
    tx: Transaction,
    *,
    key: str,
    channel: Channel,
    payload: Json,
    now: datetime,
    due_at: datetime | None = None,
    person: int | None = None,
    message_id: str | None = None,
    token: str | None = None,
) -> bool:
    """Queue something to leave, at once or at `due_at`. False where its key or id was queued before."""
    entry = Entry(key, channel, payload, due_at, None, person, message_id, token)
    return bool(put_all(tx, [entry], now))


def put_all(tx: Transaction, entries: Sequence[Entry], now: datetime) -> int:
    """Queue all that is new among these, in one statement; how many were."""
    fresh = tx.insert_new(outbox, [_values(entry, now) for entry in entries]) if entries else []
    tx.queued += fresh
    return len(fresh)


def known(tx: Transaction, keys: Sequence[str]) -> frozenset[str]:
    """Those of these keys that were queued before, whatever became of them."""
    some = (keys[n : n + _AT_ONCE] for n in range(0, len(keys), _AT_ONCE))
    return frozenset(row.key for few in some for row in tx.all(_KNOWN, {"keys": few}))


def expire(tx: Transaction, now: datetime) -> list[OutboxRow]:
    """End those whose time has passed before anybody carried them; what they were."""
    rows = [_row(row) for row in tx.all(_EXPIRED, {"now": now})]
    for row in rows:
        _settle(tx, row.id, State.EXPIRED, ended=now, error=row.last_error)
    return rows


def waiting(tx: Transaction, *prefixes: str) -> list[OutboxRow]:
    """What nobody carries yet, under keys that begin so."""
    begins = or_(*(outbox.c.key.startswith(prefix, autoescape=True) for prefix in prefixes))
    rows = select(outbox).where(_OPEN, outbox.c.claimed_until.is_(None), begins)
    return [_row(row) for row in tx.all(rows.order_by(outbox.c.id))]


def withdraw(tx: Transaction, row: int, now: datetime) -> None:
    """What it says is true no longer: it never leaves."""
    _settle(tx, row, State.WITHDRAWN, ended=now)


def rewrite(tx: Transaction, row: int, payload: Json) -> None:
    """It says this instead; only of what `waiting` gave in the same transaction."""
    tx.execute(outbox.update().where(outbox.c.id == row).values(payload=payload))


def claim(
    tx: Transaction, channel: Channel, now: datetime, *, limit: int, lease: timedelta
) -> list[OutboxRow]:
    """Take up to `limit` rows that are due, the oldest first; ours until now + `lease`."""
    values = {"wire": channel.value, "now": now, "most": limit, "until": now + lease}
    return sorted((_row(row) for row in tx.all(_CLAIM, values)), key=lambda row: (row.due_at, row.id))


def sent(tx: Transaction, row: int, now: datetime) -> None:
    """It left."""
    _settle(tx, row, State.SENT, ended=now)


def retry_at(tx: Transaction, row: int, due_at: datetime, error: str) -> None:
    """It did not leave; try again then. Also takes up a row that had failed or was uncertain."""
    _settle(tx, row, State.RETRY, due_at=due_at, error=error)


def put_off(tx: Transaction, row: int, due_at: datetime) -> None:
    """It may not leave yet; nothing went wrong."""
    _settle(tx, row, State.QUEUED, due_at=due_at)


def failed(tx: Transaction, row: int, now: datetime, error: str) -> None:
    """It did not leave and will not."""
    _settle(tx, row, State.FAILED, ended=now, error=error)


def uncertain(tx: Transaction, row: int, now: datetime, error: str) -> None:
    """It may have left; nobody tries again by himself."""
    _settle(tx, row, State.UNCERTAIN, ended=now, error=error)


def release_expired(tx: Transaction, now: datetime) -> int:
    """Free the rows whose carrier died with them; how many."""
    dead = outbox.update().where(_OPEN, outbox.c.claimed_until < now)
    return tx.changed(dead.values(state=State.RETRY.value, claimed_until=None, last_error="lease expired"))


def release_all(tx: Transaction) -> int:
    """Free every claimed row: for the sole service, as it starts, since their carriers are dead; how many."""
    dead = outbox.update().where(_OPEN, outbox.c.claimed_until.is_not(None))
    return tx.changed(dead.values(state=State.RETRY.value, claimed_until=None, last_error="carrier died"))


def next_due(tx: Transaction, channel: Channel, now: datetime) -> datetime | None:
    """When this channel's carrier has something to do next; None where nothing waits."""
    waiting = select(func.min(outbox.c.due_at)).where(
        _OPEN,
        outbox.c.channel == channel.value,
        outbox.c.claimed_until.is_(None),
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now),
    )
    found: datetime | None = tx.scalar(waiting)
    return found


def get(tx: Transaction, row: int) -> OutboxRow | None:
    """The row of this id."""
    return _first(tx.all(select(outbox).where(outbox.c.id == row)))


def by_message_id(tx: Transaction, message_id: str) -> OutboxRow | None:
    """The mail that left under this Message-ID."""
    return _first(tx.all(select(outbox).where(outbox.c.message_id == message_id)))


def by_token(tx: Transaction, token: str) -> OutboxRow | None:
    """The mail whose reply address carries this token."""
    return _first(tx.all(select(outbox).where(outbox.c.token == token)))


def by_key(tx: Transaction, key: str) -> OutboxRow | None:
    """The row queued under this key."""
    return _first(tx.all(select(outbox).where(outbox.c.key == key)))


def _settle(
    tx: Transaction,
    row: int,
    state: State,
    *,
    due_at: datetime | None = None,
    ended: datetime | None = None,
    error: str = "",
) -> None:
    values = {"row": row, "new_state": state.value, "new_due": due_at, "ended": ended, "error": error}
    tx.execute(_SETTLE, values)


def _values(entry: Entry, now: datetime) -> dict[str, Any]:
    return {
        "key": entry.key,
        "channel": entry.channel.value,
        "person_id": entry.person,
        "message_id": entry.message_id,
        "token": entry.token,
        "payload": entry.payload,
        "state": State.QUEUED.value,
        "due_at": entry.due_at or now,
        "expires_at": entry.expires_at,
        "tries": 0,
        "last_error": "",
        "created_at": now,
    }


def _first(rows: Sequence[AnyRow]) -> OutboxRow | None:
    return _row(rows[0]) if rows else None


def _row(row: AnyRow) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        key=row.key,
        channel=Channel(row.channel),
        person=row.person_id,
        message_id=row.message_id,
        token=row.token,
        payload=row.payload,
        state=State(row.state),
        due_at=row.due_at,
        claimed_until=row.claimed_until,
        tries=row.tries,
        last_error=row.last_error,
        created_at=row.created_at,
        done_at=row.done_at,
    )
