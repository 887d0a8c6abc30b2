"""Letters as a list shows them: those that wait for a person, those that had an effect. Never their bytes.

Refuses to judge who may see which.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from procedure.notices import About, Subject
from store.letters import Outcome
from store.page import Page
from store.tables import companies, letters, quotes, visits
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter without its bytes; `company` and `site` are empty where it is about none that we know."""

    id: int
    received_at: datetime
    sender: str
    subject: str
    text: str
    outcome: Outcome | None
    reason: str
    about: About | None
    answers: int | None  # a row of the outbox
    company: str
    site: str
    is_held: bool
    undone_at: datetime | None


_IS_VISIT: Final = and_(letters.c.about_kind == Subject.VISIT.value, visits.c.id == letters.c.about_id)
_IS_QUOTE: Final = and_(letters.c.about_kind == Subject.QUOTE.value, quotes.c.id == letters.c.about_id)
_ITS_OWN: Final = case((letters.c.about_kind == Subject.COMPANY.value, letters.c.about_id))
_COMPANY: Final = companies.c.id == func.coalesce(visits.c.company_id, quotes.c.company_id, _ITS_OWN)
_FROM: Final = (
    letters.outerjoin(visits, _IS_VISIT).outerjoin(quotes, _IS_QUOTE).outerjoin(companies, _COMPANY)
)
_LINE: Final = select(
    letters.c.id,
    letters.c.received_at,
    letters.c.sender,
    letters.c.subject,
    letters.c.text,
    letters.c.outcome,
    letters.c.reason,
    letters.c.about_kind,
    letters.c.about_id,
    letters.c.answers_id,
    letters.c.held.is_not(None).label("is_held"),
    letters.c.undone_at,
    companies.c.name.label("company"),
    companies.c.site,
).select_from(_FROM)
_WAITING: Final = letters.c.outcome == Outcome.TO_SORT.value


def get(tx: Transaction, letter: int) -> LetterLine | None:
    """The letter of this id."""
    row = tx.first(_LINE.where(letters.c.id == letter))
    return _line(row) if row else None


def waiting(tx: Transaction, site: str | None, *, offset: int, limit: int) -> Page[LetterLine]:
    """Those to sort, the newest first; of one sede, those that are about its companies."""
    wanted = _of(site)
    total = tx.scalar(select(func.count()).select_from(_FROM if site else letters).where(*wanted)) or 0
    start = min(max(offset, 0), max(total - 1, 0))
    return Page(_some(tx, _LINE.where(*wanted), start, limit), total, start)


def count(tx: Transaction, site: str | None) -> int:
    """How many there are to sort."""
    return waiting(tx, site, offset=0, limit=0).total


def with_effect(tx: Transaction, *, offset: int, limit: int) -> Page[LetterLine]:
    """Those that had an effect, the newest first. The total is not counted: it says if more follow."""
    start = max(offset, 0)
    found = _some(tx, _LINE.where(letters.c.outcome == Outcome.RECORDED.value), start, limit + 1)
    return Page(found[:limit], start + len(found), start)


def _of(site: str | None) -> tuple[ColumnElement[bool], ...]:
    return (_WAITING,) if site is None else (_WAITING, companies.c.site == site)


def _some(
    tx: Transaction, lines: Select[*tuple[object, ...]], offset: int, limit: int
) -> tuple[LetterLine, ...]:
    if not limit:
        return ()
    rows = tx.all(lines.order_by(letters.c.id.desc()).offset(offset).limit(limit))
    return tuple(map(_line, rows))


def _line(row: AnyRow) -> LetterLine:
    return LetterLine(
        id=row.id,
        received_at=row.received_at,
        sender=row.sender,
        subject=row.subject,
        text=row.text,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
        about=About(Subject(row.about_kind), row.about_id) if row.about_kind else None,
        answers=row.answers_id,
        company=row.company or "",
        site=row.site or "",
        is_held=row.is_held,
        undone_at=row.undone_at,
    )
