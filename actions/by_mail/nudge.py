"""A chat message that asks for something, as a mail that can be answered: the numbered
morning, the form after an appointment.

Refuses to know who wants mails, and the words of what only tells.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from actions.by_mail.agenda import with_besides
from actions.by_mail.visit_form import form_mail
from actions.call_for_appointments import SCREENS
from actions.office import Office
from actions.recipient import InPlaceOf, Recipient
from actions.standing_in import with_the_absent
from actions.turn import Turn
from procedure.appointments import Call
from procedure.campaign import Contact
from procedure.notices import About, Mail, MailKind, Push, Subject
from procedure.permissions import may_visit
from store import appointments, register
from store.transaction import Transaction

ASKED: Final = SCREENS[Call.ASKED]
MORNING: Final = "morning"


def answerable(tx: Transaction, office: Office, push: Push, to: Recipient, now: datetime) -> Mail | None:
    """The mail in the message's place, for its receiver; None where there is nothing to answer by mail."""
    if to.person is None:
        return None
    key, turn = f"{push.key}:mail", Turn(tx, office, with_the_absent(tx, to.person, now.date()), now)
    if push.screen == MORNING:
        return _morning(turn, push, key)
    mail = _after_meeting(turn, push, key) if push.screen == ASKED else None
    return _on_behalf(mail, to.in_place_of) if mail and to.in_place_of else mail


def _morning(turn: Turn, push: Push, key: str) -> Mail:
    to = Contact(turn.person.name, turn.person.email)
    context = {**push.context, "person": to.name}
    about = About(Subject.PERSON, turn.person.id)
    return with_besides(turn, Mail(key, MailKind.MORNING, about, (to,), (), context))


def _after_meeting(turn: Turn, push: Push, key: str) -> Mail | None:
    meeting = appointments.get(turn.tx, push.about.id)
    company = register.company(turn.tx, meeting.company) if meeting else None
    if meeting is None or company is None or company.ceased or not may_visit(turn.person, company):
        return None
    return form_mail(turn, company.id, key, meeting=meeting)


def _on_behalf(mail: Mail, of: InPlaceOf) -> Mail:
    """With whom it was meant for before anything else."""
    said = f"{of.sentence} {mail.context['note'] or ''}".strip()
    return replace(mail, context={**mail.context, "note": said})
