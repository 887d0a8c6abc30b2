"""`ASSENTE fino al 10`, in answer to any mail: its sender is away (9.1).

Refuses to know how the letter was read.
"""

from datetime import datetime

from actions.absence import set_absence
from actions.office import Office
from actions.turn import Turn
from conversations.absence import AbsencePlan, write_period
from procedure.campaign import Contact
from procedure.correspondence.commands import Command
from procedure.errors import Refusal
from procedure.notices import Mail
from store import people
from store.transaction import Transaction


def absent_by_mail(
    tx: Transaction, office: Office, mail: Mail, sender: Contact, command: Command, *, now: datetime
) -> str:
    """Record the absence of whoever answered; the sentence that tells it.

    Raises:
        Refusal: the sender is nobody of the house, or the mail was not theirs; or as `set_absence`.
    """
    addressed = {contact.email.casefold() for contact in (*mail.to, *mail.cc)}
    person = people.by_email(tx, sender.email)
    if person is None or person.email not in addressed or command.on is None:
        raise Refusal("absence_not_yours")
    plan = AbsencePlan(command.since or now.date(), command.on, None)
    done = set_absence(Turn(tx, office, person, now), person.id, plan)
    days = write_period((plan.first, plan.last))
    return f"assenza di {person.name}: {days}. Intanto avvisiamo {done.cover}"
