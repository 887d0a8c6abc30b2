"""D1, the visit to a neo associata within thirty days of its joining [r.82]: opened, found, reminded of.

Refuses to know whose the company is, and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from procedure.campaign import Terms
from procedure.deadlines import DeadlineKind, due
from procedure.notices import About, Subject
from procedure.people import Person
from procedure.reminders import first_remind_on, next_remind_on
from procedure.visits import Company
from procedure.workdays import WorkCalendar
from store import deadlines
from store.deadlines import DeadlineRow
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Days:
    """How terms are counted: their lengths, and the calendars of the sites by name."""

    terms: Terms
    calendars: Mapping[str, WorkCalendar]


def begin(
    tx: Transaction, days: Days, company: Company, owner: Person | None, now: datetime
) -> DeadlineRow | None:
    """Open D1 of a company that has joined, though the list may come late (A18).

    Where nobody is to visit it yet, nobody is reminded. None where it is not known when it joined.
    """
    if company.joined_on is None:
        return None
    calendar = days.calendars[company.site]
    term = due(DeadlineKind.D1, company.joined_on, calendar, days.terms)
    deadlines.open_deadline(
        tx,
        term,
        about=About(Subject.COMPANY, company.id),
        company=company.id,
        owner=owner.id if owner else None,
        owner_email=owner.email if owner else "",
        remind_on=first_remind_on(term, now.date(), calendar) if owner else None,
        now=now,
    )
    return find(tx, company.id)


def find(tx: Transaction, company: int) -> DeadlineRow | None:
    """The D1 that is open about this company."""
    rows = deadlines.open_about(tx, About(Subject.COMPANY, company))
    return next((row for row in rows if row.due.kind is DeadlineKind.D1), None)


def remind(
    tx: Transaction, calendars: Mapping[str, WorkCalendar], company: Company, row: DeadlineRow, after: date
) -> None:
    """Set the first day after this one on which its owner hears of it; of a company that cannot be visited,
    none (A47).
    """
    day = next_remind_on(row.due, after, calendars[company.site])
    deadlines.set_remind_on(tx, row.id, None if company.not_visitable else day)
