"""Who writes to the mailbox and is nobody to it reads once a day where to write.

Never a machine, never a forged one; and never so many that others would take us for one. Refuses to know why
the letter is nobody's.
"""

from datetime import datetime, timedelta
from typing import Final

from actions.by_mail.reply import Reply
from actions.deliver import put_mail
from actions.office import Office
from procedure.correspondence.deciding import Why
from procedure.notices import About, Json, Mail, MailKind, Subject
from store import letters
from store.transaction import Transaction

DAY: Final = timedelta(days=1)

MOST: Final = 50
"""Strangers answered in a day: beyond that somebody sends in the names of others."""

ANSWERED: Final = frozenset({Why.NO_TOKEN, Why.NO_SUCH_MAIL, Why.SENDER_NOT_ALLOWED})


def tell_where(tx: Transaction, office: Office, reply: Reply, why: Why, now: datetime) -> None:
    """One short mail, in the thread of theirs."""
    sender = reply.sender.email
    if why not in ANSWERED or "@" not in sender:
        return
    if any(back.reason in ANSWERED for back in letters.answers_to(tx, sender, now - DAY)):
        return
    if letters.answers_for(tx, [reason.value for reason in ANSWERED], now - DAY) >= MOST:
        return
    sites: list[Json] = [{"name": site.name, "mailbox": site.mailbox} for site in office.campaign.sites]
    about = About(Subject.PERSON, 0)
    key = f"letter:{reply.letter}:{MailKind.WHERE_TO_WRITE.value}"
    mail = Mail(key, MailKind.WHERE_TO_WRITE, about, (reply.sender,), (), {"sites": sites})
    put_mail(
        tx,
        mail,
        minted_by=office.minting,
        now=now,
        in_reply_to=reply.message_id,
        references=reply.thread,
    )
    letters.answered(tx, reply.letter, now)
