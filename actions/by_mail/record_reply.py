"""A letter came in: what it says is done and the people concerned are told, or it waits for somebody, or it
goes to be sorted.

Every letter ends as recorded, to sort, or ignored with its reason. Refuses to know how a letter is fetched,
parsed and understood; the mailer brings a decision (whose it is) and what was heard.
"""

from datetime import datetime
from typing import Final

from actions.by_mail.answering import Answering
from actions.by_mail.asked import asked_for, asked_in_reply
from actions.by_mail.asking_back import ask_back, not_done, why_not
from actions.by_mail.asking_whose import ask_addressee, ask_which, can_wait
from actions.by_mail.carry_out import carry_out
from actions.by_mail.held import drop, release
from actions.by_mail.holding import forget_others
from actions.by_mail.machine import record_machine
from actions.by_mail.papers import arrived
from actions.by_mail.patience import is_exhausted
from actions.by_mail.questions import is_question, pass_on
from actions.by_mail.remembering import remembering
from actions.by_mail.reply import Reply
from actions.by_mail.strangers import tell_where
from actions.deliver import put_push
from actions.office import Office
from procedure.correspondence.commands import NOTHING_HEARD, Command, Verb
from procedure.correspondence.deciding import (
    Ambiguous,
    Automated,
    Colleague,
    Matched,
    Sent,
    Unknown,
    Why,
    why,
)
from procedure.errors import Refusal
from procedure.notices import About, Json, MailKind, Push, Subject
from procedure.people import Role
from store import letters, people
from store.letters import Outcome, ReadAs
from store.transaction import Transaction

WANT_NO_ANSWER: Final = frozenset({MailKind.REPLY_RECORDED, MailKind.NEWS})
"""Mails that tell and ask nothing: thanks for them want no answer."""


def record_reply(tx: Transaction, office: Office, reply: Reply, now: datetime) -> None:
    """Do what the letter says, tell whom it concerns, and settle it; all of it or nothing."""
    sent = _sent(reply)
    row = sent.outbox_id if sent else None
    read = ReadAs(reply.sender.email, reply.subject, reply.text, row, why(reply.decision))
    letters.note(tx, reply.letter, read)
    arrived(tx, reply)
    match reply.decision:
        case Automated() as said:
            record_machine(tx, office, reply, said, now)
        case Unknown(Why.FORGED | Why.UNREADABLE as reason):
            _set_aside(tx, reply, Outcome.TO_SORT, reason.value, now)
        case _ if is_exhausted(tx, reply.sender.email, _about(reply), now):
            _fall_silent(tx, reply, now)
        case Matched(its) if its.mail.kind is MailKind.WHERE_TO_WRITE:  # a stranger still
            _nobodys(tx, office, reply, Why.NO_TOKEN, now)
        case Matched(its):
            _answered(Answering(tx, office, reply, its.mail, now, its.outbox_id))
        case Colleague(its):
            _told_by_colleague(Answering(tx, office, reply, its.mail, now, its.outbox_id))
        case Ambiguous() as ambiguous:
            ask_which(tx, office, reply, ambiguous, now)
        case Unknown(reason):
            _nobodys(tx, office, reply, reason, now)


def _sent(reply: Reply) -> Sent | None:
    match reply.decision:
        case Matched(sent) | Colleague(sent) | Automated(sent=Sent() as sent):
            return sent
    return None


def _about(reply: Reply) -> About | None:
    match reply.decision:
        case Ambiguous((first, *_)):
            return first.mail.about
    sent = _sent(reply)
    return sent.mail.about if sent else None


def _set_aside(tx: Transaction, reply: Reply, outcome: Outcome, reason: str, now: datetime) -> None:
    letters.settle(tx, reply.letter, outcome=outcome, reason=reason, about=_about(reply), now=now)


def _nobodys(tx: Transaction, office: Office, reply: Reply, reason: Why, now: datetime) -> None:
    if reason is Why.NO_TOKEN and asked_for(tx, office, reply, now):
        return
    _set_aside(tx, reply, Outcome.TO_SORT, reason.value, now)
    tell_where(tx, office, reply, reason, now)


def _fall_silent(tx: Transaction, reply: Reply, now: datetime) -> None:
    """Somebody has been written back too often: a person looks, administrators hear of it once a day."""
    _set_aside(tx, reply, Outcome.TO_SORT, "too_many", now)
    for person in people.with_role(tx, Role.ADMIN):
        key = f"too_many:{reply.sender.email}:{now.date()}:{person.id}"
        about = About(Subject.PERSON, person.id)
        push = Push(key, "too_many_letters", about, person.id, {"who": reply.sender.email})
        put_push(tx, push, now=now)


def _told_by_colleague(its: Answering) -> None:
    commands = its.reply.heard.commands
    if can_wait(its, commands):
        ask_addressee(its, commands)
    else:
        _nobodys(its.tx, its.office, its.reply, Why.SENDER_NOT_ALLOWED, its.now)


def _answered(its: Answering) -> None:
    heard = its.reply.heard
    decision = next((one for one in heard.commands if one.verb in {Verb.YES, Verb.NO}), None)
    if is_question(its.mail):
        pass_on(its)
    elif decision and "letter" in its.mail.context:
        _decided(its, decision)
    elif heard.commands:
        carry_out(its, heard.commands, _beside(its))
        forget_others(its)
    elif asked_in_reply(its):
        pass
    elif heard.guess:
        ask_back(its, heard.guess, heard.why)
    elif heard == NOTHING_HEARD and its.mail.kind in WANT_NO_ANSWER:
        its.settle(Outcome.IGNORED, "courtesy")
    else:
        not_done(its, "not_understood", heard.why)


def _beside(its: Answering) -> str:
    """What the sender wrote beside what is done; what was only guessed is such a remark."""
    guess = its.reply.heard.guess
    return " ".join(filter(None, (its.reply.heard.note, guess.said if guess else "")))


def _decided(its: Answering, word: Command) -> None:
    """SÌ, NO or the number of a choice, to what we had asked back about an earlier letter."""
    letter = its.mail.context["letter"]
    assert isinstance(letter, int)  # our own context  # noqa: S101
    what = ""
    try:
        if word.verb is Verb.NO:
            drop(its.tx, its.office, letter, by=its.sender, now=its.now)
        else:
            with remembering(its):  # whoever vouched for it may take it back
                option = (word.item or 1) - 1
                what = release(its.tx, its.office, letter, option, by=its.sender, now=its.now)
    except Refusal as refusal:
        not_done(its, "closed", why_not(refusal))
        return
    its.settle(Outcome.RECORDED, word.verb.value)
    if what and its.mail.kind in {MailKind.CONFIRM_COLLEAGUE, MailKind.ABSENCE_READ}:
        _thank(its, what)


def _thank(its: Answering, what: str) -> None:
    """Who confirmed reads what was recorded; who had written reads it in the answer to their own letter."""
    told: dict[str, Json] = {"what": what, "done": [what], "refused": [], "next": "", "confirmed_by": ""}
    its.answer(MailKind.REPLY_RECORDED, {**told, "original": its.words})
