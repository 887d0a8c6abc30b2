"""Whose is this letter: its evidence held against the mails that left. Refuses to know what then follows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from actions.standing_in import with_the_absent
from mailer.reading.letter import Letter
from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.deciding import As, Automated, Decision, Sent, Unknown, Why, Writer, decide
from procedure.correspondence.evidence import Clue, Traces, evidence
from procedure.correspondence.machines import Bounced, Machine, Own, Receipt
from procedure.correspondence.written_to import ROLE_OF
from procedure.notices import Mail
from procedure.notices_json import mail_from_json
from procedure.people import Person
from store import outbox, people
from store.outbox import OutboxRow
from store.transaction import Transaction

MOST_TOKENS = 20
"""Tokens looked up for one letter; a person quotes one or two."""


def recognise(tx: Transaction, secret: bytes, letter: Letter, today: date) -> Decision:
    """Whose the letter is, with the reason it is nobody's where it is; who stands in for whom is today's."""
    machine = Own(letter.message_id) if _is_ours(secret, letter) else letter.machine
    if machine:
        return Automated(machine, _about(tx, secret, letter, machine))
    if letter.unreadable:
        return Unknown(Why.UNREADABLE)
    writer = Writer(letter.sender, letter.authentic)
    if writer.authentic is Authentic.FAILED:
        return decide((), {}, writer)
    clues = evidence(secret, letter.traces)
    known = _known(tx, clues)
    if any(not sent.reached(writer.address) for sent in known.values()):
        known = _with_others(tx, known, writer.address, today)
    return decide(clues, known, writer)


def _is_ours(secret: bytes, letter: Letter) -> bool:
    """True of a mail of our own that came back: nobody else's Message-ID or Reply-To is signed by us."""
    return bool(evidence(secret, Traces((letter.message_id, *letter.reply_to))))


def _about(tx: Transaction, secret: bytes, letter: Letter, machine: Machine) -> Sent | None:
    """The mail of ours that a machine speaks of: the one it names, else the one it answers."""
    named = machine.message_id if isinstance(machine, Bounced | Receipt | Own) else ""
    clues = evidence(secret, Traces((named,))) or evidence(secret, letter.traces)
    return next(iter(_known(tx, clues).values()), None)


def _known(tx: Transaction, clues: Iterable[Clue]) -> dict[str, Sent]:
    """The mails that left with these tokens, the strongest clue's first."""
    tokens = list(dict.fromkeys(clue.token for clue in clues))[:MOST_TOKENS]
    rows = {token: outbox.by_token(tx, token) for token in tokens}
    return {token: _sent(row) for token, row in rows.items() if row}


def _sent(row: OutboxRow) -> Sent:
    payload = row.payload
    assert isinstance(payload, dict)  # only `put_mail` gives a row a token  # noqa: S101
    mail = payload["mail"]
    assert isinstance(mail, dict)  # likewise  # noqa: S101
    return Sent(row.id, row.message_id or "", mail_from_json(mail))


def _with_others(tx: Transaction, known: dict[str, Sent], address: str, today: date) -> dict[str, Sent]:
    """The mails, with the quality in which the house knows this address for each of them."""
    person = people.by_email(tx, address)
    if person is None:
        return known
    writer = with_the_absent(tx, person, today)
    qualities = {token: _quality(tx, writer, sent.mail) for token, sent in known.items()}
    return {
        token: replace(sent, others=((address, quality),) if (quality := qualities[token]) else ())
        for token, sent in known.items()
    }


def _quality(tx: Transaction, writer: Person, mail: Mail) -> As | None:
    role = ROLE_OF.get(mail.asks)
    if role and writer.has(role):
        return As.BEARER
    addresses = {contact.email.casefold() for contact in (*mail.to, *mail.cc)}
    if addresses & {absent.email.casefold() for absent in writer.stands_for}:
        return As.STAND_IN
    return As.HOUSE if _shares(writer, (people.by_email(tx, one) for one in addresses)) else None


def _shares(writer: Person, addressees: Iterable[Person | None]) -> bool:
    """True where the writer works at the same sede as one of them, or in the same role."""
    return any(
        one is not None
        and ((writer.site is not None and writer.site == one.site) or writer.roles & one.roles)
        for one in addressees
    )
