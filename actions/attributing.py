"""A company becomes somebody's: its assignee with the history, its open first visit with the reminders, and
what they are told, once for all that came together.

Refuses to know why it becomes theirs, and who may decide so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions import first_visit
from actions.deliver import put_push
from procedure.attribution import Candidate, Remit, arrived_expired, bucket_of, side_of
from procedure.italian import plural, write_date
from procedure.notices import About, Json, Push, Subject
from procedure.people import Person, Role
from procedure.visits import Company
from procedure.workdays import WorkCalendar
from store import deadlines, people, register, remits
from store.deadlines import DeadlineRow
from store.history import Hand
from store.transaction import Transaction

LISTED = 20
"""Companies named in one message; of the others it says how many."""


@dataclass(frozen=True, slots=True)
class Given:
    """A company that became a person's, and its first visit where that is due (code 1)."""

    company: Company
    first_visit: DeadlineRow | None

    def told(self, today: date) -> dict[str, Json]:
        """As a message names it."""
        term = _told_term(self.first_visit, today) if self.first_visit else ""
        return {"id": self.company.id, "name": self.company.name, "site": self.company.site, "term": term}


def candidates(tx: Transaction) -> list[Candidate]:
    """Everyone who makes visits and is here, with what they answer for."""
    known = remits.by_person(tx)
    return [
        Candidate(one.id, one.name, one.roles, one.site, known.get(one.id, Remit()))
        for one in people.active(tx)
        if one.visits
    ]


def side(tx: Transaction, company: Company, person: int) -> Role | None:
    """The side of its bucket on which the company counts, given to this person; None: on neither."""
    bucket = bucket_of(company.code, company.site, company.trade, has_services=company.has_services)
    return next((side_of(bucket, one) for one in candidates(tx) if one.person == person), None)


def give(
    tx: Transaction,
    calendars: Mapping[str, WorkCalendar],
    company: Company,
    to: Person,
    hand: Hand,
    *,
    answers: bool = True,
) -> Given:
    """Attribute the company to the person; with `answers`, its first visit is theirs to answer for too.

    An RS who hands a neo associata to an addetto goes on answering for its thirty days (A17).
    """
    register.assign(tx, company.id, to.id, who=hand.who, at=hand.at, channel=hand.channel)
    row = first_visit.find(tx, company.id)
    if row and answers:
        deadlines.hand_to(tx, row.id, owner=to.id, owner_email=to.email)
        first_visit.remind(tx, calendars, company, row, hand.at.date())
    return Given(company, row)


def tell(
    tx: Transaction,
    to: Person,
    how: str,
    companies: Sequence[Given],
    *,
    key: str,
    now: datetime,
    due_at: datetime,
    by: str = "",
    reason: str = "",
) -> None:
    """Queue the one message that names these companies to the person. `how` is the phrase that says what
    happened: `attribution.told.<how>`.
    """
    told: list[Json] = [given.told(now.date()) for given in companies[:LISTED]]
    context: dict[str, Json] = {
        "how": how,
        "by": by,
        "reason": reason,
        "companies": told,
        "count": len(companies),
    }
    about = About(Subject.COMPANY, companies[0].company.id)
    put_push(tx, Push(key, "companies_given", about, to.id, context), now=now, due_at=due_at)


def _told_term(row: DeadlineRow, today: date) -> str:
    """The last day of the thirty, and how many are left (A18)."""
    last = write_date(row.due.due_on)
    if arrived_expired(row.due.on_time_until, row.opened_at.date()):
        return f"arrivata scaduta: i giorni per la visita finivano {last}"
    left = (row.due.due_on - today).days
    if left < 0:
        return f"visita entro {last}: il termine è passato"
    days = (
        "è oggi"
        if left == 0
        else f"{plural(left, 'resta', 'restano')} {left} {plural(left, 'giorno', 'giorni')}"
    )
    return f"visita entro {last}: {days}"
