"""Whose is a letter that arrived: signed tokens, the evidence in a letter, and what it comes to.

Refuses to know how a mail is parsed, where sent mails are kept, and what a matched reply then does: the
mailer reads, the store remembers, `actions.record_reply` acts. Nothing here touches a date.
"""

import base64
import enum
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from procedure.notices import Mail

MAC_BYTES = 10  # 80 bits: out of reach of guessing by mail
MAC_LETTERS = MAC_BYTES * 8 // 5
_REF = re.compile(r"[a-z0-9]{1,24}")
_TOKEN = re.compile(rf"(?<![a-z0-9])[a-z0-9]{{1,24}}?[a-z2-7]{{{MAC_LETTERS}}}(?![a-z0-9])")


def ref_of(key: str) -> str:
    """The reference that stands for a notice's key in a token: 13 letters, 64 bits of its digest."""
    return _base32(hashlib.blake2b(key.encode(), digest_size=8).digest())


def mint(secret: bytes, ref: str) -> str:
    """A token that only we can make: `ref` and its signature, lower-case letters and digits only.

    It survives a plus-address, a Message-ID and a program that upper-cases addresses.

    Raises:
        ValueError: `ref` is not 1 to 24 lower-case letters or digits.
    """
    if not _REF.fullmatch(ref):
        raise ValueError("a reference is 1 to 24 lower-case letters or digits")
    return ref + _mac(secret, ref)


def read(secret: bytes, token: str) -> str | None:
    """The `ref` that a token was minted for, or None where we never signed it; the case is free."""
    lowered = token.lower()
    ref, mac = lowered[:-MAC_LETTERS], lowered[-MAC_LETTERS:]
    if not _REF.fullmatch(ref) or not mac.isascii():
        return None
    return ref if hmac.compare_digest(mac, _mac(secret, ref)) else None


def _mac(secret: bytes, ref: str) -> str:
    return _base32(hmac.new(secret, b"reply:" + ref.encode(), hashlib.sha256).digest()[:MAC_BYTES])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


class Where(enum.StrEnum):
    """Where in a letter a token stood, the most trustworthy first."""

    ADDRESS = "address"  # the plus-address it was sent to
    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    SUBJECT = "subject"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Clue:
    """A token of ours found in a letter, signature checked, in lower case; and where it stood."""

    token: str
    where: Where


@dataclass(frozen=True, slots=True)
class Traces:
    """The parts of a letter where a token may stand. Addresses may be upper-cased, subjects changed."""

    recipients: tuple[str, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""


def evidence(secret: bytes, traces: Traces) -> tuple[Clue, ...]:
    """Our tokens in a letter, the strongest place first, each place's own order kept, none twice in a place.

    The nearest of the References, the last one, comes first.
    """
    places: tuple[tuple[Where, Iterable[str]], ...] = (
        (Where.ADDRESS, traces.recipients),
        (Where.IN_REPLY_TO, (traces.in_reply_to,)),
        (Where.REFERENCES, reversed(traces.references)),
        (Where.SUBJECT, (traces.subject,)),
        (Where.BODY, (traces.body,)),
    )
    found = (
        Clue(token, where) for where, texts in places for text in texts for token in _tokens(secret, text)
    )
    return tuple(dict.fromkeys(found))


def _tokens(secret: bytes, text: str) -> Iterable[str]:
    for match in _TOKEN.finditer(text.lower()):
        if read(secret, match.group()) is not None:
            yield match.group()


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that left: its row in the outbox, what it said and to whom."""

    outbox_id: int
    message_id: str
    mail: Mail

    def reached(self, address: str) -> bool:
        """True where `address` is one of those the mail was sent to; case does not count."""
        wanted = address.casefold()
        return any(contact.email.casefold() == wanted for contact in (*self.mail.to, *self.mail.cc))


@dataclass(frozen=True, slots=True)
class Matched:
    """The letter answers this mail, and its sender is one whom the mail was sent to."""

    sent: Sent
    where: Where


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The letter carries tokens of several mails with equal right: a person chooses."""

    candidates: tuple[Sent, ...]


class Why(enum.StrEnum):
    """Why a letter is nobody's; goes to sort, never has an effect."""

    NO_TOKEN = "no_token"  # noqa: S105  a reason's name, not a password
    NO_SUCH_MAIL = "no_such_mail"
    SENDER_NOT_ALLOWED = "sender_not_allowed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Unknown:
    """The letter is not tied to a mail of ours by someone who may answer it."""

    why: Why


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine wrote it: no effect, no answer. `reason` names the header that told."""

    reason: str


Decision: TypeAlias = Matched | Ambiguous | Unknown | Machine


def decide(clues: Iterable[Clue], known: Mapping[str, Sent], sender: str) -> Decision:
    """Whose the letter is: the strongest place that names a mail of ours decides, if the sender may answer.

    Reply address and In-Reply-To weigh the same: where they name different mails, a person chooses. In the
    References only the nearest counts, since the older ones are the thread's.

    Args:
        clues: what `evidence` found, strongest first.
        known: the sent mails of those tokens; one may be missing.
        sender: the address of the letter's From.
    """
    found = list(clues)
    if not found:
        return Unknown(Why.NO_TOKEN)
    leading = [clue for clue in found if clue.token in known]
    if not leading:
        return Unknown(Why.NO_SUCH_MAIL)
    candidates = {clue.token: known[clue.token] for clue in _strongest(leading)}
    allowed = [sent for sent in candidates.values() if sent.reached(sender)]
    if len(allowed) > 1:
        return Ambiguous(tuple(allowed))
    return Matched(allowed[0], leading[0].where) if allowed else Unknown(Why.SENDER_NOT_ALLOWED)


_DIRECT = frozenset({Where.ADDRESS, Where.IN_REPLY_TO})


def _strongest(clues: list[Clue]) -> list[Clue]:
    first = clues[0].where
    if first is Where.REFERENCES:
        return clues[:1]
    rank = _DIRECT if first in _DIRECT else {first}
    return [clue for clue in clues if clue.where in rank]


_BULK = frozenset({"bulk", "list", "junk", "auto_reply"})
_DAEMONS = re.compile(r"(mailer-daemon|postmaster|no-?reply|noreply|do-?not-?reply)@", re.IGNORECASE)
_AWAY = re.compile(
    r"\s*(?:(?:automatic|auto)[ -]?reply|out of (?:the )?office|risposta automatica|fuori (?:sede|ufficio)"
    r"|messaggio automatico|assenza automatica|undeliver|mail delivery|delivery status|mancato recapito"
    r"|notifica di mancata consegna|non recapitabile|ricevuta di ritorno automatica)",
    re.IGNORECASE,
)


def is_machine(headers: Mapping[str, str]) -> str | None:
    """The reason to think that a machine wrote it, or None.

    `X-Auto-Response-Suppress` alone is no reason: Exchange puts it on what people write.

    Args:
        headers: names in lower case; From as its bare address, Subject decoded; a missing one absent.
    """
    if headers.get("auto-submitted", "no").split(";")[0].strip().casefold() not in {"no", ""}:
        return "auto-submitted"
    if headers.get("precedence", "").strip().casefold() in _BULK:
        return "precedence"
    for name in ("x-autoreply", "x-autorespond", "x-ricevuta"):
        if name in headers:
            return name
    if headers.get("return-path", "x").strip() in {"", "<>"}:
        return "return-path"
    if headers.get("content-type", "").strip().casefold().startswith("multipart/report"):
        return "report"
    if _DAEMONS.match(headers.get("from", "")):
        return "from"
    return "subject" if _AWAY.match(headers.get("subject", "")) else None


class Verb(enum.StrEnum):
    """What a reply says was done: the words of section 9.1, as far as they are recorded."""

    DONE = "done"  # E3: the registry is updated
    RECEIVED = "received"  # E4, E6: the papers have come
    SENT_TO_RA = "sent_to_ra"  # E4: the originals went on to RA [r.130]
    TAKEN = "taken"  # E1, E2, E7, E9: taken charge of
    COLLECTED = "collected"  # E1, E2: the credit is in
    DRAFTED = "drafted"  # E7, E9: data redazione
    DELIVERED = "delivered"  # E7, E9: DATA PREVENTIVO [r.147]
    CONTACTED = "contacted"  # a quote: data contatto (T5)
    THINKING = "thinking"  # a quote: the company thinks about it (T9)
    FOLLOWED_UP = "followed_up"  # a quote: DATA SOLLECITO (T11)
    ACCEPTED = "accepted"  # a quote: VALORE PREVENTIVO (T7)
    REFUSED = "refused"  # a quote, and why (T8)
    POSTPONED = "postponed"  # the reminder of a quote, until a day
    NOT_MINE = "not_mine"  # a quote is somebody else's
    ABSENT = "absent"  # any: the sender is away
    CONFIRMED = "confirmed"  # of proposed attributions: all of them (A15)


@dataclass(frozen=True, slots=True)
class Command:
    """What a reply's first line was understood to say. `on` is the day it names, None where it names none; of
    an absence the last one, and `since` the first. `value` is euro, net; `words` a reason; `sure`: an odd
    day is right.
    """

    verb: Verb
    first_line: str
    on: date | None = field(default=None)
    since: date | None = None
    value: Decimal | None = None
    words: str = ""
    sure: bool = False
