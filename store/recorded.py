"""Letters that had an effect: what it changed, and whether it was taken back.

Refuses to take anything back: `store.undoing` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from procedure.notices import About, Subject
from store import changes_json
from store.letters import Outcome
from store.pictures import Changes
from store.tables import letters
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class Recorded:
    """A letter that had an effect. `changes` is None where it was one that nobody takes back."""

    id: int
    sender: str
    about: About | None
    at: datetime
    changes: Changes | None
    undone_at: datetime | None


_ROW = select(
    letters.c.id,
    letters.c.sender,
    letters.c.about_kind,
    letters.c.about_id,
    letters.c.settled_at,
    letters.c.changes,
    letters.c.undone_at,
).where(letters.c.outcome == Outcome.RECORDED.value)


def keep(tx: Transaction, letter: int, changes: Changes) -> None:
    """Keep what the letter's effect changed."""
    tx.execute(letters.update().where(letters.c.id == letter).values(changes=changes_json.to_json(changes)))


def get(tx: Transaction, letter: int) -> Recorded | None:
    """The letter of this id, where it had an effect."""
    return next(iter(_many(tx.all(_ROW.where(letters.c.id == letter)))), None)


def last(tx: Transaction, answers: int, sender: str) -> Recorded | None:
    """The last letter of this sender that answers this row of the outbox and could be taken back still."""
    its = _ROW.where(
        letters.c.answers_id == answers,
        func.lower(letters.c.sender) == sender.casefold(),
        letters.c.changes.is_not(None),
        letters.c.undone_at.is_(None),
    )
    return next(iter(_many(tx.all(its.order_by(letters.c.id.desc()).limit(1)))), None)


def undone(tx: Transaction, letter: int, now: datetime) -> None:
    """Its effect was taken back."""
    tx.execute(letters.update().where(letters.c.id == letter).values(undone_at=now))


def _many(rows: Sequence[AnyRow]) -> list[Recorded]:
    return [
        Recorded(
            row.id,
            row.sender,
            About(Subject(row.about_kind), row.about_id) if row.about_kind else None,
            row.settled_at,
            changes_json.from_json(row.changes) if row.changes else None,
            row.undone_at,
        )
        for row in rows
    ]
