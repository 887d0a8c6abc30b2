"""A letter came in: what it says is done and the people concerned are told, or it waits for somebody to
sort it.

Every letter ends as recorded, to sort, or ignored with its reason. Refuses to know how a letter is
fetched, parsed
and understood; the mailer brings a decision (whose it is) and a command (what it says).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.by_mail.absence import absent_by_mail
from actions.by_mail.proposals import confirm_by_mail
from actions.by_mail.quote import quote_by_mail, quote_of
from actions.deliver import put_mail, put_push
from actions.office import Office
from actions.tell_quote import OddDay
from conversations.phrases import say
from conversations.quote import odd_day
from procedure.campaign import Contact
from procedure.correspondence.commands import Command, Verb
from procedure.correspondence.deciding import Ambiguous, Decision, Machine, Matched, Unknown
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from procedure.fields import label
from procedure.italian import join_it, write_date
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.routing import OFFICE_FORMS
from procedure.visits import CreditOutcome, Form
from store import deadlines, letters, people, quotes, register, visits
from store.letters import Outcome
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Reply:
    """A letter read and understood, as far as it could be."""

    letter: int
    message_id: str
    sender: Contact
    first_line: str
    decision: Decision
    command: Command | None


@dataclass(frozen=True, slots=True)
class _Answering:
    """A reply matched to the mail it answers, while its transaction lasts."""

    tx: Transaction
    office: Office
    reply: Reply
    mail: Mail
    now: datetime

    @property
    def about(self) -> About:
        """What the reply is about: a morning's, its one quote."""
        quote = quote_of(self.tx, self.mail) if self.mail.kind is MailKind.MORNING else None
        return About(Subject.QUOTE, quote.id) if quote else self.mail.about


def record_reply(tx: Transaction, office: Office, reply: Reply, now: datetime) -> None:
    """Do what the letter says, tell whom it concerns, and settle it; all of it or nothing."""
    match reply.decision:
        case Matched(sent, _):
            _answered(_Answering(tx, office, reply, sent.mail, now))
        case Ambiguous():
            letters.settle(tx, reply.letter, outcome=Outcome.TO_SORT, reason="ambiguous", about=None, now=now)
        case Unknown(why):
            letters.settle(tx, reply.letter, outcome=Outcome.TO_SORT, reason=why.value, about=None, now=now)
        case Machine(reason):
            letters.settle(tx, reply.letter, outcome=Outcome.IGNORED, reason=reason, about=None, now=now)


def _answered(its: _Answering) -> None:
    command = its.reply.command
    if command is None:
        _not_understood(its)
        return
    try:
        what = _effect(its, command)
    except Refusal as refusal:
        _not_understood(its, _why(refusal))
        return
    _settle(its, Outcome.RECORDED, command.verb.value)
    _tell_av(its, *_news(its, command, what))
    _answer(its, MailKind.REPLY_RECORDED, {"what": what, "original": command.first_line})


def _not_understood(its: _Answering, why: str = "") -> None:
    """Nothing is guessed: the AV reads it, the sender is told how to answer, and why it was not done."""
    line = its.reply.first_line
    _settle(its, Outcome.TO_SORT, "not_understood")
    _tell_av(its, "reply_to_read", {"first_line": line})
    asks = its.mail.asks.value
    _answer(its, MailKind.REPLY_NOT_UNDERSTOOD, {"first_line": line, "asks": asks, "why": why})


def _why(refusal: Refusal) -> str:
    """Why it was not done; an odd day is done if it is said to be right."""
    if isinstance(refusal, OddDay):
        return say("reply.odd_day", doubt=odd_day(refusal.earlier, refusal.on))
    return say(f"refusal.{refusal.phrase}", **refusal.values)


def _news(its: _Answering, command: Command, what: str) -> tuple[str, dict[str, Json]]:
    """What the AV reads: that it was recorded; of a credit that came in, with the tap that says so (9.1)."""
    visit = visits.get(its.tx, its.mail.about.id) if command.verb is Verb.COLLECTED else None
    if visit and visit.report.credit is CreditOutcome.UNCOLLECTED:
        return "credit_collected", {"what": what, "visit": visit.id}
    return "reply_recorded", {"what": what}


def _effect(its: _Answering, command: Command) -> str:
    """Write what the command says. Gives the sentence that tells it.

    Raises:
        Refusal: what it says does not fit what is stored.
    """
    match command.verb:
        case Verb.DONE:
            return _registry_updated(its)
        case Verb.RECEIVED:
            return _forms_received(its)
        case Verb.SENT_TO_RA:
            return _passed_to_ra(its)
        case Verb.TAKEN:
            return "preso in carico"
        case Verb.COLLECTED:
            return "credito incassato: chi ha fatto la visita è avvisato"
        case Verb.ABSENT:
            return absent_by_mail(its.tx, its.office, its.mail, its.reply.sender, command, now=its.now)
        case Verb.CONFIRMED:
            return confirm_by_mail(its.tx, its.office, its.mail, its.reply.sender, its.now)
        case _:
            sender = its.reply.sender
            return quote_by_mail(its.tx, its.office, its.mail, sender=sender, command=command, now=its.now)


def _registry_updated(its: _Answering) -> str:
    """RA has updated the registry (A56): the register takes the new values, each change in its history."""
    visit = visits.get(its.tx, its.mail.about.id)
    if visit is None:
        raise Refusal("visit_gone")
    if visit.corrections_closed:  # a second FATTO must not bring back what was corrected since
        return f"anagrafica già aggiornata {write_date(visit.corrections_closed.at.date())}"
    who = its.reply.sender.email
    for correction in visit.report.corrections:
        register.set_field(
            its.tx,
            visit.report.company,
            correction.field,
            correction.new,
            who=who,
            at=its.now,
            channel="mail",
        )
    visits.close_corrections(its.tx, visit.id, how="FATTO", by=who, now=its.now)
    return f"anagrafica aggiornata: {join_it([label(c.field) for c in visit.report.corrections])}"


def _forms_received(its: _Answering) -> str:
    """The papers have come: the hand-over is met, D6 for the office's forms, D7 for the RID."""
    is_rid = its.mail.asks is MailKind.E6_RID_TO_RPA
    kind, forms = (DeadlineKind.D7, (Form.RID,)) if is_rid else (DeadlineKind.D6, OFFICE_FORMS)
    today = its.now.date()
    visits.receive(its.tx, its.mail.about.id, forms, today)
    deadlines.close(its.tx, kinds=[kind], about=its.mail.about, on=today, how="RICEVUTO")
    return "RID ricevuto" if is_rid else "moduli ricevuti"


def _passed_to_ra(its: _Answering) -> str:
    """The originals have gone on to RA [r.130]: so they had come."""
    today = its.now.date()
    _forms_received(its)
    visits.pass_to_ra(its.tx, its.mail.about.id, OFFICE_FORMS, today)
    return f"originali inviati a RA {write_date(today)}"


def _tell_av(its: _Answering, screen: str, context: Mapping[str, Json]) -> None:
    """The AV of the visit, unless it was the AV who wrote."""
    visit = visits.get(its.tx, _visit_of(its.tx, its.about))
    company = register.company(its.tx, visit.report.company) if visit else None
    av = people.by_id(its.tx, visit.av) if visit else None
    if company and av and av.email != its.reply.sender.email.casefold():
        told: dict[str, Json] = {"company": company.name, "who": _called(its), **context}
        key = f"letter:{its.reply.letter}:{screen}"
        put_push(its.tx, Push(key, screen, its.about, av.id, told), now=its.now)


def _called(its: _Answering) -> str:
    """The sender as the mail that is answered called them."""
    wanted = its.reply.sender.email.casefold()
    known = (c.name for c in (*its.mail.to, *its.mail.cc) if c.email.casefold() == wanted)
    return next(known, its.reply.sender.name or its.reply.sender.email)


def _visit_of(tx: Transaction, about: About) -> int:
    if about.kind is Subject.VISIT:
        return about.id
    quote = quotes.get(tx, about.id) if about.kind is Subject.QUOTE else None
    return quote.visit if quote else 0


def _answer(its: _Answering, kind: MailKind, context: Mapping[str, Json]) -> None:
    """The mail back to the sender, on the thread of the letter (N8, N9)."""
    common = {key: value for key, value in its.mail.context.items() if isinstance(value, str)}
    key = f"letter:{its.reply.letter}:{kind.value}"
    whole = {**_company(its), **common, **context}
    mail = Mail(key, kind, its.about, (its.reply.sender,), (), whole)
    put_mail(its.tx, mail, minted_by=its.office.minting, now=its.now, in_reply_to=its.reply.message_id)


def _company(its: _Answering) -> dict[str, Json]:
    """Of a quote, the company that it is for: a morning's mail names it among others."""
    quote = quote_of(its.tx, its.mail)
    company = register.company(its.tx, quote.company) if quote else None
    return {"company": company.name, "company_ref": company.ref} if company else {}


def _settle(its: _Answering, outcome: Outcome, reason: str) -> None:
    letters.settle(its.tx, its.reply.letter, outcome=outcome, reason=reason, about=its.about, now=its.now)
