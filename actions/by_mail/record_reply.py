"""A letter came in: what it says is done and the people concerned are told, or it waits for somebody to
sort it.

Every letter ends as recorded, to sort, or ignored with its reason. Refuses to know how a letter is fetched,
parsed and understood; the mailer brings a decision (whose it is) and what was heard.
"""

from datetime import datetime

from actions.by_mail.answering import Answering
from actions.by_mail.effects import EFFECTS
from actions.by_mail.remembering import remembering
from actions.by_mail.reply import Reply
from actions.office import Office
from actions.tell_quote import OddDay
from conversations.phrases import say
from conversations.quote import odd_day
from procedure.correspondence.commands import Command, Verb
from procedure.correspondence.deciding import Ambiguous, Automated, Colleague, Matched, Sent, Unknown
from procedure.correspondence.machines import reason_of
from procedure.errors import Refusal
from procedure.notices import Json, MailKind
from procedure.visits import CreditOutcome
from store import letters, visits
from store.letters import Outcome, ReadAs
from store.transaction import Transaction


def record_reply(tx: Transaction, office: Office, reply: Reply, now: datetime) -> None:
    """Do what the letter says, tell whom it concerns, and settle it; all of it or nothing."""
    letters.note(
        tx, reply.letter, ReadAs(reply.sender.email, reply.subject, reply.text, _answered_row(reply))
    )
    match reply.decision:
        case Matched(sent, _):
            _answered(Answering(tx, office, reply, sent.mail, now))
        case Colleague():
            _set_aside(tx, reply, Outcome.TO_SORT, "colleague", now)
        case Ambiguous():
            _set_aside(tx, reply, Outcome.TO_SORT, "ambiguous", now)
        case Unknown(why):
            _set_aside(tx, reply, Outcome.TO_SORT, why.value, now)
        case Automated(machine):
            _set_aside(tx, reply, Outcome.IGNORED, reason_of(machine), now)


def _answered_row(reply: Reply) -> int | None:
    match reply.decision:
        case Matched(sent) | Colleague(sent) | Automated(sent=Sent() as sent):
            return sent.outbox_id
    return None


def _set_aside(tx: Transaction, reply: Reply, outcome: Outcome, reason: str, now: datetime) -> None:
    letters.settle(tx, reply.letter, outcome=outcome, reason=reason, about=None, now=now)


def _answered(its: Answering) -> None:
    if not its.reply.heard.commands:
        _not_understood(its)
        return
    command = its.reply.heard.commands[0]
    try:
        with remembering(its):
            what = EFFECTS[command.verb](its, command)
    except Refusal as refusal:
        _not_understood(its, _why(refusal))
        return
    its.settle(Outcome.RECORDED, command.verb.value)
    its.tell_av(*_news(its, command, what))
    its.answer(MailKind.REPLY_RECORDED, {"what": what, "original": command.said})


def _not_understood(its: Answering, why: str = "") -> None:
    """Nothing is guessed: the AV reads it, the sender is told how to answer, and why it was not done."""
    line = its.reply.first_line
    its.settle(Outcome.TO_SORT, "not_understood")
    its.tell_av("reply_to_read", {"first_line": line})
    asks = its.mail.asks.value
    its.answer(MailKind.REPLY_NOT_UNDERSTOOD, {"first_line": line, "asks": asks, "why": why})


def _why(refusal: Refusal) -> str:
    """Why it was not done; an odd day is done if it is said to be right."""
    if isinstance(refusal, OddDay):
        return say("reply.odd_day", doubt=odd_day(refusal.earlier, refusal.on))
    return say(f"refusal.{refusal.phrase}", **refusal.values)


def _news(its: Answering, command: Command, what: str) -> tuple[str, dict[str, Json]]:
    """What the AV reads: that it was recorded; of a credit that came in, with the tap that says so (9.1)."""
    visit = visits.get(its.tx, its.mail.about.id) if command.verb is Verb.COLLECTED else None
    if visit and visit.report.credit is CreditOutcome.UNCOLLECTED:
        return "credit_collected", {"what": what, "visit": visit.id}
    return "reply_recorded", {"what": what}
