"""MANCA … and ERRORE …: an office asks, the AV answers, each from where they write; nothing is closed.

Refuses to know how the words were found in a letter.
"""

from datetime import datetime
from typing import Any

from actions.by_mail.answering import Answering, on_one_line
from actions.deliver import put_mail, put_push
from actions.recipient import recipient
from conversations.phrases import say
from procedure.campaign import Contact
from procedure.correspondence.commands import Command
from procedure.errors import Refusal
from procedure.notices import Json, Mail, MailKind, Push
from store import letters, visits
from store.letters import Outcome


def ask_av(its: Answering, command: Command) -> str:
    """The words go to who made the visit, or stands in: a mail that can be answered, and a line in chat.

    Raises:
        Refusal: `question_to_nobody`: the visit is gone, or it is the AV who writes.
    """
    visit = visits.get(its.tx, its.visit)
    if visit is None:
        raise Refusal("question_to_nobody")
    to = recipient(its.tx, its.office, visit.av, its.today)
    if to.key == its.sender.email.casefold():
        raise Refusal("question_to_nobody")
    words = on_one_line(command.words or command.said)
    context: dict[str, Json] = {
        **_common(its.mail),
        "who": its.called,
        "said": words,
        "answering": False,
        "question": "",
        "letter": its.reply.letter,
        "asker": {"name": its.called, "email": its.sender.email},
        "of": its.mail.asks.value,
    }
    key = f"letter:{its.reply.letter}:{MailKind.QUESTION.value}"
    mail = Mail(key, MailKind.QUESTION, its.about, (to.contact,), (), context)
    put_mail(its.tx, mail, minted_by=its.office.minting, now=its.now, due_at=to.next_opening(its.now))
    if to.person and not to.by_mail:
        told: dict[str, Json] = {"company": context.get("company", ""), "who": its.called, "words": words}
        push = Push(f"{key}:push", "question", its.about, to.person.id, told)
        put_push(its.tx, push, now=its.now)
    return say("reply.asked_av", who=to.contact.name, words=words)


def is_question(mail: Mail) -> bool:
    """True of a question that waits for the AV's words, whichever they are."""
    return mail.kind is MailKind.QUESTION and not mail.context["answering"]


def pass_on(its: Answering) -> None:
    """What the AV answers goes back to who asked, in the thread of their letter."""
    asked: Any = its.mail.context
    context: dict[str, Json] = {
        **_common(its.mail),
        "who": its.called,
        "said": its.reply.text.strip(),
        "answering": True,
        "question": asked["said"],
        "letter": its.reply.letter,
        "asks": asked["of"],
    }
    to = Contact(asked["asker"]["name"], asked["asker"]["email"])
    key = f"letter:{its.reply.letter}:{MailKind.QUESTION.value}"
    mail = Mail(key, MailKind.QUESTION, its.mail.about, (to,), (), context)
    _in_their_thread(its, mail, asked["letter"], its.now)
    its.settle(Outcome.RECORDED, "passed_on")


def _in_their_thread(its: Answering, mail: Mail, letter: int, now: datetime) -> None:
    asked = letters.get(its.tx, letter)
    message_id = asked.message_id if asked else ""
    put_mail(its.tx, mail, minted_by=its.office.minting, now=now, in_reply_to=message_id)


def _common(mail: Mail) -> dict[str, Json]:
    """What every mail about a company says of it."""
    return {name: mail.context[name] for name in ("company", "company_ref") if name in mail.context}
