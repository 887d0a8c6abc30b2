"""Opening a term and saying when it is next spoken of. Refuses to know what the term is for."""

from datetime import date, datetime
from typing import NamedTuple

from actions.office import Office
from procedure.campaign import Contact
from procedure.deadlines import Due
from procedure.notices import About
from procedure.reminders import next_remind_on
from procedure.visits import Company
from store import deadlines, people
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
) -> int:
    """Write down a term that runs, and the first day its owner hears of it. Gives the deadline's id."""
    today = now.date()  # what is told today is not reminded today, however near or late (A49)
    return deadlines.open_deadline(
        tx,
        due,
        about=about,
        company=company.id,
        owner=owner.person,
        owner_email=owner.email,
        remind_on=first_reminder(office, due, company, after=today),
        now=now,
    )


def first_reminder(office: Office, due: Due, company: Company, *, after: date) -> date | None:
    """The first day after `after` on which the owner of this term hears of it."""
    return next_remind_on(due, after, office.calendar(company.site))
