"""The offices' words under E4 and E6: the papers have come, they went on. Refuses to know the words."""

from actions.by_mail.answering import Answering
from procedure.correspondence.commands import Command
from procedure.deadlines import DeadlineKind
from procedure.italian import write_date
from procedure.notices import MailKind
from procedure.routing import OFFICE_FORMS
from procedure.visits import Form
from store import deadlines, visits


def forms_received(its: Answering, command: Command) -> str:
    """The papers have come, on the day that is said: the hand-over is met, D6 for the office's forms, D7 for
    the RID.
    """
    is_rid = its.mail.asks is MailKind.E6_RID_TO_RPA
    kind, forms = (DeadlineKind.D7, (Form.RID,)) if is_rid else (DeadlineKind.D6, OFFICE_FORMS)
    on = command.on or its.today
    visits.receive(its.tx, its.mail.about.id, forms, on)
    deadlines.close(its.tx, kinds=[kind], about=its.mail.about, on=on, how="RICEVUTO")
    return "RID ricevuto" if is_rid else "moduli ricevuti"


def passed_to_ra(its: Answering, command: Command) -> str:
    """The originals have gone on to RA [r.130]: so they had come."""
    forms_received(its, command)
    on = command.on or its.today
    visits.pass_to_ra(its.tx, its.mail.about.id, OFFICE_FORMS, on)
    return f"originali inviati a RA {write_date(on)}"
