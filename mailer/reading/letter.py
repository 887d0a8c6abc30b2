"""The bytes of a mail become a letter: who, to whom, about what, and the new text. Never raises.

Strangers write these bytes, so there are caps on headers, parts, levels and lengths. Refuses to know whose
the letter is and what it asks for.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from mailer.reading.addresses import MOST_RECIPIENTS, addresses_in, recipients_of, sender_of
from mailer.reading.authenticity import authenticity_of
from mailer.reading.body import body_of, sealed
from mailer.reading.bounces import bounced, returned_head
from mailer.reading.enclosures import enclosures_of
from mailer.reading.headers import Headers, head_and_body
from mailer.reading.parts import Part, UnreadableError, parts_of
from mailer.reading.pec import inside, is_certified, is_envelope, receipt
from mailer.reading.quotation import first_line, part
from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.enclosures import Enclosure
from procedure.correspondence.evidence import Traces
from procedure.correspondence.machines import Automatic, Bounced, Machine, is_machine


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that arrived, as far as it can be read.

    Attributes:
        message_id: in its angle brackets, or empty; so are the other ids.
        sender: the bare address of From, in lower case; empty where it has none, or several.
        recipients: every address it was sent to, in lower case, the most telling header first.
        date: when its writer says it was written, aware; None where that cannot be read.
        body: the whole text, quotations included.
        text: the new part of it, above the farewell: all that may be read for commands.
        beside: the same, its answers under the items of a quoted list beside their names; else empty.
        signed: what stands below the farewell; mostly a signature, for people's eyes only.
        first_line: the first line of `text`.
        machine: what a machine says with it; None where a person seems to have written.
        certified: it came by PEC, and what is read here stood inside the envelope.
        authentic: whether it is really from its sender's domain, as far as our server knows.
        enclosures: its files, those that are refused included.
        reply_to: where its answers are to go, in lower case.
        unreadable: why it could not be read whole, or empty.
        size: bytes.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    body: str
    text: str
    first_line: str
    machine: Machine | None
    unreadable: str
    size: int
    certified: bool = False
    authentic: Authentic = Authentic.UNKNOWN
    enclosures: tuple[Enclosure, ...] = ()
    reply_to: tuple[str, ...] = ()
    beside: str = ""
    signed: str = ""

    @property
    def traces(self) -> Traces:
        """Where a reply token may stand in it."""
        return Traces(self.recipients, self.in_reply_to, self.references, self.subject, self.body)


def read(raw: bytes, trusted: str = "") -> Letter:
    """The letter that these bytes are.

    Args:
        raw: as they came.
        trusted: the server whose `Authentication-Results` count; empty where none does.
    """
    try:
        return _read(raw, trusted)
    except Exception as error:  # a fault of ours: a person sorts the letter, it is not lost
        return _letter(_head_of(raw), type(error).__name__, len(raw), Headers(), "")


def _read(raw: bytes, trusted: str) -> Letter:
    outer, unreadable = _parts(raw)
    if not is_envelope(outer.headers) or receipt(outer):
        return _letter(outer, unreadable, len(raw), outer.headers, trusted)
    wrapped = inside(outer)
    if wrapped is None:
        return _letter(_head_of(raw), unreadable or "no_postacert", len(raw), outer.headers, trusted)
    inner, unreadable = _parts(wrapped)
    return _out_of_its_envelope(_letter(inner, unreadable, len(raw), inner.headers, ""), outer, trusted)


def content_of(raw: bytes, part: int) -> bytes:
    """The file of a letter that its `Enclosure` told of.

    Args:
        raw: the letter, as it came.
        part: as the enclosure has it.

    Raises:
        ValueError: the letter has no such part.
    """
    mail, _ = _parts(raw)
    if is_envelope(mail.headers) and not receipt(mail):
        mail, _ = _parts(inside(mail) or b"")
    found = next((each for each in mail.walk() if each.number == part), None)
    if found is None or found.is_multipart:
        raise ValueError(f"the letter has no file in part {part}")
    return found.content()


_PLAIN_ID = re.compile(
    rb"(?:(?!message-id)[a-z][a-z0-9-]{0,60}: [ -~]{0,900}\r\n(?:[ \t][ -~]{0,900}\r\n)*+){0,60}+"
    rb"message-id: (<[!-;=?-~]{1,300}>)\r\n(?![ \t])",
    re.IGNORECASE,
)
"""Headers as most programs write them: then the id is read without taking the mail apart."""


def message_id_of(raw: bytes) -> str:
    """The Message-ID of a mail, of which only the beginning need be there; empty where it has none."""
    if plain := _PLAIN_ID.match(raw):
        return plain[1].decode("ascii")
    return _head_of(raw).headers.first_id("message-id")


def _parts(raw: bytes) -> tuple[Part, str]:
    """The parts; where they cannot be told apart the headers alone, and why."""
    try:
        mail = parts_of(raw)
    except UnreadableError as error:
        return _head_of(raw), str(error)
    if mail.is_multipart and not mail.children:
        return mail, "no_parts"
    return mail, sealed(mail)


def _head_of(raw: bytes) -> Part:
    headers, _ = head_and_body(raw, 0, len(raw))
    return Part(0, headers, memoryview(b""), "text/plain", {})


def _letter(mail: Part, unreadable: str, size: int, envelope: Headers, trusted: str) -> Letter:
    headers = mail.headers
    body = body_of(mail)
    name, sender = sender_of(headers)
    parted = part(body, f"{name} {sender}")
    text = parted.new
    machine = _machine(mail, sender, body, text)
    return Letter(
        message_id=headers.first_id("message-id"),
        in_reply_to=headers.first_id("in-reply-to"),
        references=tuple(headers.ids("references", MOST_RECIPIENTS)),
        sender=sender,
        sender_name=name,
        recipients=recipients_of(headers),
        subject=headers.decoded("subject"),
        date=_date(headers.plain("date")[:100]),
        body=f"{body}\n{returned_head(mail)}" if isinstance(machine, Bounced) else body,
        text=text,
        first_line=first_line(text),
        machine=machine,
        unreadable=unreadable,
        size=size,
        authentic=authenticity_of(envelope, sender, trusted),
        enclosures=enclosures_of(mail),
        reply_to=tuple(addresses_in(headers, "reply-to"))[:MOST_RECIPIENTS],
        beside=parted.beside,
        signed=parted.signed,
    )


def _out_of_its_envelope(letter: Letter, envelope: Part, trusted: str) -> Letter:
    """The inner letter. What our server knows is of the provider that carried it: it can only speak against.

    A forged envelope passes for the domain of its forger, and vouches for nobody inside.
    """
    _, carrier = sender_of(envelope.headers)
    found = authenticity_of(envelope.headers, carrier, trusted)
    return replace(
        letter,
        recipients=tuple(dict.fromkeys((*recipients_of(envelope.headers), *letter.recipients))),
        certified=is_certified(envelope.headers),
        authentic=found if found is Authentic.FAILED else Authentic.UNKNOWN,
    )


def _machine(mail: Part, sender: str, body: str, text: str) -> Machine | None:
    subject = mail.headers.decoded("subject")
    told = receipt(mail) or bounced(mail, sender, subject, body)
    if told:
        return told
    reason = is_machine({**mail.headers.firsts(), "from": sender, "subject": subject})
    return Automatic(reason, text) if reason else None


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
