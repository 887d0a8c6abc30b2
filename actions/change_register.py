"""A list wants a company's servizi, sede or codice changed: somebody looks at what follows, and says yes or
no (A19b).

List and owner stay as they are until then. With the sede the calendar changes: the open terms that fall on
another day move, and whoever decides has seen which. Refuses to know the list.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions import first_visit
from actions.attribute import refused
from actions.first_visit import Days
from actions.propose import propose
from actions.turn import Turn
from actions.watch import replan
from procedure.deadlines import Due, due
from procedure.errors import Refusal
from procedure.people import Person
from procedure.permissions import attributes
from procedure.visits import Code, Company
from store import deadlines, people, register, register_changes, visits
from store.deadlines import DeadlineRow
from store.history import Hand
from store.register_changes import ChangeRow, Field, Outcome


@dataclass(frozen=True, slots=True)
class Moves:
    """An open term that the change moves."""

    row: DeadlineRow
    to: Due


@dataclass(frozen=True, slots=True)
class Change:
    """A wanted change and what follows from it. `first_visit_due` where it makes a neo associata."""

    row: ChangeRow
    company: Company
    holder: Person | None
    moves: tuple[Moves, ...] = ()
    first_visit_due: date | None = None


def look(turn: Turn, which: int) -> Change:
    """What the change would do; nothing is written.

    Raises:
        NotAllowed: it is not this person's to decide.
        Refusal: `change_settled`.
    """
    row = register_changes.get(turn.tx, which)
    services = attributes(turn.person)
    if row is None or not (row.has_services in services or (services and row.field is Field.SERVICES)):
        raise refused(turn, "register_change", which)
    company = register.company(turn.tx, row.company)
    if row.settled_at is not None or company is None:
        raise Refusal("change_settled")
    holder = people.by_id(turn.tx, company.assignee) if company.assignee is not None else None
    moves = _moves(turn, company, row.new) if row.field is Field.SITE else ()
    return Change(row, company, holder, moves, _first_visit_due(turn, row, company))


def accept(turn: Turn, which: int) -> Change:
    """Write the change, move what it moves, and propose somebody where nobody visits the company.

    Raises:
        NotAllowed: it is not this person's to decide.
        Refusal: `change_settled`.
    """
    change = look(turn, which)
    by = turn.person.email
    register_changes.settle(turn.tx, which, Outcome.CONFIRMED, by=by, now=turn.now)
    value = _value(change.row)
    hand = Hand(by, turn.now, "chat")
    register.set_standing(turn.tx, change.company.id, change.row.field.value, value, hand)
    for move in change.moves:
        replan(turn.tx, turn.office, move.row, move.to, turn.now)
    if change.first_visit_due:
        company = replace(change.company, code=Code.NEW_MEMBER)
        days = Days(turn.office.campaign.terms, turn.office.calendars)
        first_visit.begin(turn.tx, days, company, change.holder, turn.now)
    propose(turn.tx, turn.now, who=by)
    return change


def refuse(turn: Turn, which: int) -> Change:
    """The register stays as it is; the same value is not asked of anybody again.

    Raises:
        NotAllowed: it is not this person's to decide.
        Refusal: `change_settled`.
    """
    change = look(turn, which)
    register_changes.settle(turn.tx, which, Outcome.REJECTED, by=turn.person.email, now=turn.now)
    return change


def _moves(turn: Turn, company: Company, site: str) -> tuple[Moves, ...]:
    """The open terms that another sede's calendar ends on another day (A5c)."""
    calendar, terms = turn.office.calendar(site), turn.office.campaign.terms
    rows = deadlines.of_company(turn.tx, company.id)
    pairs = ((row, due(row.due.kind, row.due.starts_on, calendar, terms)) for row in rows)
    return tuple(Moves(row, to) for row, to in pairs if _ends(row.due) != _ends(to))


def _ends(term: Due) -> tuple[date, date, date]:
    return term.due_on, term.last_useful, term.on_time_until


def _first_visit_due(turn: Turn, row: ChangeRow, company: Company) -> date | None:
    """D1 of a company that turns out to be a neo associata and has not been visited."""
    is_new = row.field is Field.CODE and row.new == str(Code.NEW_MEMBER.value)
    if not is_new or company.joined_on is None or visits.last_on(turn.tx, company.id) is not None:
        return None
    days = turn.office.campaign.terms.visit_new_member
    return date.fromordinal(company.joined_on.toordinal() + days)


def _value(row: ChangeRow) -> Any:
    """The column's value, from the words of the history."""
    match row.field:
        case Field.SERVICES:
            return row.new == str(True)
        case Field.CODE:
            return int(row.new)
        case Field.SITE:
            return row.new
