"""Mails that came in, as the bytes they came in, before anyone has read them. Refuses to read them itself."""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from procedure.notices import About, Json, Subject
from store.tables import letters
from store.transaction import AnyRow, Transaction


class Outcome(enum.StrEnum):
    """What came of a letter."""

    RECORDED = "recorded"
    TO_SORT = "to_sort"  # a person has to look
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it lay in the mailbox; `message_id` may be empty. No `outcome`: nobody has read it yet."""

    id: int
    mailbox: str
    uidvalidity: int
    uid: int
    message_id: str
    raw: bytes
    received_at: datetime
    outcome: Outcome | None
    reason: str
    about: About | None
    seen_at: datetime | None
    sender: str = ""
    subject: str = ""
    text: str = ""
    answers: int | None = None
    whose: str = ""
    held: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What is kept of a letter once it is read, beside its bytes. `answers` is a row of the outbox, `whose`
    why it is thought to be.
    """

    sender: str
    subject: str
    text: str
    answers: int | None = None
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as it lies in a mailbox, before it is kept."""

    uid: int
    message_id: str
    raw: bytes


LONGEST = 2_000
"""Characters of the text that are kept beside the bytes."""


_SEEN = (
    letters.update()
    .where(letters.c.id.in_(bindparam("letters", expanding=True)))
    .values(seen_at=bindparam("now"))
)
_AT_ONCE = 500  # letters that one statement names


def keep(
    tx: Transaction,
    *,
    mailbox: str,
    uidvalidity: int,
    uid: int,
    message_id: str,
    raw: bytes,
    now: datetime,
) -> int | None:
    """Keep a letter; its id, or None where it is here already, at this place or the same bytes at another."""
    values = _values(mailbox, uidvalidity, Arrived(uid, message_id, raw), now)
    return next(iter(tx.insert_new(letters, [values])), None)


def keep_all(
    tx: Transaction, *, mailbox: str, uidvalidity: int, arrived: Sequence[Arrived], now: datetime
) -> dict[int, int]:
    """Keep all these at once; the ids of those that are kept at this place, by their UID.

    One that is left out is here already, the same bytes from another place.
    """
    tx.add_new(letters, [_values(mailbox, uidvalidity, one, now) for one in arrived])
    uids = [one.uid for one in arrived]
    here = select(letters.c.uid, letters.c.id).where(
        letters.c.mailbox == mailbox, letters.c.uidvalidity == uidvalidity, letters.c.uid.in_(uids)
    )
    return {row.uid: row.id for row in tx.all(here)}


def _values(mailbox: str, uidvalidity: int, arrived: Arrived, now: datetime) -> dict[str, Any]:
    return {
        "mailbox": mailbox,
        "uidvalidity": uidvalidity,
        "uid": arrived.uid,
        "message_id": arrived.message_id,
        "sha256": sha256(arrived.raw).hexdigest(),
        "raw": arrived.raw,
        "received_at": now,
        "reason": "",
    }


def get(tx: Transaction, letter: int) -> Letter | None:
    """The letter of this id."""
    row = tx.first(select(letters).where(letters.c.id == letter))
    return _letter(row) if row else None


def of_bytes(tx: Transaction, raw: bytes) -> Letter | None:
    """The letter that these very bytes were, if they came before."""
    row = tx.first(select(letters).where(letters.c.sha256 == sha256(raw).hexdigest()))
    return _letter(row) if row else None


def settle(
    tx: Transaction, letter: int, *, outcome: Outcome, reason: str, about: About | None, now: datetime
) -> None:
    """Say what came of a letter, why, and what it was about."""
    told = {
        "outcome": outcome.value,
        "reason": reason,
        "about_kind": about.kind.value if about else None,
        "about_id": about.id if about else None,
        "settled_at": now,
    }
    tx.execute(letters.update().where(letters.c.id == letter).values(told))


def note(tx: Transaction, letter: int, read: ReadAs) -> None:
    """Keep what was read of it."""
    told = {
        "sender": read.sender[:320],
        "subject": read.subject[:LONGEST],
        "text": read.text[:LONGEST],
        "answers_id": read.answers,
        "whose": read.whose,
    }
    tx.execute(letters.update().where(letters.c.id == letter).values(told))


def hold(tx: Transaction, letter: int, held: Json) -> None:
    """Keep what waits for somebody's yes or for a choice; None: nothing waits any more."""
    tx.execute(letters.update().where(letters.c.id == letter).values(held=held))


def held_of(tx: Transaction, sender: str) -> list[Letter]:
    """The letters of this sender with which something waits, in the order they came."""
    return _many(tx, and_(letters.c.sender == sender.casefold(), letters.c.held.is_not(None)))


def answered(tx: Transaction, letter: int, now: datetime) -> None:
    """A mail back to its sender was queued."""
    tx.execute(letters.update().where(letters.c.id == letter).values(answered_at=now))


def recorded_so(tx: Transaction, answers: int, reason: str) -> bool:
    """True where an answer to this row of the outbox was recorded, for this reason, and stands."""
    same = select(letters.c.id).where(
        letters.c.answers_id == answers,
        letters.c.outcome == Outcome.RECORDED.value,
        letters.c.reason == reason,
        letters.c.undone_at.is_(None),
    )
    return tx.first(same) is not None


@dataclass(frozen=True, slots=True)
class Back:
    """A mail that went back to a sender: when, about what, and whether the letter had been recorded."""

    at: datetime
    about: About | None
    recorded: bool
    reason: str


def answers_to(tx: Transaction, sender: str, since: datetime) -> list[Back]:
    """The mails that went back to this sender since then."""
    mine = select(
        letters.c.answered_at, letters.c.about_kind, letters.c.about_id, letters.c.outcome, letters.c.reason
    ).where(letters.c.sender == sender.casefold(), letters.c.answered_at > since)
    return [
        Back(
            row.answered_at,
            About(Subject(row.about_kind), row.about_id) if row.about_kind else None,
            row.outcome == Outcome.RECORDED.value,
            row.reason,
        )
        for row in tx.all(mine)
    ]


def answers_for(tx: Transaction, reasons: Collection[str], since: datetime) -> int:
    """How many letters set aside for these reasons were answered since then, whoever wrote them."""
    some = select(func.count()).where(letters.c.reason.in_([*reasons]), letters.c.answered_at > since)
    return tx.scalar(some) or 0


def unsettled(tx: Transaction, most: int = 1_000) -> list[Letter]:
    """The letters nobody has read yet, in the order they came; at most so many."""
    return _many(tx, letters.c.settled_at.is_(None), most)


def to_sort(tx: Transaction) -> list[Letter]:
    """The letters that wait for a person, in the order they came."""
    return _many(tx, letters.c.outcome == Outcome.TO_SORT.value)


def untold(tx: Transaction, mailbox: str, uidvalidity: int) -> list[tuple[int, int, Outcome]]:
    """Settled letters whose mailbox has not been told what came of them, as (id, uid, outcome)."""
    waiting = select(letters.c.id, letters.c.uid, letters.c.outcome).where(
        letters.c.mailbox == mailbox,
        letters.c.uidvalidity == uidvalidity,
        letters.c.settled_at.is_not(None),
        letters.c.seen_at.is_(None),
    )
    return [(row.id, row.uid, Outcome(row.outcome)) for row in tx.all(waiting.order_by(letters.c.uid))]


def told(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """Their mailbox has been told."""
    for few in (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)):
        tx.execute(_SEEN, {"letters": few, "now": now})


def last_uid(tx: Transaction, mailbox: str, uidvalidity: int) -> int:
    """The highest UID kept of this mailbox under this UIDVALIDITY; 0 where none is."""
    highest = select(func.max(letters.c.uid)).where(
        letters.c.mailbox == mailbox, letters.c.uidvalidity == uidvalidity
    )
    return tx.scalar(highest) or 0


def _many(tx: Transaction, condition: ColumnElement[bool], most: int | None = None) -> list[Letter]:
    found = select(letters).where(condition).order_by(letters.c.id).limit(most)
    return [_letter(row) for row in tx.all(found)]


def _letter(row: AnyRow) -> Letter:
    return Letter(
        id=row.id,
        mailbox=row.mailbox,
        uidvalidity=row.uidvalidity,
        uid=row.uid,
        message_id=row.message_id,
        raw=row.raw,
        received_at=row.received_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        about=About(Subject(row.about_kind), row.about_id) if row.about_kind else None,
        seen_at=row.seen_at,
        sender=row.sender,
        subject=row.subject,
        text=row.text,
        answers=row.answers_id,
        whose=row.whose,
        held=row.held,
    )
