"""The office in the scenes the corpus plays in, and one reply going the whole way: bytes, reading, whose it
is, what it says, what it does. Each reply is undone afterwards, so that all begin alike.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import select

from actions.by_mail.record_reply import record_reply
from actions.tell_quote import tell_quote
from conversations.dialogue import Typed
from mailer.compose import Envelope, compose
from mailer.reading.letter import read
from mailer.replying import reply_of
from procedure.campaign import Contact
from procedure.correspondence.commands import Heard, Verb
from procedure.notices import Mail
from procedure.quotes import QuoteEvent
from store import letters, outbox, tables
from store.letters import Outcome
from tests.actions.house import CATALOGUE, EVERYTHING, OFFICE, House, at
from tests.corpus.programs.all import ALL
from tests.corpus.programs.mailing import Original, Said, opened
from tests.corpus.replies.labels import Label

OURS: Final = Contact("Dopovisita", "visite@x.example")
CORRECTED: Final = (
    *EVERYTHING[:4],
    *("telefono", "pec", "email", "="),
    *(Typed("finzioni@pec.example.com"), Typed("info@finzioni.example.com"), Typed("0573 000999")),
    *EVERYTHING[7:],
)
_ASIDE: Final = frozenset(
    {"letters", "outbox", "audit", "deliveries", "enclosures", "bad_addresses", "remembered", "updates"}
)
"""Tables that tell what came and goes, not how things stand."""


@dataclass(frozen=True)
class Seen:
    """What became of a reply: its outcome, what was heard, which tables changed and how the quote stands."""

    outcome: Outcome
    reason: str
    text: str
    heard: Heard
    changed: frozenset[str]
    fields: frozenset[str]
    quote: Mapping[str, Any]

    @property
    def verbs(self) -> frozenset[Verb]:
        return frozenset(command.verb for command in self.heard.commands)


def when(scene: str) -> datetime:
    """When the replies of a scene are written."""
    return at(3, month=12) if scene in {"delivered", "accepted"} else at(20)


def stage(house: House, scene: str) -> None:
    """Bring the office, which is new, to where the scene begins."""
    if scene == "catalogue":
        house.confirms(*CATALOGUE, ref="A002")
        return
    house.confirms(*CORRECTED)
    if scene == "told":
        return
    ours = quote_of(house, 1)
    _tell(house, ours, QuoteEvent.DRAFTED, at(19))
    _tell(house, ours, QuoteEvent.DELIVERED, at(20))
    if scene == "accepted":
        _tell(house, ours, QuoteEvent.ACCEPTED, at(30), Decimal(900))


def _tell(house: House, quote: int, event: QuoteEvent, on: datetime, value: Decimal | None = None) -> None:
    turn = house.turn("lia.segnapostini", on)
    tell_quote(turn, quote, event, on.date(), channel="mail", value=value)


def quote_of(house: House, number: int) -> int:
    """The id of the quote that the AMs' mails ask for, in their order."""
    rows = house.tx.all(select(tables.quotes.c.id).order_by(tables.quotes.c.id))
    return [int(row.id) for row in rows][number]


def mail_of(house: House, label: Label) -> Mail:
    """The mail that a reply answers."""
    return [mail for mail in house.mails() if mail.kind is label.kind][label.number]


def original(house: House, label: Label) -> Original:
    """The same as it was really composed, opened in its reader's program."""
    mail = mail_of(house, label)
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    assert row.message_id is not None
    token = row.message_id.strip("<>").partition("@")[0]
    sent_at = at(2, month=12) if label.scene == "accepted" else at(19, 9, 30)
    envelope = Envelope(row.message_id, f"visite+{token}@x.example", OURS, sent_at)
    return opened(compose(mail, envelope), mail.to[0], sent_at)


def bytes_of(house: House, label: Label, signature: str, disclaimer: str) -> bytes:
    """The reply as its program writes it."""
    ours = original(house, label)
    by = Contact("", label.who) if label.who else Contact(ours.to.name, ours.to.email)
    said = Said(label.words, by, when(label.scene), signature, disclaimer, label.under)
    return ALL[label.program](ours, said)


class _UndoneError(Exception):
    """So that the savepoint is rolled back."""


def arrives(house: House, raw: bytes, scene: str) -> Seen:
    """The letter goes the whole way, is looked at, and is undone."""
    seen: list[Seen] = []
    with suppress(_UndoneError), house.undone_if_it_fails():
        seen.append(_arrived(house, raw, when(scene)))
        raise _UndoneError
    return seen[0]


def _arrived(house: House, raw: bytes, written: datetime) -> Seen:
    now = written + timedelta(minutes=5)
    before = _standing(house)
    kept = letters.keep(house.tx, mailbox="INBOX", uidvalidity=1, uid=1, message_id="", raw=raw, now=now)
    assert kept is not None
    reply = reply_of(house.tx, OFFICE.minting.secret, kept, read(raw), now)
    record_reply(house.tx, house.office, reply, now)
    letter = letters.get(house.tx, kept)
    assert letter is not None
    assert letter.outcome is not None
    after = _standing(house)
    changed = frozenset(name for name, rows in after.items() if rows != before[name])
    return Seen(
        letter.outcome, letter.reason, reply.text, reply.heard, changed, _fields(house), _quote(house)
    )


def _standing(house: House) -> dict[str, list[Any]]:
    """Every row of every table that says how things stand."""
    return {
        table.name: sorted(map(repr, house.tx.all(select(table))))
        for table in tables.metadata.sorted_tables
        if table.name not in _ASIDE
    }


def _fields(house: House) -> frozenset[str]:
    """Which of the corrected fields the register has."""
    return frozenset(
        field.value
        for field, value in house.company().fields.items()
        if value in {"+390573000999", "finzioni@pec.example.com", "info@finzioni.example.com"}
    )


def _quote(house: House) -> Mapping[str, Any]:
    """The last quote of the scene: that of the AM who has no chat, or of the AV."""
    rows = house.tx.all(select(tables.quotes).order_by(tables.quotes.c.id))
    return dict(rows[-1]._mapping)
