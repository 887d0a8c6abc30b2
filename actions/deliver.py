"""Notices enter the outbox and come out of it: queued by actions, claimed by a carrier, settled when carried.

A mail gets its Message-ID and reply token as it enters, so every resend is the same mail. What does not
arrive is told to the AV and the administrators. Refuses to know the wires and the words; a carrier brings
both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from procedure import notices_json
from procedure.campaign import Contact
from procedure.correspondence.tokens import mint, ref_of
from procedure.notices import About, Json, Mail, MailKind, Notice, Push, Subject
from procedure.people import Person, Role
from store import outbox, people, quotes, visits
from store.outbox import Channel, Entry, OutboxRow
from store.transaction import Transaction

LEASE = timedelta(minutes=3)
"""How long a claimed mail is a carrier's own; a dead carrier's mails wait no longer."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30, 60))
"""After the first try, the second, …; the last holds for all that follow."""

GIVE_UP_AFTER = timedelta(days=2)
"""From when a mail was queued; then it has failed, and people are told."""

UNCERTAIN = "uncertain: "


@dataclass(frozen=True, slots=True)
class Minting:
    """How mails are signed: the secret of the tokens, and the domain of our Message-IDs."""

    secret: bytes
    domain: str

    def token(self, key: str) -> str:
        """The reply token of the notice of this key."""
        return mint(self.secret, ref_of(key))


@dataclass(frozen=True, slots=True)
class Posted:
    """A claimed mail: its row in the outbox and all that its envelope needs."""

    row: OutboxRow
    mail: Mail
    message_id: str
    token: str
    in_reply_to: str
    references: tuple[str, ...] = ()


def put_mail(
    tx: Transaction,
    mail: Mail,
    *,
    minted_by: Minting,
    now: datetime,
    due_at: datetime | None = None,
    in_reply_to: str = "",
    references: Sequence[str] = (),
) -> bool:
    """Queue a mail, under the Message-ID it keeps for ever; as an answer, in the thread of what it answers.
    False where its key has been queued before.
    """
    token = minted_by.token(mail.key)
    payload: dict[str, Json] = {
        "mail": notices_json.mail_to_json(mail),
        "in_reply_to": in_reply_to,
        "references": [*references],
    }
    return outbox.put(
        tx,
        key=mail.key,
        channel=Channel.MAIL,
        payload=payload,
        now=now,
        due_at=due_at,
        message_id=f"<{token}@{minted_by.domain}>",
        token=token,
    )


def put_all(
    tx: Transaction, notices: Iterable[tuple[Notice, datetime | None]], *, minted_by: Minting, now: datetime
) -> int:
    """Queue many at once, each with the moment after which it must not leave; how many had a new key."""
    return outbox.put_all(tx, [_entry(notice, until, minted_by) for notice, until in notices], now)


def _entry(notice: Notice, until: datetime | None, minted_by: Minting) -> Entry:
    if isinstance(notice, Push):
        payload = notices_json.push_to_json(notice)
        return Entry(notice.key, Channel.CHAT, payload, expires_at=until, person=notice.person)
    token = minted_by.token(notice.key)
    return Entry(
        notice.key,
        Channel.MAIL,
        {"mail": notices_json.mail_to_json(notice), "in_reply_to": ""},
        expires_at=until,
        message_id=f"<{token}@{minted_by.domain}>",
        token=token,
    )


def put_push(tx: Transaction, push: Push, *, now: datetime, due_at: datetime | None = None) -> bool:
    """Queue a chat message. False where its key has been queued before."""
    return outbox.put(
        tx,
        key=push.key,
        channel=Channel.CHAT,
        payload=notices_json.push_to_json(push),
        now=now,
        due_at=due_at,
        person=push.person,
    )


def claim_mails(tx: Transaction, now: datetime, *, limit: int) -> list[OutboxRow]:
    """Take the mails that are due, the oldest first, and with them those whose carrier died."""
    outbox.release_expired(tx, now)
    return outbox.claim(tx, Channel.MAIL, now, limit=limit, lease=LEASE)


def posted(row: OutboxRow) -> Posted:
    """The mail that a row of the outbox carries.

    Raises:
        ValueError: the row was not written by `put_mail`.
    """
    if not (isinstance(row.payload, dict) and row.message_id and row.token):
        raise ValueError(f"outbox row {row.id} is no mail")
    payload: Mapping[str, Any] = row.payload
    mail = notices_json.mail_from_json(payload["mail"])
    thread = tuple(payload.get("references", ()))  # older rows have none
    return Posted(row, mail, row.message_id, row.token, payload["in_reply_to"], thread)


def settle_sent(tx: Transaction, mail: Posted, now: datetime) -> None:
    """It left, to everyone."""
    outbox.sent(tx, mail.row.id, now)


def settle_in_part(
    tx: Transaction,
    mail: Posted,
    *,
    refused: Mapping[str, str],
    put_off: Iterable[str],
    minted_by: Minting,
    now: datetime,
) -> None:
    """It left, but not to everyone: who is refused is told of, who is put off gets a mail of their own later.

    `refused` has the server's words for each address it will never take, `put_off` those it would not now.
    """
    outbox.sent(tx, mail.row.id, now)
    tell_undelivered(tx, mail, refused, minted_by, now)
    later = frozenset(address.casefold() for address in put_off)
    if later:
        rest = replace(
            mail.mail,
            key=f"{mail.mail.key}~{mail.row.id}",
            to=_among(mail.mail.to, later) or _among(mail.mail.cc, later),
            cc=_among(mail.mail.cc, later) if _among(mail.mail.to, later) else (),
        )
        put_mail(
            tx,
            rest,
            minted_by=minted_by,
            now=now,
            due_at=now + PAUSES[0],
            in_reply_to=mail.in_reply_to,
            references=mail.references,
        )


def settle_later(tx: Transaction, mail: Posted, error: str, minted_by: Minting, now: datetime) -> None:
    """It did not leave now: again after a pause that grows, until `GIVE_UP_AFTER`; then it has failed."""
    if now - mail.row.created_at >= GIVE_UP_AFTER:
        settle_failed(tx, mail, error, minted_by, now)
    else:
        outbox.retry_at(tx, mail.row.id, now + _pause(mail.row.tries), error)


def settle_uncertain(tx: Transaction, mail: Posted, error: str, minted_by: Minting, now: datetime) -> None:
    """The wire was cut after the last word: it may have left. Once more, under the same Message-ID.

    Two copies that a mail program shows as one are better than none. Uncertain a second time in a row, it
    stays so, and people are told.
    """
    if mail.row.last_error.startswith(UNCERTAIN):
        outbox.uncertain(tx, mail.row.id, now, UNCERTAIN + error)
        tell_undelivered(tx, mail, {_addresses(mail.mail): error}, minted_by, now)
    else:
        outbox.retry_at(tx, mail.row.id, now + PAUSES[1], UNCERTAIN + error)


def settle_failed(tx: Transaction, mail: Posted, error: str, minted_by: Minting, now: datetime) -> None:
    """It did not leave and will not: the AV of its visit and every administrator are told."""
    outbox.failed(tx, mail.row.id, now, error)
    tell_undelivered(tx, mail, {_addresses(mail.mail): error}, minted_by, now)


def settle_broken(tx: Transaction, row: OutboxRow, error: str, now: datetime) -> None:
    """The row cannot even be read: it fails, and the administrators with a chat are told."""
    outbox.failed(tx, row.id, now, error)
    for person in people.with_role(tx, Role.ADMIN):
        about = About(Subject.PERSON, person.id)
        context: dict[str, Json] = {"what": row.key, "to": "", "error": error}
        put_push(
            tx, Push(f"undelivered:{row.id}:{person.id}", "mail_failed", about, person.id, context), now=now
        )


def tell_undelivered(
    tx: Transaction,
    mail: Posted,
    errors: Mapping[str, str],
    minted_by: Minting,
    now: datetime,
    *,
    heard: str = "",
) -> None:
    """Tell whom it concerns by chat, or by mail who has none; a failed notice of failure makes no other.

    Args:
        tx: the transaction.
        mail: what did not arrive.
        errors: by address, the server's words.
        minted_by: signs the mail.
        now: the moment.
        heard: what we heard it from, where that was after it had left: each such word is told once.
    """
    if mail.mail.kind is MailKind.WHERE_TO_WRITE:  # a stranger's address: nobody of the house is concerned
        return
    for number, (to, error) in enumerate(errors.items()):
        context: dict[str, Json] = {
            **_named(mail.mail),
            "what": name_of(mail.mail),
            "to": to,
            "error": error,
        }
        for person in _concerned(tx, mail.mail.about):
            key = f"undelivered:{mail.row.id}:{heard}{number}:{person.id}"
            if person.telegram_id is not None:
                put_push(tx, Push(key, "mail_failed", mail.mail.about, person.id, context), now=now)
            elif mail.mail.kind is not MailKind.UNDELIVERED:
                told = Contact(person.name, person.email)
                notice = Mail(key, MailKind.UNDELIVERED, mail.mail.about, (told,), context=context)
                put_mail(tx, notice, minted_by=minted_by, now=now)


def _concerned(tx: Transaction, about: About) -> list[Person]:
    """The AV of the visit that a mail was about, and every administrator, once each."""
    visit = about.id if about.kind is Subject.VISIT else None
    if about.kind is Subject.QUOTE and (quote := quotes.get(tx, about.id)):
        visit = quote.visit
    recorded = visits.get(tx, visit) if visit is not None else None
    av = people.by_id(tx, recorded.av) if recorded else None
    found = [*([av] if av else []), *people.with_role(tx, Role.ADMIN)]
    return list({person.id: person for person in found}.values())


def _pause(tries: int) -> timedelta:
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]


def _among(contacts: Iterable[Contact], addresses: frozenset[str]) -> tuple[Contact, ...]:
    return tuple(contact for contact in contacts if contact.email.casefold() in addresses)


def _addresses(mail: Mail) -> str:
    return ", ".join(contact.email for contact in (*mail.to, *mail.cc))


def _named(mail: Mail) -> dict[str, Json]:
    return {name: mail.context[name] for name in ("company", "company_ref") if name in mail.context}


def name_of(mail: Mail) -> str:
    """The mail as a person names it: `Dati da aggiornare: Forno Gori (1042)`."""
    name = _NAMES[mail.kind]
    if "company" not in mail.context:
        return name
    return f"{name}: {mail.context['company']} ({mail.context.get('company_ref', '')})"


_NAMES = {
    MailKind.E1_UNCOLLECTED_TO_RPA: "Credito non riscosso (a RPA)",
    MailKind.E2_UNCOLLECTED_TO_RECOVERY: "Credito non riscosso (al recupero crediti)",
    MailKind.E3_CORRECTIONS_TO_RA: "Dati da aggiornare (a RA)",
    MailKind.E4_FORMS_TO_OFFICE: "Moduli firmati (a Ufficio Essere Impresa)",
    MailKind.E6_RID_TO_RPA: "Modello RID (a RPA)",
    MailKind.E7_QUOTE_TO_AM: "Preventivo da redigere (ad AM)",
    MailKind.E8_QUOTES_TO_RPS: "Preventivi da seguire (a RPS)",
    MailKind.E9_CATALOGUE_TO_REFERENCE: "Preventivo a catalogo (alla persona di riferimento)",
    MailKind.E10_ACCEPTED_TO_SERVICES: "Preventivo accettato (a Responsabile Servizi)",
    MailKind.E11_ACCEPTED_TO_RPA: "Preventivo accettato (a RPA)",
    MailKind.A8_AGREEMENT_TO_RECOVERY: "Accordo sul credito (al recupero crediti)",
    MailKind.COMPLAINT: "Reclamo",
    MailKind.MORNING: "Elenco del mattino",
    MailKind.DIGEST: "Ritardi, per chi coordina",
    MailKind.AMENDED: "Rettifica",
    MailKind.REPLY_RECORDED: "Conferma di una risposta",
    MailKind.REPLY_NOT_UNDERSTOOD: "Risposta non capita",
    MailKind.APPOINTMENT: "Appuntamento, per il calendario",
    MailKind.UNDELIVERED: "Avviso di mail non consegnata",
    MailKind.NEWS: "Notizia",
    MailKind.PROPOSALS: "Attribuzioni da confermare",
    MailKind.COVER: "Copertina del preventivo",
    MailKind.HAND_OVER_LIST: "Distinta dei moduli",
    MailKind.VISIT_FORM: "Scheda di una visita, da compilare",
    MailKind.CONFIRM_COLLEAGUE: "Conferma della risposta di un collega",
    MailKind.WHICH_MAIL: "Domanda su quale mail riguarda una risposta",
    MailKind.WHERE_TO_WRITE: "Dove scrivere",
    MailKind.TO_SORT: "Risposte da smistare",
    MailKind.ORIGINAL: "Mail originale",
    MailKind.ABSENCE_READ: "Assenza letta in una risposta automatica",
    MailKind.SCANS_WANTED: "Richiesta delle scansioni dei moduli",
    MailKind.SCANS_SENT: "Scansioni di moduli firmati",
    MailKind.QUESTION: "Domanda o risposta fra chi fa la visita e chi registra",
}
"""How people call each mail, when it did not arrive."""
