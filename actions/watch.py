"""Opening a term, moving it, and saying when it is next spoken of. Refuses to know what the term is for."""

from datetime import date, datetime
from typing import NamedTuple

from actions.office import Office
from actions.unsay import unsay
from procedure.campaign import Contact
from procedure.deadlines import Due
from procedure.notices import About
from procedure.reminders import first_remind_on
from procedure.visits import Company
from store import deadlines, people, register
from store.deadlines import DeadlineRow
from store.transaction import Transaction


class Owner(NamedTuple):
    """Who is to meet a term: a person of ours, or only a mailbox (an AM without a row)."""

    person: int | None
    email: str
    name: str


def owner_at(tx: Transaction, contact: Contact) -> Owner:
    """The owner whom this contact is."""
    person = people.by_email(tx, contact.email)
    return Owner(person.id if person else None, contact.email, contact.name)


def open_deadline(
    tx: Transaction,
    office: Office,
    due: Due,
    *,
    about: About,
    company: Company,
    owner: Owner,
    now: datetime,
    heard_on: date | None = None,
) -> int:
    """Write down a term that runs, and the first day its owner hears of it. Gives the deadline's id.

    What is told today is not reminded today, however near or late (A49); where the owner was told on another
    day, or will be, `heard_on` is that one.
    """
    return deadlines.open_deadline(
        tx,
        due,
        about=about,
        company=company.id,
        owner=owner.person,
        owner_email=owner.email,
        remind_on=first_reminder(office, due, company, after=heard_on or now.date()),
        now=now,
    )


def replan(tx: Transaction, office: Office, deadline: DeadlineRow, new: Due, now: datetime) -> None:
    """Write the dates that a term has from now on, and when it is next spoken of.

    One that runs is spoken of by these only, on the calendar of the sede that its company has now: what waits
    to be told of the old ones is taken back. What nobody was to hear of stays silent.
    """
    told = deadline.remind_on is not None
    after = first_reminder(office, new, _company(tx, deadline), after=now.date()) if told else None
    deadlines.reckon_again(tx, deadline.id, new, after)
    unsay(tx, {deadline.id}, now)


def first_reminder(office: Office, due: Due, company: Company, *, after: date) -> date | None:
    """The first day after `after` on which the owner of this term hears of it."""
    return first_remind_on(due, after, office.calendar(company.site))


def _company(tx: Transaction, deadline: DeadlineRow) -> Company:
    company = register.company(tx, deadline.company)
    if company is None:
        raise LookupError(f"deadline {deadline.id} has no company")
    return company
