"""A company passes from one visitor to another, by a person's hand: with a reason by whoever attributes it,
within the sede by its RS [r.86], by a CS to a named colleague (A16).

Both are told. What an RS hands out, and what a CS passes on, goes on counting for whom it was attributed to
(A12); for a neo associata the RS goes on answering (A17). Refuses to know how the persons are chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from actions import attributing
from actions.attribute import note_by_hand, refused, visiting
from actions.attributing import Given
from actions.recipient import recipient
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.notices import Json
from procedure.people import Person
from procedure.permissions import may_attribute, may_hand_out, may_pass_on
from procedure.visits import Company
from store import audit, people, proposals, register
from store.history import Hand
from store.proposals import Outcome


@dataclass(frozen=True, slots=True)
class Passage:
    """From whom (None: nobody) to whom, and why. `within` the sede, its RS goes on answering (A17)."""

    former: Person | None
    to: Person
    reason: str = ""
    channel: str = "chat"
    within: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """A company that passed. `answers` is who still answers for a neo associata's thirty days, where that is
    another.
    """

    company: Company
    passage: Passage
    answers: Person | None = None


def pass_on(turn: Turn, company: int, to: int, reason: str, *, channel: str = "chat") -> Passed:
    """Attribute the company to another person, with a reason.

    Raises:
        NotAllowed: the person may not, or the other makes no visits.
        Refusal: `already_theirs`.
    """
    found, person = register.company(turn.tx, company), visiting(turn, to)
    holder = people.by_id(turn.tx, found.assignee) if found and found.assignee else None
    if found is None or not may_pass_on(turn.person, found, holder, person):
        raise refused(turn, "company", company)
    if found.assignee == to:
        raise Refusal("already_theirs", company=found.name, person=person.name)
    by_list = may_attribute(turn.person, found)
    within = not by_list and holder is not None and may_hand_out(turn.person, found, holder, person)
    passage = Passage(holder, person, reason, channel, within)
    given = carry(turn, passage, found, Outcome.MANUAL if by_list else Outcome.HANDED)
    announce(turn, passage, [given], "passed")
    return Passed(found, passage, _who_answers(turn, given, person))


def carry(turn: Turn, passage: Passage, company: Company, outcome: Outcome) -> Given:
    """Do it for one company, with its line in the ledger and in the audit; whoever calls has checked."""
    if outcome is Outcome.HANDED and passage.former and proposals.given(turn.tx, company.id) is None:
        note_by_hand(turn, company, passage.former, why="", outcome=Outcome.IMPORTED)  # it counted as theirs
    note_by_hand(turn, company, passage.to, why=passage.reason, outcome=outcome)
    former = passage.former.email if passage.former else ""
    detail: dict[str, Json] = {"company": company.id, "from": former, "to": passage.to.email}
    audit.note(turn.tx, turn.now, turn.person.email, "passed_on", detail | {"why": passage.reason})
    answers = not passage.within or passage.to.id == turn.person.id
    hand = Hand(turn.person.email, turn.now, passage.channel)
    return attributing.give(turn.tx, turn.office.calendars, company, passage.to, hand, answers=answers)


def announce(turn: Turn, passage: Passage, companies: Sequence[Given], how: str) -> None:
    """One message to who has them now, one to who had them; nobody is told of their own doing."""
    key = f"{turn.now.isoformat()}:{companies[0].company.id}"
    former = passage.former
    if passage.to.id != turn.person.id:
        _tell(turn, passage.to, how, companies, f"given:{key}", turn.person.name, passage.reason)
    if former and former.id != turn.person.id and people.is_here(turn.tx, former.id):
        bare = [Given(given.company, None) for given in companies]
        _tell(turn, former, "taken", bare, f"taken:{key}", passage.to.name, passage.reason)


def _tell(  # noqa: PLR0917 – all of it is what one message says
    turn: Turn, to: Person, how: str, companies: Sequence[Given], key: str, by: str, reason: str
) -> None:
    opens = recipient(turn.tx, turn.office, to.id, turn.today).next_opening(turn.now)
    told = f"{key}:{to.id}"
    attributing.tell(turn.tx, to, how, companies, key=told, now=turn.now, due_at=opens, by=by, reason=reason)


def _who_answers(turn: Turn, given: Given, to: Person) -> Person | None:
    owner = given.first_visit.owner if given.first_visit else None
    return people.by_id(turn.tx, owner) if owner is not None and owner != to.id else None
