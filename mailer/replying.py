"""A letter becomes what the actions are given: read, recognised, understood. Reads the store, writes nothing.

The one chain from bytes to `Reply`: the mailbox, the demo's past and `dopovisita leggi` all go through it.
"""

from datetime import datetime

from actions.by_mail.reply import Reply
from mailer.reading.letter import Letter
from mailer.threads import recognise
from mailer.understanding.absence_text import absence_in
from mailer.understanding.understand import understand
from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Heard
from procedure.correspondence.deciding import Ambiguous, Automated, Colleague, Matched, Sent
from procedure.correspondence.machines import Automatic
from store.transaction import Transaction


def reply_of(tx: Transaction, secret: bytes, kept: int, letter: Letter, now: datetime) -> Reply:
    """The letter of row `kept`, as the actions want it. Days count from the one it was written on."""
    decision = recognise(tx, secret, letter, now.date())
    written = min(letter.date or now, now).astimezone(now.tzinfo).date()

    def heard(sent: Sent) -> Heard:
        text = letter.beside or letter.text
        return understand(sent.mail, text, written, letter.enclosures, body=letter.body)

    match decision:
        case Matched(sent) | Colleague(sent):
            said = heard(sent)
        case Automated(Automatic()):
            said = Heard(guess=absence_in(letter.text, written))
        case _:
            said = NOTHING_HEARD
    return Reply(
        letter=kept,
        message_id=letter.message_id,
        sender=Contact(letter.sender_name or letter.sender, letter.sender),
        text=letter.text,
        decision=decision,
        heard=said,
        options=tuple(map(heard, decision.candidates)) if isinstance(decision, Ambiguous) else (),
        subject=letter.subject,
        enclosures=letter.enclosures,
        references=letter.references,
    )
