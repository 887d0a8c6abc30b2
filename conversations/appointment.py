"""The short dialogues about an appointment: when it is, when it is instead, why it is not (r.88).

Refuses to know which appointments there are, and who may fix one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from conversations.dialogue import Dialogue, Flow
from conversations.moments import Moment, Taken
from conversations.phrases import say
from conversations.steps import Choice, Words
from procedure.workdays import WorkCalendar

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """What the questions depend on. `standing` is the appointment that is moved or given up, in words."""

    now: datetime  # local, naive
    company: str
    calendar: WorkCalendar
    taken: Sequence[Taken] = ()
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Fixing:
    """When the appointment is to be, in local time, naive; what to remember of it, or nothing."""

    starts_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class GivingUp:
    """It will not be, or was not: why."""

    reason: str


def appointment(facts: AppointmentFacts) -> Dialogue[Fixing]:
    """Fix one: when, and a note."""
    starts_at = yield from _when(facts, say("appointment.when.ask", company=facts.company))
    note = yield from Words("note", say("appointment.note.ask"), skip=say("button.skip"), limit=LONGEST_NOTE)
    return Fixing(starts_at, note)


def move_appointment(facts: AppointmentFacts) -> Dialogue[Fixing]:
    """Move it: when instead; its note goes with it."""
    asked = say("appointment.when.ask_again", company=facts.company, standing=facts.standing)
    return Fixing((yield from _when(facts, asked)))


def cancel_appointment(facts: AppointmentFacts) -> Dialogue[GivingUp]:
    """Cancel one to come: why (A48)."""
    labels = {key: say(f"appointment.why.{key}") for key in ("company", "mine", "served")}
    asked = say("appointment.why.ask", company=facts.company, standing=facts.standing)
    return GivingUp((yield from Choice("why", asked, labels, labels, words=str)))


def appointment_not_held(facts: AppointmentFacts) -> Dialogue[GivingUp]:
    """It was not held: why."""
    labels = {key: say(f"appointment.why_not.{key}") for key in ("nobody", "company", "mine")}
    asked = say("appointment.why_not.ask", company=facts.company, standing=facts.standing)
    return GivingUp((yield from Choice("why_not", asked, labels, labels, words=str)))


FIX = Flow("appointment", 1, appointment, phrases="appointment")
MOVE = Flow("move_appointment", 1, move_appointment, phrases="appointment")
CANCEL = Flow("cancel_appointment", 1, cancel_appointment, phrases="appointment")
NOT_HELD = Flow("appointment_not_held", 1, appointment_not_held, phrases="appointment")


def _when(facts: AppointmentFacts, asked: str) -> Moment:
    return Moment("when", asked, facts.now, facts.calendar, facts.taken)
