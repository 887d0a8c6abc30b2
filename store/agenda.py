"""What a person has to do, with what orders it: the term, the money that hangs on it, the company's credit.

Refuses to judge what is late: the day is not known here.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam, func, select

from procedure.notices import Subject
from procedure.visits import CreditOutcome
from store.deadlines import DeadlineRow, from_row
from store.tables import companies, corrections, deadlines, quote_lines, quotes, visits
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Duty:
    """A deadline of the person's, and what makes it weigh.

    Args:
        row: the deadline.
        value: what its quote is worth, as far as anybody has said; None for what is about no quote.
        uncollected: True where the last visit found a credit that was not collected [r.99].
    """

    row: DeadlineRow
    value: Decimal | None
    uncollected: bool


@dataclass(frozen=True, slots=True)
class Awaited:
    """Corrections told to RA, who has not said that they are done [r.126, A56]; no term runs (A45)."""

    company: int
    company_name: str
    told_on: date


_LINES = (
    select(func.sum(quote_lines.c.value))
    .where(quote_lines.c.quote_id == quotes.c.id)
    .correlate(quotes)
    .scalar_subquery()
)
_VALUE = (
    select(func.coalesce(quotes.c.value, _LINES))
    .where(quotes.c.id == deadlines.c.about_id, deadlines.c.about_kind == Subject.QUOTE.value)
    .scalar_subquery()
)
_CREDIT = (
    select(visits.c.credit)
    .where(visits.c.company_id == deadlines.c.company_id)
    .order_by(visits.c.visited_on.desc(), visits.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_OF_PERSON = (
    select(
        deadlines,
        companies.c.name.label("company_name"),
        _VALUE.label("worth"),
        _CREDIT.label("credit"),
    )
    .join(companies)
    .where(deadlines.c.owner_id.in_(bindparam("people", expanding=True)), deadlines.c.closed_on.is_(None))
    .order_by(deadlines.c.last_useful, deadlines.c.id)
)
_AWAITED = (
    select(companies.c.id, companies.c.name, func.max(visits.c.visited_on).label("told_on"))
    .join(visits, visits.c.company_id == companies.c.id)
    .where(
        visits.c.av_id == bindparam("person"),
        visits.c.corrections_closed_at.is_(None),
        select(corrections.c.id).where(corrections.c.visit_id == visits.c.id).exists(),
    )
    .group_by(companies.c.id, companies.c.name)
    .order_by(func.max(visits.c.visited_on), companies.c.id)
)


def duties(tx: Transaction, *people: int) -> list[Duty]:
    """What these have open, the next due first; of one day, the dearest; of one value, Non riscosso."""
    found = [
        Duty(from_row(row), row.worth, row.credit == CreditOutcome.UNCOLLECTED.value)
        for row in tx.all(_OF_PERSON, {"people": people})
    ]
    return sorted(found, key=_weight)


def awaited(tx: Transaction, person: int) -> list[Awaited]:
    """The companies of whose corrections the person awaits RA's word, the longest told first."""
    return [Awaited(*row) for row in tx.all(_AWAITED, {"person": person})]


def _weight(duty: Duty) -> tuple[date, Decimal, bool, int]:
    worth = duty.value if duty.value is not None else Decimal(-1)
    return (duty.row.due.last_useful, -worth, not duty.uncollected, duty.row.id)
