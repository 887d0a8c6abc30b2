"""A letter that arrives in a test: kept, recorded, and as it is afterwards."""

from actions.by_mail.record_reply import record_reply
from actions.by_mail.reply import Reply
from procedure.campaign import Contact
from procedure.correspondence.commands import NOTHING_HEARD, Command, Heard
from procedure.correspondence.deciding import Decision
from store import letters
from store.letters import Letter
from tests.actions.house import House, at

STRANGER = Contact("X", "x@altrove.it")


def arrives(
    house: House,
    decision: Decision,
    text: str,
    *commands: Command | None,
    day: int = 20,
    month: int = 11,
    sender: Contact = STRANGER,
    subject: str = "",
) -> Letter:
    """The letter of this sender, understood as these commands."""
    uid = 1 + letters.last_uid(house.tx, "INBOX", 1)
    raw = f"letter {uid}".encode()
    now = at(day, month=month)
    kept = letters.keep(
        house.tx, mailbox="INBOX", uidvalidity=1, uid=uid, message_id=f"<{uid}@ra>", raw=raw, now=now
    )
    assert kept is not None
    told = tuple(command for command in commands if command)
    heard = Heard(told) if told else NOTHING_HEARD
    reply = Reply(kept, f"<{uid}@ra>", sender, text, decision, heard, subject=subject)
    record_reply(house.tx, house.office, reply, now)
    letter = letters.get(house.tx, kept)
    assert letter is not None
    return letter
