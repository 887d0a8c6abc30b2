"""What every mail program needs to write a reply: the mail it answers, the words, and MIME by hand.

The bytes are put together from strings, not by `email`, since programs write what that would not.
"""

import base64
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import TypeAlias

from procedure.campaign import Contact

DAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
MONTHS = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre"),
    *("ottobre", "novembre", "dicembre"),
)


@dataclass(frozen=True)
class Original:
    """Our mail, as it lies in the mailbox of whom it was sent to."""

    sender: Contact
    to: Contact
    at: datetime
    subject: str
    message_id: str
    reply_to: str
    plain: str
    html: str

    @property
    def token(self) -> str:
        return self.message_id.strip("<>").partition("@")[0]

    @property
    def day(self) -> str:
        """`giovedì 19 novembre 2026`."""
        return f"{DAYS[self.at.weekday()]} {self.at.day} {MONTHS[self.at.month - 1]} {self.at.year}"

    @property
    def short_day(self) -> str:
        """`gio 19 nov 2026`."""
        return f"{DAYS[self.at.weekday()][:3]} {self.at.day} {MONTHS[self.at.month - 1][:3]} {self.at.year}"

    @property
    def clock(self) -> str:
        return f"{self.at:%H:%M}"

    @property
    def from_(self) -> str:
        return f"{self.sender.name} <{self.sender.email}>"

    @property
    def body(self) -> str:
        """What stands between the body's tags."""
        found = re.search(r"<body[^>]*>(.*)</body>", self.html, re.DOTALL)
        return found.group(1) if found else self.html


@dataclass(frozen=True)
class Said:
    """What a person writes, and what their program and company add.

    Attributes:
        under: where they answer between the quoted lines: a part of such a line, and the answer under it.
    """

    words: str
    by: Contact
    at: datetime
    signature: str = ""
    disclaimer: str = ""
    under: tuple[tuple[str, str], ...] = ()

    @property
    def tail(self) -> str:
        """Signature and disclaimer, as they stand below the words."""
        return "".join(f"\n\n{part}" for part in (self.signature, self.disclaimer) if part)


Program: TypeAlias = Callable[[Original, Said], bytes]


def opened(raw: bytes, to: Contact, at: datetime) -> Original:
    """Our mail as a program opens it."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    sender: Address = message["From"].addresses[0]
    return Original(
        sender=Contact(sender.display_name, sender.addr_spec),
        to=to,
        at=at,
        subject=str(message["Subject"]),
        message_id=str(message["Message-ID"]).strip(),
        reply_to=str(message["Reply-To"]).strip(),
        plain=plain.get_content(),
        html=html.get_content(),
    )


def quote(text: str, mark: str = "> ") -> str:
    """The text with the quotation's mark before every line."""
    return "\n".join((mark + line).rstrip() for line in text.rstrip("\n").split("\n"))


def answered_between(original: Original, said: Said, mark: str = "> ") -> str:
    """The quoted mail, with what is said under its lines."""
    lines = []
    waiting = list(said.under)
    for line in original.plain.rstrip("\n").split("\n"):
        lines.append((mark + line).rstrip())
        for pair in [pair for pair in waiting if pair[0] in line]:
            lines += ["", pair[1], ""]
            waiting.remove(pair)
    assert not waiting, f"not in the mail: {waiting}"
    return "\n".join(lines)


def paragraphs(text: str, element: str = "div", attributes: str = "") -> str:
    """The lines as HTML blocks."""
    return "".join(
        f"<{element}{attributes}>{escape(line, quote=False) or '<br>'}</{element}>"
        for line in text.split("\n")
    )


def header(name: str, value: str, charset: str = "utf-8") -> str:
    """A header, its letters beyond ASCII as encoded words."""
    if value.isascii():
        return f"{name}: {value}\r\n"
    words, line = [], ""
    for char in value:
        if len((line + char).encode(charset)) > 36:
            words.append(line)
            line = ""
        line += char
    pieces = (base64.b64encode(word.encode(charset)).decode() for word in [*words, line])
    return f"{name}: " + "\r\n ".join(f"=?{charset}?B?{piece}?=" for piece in pieces) + "\r\n"


def contact(whom: Contact) -> str:
    """A person for a header."""
    if not whom.name:
        return whom.email
    if not whom.name.isascii():
        return f"=?utf-8?B?{base64.b64encode(whom.name.encode()).decode()}?= <{whom.email}>"
    return f'"{whom.name}" <{whom.email}>'


def heads(
    original: Original,
    said: Said,
    *,
    prefix: str = "Re: ",
    to: str = "",
    message_id: str = "",
    threads: bool = True,
    subject: str | None = None,
    more: str = "",
) -> str:
    """The headers of a reply; `more` stands first, as servers put theirs on top."""
    digest = sha256(f"{original.message_id}{said}".encode()).hexdigest()[:24]
    mine = message_id or f"<{digest}@{said.by.email.partition('@')[2]}>"
    title = original.subject if subject is None else subject
    lines = [
        more,
        header("From", contact(said.by)),
        header("To", to or f"{original.sender.name} <{original.reply_to}>"),
        header("Subject", prefix + title),
        f"Date: {format_datetime(said.at)}\r\n",
        f"Message-ID: {mine}\r\n",
    ]
    if threads:
        lines += [f"In-Reply-To: {original.message_id}\r\n", f"References: {original.message_id}\r\n"]
    return "".join([*lines, "MIME-Version: 1.0\r\n"])


def encoded(text: str, subtype: str, charset: str, encoding: str, more: str = "") -> bytes:
    """A text part with its headers; what the charset lacks ("€" in Latin 1) makes programs take another."""
    if not _has(charset, text):
        charset = "windows-1252" if _has("windows-1252", text) else "utf-8"
    raw = text.replace("\r\n", "\n").encode(charset)
    match encoding:
        case "quoted-printable":
            content = quopri.encodestring(raw)
        case "base64":
            content = base64.encodebytes(raw)
        case _:
            content = raw
    head = (
        f'Content-Type: text/{subtype}; charset="{charset}"{more}\nContent-Transfer-Encoding: {encoding}\n\n'
    )
    return (head.encode() + content).replace(b"\n", b"\r\n")


def _has(charset: str, text: str) -> bool:
    return text == text.encode(charset, "replace").decode(charset)


def plain_only(head: str, text: str, charset: str = "utf-8", encoding: str = "8bit", more: str = "") -> bytes:
    """A mail of one text."""
    return head.encode() + encoded(text, "plain", charset, encoding, more)


def html_only(head: str, html: str, charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    """A mail of HTML and nothing else."""
    return head.encode() + encoded(html, "html", charset, encoding)


def alternative(
    head: str,
    plain: str,
    html: str,
    *,
    boundary: str,
    charset: str = "utf-8",
    encoding: str = "quoted-printable",
    more: str = "",
) -> bytes:
    """A mail of plain text and HTML."""
    parts = (encoded(plain, "plain", charset, encoding, more), encoded(html, "html", charset, encoding))
    return joined(head, "alternative", boundary, *parts)


def joined(head: str, subtype: str, boundary: str, *parts: bytes) -> bytes:
    """A multipart mail of these parts."""
    opening = f'{head}Content-Type: multipart/{subtype};\r\n\tboundary="{boundary}"\r\n\r\n'.encode()
    line = f"--{boundary}\r\n".encode()
    return opening + b"".join(line + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()


def folded(text: str, width: int = 78) -> str:
    """A line broken at its last space before `width`, again and again, as Gmail does."""
    lines = []
    while len(text) > width and " " in text[:width]:
        cut = text.rindex(" ", 0, width)
        lines.append(text[:cut])
        text = text[cut + 1 :]
    return "\n".join([*lines, text])


def with_words(said: Said, words: str) -> Said:
    """The same person saying something else."""
    return replace(said, words=words)
