"""The RS hands out companies to the addetti of the sede, one or many at a time, and takes them back [r.86].

What is picked is kept between two taps. Refuses to know what the choice looks like.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from actions.attribute import refused, visiting
from actions.attributing import Given
from actions.pass_on import Passage, announce, carry
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.people import Person, Role
from procedure.permissions import may_hand_out
from procedure.visits import Company
from store import loads, marks, people, register
from store.loads import Load, Waiting
from store.page import Page
from store.proposals import Outcome
from store.transaction import Transaction

MOST: Final = 50
"""Companies that may be picked at once."""


@dataclass(frozen=True, slots=True)
class Picking:
    """Companies of one person of the sede that wait for a visit, a page of them, and which are picked."""

    holder: Person
    page: Page[Waiting]
    picked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What changed hands within the sede."""

    former: Person
    to: Person
    companies: tuple[Given, ...]


def team(turn: Turn) -> list[tuple[Person, Load]]:
    """The addetti of the RS's sede and what each has in hand, by name.

    Raises:
        NotAllowed: the person is no RS.
    """
    site = site_of(turn)
    colleagues = [one for one in people.with_role(turn.tx, Role.AV, site) if one.id != turn.person.id]
    end = turn.today.replace(day=monthrange(turn.today.year, turn.today.month)[1])
    load = loads.of(turn.tx, [one.id for one in colleagues], end)
    return [(one, load[one.id]) for one in colleagues]


def picking(turn: Turn, holder: int, offset: int, limit: int) -> Picking:
    """A page of what this person of the sede has still to visit.

    Raises:
        NotAllowed: the person is no RS, or the holder not of their sede.
    """
    site, person = site_of(turn), _of_the_team(turn, holder)
    page = loads.to_visit(turn.tx, person.id, site, offset=max(offset, 0), limit=limit)
    return Picking(person, page, tuple(_picked(turn, holder)))


def pick(turn: Turn, holder: int, companies: Sequence[int]) -> None:
    """Turn these on or off: on, unless all of them are on already. What is not to be had is passed over.

    Raises:
        NotAllowed: the person is no RS, or the holder not of their sede.
        Refusal: `too_many_picked`.
    """
    site, person = site_of(turn), _of_the_team(turn, holder)
    some = loads.still_to_visit(turn.tx, person.id, site, companies)
    before = _picked(turn, holder)
    after = (
        [one for one in before if one not in some]
        if set(some) <= set(before)
        else [*before, *(one for one in some if one not in before)]
    )
    if len(after) > MOST:
        raise Refusal("too_many_picked", most=MOST)
    _keep(turn.tx, turn.person, holder, after)


def picked(turn: Turn, holder: int) -> list[Company]:
    """What is picked and still to be had.

    Raises:
        NotAllowed: the person is no RS, or the holder not of their sede.
        Refusal: `nothing_picked`.
    """
    site, person = site_of(turn), _of_the_team(turn, holder)
    still = loads.still_to_visit(turn.tx, person.id, site, _picked(turn, holder))
    found = [company for one in still if (company := register.company(turn.tx, one))]
    if not found:
        raise Refusal("nothing_picked")
    return found


def hand_out(turn: Turn, to: int) -> HandedOut:
    """Give what is picked of the RS's own companies to an addetto; who is told once.

    Raises:
        NotAllowed: the person is no RS, or the other no addetto of the sede.
        Refusal: `nothing_picked`.
    """
    return _passed(turn, Passage(turn.person, _of_the_team(turn, to), within=True))


def take_back(turn: Turn, holder: int) -> HandedOut:
    """Take back what is picked of an addetto's; who is told once.

    Raises:
        NotAllowed: the person is no RS, or the other no addetto of the sede.
        Refusal: `nothing_picked`.
    """
    return _passed(turn, Passage(_of_the_team(turn, holder), turn.person, within=True))


def site_of(turn: Turn) -> str:
    """The sede that the person answers for.

    Raises:
        NotAllowed: the person is no RS.
    """
    if not turn.person.has(Role.RS) or not turn.person.site:
        raise refused(turn, "hand_out", 0)
    return turn.person.site


def _passed(turn: Turn, passage: Passage) -> HandedOut:
    former, to = passage.former or turn.person, passage.to
    companies = picked(turn, former.id)
    if former.id == to.id or not all(may_hand_out(turn.person, one, former, to) for one in companies):
        raise refused(turn, "hand_out", to.id)
    given = tuple(carry(turn, passage, company, Outcome.HANDED) for company in companies)
    announce(turn, passage, given, "handed")
    _keep(turn.tx, turn.person, former.id, [])
    return HandedOut(former, to, given)


def _of_the_team(turn: Turn, which: int) -> Person:
    if which == turn.person.id:
        return turn.person
    person = visiting(turn, which)
    if not person.has(Role.AV) or person.site != turn.person.site:
        raise refused(turn, "person", which)
    return person


def _picked(turn: Turn, holder: int) -> list[int]:
    kept: Any = marks.get(turn.tx, _mark(turn.person))
    return list(kept["companies"]) if isinstance(kept, dict) and kept.get("holder") == holder else []


def _keep(tx: Transaction, rs: Person, holder: int, companies: Sequence[int]) -> None:
    marks.put(tx, _mark(rs), {"holder": holder, "companies": list(companies)})


def _mark(rs: Person) -> str:
    return f"hand_out:{rs.id}"
