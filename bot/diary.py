"""A person's day, gathered from the store and drawn: an appointment, the next ones, what is due today.

Looking changes nothing.
"""

from datetime import datetime, timedelta

from actions.appoint import own_appointment
from actions.turn import Turn
from bot.screens.appointments import PAGE, AppointmentCard, draw_appointment, draw_appointments
from bot.screens.screen import Screen
from bot.screens.today import Day, draw_today
from procedure.appointments import FARTHEST
from procedure.permissions import may_keep
from procedure.visits import Company
from store import agenda, appointments, paper_copies

LONGEST_UNTOLD = timedelta(days=366)
"""How long ago an appointment may be of which nothing was told, to be listed still."""


def appointment(turn: Turn, which: int, note: str = "") -> Screen:
    """An appointment's card.

    Raises:
        NotAllowed: it is not this person's.
    """
    found, company = own_appointment(turn, which)
    return draw_appointment(AppointmentCard(found, company, turn.now), note)


def next_appointments(turn: Turn, offset: int) -> Screen:
    """A page of the person's open appointments, those untold first."""
    since, until = turn.now - LONGEST_UNTOLD, turn.now + FARTHEST
    page = appointments.page_of(
        turn.tx, turn.person.id, since, until + timedelta(days=1), offset=offset, limit=PAGE
    )
    return draw_appointments(page, turn.now)


def today(turn: Turn, offset: int) -> Screen:
    """A page of the person's day."""
    return draw_today(day_of(turn), offset)


def day_of(turn: Turn) -> Day:
    """What the person has today, what is due and what waits; with the duties of the absent."""
    tx, person = turn.tx, turn.person
    today = midnight(turn), midnight(turn, days=1)
    whose = (person, *person.stands_for)
    return Day(
        now=turn.now,
        appointments=sorted(
            (line for one in whose for line in appointments.of_person(tx, one.id, *today)),
            key=lambda line: line.appointment.starts_at,
        ),
        duties=agenda.duties(tx, *(one.id for one in whose)),
        copies=paper_copies.missing_of(tx, person),
        awaited=agenda.awaited(tx, person.id),
        absent={one.id: one.name for one in person.stands_for},
    )


def standing(turn: Turn, company: Company) -> tuple[AppointmentCard, ...]:
    """The open appointments with a company that the person may change."""
    found = appointments.of_company(turn.tx, company.id)
    mine = (one for one in found if may_keep(turn.person, one.person, company))
    return tuple(AppointmentCard(one, company, turn.now) for one in mine)


def midnight(turn: Turn, days: int = 0) -> datetime:
    """The beginning of today, or of the day so many days from it."""
    return turn.now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)
