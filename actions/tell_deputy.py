"""The news about an absence: to the deputy, what awaits them and when it is over; to the absent, what another
said of them.

Refuses to know who may say it and how the news looks.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from actions.deliver import put_mail, put_push
from actions.turn import Turn
from procedure.absences import Absence
from procedure.appointments import write_moment
from procedure.campaign import Contact
from procedure.italian import write_date, write_date_short
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.people import Person
from procedure.workdays import ONE_DAY
from store import appointments, deadlines

LISTED = 10
"""Deadlines and appointments that are named; the others are counted."""


def tell_deputy(turn: Turn, absent: Person, absence: Absence, deputy: Person) -> None:
    """They stand in, from when to when; what falls due in those days, and the appointments."""
    due, held = _falling_due(turn, absence), _appointments(turn, absence)
    context: dict[str, Json] = {
        "name": absent.name,
        **_days(absence),
        "due": len(due),
        "items": [*due[:LISTED]],
        "held": len(held),
        "appointments": [*held[:LISTED]],
    }
    _push(turn, "standing_in", absence, deputy.id, context)


def tell_it_is_over(turn: Turn, absent: Person, absence: Absence, deputy: int, back_on: date) -> None:
    """The absence ends before its time, or was not to be."""
    context: dict[str, Json] = {"name": absent.name, "back_on": write_date(back_on)}
    _push(turn, "standing_in_over", absence, deputy, context)


def tell_absent(turn: Turn, absent: Person, absence: Absence, deputy: str) -> None:
    """Somebody else wrote it down. Who is away already reads it in a mail, when they like: a chat would go to
    the deputy.
    """
    context: dict[str, Json] = {"by": turn.person.name, **_days(absence), "deputy": deputy}
    if absence.first > turn.today:
        _push(turn, "absence_by_other", absence, absent.id, context)
        return
    text = f"{turn.person.name} ha segnato la tua assenza: {_in_words(absence)}."
    mail = Mail(
        f"absence_by_other:{absence.id}",
        MailKind.NEWS,
        About(Subject.PERSON, absent.id),
        (Contact(absent.name, absent.email),),
        context={"person": absent.name, "text": text},
    )
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)


def _push(turn: Turn, screen: str, absence: Absence, to: int, context: dict[str, Json]) -> None:
    key = f"{screen}:{absence.id}:{absence.last.isoformat()}:{to}"
    about = About(Subject.PERSON, absence.person)
    put_push(turn.tx, Push(key, screen, about, to, context), now=turn.now)


def _falling_due(turn: Turn, absence: Absence) -> list[str]:
    """What is late already, or has its last useful day before they are back."""
    rows = deadlines.of_person(turn.tx, absence.person)
    waiting = (row for row in rows if row.due.last_useful <= absence.last)
    return [
        f"{row.company_name}: {row.due.kind.label}, {write_date_short(row.due.last_useful, turn.today)}"
        for row in waiting
    ]


def _appointments(turn: Turn, absence: Absence) -> list[str]:
    local = turn.now.tzinfo
    since, until = (datetime.combine(day, time(), local) for day in (absence.first, absence.last + ONE_DAY))
    lines: Iterable[appointments.AppointmentLine] = appointments.of_person(
        turn.tx, absence.person, since, until
    )
    return [
        f"{line.company_name}: {write_moment(line.appointment.starts_at.astimezone(local))}" for line in lines
    ]


def _days(absence: Absence) -> dict[str, Json]:
    return {"days": _in_words(absence)}


def _in_words(absence: Absence) -> str:
    if absence.first == absence.last:
        return write_date(absence.first)
    return f"da {write_date(absence.first)} a {write_date(absence.last)}"
