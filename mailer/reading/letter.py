"""The bytes of a mail become a letter: who, to whom, about what, and the new text. Never raises.

Strangers write these bytes, so there are caps on headers, parts and lengths, and `email.policy.default` is
not used: a crafted To or Subject kills it. Refuses to know whose the letter is and what it asks for.
"""

import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesFeedParser
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from mailer.reading.markup import text_of
from mailer.reading.quotation import first_line, part
from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.enclosures import Enclosure
from procedure.correspondence.evidence import Traces
from procedure.correspondence.machines import Automatic, Machine, is_machine

T = TypeVar("T")

MOST_PARTS = 100
MOST_HEADER_BYTES = 131_072
LONGEST_HEADER = 8_000
LONGEST_TEXT = 1_000_000
MOST_RECIPIENTS = 100

_SENT_TO = (
    "x-gm-original-to", "delivered-to", "x-original-to", "envelope-to", "resent-to", "to", "cc"
)  # fmt: skip
_NO_CHARSETS = frozenset({"", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7"})
"""Python's codecs that no mail is written in, or that are slow or noisy on what was not."""

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,255}")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that arrived, as far as it can be read.

    Attributes:
        message_id: in its angle brackets, or empty; so are the other ids.
        sender: the bare address of From, in lower case; empty where it has none.
        recipients: every address it was sent to, in lower case, the most telling header first.
        date: when its writer says it was written, aware; None where that cannot be read.
        body: the whole text, quotations included.
        text: the new part of it, above the farewell: all that may be read for commands.
        signed: what stands below the farewell; mostly a signature, for people's eyes only.
        first_line: the first line of `text`.
        machine: what a machine says with it; None where a person seems to have written.
        certified: it came by PEC, and what is read here stood inside the envelope.
        authentic: whether it is really from its sender's domain, as far as our server knows.
        enclosures: its files, those that are refused included.
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
    signed: str = ""

    @property
    def traces(self) -> Traces:
        """Where a reply token may stand in it."""
        return Traces(self.recipients, self.in_reply_to, self.references, self.subject, self.body)


def read(raw: bytes) -> Letter:
    """The letter that these bytes are."""
    message, unreadable = _parse(raw)
    headers = _Headers(message)
    body = _safely(_body, message) or ""
    sender_name, sender = _sender(headers.decoded("from"))
    parted = part(body, f"{sender_name} {sender}")
    text = parted.new
    return Letter(
        message_id=headers.ids("message-id", 1)[0],
        in_reply_to=headers.ids("in-reply-to", 1)[0],
        references=tuple(filter(None, headers.ids("references", MOST_RECIPIENTS))),
        sender=sender,
        sender_name=sender_name,
        recipients=_recipients(headers),
        subject=headers.decoded("subject"),
        date=_date(headers.plain("date")[:100]),
        body=body,
        text=text,
        first_line=first_line(text),
        machine=_machine(headers, sender, text),
        unreadable=unreadable,
        size=len(raw),
        signed=parted.signed,
    )


def _machine(headers: "_Headers", sender: str, text: str) -> Machine | None:
    reason = is_machine(headers.for_machines(sender))
    return Automatic(reason, text) if reason else None


class _TooManyPartsError(Exception):
    """More parts than a mail of ours can have: a bomb, or a digest."""


def _parse(raw: bytes) -> tuple[Message, str]:
    """The message, and why it could not be parsed whole; then only its headers are."""
    try:
        return _fed(raw), ""
    except _TooManyPartsError:
        unreadable = "too_many_parts"
    except Exception as error:  # the parser has faults of its own; a letter must not be lost to one
        unreadable = type(error).__name__
    head = raw[:MOST_HEADER_BYTES].split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]
    lines = re.sub(rb"(?im)^content-type:", b"X-Content-Type:", head)
    return _fed(lines + b"\r\n\r\n"), unreadable


def _fed(raw: bytes) -> Message:
    made = 0

    def factory(policy: Any = policy.compat32) -> Message:
        nonlocal made
        made += 1
        if made > MOST_PARTS:
            raise _TooManyPartsError
        return Message(policy=policy)

    parser = BytesFeedParser(factory, policy=policy.compat32)
    parser.feed(raw)
    return parser.close()


class _Headers:
    """The headers by name, the first of each, capped; never a fault."""

    def __init__(self, message: Message) -> None:
        self._all: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._all.setdefault(str(name).lower(), []).append(_clean(value))

    def plain(self, name: str) -> str:
        """The first header of this name, undecoded, in one line; empty where there is none."""
        return self._all.get(name, [""])[0]

    def decoded(self, name: str) -> str:
        """The first header of this name, its encoded words read."""
        return _decoded(self.plain(name))

    def every(self, name: str) -> list[str]:
        """All headers of this name."""
        return self._all.get(name, [])

    def ids(self, name: str, most: int) -> list[str]:
        """The Message-IDs in a header, the last `most`; one empty where there are none."""
        return _MESSAGE_ID.findall(self.plain(name))[-most:] or [""]

    def for_machines(self, sender: str) -> Mapping[str, str]:
        """The headers as `is_machine` wants them."""
        firsts = {name: values[0] for name, values in self._all.items()}
        return {**firsts, "from": sender, "subject": self.decoded("subject")}


def _clean(value: Any) -> str:
    """One line of at most LONGEST_HEADER characters; bytes beyond ASCII are read as UTF-8, else cp1252."""
    raw = str(value)[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    return " ".join(_text(raw, "").split())


def _decoded(value: str) -> str:
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, binascii.Error):
        return value
    words = (piece if isinstance(piece, str) else _text(piece, charset or "") for piece, charset in pieces)
    return " ".join("".join(char if char.isprintable() else " " for char in "".join(words)).split())


def _text(raw: bytes, declared: str) -> str:
    """Bytes as text: UTF-8 where they are, never by chance; else as declared, else cp1252 or latin-1."""
    for charset in (declared, "cp1252") if raw.isascii() else ("utf-8", declared, "cp1252"):
        if charset.lower().replace("-", "_") in _NO_CHARSETS:
            continue
        try:
            return raw.decode(charset)
        except (LookupError, ValueError):  # unknown, or false, or not a text's
            continue
    return raw.decode("latin-1")


def _sender(value: str) -> tuple[str, str]:
    """The name and the address of a From; the address is the one in the last angle brackets, if any."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', " ", value)
    in_brackets = re.findall(r"<\s*([^<>]*?)\s*>", bare)
    found = _ADDRESS.fullmatch(in_brackets[-1]) if in_brackets else _ADDRESS.search(bare)
    address = found.group().lower() if found else ""
    name = value.rpartition("<")[0] if in_brackets else ""
    return name.strip(' "').replace('\\"', '"'), address


def _recipients(headers: _Headers) -> tuple[str, ...]:
    found = (
        match.group().lower()
        for name in _SENT_TO
        for value in headers.every(name)
        for match in _ADDRESS.finditer(value)
    )
    return tuple(dict.fromkeys(found))[:MOST_RECIPIENTS]


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None


def _body(message: Message) -> str:
    """The readable text: the plain parts, or the HTML ones where no plain part says anything."""
    parts = list(_readable(message))
    plain = "\n".join(_content(part) for part in parts if part.get_content_subtype() != "html")
    if plain.strip():
        return plain[:LONGEST_TEXT]
    return "\n".join(text_of(_content(part)) for part in parts if part.get_content_subtype() == "html")


def _readable(message: Message) -> Iterator[Message]:
    """The inline text parts, in order; what is attached, another mail among it, is not looked into."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and isinstance(children := part.get_payload(), list):
            waiting.extend(reversed([child for child in children if isinstance(child, Message)]))
        elif part.get_content_maintype() == "text" and not _is_attached(part):
            yield part


def _is_attached(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _content(part: Message) -> str:
    raw = _safely(part.get_payload, decode=True)
    charset = _safely(part.get_content_charset) or ""
    return _text(raw[:LONGEST_TEXT], charset) if isinstance(raw, bytes) else ""


def _safely(function: Callable[..., T], *arguments: Any, **options: Any) -> T | None:
    """What the function returns, or None: the library trips over headers that nobody should write."""
    try:
        return function(*arguments, **options)
    except Exception:  # whatever it is: a letter that cannot be read is sorted by a person, never lost
        return None
