"""Who is away, and who hears in their place what was meant for them (A42, A43; docs/decisions/0015).

Refuses to know how anybody is reached, and where the roster of a day comes from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol

from procedure.people import Person, Role

LONGEST: Final = timedelta(days=365)
"""How far from today an absence may end: what is longer is a leaving."""


@dataclass(frozen=True, slots=True)
class Absence:
    """From `first` to `last`, both included; `deputy` stands in (A43)."""

    id: int
    person: int
    first: date
    last: date
    deputy: int | None


class Roster(Protocol):
    """The people of the house on one day."""

    def person(self, which: int) -> Person | None:
        """The person of this id, also when they have left."""

    def is_here(self, which: int) -> bool:
        """True for who has not left; who is absent for some days is still here."""

    def absence(self, which: int) -> Absence | None:
        """The absence that covers the day."""

    def successor(self, which: int) -> int | None:
        """Who was given all that was theirs, where they have left and somebody was (A44)."""

    def bearers(self, role: Role, site: str | None = None) -> Sequence[Person]:
        """Those who bear the role and have not left, by name; of one site where it is given."""


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """True where two periods, their ends included, have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def who_hears(which: int, roster: Roster, asked: frozenset[int] = frozenset()) -> Person | None:
    """The person themselves; where they are absent or have left, the first of those who stand in that is
    neither. None where nobody is: then the role's mailbox is written to.

    Args:
        which: whom it is meant for.
        roster: of the day.
        asked: those who were asked before: no chain of successors goes in a circle.
    """
    person = roster.person(which)
    if person is None or is_at_work(which, roster):
        return person
    successor = roster.successor(which) if not roster.is_here(which) else None
    if successor is not None and successor not in asked:
        return who_hears(successor, roster, asked | {which})
    return next((one for one in _stand_ins(person, roster) if one.id != which), None)


def is_at_work(which: int, roster: Roster) -> bool:
    """True for who has neither left nor is absent."""
    return roster.is_here(which) and roster.absence(which) is None


def _stand_ins(person: Person, roster: Roster) -> Iterator[Person]:
    """The deputy, the RS of the sede, RPS: those at work, in the order in which they are asked."""
    absence = roster.absence(person.id) if roster.is_here(person.id) else None
    deputy = roster.person(absence.deputy) if absence and absence.deputy is not None else None
    heads = roster.bearers(Role.RS, person.site) if person.site else ()
    for one in (*([deputy] if deputy else []), *heads, *roster.bearers(Role.RPS)):
        if is_at_work(one.id, roster):
            yield one
