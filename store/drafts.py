"""Unfinished dialogues, one row each. Refuses to know the questions; `revision` is the optimistic lock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from conversations.answers import Draft
from procedure.notices import About, Subject
from store.tables import drafts
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An open draft, whose it is and what it is about; `company` is the one that this concerns, if any."""

    id: int
    person: int
    about: About
    company: int | None
    draft: Draft
    touched_at: datetime


_OPEN = drafts.c.closed_at.is_(None)
_LOAD = select(drafts).where(drafts.c.id == bindparam("draft"), _OPEN)
_OPEN_OF = select(drafts).where(
    drafts.c.person_id == bindparam("person"),
    drafts.c.flow == bindparam("flow"),
    drafts.c.about_kind == bindparam("subject"),
    drafts.c.about_id == bindparam("which"),
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


def open_of(tx: Transaction, person: int, about: About, flow: str) -> DraftRow | None:
    """The open draft of this person in this flow about this thing; there is at most one."""
    row = tx.first(_OPEN_OF, {"person": person, "flow": flow, "subject": about.kind.value, "which": about.id})
    return _draft(row) if row else None


def open_all(tx: Transaction, person: int) -> list[DraftRow]:
    """Everything this person has begun and not ended, the last touched first."""
    rows = tx.all(
        select(drafts)
        .where(drafts.c.person_id == person, _OPEN)
        .order_by(drafts.c.touched_at.desc(), drafts.c.id.desc())
    )
    return [_draft(row) for row in rows]


def left(tx: Transaction, flow: str, until: datetime) -> list[DraftRow]:
    """Everybody's drafts of this flow that nobody has touched since `until`, the longest left first."""
    rows = tx.all(
        select(drafts)
        .where(drafts.c.flow == flow, drafts.c.touched_at <= until, _OPEN)
        .order_by(drafts.c.touched_at, drafts.c.id)
    )
    return [_draft(row) for row in rows]


def create(
    tx: Transaction, person: int, about: About, draft: Draft, now: datetime, *, company: int | None = None
) -> DraftRow:
    """Begin a draft; `company` is the one that it concerns.

    Raises:
        sqlalchemy.exc.IntegrityError: one is open for the same person, flow and thing; `open_of` finds it.
    """
    values = {
        "person_id": person,
        "about_kind": about.kind.value,
        "about_id": about.id,
        "company_id": company,
        "flow": draft.flow,
        "version": draft.version,
        "revision": draft.revision,
        "reopened": draft.reopened,
        "answers": draft.answers,
        "opened_at": now,
        "touched_at": now,
    }
    return DraftRow(tx.insert(drafts, values), person, about, company, draft, now)


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


def close_about(tx: Transaction, about: About, outcome: str, now: datetime, *, but: int | None = None) -> int:
    """End everybody's drafts about a thing that is no more, but one; how many."""
    theirs = drafts.update().where(
        drafts.c.about_kind == about.kind.value, drafts.c.about_id == about.id, _OPEN
    )
    others = theirs.where(drafts.c.id != but) if but is not None else theirs
    return tx.changed(others.values(closed_at=now, outcome=outcome))


def _draft(row: AnyRow) -> DraftRow:
    draft = Draft(row.flow, row.version, row.revision, row.reopened, row.answers)
    about = About(Subject(row.about_kind), row.about_id)
    return DraftRow(row.id, row.person_id, about, row.company_id, draft, row.touched_at)
