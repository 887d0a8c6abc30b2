"""A letter as it lies in a mailbox, and how a mail program answers it.

It works on bytes and the standard library alone; it refuses to know how letters travel.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, parseaddr
from functools import cached_property
from hashlib import sha256

from emulator.state import Json

SEEN = "\\Seen"
_DAYS = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
_MONTHS = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.IGNORECASE | re.DOTALL)
_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|tr|li|h\d)>", re.IGNORECASE)


@dataclass
class Letter:
    r"""One copy of a mail, in one mailbox.

    Attributes:
        number: unique in this world.
        uid: unique in its mailbox, never used again.
        mailbox: the address whose copy this is.
        raw: the bytes as they came.
        sender: the envelope's; empty for a bounce.
        received_at: by the emulator's clock.
        flags: IMAP's, such as "\Seen".
        gone: expunged by its reader.
    """

    number: int
    uid: int
    mailbox: str
    raw: bytes
    sender: str
    received_at: datetime
    flags: set[str] = field(default_factory=set)
    gone: bool = False

    @cached_property
    def message(self) -> EmailMessage:
        """The parsed mail, which is also its headers: `letter.message["Cc"]`."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def headers(self) -> EmailMessage:
        """Another name for `message`, for what stands above the text."""
        return self.message

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.message["Subject"] or "")

    @property
    def message_id(self) -> str:
        """The Message-ID, with its brackets."""
        return str(self.message["Message-ID"] or "").strip()

    @property
    def author(self) -> str:
        """The address in From."""
        return parseaddr(str(self.message["From"] or ""))[1]

    @property
    def answer_to(self) -> str:
        """The address that an answer goes to: Reply-To, or else From."""
        return parseaddr(str(self.message["Reply-To"] or self.message["From"] or ""))[1]

    @property
    def to(self) -> list[str]:
        """The addresses in To."""
        return self._addresses("To")

    @property
    def cc(self) -> list[str]:
        """The addresses in Cc."""
        return self._addresses("Cc")

    @property
    def text(self) -> str:
        """The plain text; of a mail that has only HTML, its words."""
        part = self.message.get_body(("plain",))
        if part is not None:
            return str(part.get_content()).replace("\r\n", "\n")
        return html.unescape(_TAG.sub("", _LINE_END.sub("\n", self.html))).strip()

    @property
    def html(self) -> str:
        """The HTML version, or ""."""
        part = self.message.get_body(("html",))
        return str(part.get_content()) if part is not None else ""

    @property
    def attachments(self) -> list[str]:
        """The names of the attachments."""
        return [part.get_filename() or "senza nome" for part in self.message.iter_attachments()]

    @property
    def unread(self) -> bool:
        """Whether nobody has opened it."""
        return SEEN not in self.flags

    def _addresses(self, header: str) -> list[str]:
        values = [str(value) for value in self.message.get_all(header, [])]
        return [address for _, address in getaddresses(values) if address]

    def summary(self) -> Json:
        """A line of a list of mails."""
        return {
            "number": self.number,
            "mailbox": self.mailbox,
            "from": str(self.message["From"] or ""),
            "subject": self.subject,
            "received_at": self.received_at.isoformat(),
            "unread": self.unread,
        }

    def in_full(self) -> Json:
        """What the reading pane shows."""
        headers = {"to": str(self.message["To"] or ""), "cc": str(self.message["Cc"] or "")}
        more = {"answer_to": self.answer_to, "attachments": self.attachments}
        return self.summary() | headers | more | {"text": self.text, "html": self.html}

    def __str__(self) -> str:
        return f"{self.mailbox} ← {self.author}: {self.subject!r}"


def written(
    author: str, to: Iterable[str], subject: str, text: str, *, at: datetime, seed: str
) -> EmailMessage:
    """A new mail in plain text, as a mail program writes it; `seed` makes its Message-ID."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = author
    mail["To"] = ", ".join(to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = (
        f"<{sha256(seed.encode()).hexdigest()[:24]}@{parseaddr(author)[1].partition('@')[2]}>"
    )
    mail["MIME-Version"] = "1.0"
    mail.set_content(text)
    return mail


def answer(
    letter: Letter, text: str, *, author: str, at: datetime, seed: str, quote: bool = True
) -> EmailMessage:
    """The answer to a letter: "Re:", In-Reply-To, References and, with `quote`, the original below."""
    subject = letter.subject if letter.subject.lower().startswith("re:") else f"Re: {letter.subject}"
    body = f"{text}\n\n{_quoted(letter)}" if quote else text
    mail = written(author, [letter.answer_to], subject, body, at=at, seed=seed)
    if letter.message_id:
        mail["In-Reply-To"] = letter.message_id
        mail["References"] = f"{letter.message['References'] or ''} {letter.message_id}".strip()
    return mail


def _quoted(letter: Letter) -> str:
    at = letter.received_at
    day = f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year} alle ore {at:%H:%M}"
    lines = [f"> {line}".rstrip() for line in letter.text.rstrip().splitlines()]
    return "\n".join([f"Il giorno {day} {letter.message['From']} ha scritto:", "", *lines, ""])
