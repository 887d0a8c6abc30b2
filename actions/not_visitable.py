"""A company cannot be visited, or can be again (A47). Refuses to know how the reason is asked.

It leaves its visitor's things to do. Of a neo associata only what ends the membership ends the thirty days;
who refuses or is not to be found was contacted and not visited: the term stays open for those who supervise,
and its owner is reminded no more (docs/decisions/0018-not-visitable.md).
"""

from actions import first_visit
from actions.attribute import refused
from actions.first_visit import Days
from actions.turn import Turn
from procedure.attribution import SIDES
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from procedure.notices import About, Json, Subject
from procedure.people import Person, Role
from procedure.permissions import may_visit
from procedure.visits import Company, NotVisitable
from store import audit, deadlines, people, proposals, register, visits
from store.history import Hand
from store.transaction import Transaction


def not_visitable(turn: Turn, company: int, reason: NotVisitable, *, channel: str = "chat") -> Company:
    """Write down that it cannot be visited, and why.

    Raises:
        NotAllowed: it is not this person's to visit.
    """
    found = _own(turn, company)
    _write(turn, found, reason.value, channel)
    row = first_visit.find(turn.tx, company)
    if row and reason.ends_the_term:
        about, how = About(Subject.COMPANY, company), f"non visitabile: {reason.value}"
        deadlines.close(turn.tx, kinds=[DeadlineKind.D1], about=about, on=turn.today, how=how)
    elif row:
        deadlines.set_remind_on(turn.tx, row.id, None)
    return found


def visitable(turn: Turn, company: int, *, channel: str = "chat") -> Company:
    """It can be visited again: back among the things to do, with the term that it had.

    Raises:
        NotAllowed: it is not this person's to visit.
        Refusal: `visitable_already`.
    """
    found = _own(turn, company)
    if not found.not_visitable:
        raise Refusal("visitable_already", company=found.name)
    _write(turn, found, "", channel)
    again = register.company(turn.tx, company) or found
    _remind_again(turn, again)
    return again


def _remind_again(turn: Turn, company: Company) -> None:
    calendars = turn.office.calendars
    if row := first_visit.find(turn.tx, company.id):
        first_visit.remind(turn.tx, calendars, company, row, turn.today)
    elif company.is_new_member and visits.last_on(turn.tx, company.id) is None:
        days = Days(turn.office.campaign.terms, calendars)
        first_visit.begin(turn.tx, days, company, _answering(turn.tx, company), turn.now)


def _answering(tx: Transaction, company: Company) -> Person | None:
    """The RS to whom it was attributed, though an addetto has it (A17); else who has it."""
    line = proposals.given(tx, company.id)
    if line and Role.RS in SIDES[line.rule] and people.is_here(tx, line.person):
        person = people.by_id(tx, line.person)
        if person and person.has(Role.RS):
            return person
    return people.by_id(tx, company.assignee) if company.assignee is not None else None


def _own(turn: Turn, company: int) -> Company:
    found = register.company(turn.tx, company)
    if found is None or not may_visit(turn.person, found):
        raise refused(turn, "company", company)
    return found


def _write(turn: Turn, company: Company, reason: str, channel: str) -> None:
    hand = Hand(turn.person.email, turn.now, channel)
    register.set_not_visitable(turn.tx, company.id, reason, turn.today, hand)
    detail: dict[str, Json] = {"company": company.id, "why": reason}
    audit.note(turn.tx, turn.now, turn.person.email, "not_visitable" if reason else "visitable", detail)
