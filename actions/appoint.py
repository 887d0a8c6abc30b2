"""An appointment is fixed, moved, cancelled, or was not held: what its dialogues begin and end with [r.88].

Each person has at most one open with a company. Nothing is forgotten: a moved one names its successor (A48).
Refuses to know the words, and when anybody is reminded.
"""

from dataclasses import dataclass
from datetime import datetime

from actions.converse import Talk, begin, visitable
from actions.put_in_calendar import put_in_calendar
from actions.settle_appointment import settle_appointment
from actions.standing_in import note_standing_in
from actions.turn import Turn
from conversations.appointment import CANCEL, FIX, MOVE, NOT_HELD, Fixing, GivingUp
from procedure.appointments import Appointment, Settled
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_keep
from procedure.visits import Company
from store import appointments, audit, register

_HOW = {CANCEL.name: Settled.CANCELLED, NOT_HELD.name: Settled.NOT_HELD}


@dataclass(frozen=True, slots=True)
class Appointed:
    """An appointment as it is now, with whom; `before`, where it takes the place of another."""

    appointment: Appointment
    company: Company
    now: datetime
    before: Appointment | None = None


def begin_appointment(turn: Turn, company: int) -> Talk:
    """Begin to fix one; to move it, where the person has one open with this company.

    Raises:
        NotAllowed: the company is not this person's to visit.
        Refusal: it can not be visited.
    """
    visitable(turn, company)
    if standing := appointments.open_of(turn.tx, company, turn.person.id):
        return begin(turn, MOVE.name, About(Subject.APPOINTMENT, standing.id), company=company)
    return begin(turn, FIX.name, About(Subject.COMPANY, company), company=company)


def begin_moving(turn: Turn, appointment: int) -> Talk:
    """Begin to move it.

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `appointment_settled`.
    """
    found, company = open_appointment(turn, appointment)
    return begin(turn, MOVE.name, About(Subject.APPOINTMENT, found.id), company=company.id)


def begin_giving_up(turn: Turn, appointment: int) -> Talk:
    """Begin to say why it will not be; or, once its time has come, why it was not.

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `appointment_settled`.
    """
    found, company = open_appointment(turn, appointment)
    flow = NOT_HELD if turn.now >= found.starts_at else CANCEL
    return begin(turn, flow.name, About(Subject.APPOINTMENT, found.id), company=company.id)


def fixed(turn: Turn, talk: Talk, told: Fixing) -> Appointed:
    """Write down the appointment that the dialogue told.

    Raises:
        NotAllowed: the company is no longer this person's to visit.
        Refusal: `appointment_standing`: one was fixed meanwhile.
    """
    company = visitable(turn, talk.row.about.id)
    if appointments.open_of(turn.tx, company.id, turn.person.id):
        raise Refusal("appointment_standing", company=company.name)
    new = _written(turn, company, turn.person.id, told.starts_at, told.note)
    put_in_calendar(turn, new, company)
    return Appointed(new, company, turn.now)


def moved(turn: Turn, talk: Talk, told: Fixing) -> Appointed:
    """The appointment gives place to another of the same person, which keeps its note.

    Raises:
        NotAllowed: it is no longer this person's.
        Refusal: `appointment_settled`.
    """
    old, company = open_appointment(turn, talk.row.about.id)
    new = _written(turn, company, old.person, told.starts_at, old.note)
    settle_appointment(turn, old, Settled.MOVED, moved_to=new.id, in_dialogue=talk.draft)
    put_in_calendar(turn, new, company, before=old)
    return Appointed(new, company, turn.now, before=old)


def given_up(turn: Turn, talk: Talk, told: GivingUp) -> Appointed:
    """It will not be, or was not: the company is attributed and unvisited as before (A48).

    Raises:
        NotAllowed: it is no longer this person's.
        Refusal: `appointment_settled`.
    """
    return _given_up(turn, talk.row.about.id, told.reason, how=_HOW[talk.flow.name], in_dialogue=talk.draft)


def give_up(turn: Turn, appointment: int, reason: str) -> Appointed:
    """The same, said in one word: it will not be; or, once its time has come, it was not.

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `appointment_settled`.
    """
    found, _ = open_appointment(turn, appointment)
    how = Settled.NOT_HELD if turn.now >= found.starts_at else Settled.CANCELLED
    return _given_up(turn, appointment, reason, how=how)


def _given_up(
    turn: Turn, appointment: int, reason: str, *, how: Settled, in_dialogue: int | None = None
) -> Appointed:
    old, company = open_appointment(turn, appointment)
    settle_appointment(turn, old, how, reason=reason, in_dialogue=in_dialogue)
    now = _stored(turn, old.id)
    if how is Settled.CANCELLED:
        put_in_calendar(turn, now, company)
    return Appointed(now, company, turn.now)


def check_credit(turn: Turn, appointment: int) -> Appointed:
    """The person has looked at the estratto conto, proforma included [r.90, A6].

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `appointment_settled`.
    """
    found, company = open_appointment(turn, appointment)
    appointments.check_credit(turn.tx, found.id, turn.now)
    return Appointed(_stored(turn, found.id), company, turn.now)


def open_appointment(turn: Turn, appointment: int) -> tuple[Appointment, Company]:
    """The appointment and its company, if the person may tell of it.

    Raises:
        NotAllowed: they may not, or there is none.
        Refusal: `appointment_settled`: it is told already what became of it.
    """
    found, company = own_appointment(turn, appointment)
    if not found.is_open:
        raise Refusal("appointment_settled")
    return found, company


def own_appointment(turn: Turn, appointment: int) -> tuple[Appointment, Company]:
    """The same, whatever became of it.

    Raises:
        NotAllowed: they may not, or there is none.
    """
    found = appointments.get(turn.tx, appointment)
    company = register.company(turn.tx, found.company) if found else None
    if not found or not company or not may_keep(turn.person, found.person, company):
        who, which = turn.person.email, {"what": "appointment", "id": str(appointment)}
        audit.note(turn.tx, turn.now, who, "refused", {**which})
        raise NotAllowed("not_allowed")
    note_standing_in(turn, "appointment", appointment, lambda one: may_keep(one, found.person, company))
    return found, company


def _written(turn: Turn, company: Company, person: int, starts_at: datetime, note: str) -> Appointment:
    """`starts_at` is local time, as the dialogue has it."""
    moment = starts_at.replace(tzinfo=turn.now.tzinfo)
    new = appointments.fix(
        turn.tx, company=company.id, person=person, starts_at=moment, note=note, now=turn.now
    )
    return _stored(turn, new)


def _stored(turn: Turn, appointment: int) -> Appointment:
    found = appointments.get(turn.tx, appointment)
    if found is None:
        raise LookupError(f"appointment {appointment} is gone")
    return found
