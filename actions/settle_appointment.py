"""It is told what became of an appointment: what was being told of it ends, and the wait for its scheda.

Refuses to know why, and who may.
"""

from dataclasses import replace
from datetime import datetime, time

from actions.turn import Turn
from actions.watch_report import report_settled
from procedure.appointments import Appointment, Settled
from procedure.notices import About, Subject
from procedure.workdays import ONE_DAY
from store import appointments, drafts

_TOLD = {
    Settled.MOVED: "appuntamento spostato",
    Settled.CANCELLED: "appuntamento annullato",
    Settled.NOT_HELD: "visita non fatta",
}


def settle_appointment(
    turn: Turn,
    appointment: Appointment,
    how: Settled,
    *,
    reason: str = "",
    moved_to: int | None = None,
    in_dialogue: int | None = None,
) -> None:
    """Settle an open appointment; the draft `in_dialogue`, which says so, is its caller's to close."""
    appointments.settle(turn.tx, appointment.id, how, turn.now, reason=reason, moved_to=moved_to)
    about = About(Subject.APPOINTMENT, appointment.id)
    drafts.close_about(turn.tx, about, "overtaken", turn.now, but=in_dialogue)
    if how is not Settled.DONE:
        report_settled(turn.tx, appointment.company, turn.today, _TOLD[how])


def settle_visited(turn: Turn, company: int) -> list[Appointment]:
    """The company was visited: what was fixed with it up to today is done, whoever kept it; what the person
    has fixed for later, which stays, is given back, in local time.
    """
    tomorrow = datetime.combine(turn.today + ONE_DAY, time(), tzinfo=turn.now.tzinfo)
    later = []
    for one in appointments.of_company(turn.tx, company):
        if one.starts_at < tomorrow:
            settle_appointment(turn, one, Settled.DONE)
        elif one.person == turn.person.id:
            later.append(replace(one, starts_at=one.starts_at.astimezone(turn.now.tzinfo)))
    return later
