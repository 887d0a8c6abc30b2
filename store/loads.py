"""How much each person has in hand: what an RS looks at before handing out [r.86]. Refuses to judge it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from procedure.deadlines import DeadlineKind
from store.page import Page
from store.tables import companies, deadlines, visits
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has: companies attributed, of those not yet visited, of those due within the month."""

    person: int
    companies: int = 0
    to_visit: int = 0
    due: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A company that waits for its visit."""

    id: int
    name: str
    comune: str
    due_on: date | None


_THERE = and_(companies.c.ceased.is_(False), companies.c.not_visitable == "")
_VISITED = select(visits.c.id).where(visits.c.company_id == companies.c.id).exists()
_FIRST_VISIT = (
    select(func.min(deadlines.c.due_on))
    .where(
        deadlines.c.company_id == companies.c.id,
        deadlines.c.kind == DeadlineKind.D1.value,
        deadlines.c.closed_on.is_(None),
    )
    .scalar_subquery()
)
_TO_VISIT = case((_VISITED, 0), else_=1)
_DUE = case((bindparam("until") >= _FIRST_VISIT, 1), else_=0)
_LOADS = (
    select(companies.c.assignee_id, func.count(), func.sum(_TO_VISIT), func.sum(_DUE))
    .where(companies.c.assignee_id.in_(bindparam("some", expanding=True)), _THERE)
    .group_by(companies.c.assignee_id)
)


def of(tx: Transaction, some: Iterable[int], until: date) -> dict[int, Load]:
    """The load of each of these people; `until` is the last day of the month."""
    asked = list(some)
    known = {row[0]: Load(*map(int, row)) for row in tx.all(_LOADS, {"some": asked, "until": until})}
    return {person: known.get(person, Load(person)) for person in asked}


def to_visit(tx: Transaction, person: int, site: str, *, offset: int, limit: int) -> Page[Waiting]:
    """The companies of a sede that wait for this person's visit, those with a term first."""
    conditions = _waiting_for(person, site)
    total = tx.scalar(select(func.count()).select_from(companies).where(*conditions))
    listed = select(companies.c.id, companies.c.name, companies.c.comune, _FIRST_VISIT).where(*conditions)
    ordered = listed.order_by(_FIRST_VISIT.is_(None), _FIRST_VISIT, companies.c.name, companies.c.id)
    rows = tx.all(ordered.offset(offset).limit(limit))
    return Page(tuple(Waiting(*row) for row in rows), total, offset)


def still_to_visit(tx: Transaction, person: int, site: str, some: Sequence[int]) -> list[int]:
    """Those of these companies that do wait for this person's visit."""
    asked = select(companies.c.id).where(companies.c.id.in_(list(some)), *_waiting_for(person, site))
    return [row.id for row in tx.all(asked.order_by(companies.c.name, companies.c.id))]


def _waiting_for(person: int, site: str) -> tuple[ColumnElement[bool], ...]:
    return (companies.c.assignee_id == person, companies.c.site == site, _THERE, ~_VISITED)
