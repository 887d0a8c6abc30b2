"""What a person sees of absences and preferences, gathered from the store. Looking changes nothing."""

from actions.absence import absent_of
from actions.recipient import calendar_of
from actions.turn import Turn
from bot.screens.people import PAGE, Absences, Named, draw_absences, draw_colleagues, draw_coming_back
from bot.screens.screen import Screen
from bot.screens.settings import draw_settings
from procedure.absences import LONGEST, Absence
from procedure.errors import Refusal
from procedure.people import Person, Role
from procedure.workdays import ONE_DAY
from store import absences, people, preferences

OFFERED = 6
"""Days among which the return is chosen."""


def absences_of(turn: Turn, person: int) -> Screen:
    """The absences of the person, or of a colleague for whom they may say it.

    Raises:
        NotAllowed: the colleague's are not theirs to see.
    """
    absent = absent_of(turn, person)
    until = turn.today + LONGEST
    own = absent.id == turn.person.id
    stands_in = absences.of_deputy(turn.tx, absent.id, turn.today, until) if own else []
    return draw_absences(
        Absences(
            of=absent,
            own=own,
            today=turn.today,
            planned=[_named(turn, one) for one in absences.of_person(turn.tx, absent.id, turn.today, until)],
            stands_in=[_named(turn, one) for one in stands_in],
            for_others=says_for_others(turn.person),
        )
    )


def says_for_others(person: Person) -> bool:
    """True for who may say that a colleague is away."""
    return person.has(Role.ADMIN) or (person.has(Role.RS) and person.site is not None)


def colleagues(turn: Turn, words: str, offset: int) -> Screen:
    """A page of those of whom the person may say that they are away."""
    if not says_for_others(turn.person):
        return absences_of(turn, turn.person.id)
    site = None if turn.person.has(Role.ADMIN) else turn.person.site
    page = people.page_of(
        turn.tx, site=site, words=words[:40], besides=turn.person.id, offset=offset, limit=PAGE
    )
    return draw_colleagues(page, words)


def coming_back(turn: Turn, which: int) -> Screen:
    """From when somebody is back.

    Raises:
        NotAllowed: it is not theirs to say.
        Refusal: `absence_over`.
    """
    absence = absences.get(turn.tx, which)
    if absence is None or absence.last < turn.today:
        raise Refusal("absence_over")
    absent = absent_of(turn, absence.person)
    start = max(turn.today, absence.first)
    days = [start + n * ONE_DAY for n in range(OFFERED) if start + n * ONE_DAY <= absence.last]
    works = [day for day in days if day == start or calendar_of(turn.office, absent).is_working(day)]
    return draw_coming_back(_named(turn, absence), absent.id == turn.person.id, works, turn.today)


def _named(turn: Turn, absence: Absence) -> Named:
    absent = people.by_id(turn.tx, absence.person)
    deputy = people.by_id(turn.tx, absence.deputy) if absence.deputy is not None else None
    return Named(absence, absent.name if absent else "", deputy.name if deputy else "")


def settings(turn: Turn) -> Screen:
    """When and where the person is written to."""
    return draw_settings(preferences.get(turn.tx, turn.person.id))
