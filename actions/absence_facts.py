"""What the questions about an absence stand on: the days taken, who might stand in, who hears it otherwise.

Refuses to know who may say it, and what is done then.
"""

from datetime import date

from actions.recipient import Recipients
from actions.turn import Turn
from conversations.absence import AbsenceFacts, Colleague
from procedure.absences import LONGEST, Absence
from procedure.errors import Refusal
from procedure.people import Person
from store import absences, people
from store.rosters import AskedRoster

OFFERED = 20
"""Colleagues among whom a deputy is chosen."""


def absence_facts(turn: Turn, person: int) -> tuple[AbsenceFacts, str]:
    """What the questions need, and the name of who will be away.

    Raises:
        Refusal: `draft_closed`: nobody has this id, or they have left.
    """
    absent = people.by_id(turn.tx, person)
    if absent is None or not people.is_here(turn.tx, person):
        raise Refusal("draft_closed")
    colleagues = people.colleagues(turn.tx, absent, OFFERED)
    facts = AbsenceFacts(
        today=turn.today,
        name="" if absent.id == turn.person.id else absent.name,
        taken=_taken(turn, person),
        colleagues=[Colleague(one.id, one.name, _taken(turn, one.id)) for one in colleagues],
        cover=cover_of(turn, absent),
    )
    return facts, absent.name


def cover_of(turn: Turn, absent: Person) -> str:
    """The name of who hears what is theirs where they name nobody."""
    return Recipients(turn.office, _WithoutDeputy(turn, absent.id)).of(absent.id).contact.name


def _taken(turn: Turn, person: int) -> tuple[tuple[date, date], ...]:
    own = absences.of_person(turn.tx, person, turn.today, turn.today + LONGEST)
    return tuple((one.first, one.last) for one in own)


class _WithoutDeputy(AskedRoster):
    """The roster of today, as if one person were absent and had named nobody."""

    def __init__(self, turn: Turn, absent: int) -> None:
        super().__init__(turn.tx, turn.today)
        self._as_if = Absence(0, absent, turn.today, turn.today, None)

    def absence(self, which: int) -> Absence | None:
        """As it is; of the one, without a deputy."""
        return self._as_if if which == self._as_if.person else super().absence(which)
