"""Opening a term and saying when it is next spoken of. Refuses to know what the term is for."""

from datetime import date, datetime

from actions.office import Office
from procedure.deadlines import Due
from procedure.notices import About
from procedure.reminders import OpenDeadline, next_remind_on
from procedure.visits import Company
from store import deadlines
from store.transaction import Transaction


def open_deadline(
    tx: Transaction,
    office: Office,
    due: Due,
    *,
    about: About,
    company: Company,
    owner: int | None,
    owner_email: str,
    now: datetime,
) -> int:
    """Write down a term that runs, and the first day its owner hears of it. Gives the deadline's id."""
    today = now.date()  # what is told today is not reminded today, however near or late (A49)
    return deadlines.open_deadline(
        tx,
        due,
        about=about,
        company=company.id,
        owner=owner,
        owner_email=owner_email,
        remind_on=first_reminder(office, due, company, after=today),
        now=now,
    )


def first_reminder(office: Office, due: Due, company: Company, *, after: date) -> date | None:
    """The first day after `after` on which the owner of this term hears of it."""
    dated = OpenDeadline(
        id=0,
        kind=due.kind,
        subject=company.name,
        site=company.site,
        owner=None,
        starts_on=due.starts_on,
        due_on=due.due_on,
        last_useful=due.last_useful,
        on_time_until=due.on_time_until,
    )
    return next_remind_on(dated, after, office.calendar(company.site))
