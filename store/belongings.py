"""All that is open in one person's hands, counted, listed, and given whole to another (A44).

What is closed stays theirs: the history names them. Refuses to know why they leave and who is told.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Select, func, literal, or_, select

from procedure.deadlines import DeadlineKind
from procedure.people import Person
from procedure.quotes import OPEN_STATES
from store.history import Hand
from store.tables import (
    absences,
    appointments,
    companies,
    deadlines,
    drafts,
    field_history,
    quote_history,
    quotes,
)
from store.transaction import Transaction

HANDED_ON: Final = "handed_on"
"""The outcome of a draft whose person has left."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much of each there is."""

    companies: int = 0
    deadlines: int = 0
    quotes: int = 0
    appointments: int = 0
    drafts: int = 0
    deputies: int = 0  # absences of others, to come or standing, in which they would stand in

    @property
    def total(self) -> int:
        """All of it."""
        return sum(astuple(self))


@dataclass(frozen=True, slots=True)
class Belonging:
    """One open thing: what it is (`companies`, `deadlines`, …), the company's name, and its day."""

    kind: str
    company: str
    detail: str = ""
    day: date | None = None


def count(tx: Transaction, person: Person, today: date) -> Belongings:
    """What is open in this person's hands."""
    return Belongings(
        companies=_count(tx, companies, _their_companies(person)),
        deadlines=_count(tx, deadlines, _their_deadlines(person)),
        quotes=_count(tx, quotes, _their_quotes(person)),
        appointments=_count(tx, appointments, _their_appointments(person)),
        drafts=_count(tx, drafts, _their_drafts(person)),
        deputies=_count(tx, absences, _as_deputy(person, today)),
    )


def listed(tx: Transaction, person: Person, limit: int) -> list[Belonging]:
    """The first `limit` of them, each kind by day or name: deadlines, appointments, quotes, companies."""
    return [one for one, _ in zip(_each(tx, person, limit), range(limit), strict=False)]


def pass_on(tx: Transaction, person: Person, to: Person, hand: Hand) -> None:
    """Give all of it to another, each change in its history; drafts are ended, not given."""
    _note_companies(tx, person, to, hand)
    _note_quotes(tx, person, to, hand)
    owner = {"owner_id": to.id, "owner_email": to.email}
    tx.execute(companies.update().where(_their_companies(person)).values(assignee_id=to.id))
    tx.execute(deadlines.update().where(_their_deadlines(person)).values(owner))
    tx.execute(quotes.update().where(_their_quotes(person)).values(owner))
    tx.execute(appointments.update().where(_their_appointments(person)).values(person_id=to.id))
    end_drafts(tx, person, hand.at)


def end_drafts(tx: Transaction, person: Person, now: datetime) -> None:
    """What they had begun to tell is told by nobody: another begins anew."""
    tx.execute(drafts.update().where(_their_drafts(person)).values(closed_at=now, outcome=HANDED_ON))


def release_absent(tx: Transaction, deputy: Person, today: date) -> list[int]:
    """Nobody stands in any more where this person would have; the absent persons, each once."""
    mine = _as_deputy(deputy, today)
    rows = tx.all(select(absences.c.person_id).where(mine).distinct().order_by(absences.c.person_id))
    tx.execute(absences.update().where(mine).values(deputy_id=None))
    return [row.person_id for row in rows]


def _each(tx: Transaction, person: Person, limit: int) -> Iterator[Belonging]:
    for name, kind, day in tx.all(
        _of_company(_their_deadlines(person), limit, deadlines.c.kind, deadlines.c.due_on)
    ):
        yield Belonging("deadlines", name, DeadlineKind(kind).label, day)
    for name, at in tx.all(_of_company(_their_appointments(person), limit, appointments.c.starts_at)):
        yield Belonging("appointments", name, "", at.date())
    for name, state in tx.all(_of_company(_their_quotes(person), limit, quotes.c.state)):
        yield Belonging("quotes", name, state.lower())
    for name, flow in tx.all(_of_company(_their_drafts(person), limit, drafts.c.flow)):
        yield Belonging("drafts", name, flow)
    for (name,) in tx.all(
        select(companies.c.name).where(_their_companies(person)).order_by(companies.c.name).limit(limit)
    ):
        yield Belonging("companies", name)


def _of_company(theirs: ColumnElement[bool], limit: int, *shown: Column[Any]) -> Select[*tuple[Any, ...]]:
    """Rows of a table with the company's name first, in the order of the last column shown."""
    rows = select(companies.c.name, *shown).join_from(shown[0].table, companies).where(theirs)
    return rows.order_by(shown[-1], companies.c.name).limit(limit)


def _note_companies(tx: Transaction, person: Person, to: Person, hand: Hand) -> None:
    columns = ("entity", "entity_id", "field", "old", "new", "who", "at", "channel")
    changed = select(
        literal("companies"),
        companies.c.id,
        literal("assignee_id"),
        literal(str(person.id)),
        literal(str(to.id)),
        literal(hand.who),
        literal(hand.at, field_history.c.at.type),
        literal(hand.channel),
    ).where(_their_companies(person))
    tx.execute(field_history.insert().from_select(columns, changed))


def _note_quotes(tx: Transaction, person: Person, to: Person, hand: Hand) -> None:
    columns = ("quote_id", "event", "old_state", "new_state", "who", "at", "channel")
    moved = select(
        quotes.c.id,
        literal(f"passa a {to.email}"),
        quotes.c.state,
        quotes.c.state.label("same"),
        literal(hand.who),
        literal(hand.at, quote_history.c.at.type),
        literal(hand.channel),
    ).where(_their_quotes(person))
    tx.execute(quote_history.insert().from_select(columns, moved))


def _count(tx: Transaction, table: Any, theirs: ColumnElement[bool]) -> int:
    return int(tx.scalar(select(func.count()).select_from(table).where(theirs)))


def _their_companies(person: Person) -> ColumnElement[bool]:
    return companies.c.assignee_id == person.id


def _their_deadlines(person: Person) -> ColumnElement[bool]:
    return deadlines.c.closed_on.is_(None) & _owned(deadlines, person)


def _their_quotes(person: Person) -> ColumnElement[bool]:
    return quotes.c.state.in_([state.value for state in OPEN_STATES]) & _owned(quotes, person)


def _owned(table: Any, person: Person) -> ColumnElement[bool]:
    """By id; by the address, where it was a mailbox's before it was theirs."""
    nobody_by_id: ColumnElement[bool] = table.c.owner_id.is_(None)
    by_address = nobody_by_id & (func.lower(table.c.owner_email) == person.email)
    return or_(table.c.owner_id == person.id, by_address)


def _their_appointments(person: Person) -> ColumnElement[bool]:
    return appointments.c.settled_at.is_(None) & (appointments.c.person_id == person.id)


def _their_drafts(person: Person) -> ColumnElement[bool]:
    return drafts.c.closed_at.is_(None) & (drafts.c.person_id == person.id)


def _as_deputy(person: Person, today: date) -> ColumnElement[bool]:
    return (absences.c.deputy_id == person.id) & (absences.c.last >= today)
