"""Unfinished dialogues, one row each. Refuses to know the questions; `revision` is the optimistic lock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from conversations.answers import Draft
from store.tables import drafts
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An open draft, whose it is and what it is about: a company, or one quote of it."""

    id: int
    person: int
    company: int | None
    draft: Draft
    touched_at: datetime
    quote: int | None = None


_OPEN = drafts.c.closed_at.is_(None)
_LOAD = select(drafts).where(drafts.c.id == bindparam("draft"), _OPEN)
_OPEN_OF = select(drafts).where(
    drafts.c.person_id == bindparam("person"),
    drafts.c.flow == bindparam("flow"),
    drafts.c.company_id.is_not_distinct_from(bindparam("company")),
    drafts.c.quote_id.is_not_distinct_from(bindparam("quote")),
    _OPEN,
)
_SAVE = (
    drafts.update()
    .where(drafts.c.id == bindparam("draft"), drafts.c.revision == bindparam("previous"), _OPEN)
    .values(
        version=bindparam("new_version"),
        revision=bindparam("new_revision"),
        reopened=bindparam("new_reopened"),
        answers=bindparam("new_answers"),
        touched_at=bindparam("now"),
    )
)
_CLOSE = (
    drafts.update()
    .where(drafts.c.id == bindparam("draft"), _OPEN)
    .values(closed_at=bindparam("now"), outcome=bindparam("how"))
)


def load(tx: Transaction, draft: int) -> DraftRow | None:
    """The open draft of this id; None once it is closed."""
    row = tx.first(_LOAD, {"draft": draft})
    return _draft(row) if row else None


def open_of(
    tx: Transaction, person: int, company: int | None, flow: str, *, quote: int | None = None
) -> DraftRow | None:
    """The open draft of this person in this flow, for this company or quote; there is at most one."""
    values = {"person": person, "company": company, "flow": flow, "quote": quote}
    row = tx.first(_OPEN_OF, values)
    return _draft(row) if row else None


def open_all(tx: Transaction, person: int) -> list[DraftRow]:
    """Everything this person has begun and not ended, the last touched first."""
    rows = tx.all(
        select(drafts)
        .where(drafts.c.person_id == person, _OPEN)
        .order_by(drafts.c.touched_at.desc(), drafts.c.id.desc())
    )
    return [_draft(row) for row in rows]


def create(
    tx: Transaction,
    person: int,
    company: int | None,
    draft: Draft,
    now: datetime,
    *,
    quote: int | None = None,
) -> DraftRow:
    """Begin a draft.

    Raises:
        sqlalchemy.exc.IntegrityError: one is open for the same person, flow, company and quote; `open_of`
            finds it.
    """
    values = {
        "person_id": person,
        "company_id": company,
        "quote_id": quote,
        "flow": draft.flow,
        "version": draft.version,
        "revision": draft.revision,
        "reopened": draft.reopened,
        "answers": draft.answers,
        "opened_at": now,
        "touched_at": now,
    }
    return DraftRow(tx.insert(drafts, values), person, company, draft, now, quote)


def save(tx: Transaction, draft: int, content: Draft, now: datetime) -> bool:
    """Write the next revision of a draft. False where another has been written meanwhile, or it is closed."""
    values = {
        "draft": draft,
        "previous": content.revision - 1,
        "new_version": content.version,
        "new_revision": content.revision,
        "new_reopened": content.reopened,
        "new_answers": content.answers,
        "now": now,
    }
    return tx.changed(_SAVE, values) == 1


def close(tx: Transaction, draft: int, outcome: str, now: datetime) -> bool:
    """End a draft ("confirmed", "cancelled", …). False where it was closed already."""
    return tx.changed(_CLOSE, {"draft": draft, "now": now, "how": outcome}) == 1


def _draft(row: AnyRow) -> DraftRow:
    draft = Draft(row.flow, row.version, row.revision, row.reopened, row.answers)
    return DraftRow(row.id, row.person_id, row.company_id, draft, row.touched_at, row.quote_id)
