"""CONFERMO, written under the mail that lists the proposed attributions: all those that still wait (A15).

Refuses to know how the letter was read.
"""

from datetime import datetime
from typing import Any

from actions.attribute import confirm_listed
from actions.office import Office
from actions.standing_in import with_the_absent
from actions.turn import Turn
from procedure.campaign import Contact
from procedure.errors import Refusal
from procedure.italian import plural
from procedure.notices import Mail
from procedure.people import Person, Role
from store import people
from store.transaction import Transaction


def confirm_by_mail(tx: Transaction, office: Office, mail: Mail, sender: Contact, now: datetime) -> str:
    """Confirm what the mail listed, in the sender's name. Gives the sentence that tells it.

    Raises:
        Refusal: `proposal_settled`: the mail listed none, or all are decided.
    """
    listed: Any = mail.context["ids"]
    turn = Turn(tx, office, _who(tx, mail, sender, now), now)
    done = confirm_listed(turn, listed, channel="mail")
    if not done.count:
        raise Refusal("proposal_settled")
    said = f"{done.count} {plural(done.count, 'attribuzione confermata', 'attribuzioni confermate')}"
    if done.passed:
        said += f"; {done.passed} {plural(done.passed, 'era già decisa', 'erano già decise')}"
    return said


def _who(tx: Transaction, mail: Mail, sender: Contact, now: datetime) -> Person:
    """The person of this address; a role's mailbox, to which the mail went, decides as its role."""
    person = people.by_email(tx, sender.email)
    if person is not None:
        return with_the_absent(tx, person, now.date())
    role = Role(str(mail.context["role"]))
    return Person(0, sender.name or sender.email, sender.email.casefold(), frozenset({role}))
