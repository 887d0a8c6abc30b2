"""A letter becomes what the actions are given: read, recognised, understood. Reads the store, writes nothing.

The one chain from bytes to `Reply`: the mailbox, the demo's past and `dopovisita leggi` all go through it.
"""

from datetime import datetime

from actions.by_mail.reply import Reply
from mailer.reading.letter import Letter
from mailer.threads import recognise
from mailer.understanding.understand import understand
from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Heard
from procedure.correspondence.deciding import Ambiguous, Colleague, Matched, Sent
from store.transaction import Transaction


def reply_of(tx: Transaction, secret: bytes, kept: int, letter: Letter, now: datetime) -> Reply:
    """The letter of row `kept`, as the actions want it. Days count from the one it was written on."""
    decision = recognise(tx, secret, letter, now.date())

    def heard(sent: Sent) -> Heard:
        written = min(letter.date or now, now).astimezone(now.tzinfo).date()
        return understand(sent.mail, letter.text, written, letter.enclosures)

    return Reply(
        letter=kept,
        message_id=letter.message_id,
        sender=Contact(letter.sender_name or letter.sender, letter.sender),
        text=letter.text,
        decision=decision,
        heard=heard(decision.sent) if isinstance(decision, Matched | Colleague) else NOTHING_HEARD,
        options=tuple(map(heard, decision.candidates)) if isinstance(decision, Ambiguous) else (),
        subject=letter.subject,
        enclosures=letter.enclosures,
        references=letter.references,
    )
