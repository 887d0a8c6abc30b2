"""A letter that cannot be done yet: a colleague's waits for the addressee, one of several mails for its
sender. Both are asked, by mail and in chat; nothing is done until they say.

Refuses to do what they decide: `actions.by_mail.held` does.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from actions.by_mail.answering import Answering, on_one_line
from actions.by_mail.holding import Held, Hold, Option, hold
from actions.by_mail.reply import Reply
from actions.deliver import name_of, put_mail, put_push
from actions.office import Office
from actions.recipient import Recipient, recipient
from conversations.replies import tell_command
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Heard, Verb
from procedure.correspondence.deciding import Ambiguous, Sent
from procedure.notices import Json, Mail, MailKind, Push
from store import letters, people
from store.letters import Outcome
from store.transaction import Transaction

MOST_CANDIDATES: Final = 3
"""Beyond these a choice is no help: the sender answers the right mail."""

OURS_ALONE: Final = frozenset(
    {MailKind.CONFIRM_COLLEAGUE, MailKind.WHICH_MAIL, MailKind.QUESTION, MailKind.REPLY_RECORDED}
)
"""Questions that only whom they were put to may answer: no colleague does."""

THEIRS_ALONE: Final = frozenset({Verb.YES, Verb.NO, Verb.UNDO, Verb.ABSENT})
"""Words that nobody says in another's place."""


def can_wait(its: Answering, commands: Sequence[Command]) -> bool:
    """True of a colleague's word that the addressee may confirm."""
    verbs = {command.verb for command in commands}
    return bool(verbs) and its.mail.kind not in OURS_ALONE and not verbs & THEIRS_ALONE


def ask_addressee(its: Answering, commands: tuple[Command, ...]) -> None:
    """The colleague's word is held, and whom the mail was sent to is asked if it holds."""
    option = Option(its.outbox, commands)
    hold(its.tx, its.reply.letter, Hold(Held.COLLEAGUE, (option,), its.sender.name, its.reply.references))
    its.settle(Outcome.TO_SORT, Held.COLLEAGUE.value)
    would: list[Json] = [tell_command(command) for command in commands]
    context: dict[str, Json] = {
        **{name: its.mail.context[name] for name in ("company", "company_ref") if name in its.mail.context},
        "who": its.sender.name or its.sender.email,
        "address": its.sender.email,
        "about": name_of(its.mail),
        "said": its.words,
        "first_line": its.words,
        "would": would,
        "letter": its.reply.letter,
    }
    for number, contact in enumerate(its.mail.to):
        _ask(its, contact, context, number)


def _ask(its: Answering, contact: Contact, context: dict[str, Json], number: int) -> None:
    to = _reader(its, contact)
    key = f"letter:{its.reply.letter}:{MailKind.CONFIRM_COLLEAGUE.value}:{number}"
    asked = to.contact if to else contact
    mail = Mail(key, MailKind.CONFIRM_COLLEAGUE, its.about, (asked,), (), context)
    put_mail(its.tx, mail, minted_by=its.office.minting, now=its.now)
    if to and to.person and not to.by_mail:
        push = Push(f"{key}:push", "colleague_asked", its.about, to.person.id, context)
        put_push(its.tx, push, now=its.now)


def _reader(its: Answering, contact: Contact) -> Recipient | None:
    person = people.by_email(its.tx, contact.email)
    return recipient(its.tx, its.office, person.id, its.today) if person else None


def ask_which(tx: Transaction, office: Office, reply: Reply, decision: Ambiguous, now: datetime) -> None:
    """The letter is held with what it would do to each of the mails, and its sender is asked which."""
    about = decision.candidates[0].mail.about if decision.candidates else None
    letters.settle(
        tx, reply.letter, outcome=Outcome.TO_SORT, reason=Held.AMBIGUOUS.value, about=about, now=now
    )
    if about is None:
        return
    fitting = _fitting(decision, reply.options)
    if fitting:
        options = tuple(Option(sent.outbox_id, heard.commands) for sent, heard in fitting)
        hold(tx, reply.letter, Hold(Held.AMBIGUOUS, options, reply.sender.name, reply.references))
    context: dict[str, Json] = {
        "who": reply.sender.name or reply.sender.email,
        "said": on_one_line(reply.text),
        "first_line": on_one_line(reply.text),
        "candidates": [_candidate(n, sent, heard) for n, (sent, heard) in enumerate(fitting, 1)],
        "letter": reply.letter,
    }
    key = f"letter:{reply.letter}:{MailKind.WHICH_MAIL.value}"
    mail = Mail(key, MailKind.WHICH_MAIL, about, (reply.sender,), (), context)
    put_mail(
        tx, mail, minted_by=office.minting, now=now, in_reply_to=reply.message_id, references=reply.thread
    )
    letters.answered(tx, reply.letter, now)
    sender = people.by_email(tx, reply.sender.email)
    if fitting and sender and not recipient(tx, office, sender.id, now.date()).by_mail:
        put_push(tx, Push(f"{key}:push", "which_one", about, sender.id, context), now=now)


def _fitting(decision: Ambiguous, heard: Sequence[Heard]) -> list[tuple[Sent, Heard]]:
    """The mails to which the letter says something, where they are few enough to choose from."""
    fitting = [(sent, said) for sent, said in zip(decision.candidates, heard, strict=True) if said.commands]
    return fitting if len(fitting) <= MOST_CANDIDATES else []


def _candidate(number: int, sent: Sent, heard: Heard) -> Json:
    return {
        "number": number,
        "what": name_of(sent.mail),
        "said": heard.commands[0].said,
        "would": "; ".join(map(tell_command, heard.commands)),
        "token": sent.message_id.strip("<>").partition("@")[0],
    }
