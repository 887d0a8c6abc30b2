"""Somebody says yes or no to what was proposed, or names another person (A15): RPC of the companies con
servizi, RPS of those senza, the administrator of all.

Only what is confirmed becomes an attribution and is told; once for each confirmation. Refuses to weigh who
should have a company: `actions.propose` did.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from actions.attributing import Given, give, side, tell
from actions.propose import propose
from actions.recipient import recipient
from actions.turn import Turn
from procedure.attribution import rule_of
from procedure.errors import NotAllowed, Refusal
from procedure.people import Person
from procedure.permissions import attributes, may_attribute
from procedure.visits import Company
from store import audit, people, proposals, register
from store.history import Hand
from store.proposals import Outcome, ProposalRow


@dataclass(frozen=True, slots=True)
class Attributed:
    """What a confirmation did: the companies given, by person, and how many had been settled meanwhile."""

    given: tuple[tuple[Person, tuple[Given, ...]], ...]
    passed: int = 0

    @property
    def count(self) -> int:
        """How many companies."""
        return sum(len(companies) for _, companies in self.given)


def renew(turn: Turn) -> None:
    """Before what waits is shown: propose for what has come, close what was overtaken.

    Raises:
        NotAllowed: the person decides no attributions.
    """
    if not attributes(turn.person):
        raise refused(turn, "proposals", 0)
    propose(turn.tx, turn.now, who=turn.person.email)


def confirm(turn: Turn, proposal: int, *, channel: str = "chat") -> Attributed:
    """Yes to one.

    Raises:
        NotAllowed: it is not this person's to decide.
        Refusal: `proposal_settled`.
    """
    return _confirmed(turn, [own(turn, proposal)], channel)


def confirm_all(turn: Turn, upto: int, *, channel: str = "chat") -> Attributed:
    """Yes to all that wait for this person, up to the last one that they were shown.

    Raises:
        NotAllowed: the person decides no attributions.
    """
    services = attributes(turn.person)
    if not services:
        raise refused(turn, "proposals", upto)
    proposals.settle_overtaken(turn.tx, turn.now)
    return _confirmed(turn, proposals.open_after(turn.tx, services, after=0, upto=upto), channel)


def confirm_listed(turn: Turn, listed: Sequence[int], *, channel: str) -> Attributed:
    """Yes to those of a list that still wait for this person: a mail may be answered late."""
    proposals.settle_overtaken(turn.tx, turn.now)
    found = (proposals.get(turn.tx, each) for each in listed)
    services = attributes(turn.person)
    still = [row for row in found if row and row.settled_at is None and row.has_services in services]
    done = _confirmed(turn, still, channel)
    return Attributed(done.given, len(listed) - done.count)


def change(turn: Turn, proposal: int, to: int, *, channel: str = "chat") -> Attributed:
    """Yes, but to another person.

    Raises:
        NotAllowed: it is not this person's to decide, or the other makes no visits.
        Refusal: `proposal_settled`.
    """
    row = own(turn, proposal)
    company, person = _company(turn, row.company), visiting(turn, to)
    outcome = Outcome.CONFIRMED if to == row.person else Outcome.CHANGED
    proposals.settle(
        turn.tx,
        row.id,
        outcome,
        by=turn.person.email,
        now=turn.now,
        person=person.id,
        side=side(turn.tx, company, person.id),
    )
    return _given(turn, [(company, person)], channel, f"proposal:{row.id}")


def reject(turn: Turn, proposal: int) -> None:
    """No: the company waits for somebody to be named by hand.

    Raises:
        NotAllowed: it is not this person's to decide.
        Refusal: `proposal_settled`.
    """
    row = own(turn, proposal)
    proposals.settle(turn.tx, row.id, Outcome.REJECTED, by=turn.person.email, now=turn.now)
    audit.note(turn.tx, turn.now, turn.person.email, "proposal_rejected", {"company": row.company})


def name(turn: Turn, company: int, to: int, *, channel: str = "chat") -> Attributed:
    """Attribute a company that nobody visits and nobody is proposed for.

    Raises:
        NotAllowed: the company is not this person's to attribute, or the other makes no visits.
        Refusal: `proposal_settled`: it is somebody's by now.
    """
    found, person = _company(turn, company), visiting(turn, to)
    if found.assignee is not None:
        raise Refusal("proposal_settled")
    if row := proposals.open_of(turn.tx, company):
        return change(turn, row.id, to, channel=channel)
    note_by_hand(turn, found, person, why="", outcome=Outcome.MANUAL)
    return _given(turn, [(found, person)], channel, f"company:{company}:{turn.now.isoformat()}")


def note_by_hand(turn: Turn, company: Company, person: Person, *, why: str, outcome: Outcome) -> None:
    """The ledger's line of a company that a person gave, not a rule."""
    proposals.note_given(
        turn.tx,
        company.id,
        person.id,
        rule=rule_of(company.code, has_services=company.has_services),
        side=side(turn.tx, company, person.id),
        why=why,
        outcome=outcome,
        by=turn.person.email,
        now=turn.now,
    )


def own(turn: Turn, proposal: int) -> ProposalRow:
    """The proposal, if it waits and is this person's to decide.

    Raises:
        NotAllowed: there is none, or it is another's.
        Refusal: `proposal_settled`.
    """
    row = proposals.get(turn.tx, proposal)
    if row is None or row.has_services not in attributes(turn.person):
        raise refused(turn, "proposal", proposal)
    proposals.settle_overtaken(turn.tx, turn.now)
    row = proposals.get(turn.tx, proposal)
    if row is None or row.settled_at is not None:
        raise Refusal("proposal_settled")
    return row


def visiting(turn: Turn, which: int) -> Person:
    """Somebody who is here and makes visits.

    Raises:
        NotAllowed: there is no such person.
    """
    person = people.by_id(turn.tx, which)
    if person is None or not person.visits or not people.is_here(turn.tx, which):
        raise refused(turn, "person", which)
    return person


def refused(turn: Turn, what: str, which: int) -> NotAllowed:
    """The refusal, written down."""
    audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": what, "id": which})
    return NotAllowed("not_allowed")


def _company(turn: Turn, which: int) -> Company:
    company = register.company(turn.tx, which)
    if company is None or not may_attribute(turn.person, company):
        raise refused(turn, "company", which)
    return company


def _confirmed(turn: Turn, rows: Sequence[ProposalRow], channel: str) -> Attributed:
    pairs = []
    for row in rows:
        company, person = register.company(turn.tx, row.company), people.by_id(turn.tx, row.person)
        settled = proposals.settle(turn.tx, row.id, Outcome.CONFIRMED, by=turn.person.email, now=turn.now)
        if company and person and settled:
            pairs.append((company, person))
    last = max((row.id for row in rows), default=0)
    return _given(turn, pairs, channel, f"proposal:{last}")


def _given(turn: Turn, pairs: Sequence[tuple[Company, Person]], channel: str, key: str) -> Attributed:
    """Each company to its person; each person told once."""
    hand = Hand(turn.person.email, turn.now, channel)
    by_person: dict[Person, list[Given]] = defaultdict(list)
    for company, person in pairs:
        by_person[person].append(give(turn.tx, turn.office.calendars, company, person, hand))
    for person, companies in by_person.items():
        opens = recipient(turn.tx, turn.office, person.id, turn.today).next_opening(turn.now)
        told = f"given:{key}:{person.id}"
        tell(turn.tx, person, "confirmed", companies, key=told, now=turn.now, due_at=opens)
    counts = {person.email: len(companies) for person, companies in by_person.items()}
    audit.note(turn.tx, turn.now, turn.person.email, "attributed", {**counts})
    return Attributed(tuple((person, tuple(companies)) for person, companies in by_person.items()))
