"""A letter came in: what it says is done and the people concerned are told, or it waits for somebody to sort it.

Every letter ends as recorded, to sort, or ignored with its reason. Refuses to know how a letter is fetched, parsed
and understood; the mailer brings a decision (whose it is) and a command (what it says).
"""

from dataclasses import dataclass
from datetime import datetime

from actions.deliver import put_mail, put_push
from actions.office import Office
from actions.tell_quote import tell_quote
from procedure.campaign import Contact
from procedure.correspondence import Ambiguous, Command, Decision, Machine, Matched, Sent, Unknown, Verb
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from procedure.fields import label
from procedure.italian import join_it, write_date
from procedure.notices import About, Mail, MailKind, Push, Subject
from procedure.people import Person
from procedure.quotes import QuoteEvent
from procedure.visits import Company
from store import deadlines, letters, people, quotes, register, visits
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


def record_reply(tx: Transaction, office: Office, reply: Reply, now: datetime) -> None:
    """Do what the letter says, tell whom it concerns, and settle it; all of it or nothing."""
    match reply.decision:
        case Matched(sent, _) if reply.command:
            _record(tx, office, reply, sent, reply.command, now)
        case Matched(sent, _):
            _not_understood(tx, office, reply, sent, now)
        case Ambiguous():
            letters.settle(tx, reply.letter, "to_sort", "ambiguous", None, now)
        case Unknown(why):
            letters.settle(tx, reply.letter, "to_sort", why.value, None, now)
        case Machine(reason):
            letters.settle(tx, reply.letter, "ignored", reason, None, now)


def _record(
    tx: Transaction, office: Office, reply: Reply, sent: Sent, command: Command, now: datetime
) -> None:
    try:
        what = _effect(tx, office, reply, sent, command, now)
    except Refusal:
        _not_understood(tx, office, reply, sent, now)
        return
    letters.settle(tx, reply.letter, "recorded", command.verb.value, sent.mail.about, now)
    _tell_av(tx, reply, sent, "reply_recorded", {"what": what, "who": reply.sender.name}, now)
    answer = _answer(sent, reply, MailKind.REPLY_RECORDED, {"what": what, "original": command.first_line})
    put_mail(tx, answer, minted_by=office.minting, now=now, in_reply_to=reply.message_id)


def _not_understood(tx: Transaction, office: Office, reply: Reply, sent: Sent, now: datetime) -> None:
    """Nothing is guessed: the AV reads it, the sender is told how to answer."""
    letters.settle(tx, reply.letter, "to_sort", "not_understood", sent.mail.about, now)
    _tell_av(
        tx,
        reply,
        sent,
        "reply_to_read",
        {"who": reply.sender.name, "first_line": reply.first_line},
        now,
    )
    hint = HINTS.get(sent.mail.kind, "Rispondi alla mail a cui si riferisce con una sola parola.")
    context = {"hint": hint, "first_line": reply.first_line}
    answer = _answer(sent, reply, MailKind.REPLY_NOT_UNDERSTOOD, context)
    put_mail(tx, answer, minted_by=office.minting, now=now, in_reply_to=reply.message_id)


HINTS = {
    MailKind.E1_UNCOLLECTED_TO_RPA: "Scrivi PRESO IN CARICO oppure INCASSATO.",
    MailKind.E2_UNCOLLECTED_TO_RECOVERY: "Scrivi PRESO IN CARICO oppure INCASSATO.",
    MailKind.E3_CORRECTIONS_TO_RA: "Scrivi FATTO quando l'anagrafica è aggiornata.",
    MailKind.E4_FORMS_TO_OFFICE: "Scrivi RICEVUTO quando arrivano i moduli, INVIATO A RA quando li passi.",
    MailKind.E6_RID_TO_RPA: "Scrivi RICEVUTO quando arriva il modulo.",
    MailKind.E7_QUOTE_TO_AM: "Scrivi PRESO IN CARICO, REDATTO o CONSEGNATO, con la data se non è oggi.",
    MailKind.E9_CATALOGUE_TO_REFERENCE: "Scrivi PRESO IN CARICO, REDATTO o CONSEGNATO, con la data se non è oggi.",
}
"""How each mail can be answered (section 9.1)."""


def _effect(
    tx: Transaction, office: Office, reply: Reply, sent: Sent, command: Command, now: datetime
) -> str:
    """Write what the command says. Gives the sentence that tells it.

    Raises:
        Refusal: what it says does not fit what is stored.
    """
    on = command.on or now.date()
    visit = sent.mail.about.id
    match command.verb:
        case Verb.DONE:
            return _registry_updated(tx, reply, visit, now)
        case Verb.RECEIVED:
            return _forms_received(tx, sent, now)
        case Verb.SENT_TO_RA:
            visits.originals_to_ra(tx, visit, on=on)
            return f"originali inviati a RA {write_date(on)}"
        case Verb.TAKEN:
            return "preso in carico"
        case Verb.COLLECTED:
            return "credito incassato: chi ha fatto la visita è avvisato"
        case Verb.DRAFTED:
            return _quote(tx, office, reply, sent, QuoteEvent.DRAFTED, command, now)
        case Verb.DELIVERED:
            return _quote(tx, office, reply, sent, QuoteEvent.DELIVERED, command, now)


def _registry_updated(tx: Transaction, reply: Reply, visit: int, now: datetime) -> str:
    """RA has updated the registry (A56): the register takes the new values, each change in its history."""
    recorded = visits.get(tx, visit)
    if recorded is None:
        raise Refusal("visit_gone")
    for correction in recorded.report.corrections:
        register.set_field(
            tx,
            recorded.report.company,
            correction.field,
            correction.new,
            who=reply.sender.email,
            at=now,
            channel="mail",
        )
    visits.close_corrections(tx, visit, how="FATTO", by=reply.sender.email, now=now)
    changed = join_it([label(c.field) for c in recorded.report.corrections])
    return f"anagrafica aggiornata: {changed}"


def _forms_received(tx: Transaction, sent: Sent, now: datetime) -> str:
    """The papers have come: the hand-over is met, D6 for the office's forms, D7 for the RID."""
    kind = DeadlineKind.D7 if sent.mail.kind is MailKind.E6_RID_TO_RPA else DeadlineKind.D6
    deadlines.close(tx, kinds=[kind], about=sent.mail.about, on=now.date(), how="RICEVUTO")
    return "RID ricevuto" if kind is DeadlineKind.D7 else "moduli ricevuti"


def _quote(
    tx: Transaction,
    office: Office,
    reply: Reply,
    sent: Sent,
    event: QuoteEvent,
    command: Command,
    now: datetime,
) -> str:
    """The quote of this visit whose owner the mail was sent to; for E9 the AV's own (A22c)."""
    on = command.on or now.date()
    addressed = {contact.email.casefold() for contact in sent.mail.to}
    of_visit = quotes.of_visit(tx, sent.mail.about.id)
    mine = [q for q in of_visit if q.owner_email.casefold() in addressed] or list(of_visit)
    if len(mine) != 1:
        raise Refusal("quote_not_open")
    owner = (people.by_id(tx, mine[0].owner) if mine[0].owner else None) or _mailbox_person(
        mine[0].owner_email
    )
    told = tell_quote(tx, office, owner, mine[0].id, event, on, now, channel="mail")
    return f"preventivo {told.quote.state.value.lower()} ({write_date(on)})"


def _mailbox_person(email: str) -> Person:
    """An AM who is only a mailbox: owns the quote by the address, has no row and no role."""
    return Person(0, email, email, frozenset())


def _tell_av(
    tx: Transaction, reply: Reply, sent: Sent, screen: str, context: dict[str, str], now: datetime
) -> None:
    visit = _visit_of(tx, sent.mail.about)
    recorded = visits.get(tx, visit) if visit else None
    company = register.company(tx, recorded.report.company) if recorded else None
    if recorded and company:
        told = {**_named(company), **context, "kind": sent.mail.kind.value}
        put_push(
            tx,
            Push(f"letter:{reply.letter}:{screen}", screen, sent.mail.about, recorded.av, told),
            now=now,
        )


def _visit_of(tx: Transaction, about: About) -> int | None:
    if about.kind is Subject.VISIT:
        return about.id
    quote = quotes.get(tx, about.id) if about.kind is Subject.QUOTE else None
    return quote.visit if quote else None


def _named(company: Company) -> dict[str, str]:
    return {"company": company.name, "company_ref": company.ref}


def _answer(sent: Sent, reply: Reply, kind: MailKind, context: dict[str, str]) -> Mail:
    common = {k: v for k, v in sent.mail.context.items() if isinstance(v, str)}
    return Mail(
        f"letter:{reply.letter}:{kind.value}", kind, sent.mail.about, (reply.sender,), (), {**common, **context}
    )
