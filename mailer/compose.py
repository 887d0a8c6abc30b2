"""A mail as data becomes the bytes that leave: two texts that say the same, headers that thread, and the
papers that go with it.

Pure: the same mail and envelope give the same bytes, so a resend is the same mail. Refuses to know the outbox
and the wire; the words are in `templates/`, one folder for each kind.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailer import headers
from mailer.headers import AsWritten
from mailer.papers.drawing import draw
from mailer.papers.enclosed import fitting
from mailer.papers.paper import Paper
from mailer.understanding.words import answers
from procedure.campaign import Contact
from procedure.notices import Mail

TEMPLATES = Path(__file__).with_name("templates")
LONGEST_LINE = 120
MOST_REFERENCES = 20
_A_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,300}>")


_POLICY = AsWritten(linesep="\r\n", max_line_length=78)


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail needs beside its words. `sent_at` is aware; Message-IDs stand in their angle brackets."""

    message_id: str
    reply_to: str
    sender: Contact
    sent_at: datetime
    auto_submitted: bool = True
    in_reply_to: str = ""
    references: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        """The reply token: the Message-ID's local part."""
        return self.message_id.strip("<>").partition("@")[0]


def compose(mail: Mail, envelope: Envelope, enclosed: Sequence[Paper] = ()) -> bytes:
    """The mail as it goes over the wire: CRLF, seven bits, multipart/alternative; in a multipart/mixed with
    its papers, where it has any, and with what it encloses, as far as a server takes it: the mail names what
    stays.

    Raises:
        ValueError: an address that no server would take.
        jinja2.UndefinedError: the context lacks what the template names.
        typst.TypstError: the context lacks what a paper names.
    """
    going, staying = fitting(enclosed)
    subject, plain, html = render(mail, envelope, staying)
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(envelope.sender)
    message["To"] = ", ".join(map(_address, mail.to))
    if mail.cc:
        message["Cc"] = ", ".join(map(_address, mail.cc))
    message["Subject"] = headers.text(subject)
    for name, value in _headers(envelope).items():
        message[name] = value
    message.set_content(plain, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    drawn = [draw(attachment, mail.context, envelope.sent_at) for attachment in mail.attachments]
    for paper in (*drawn, *going):
        _attach(message, paper)
    _set_boundaries(message, envelope.token)
    return message.as_bytes()


def _attach(message: EmailMessage, paper: Paper) -> None:
    """The paper as its bytes are; a whole mail (RFC 2046 lets nobody encode one) as the text that it is."""
    if paper.maintype != "message":
        message.add_attachment(
            paper.content,
            maintype=paper.maintype,
            subtype=paper.subtype,
            filename=paper.name,
            params=dict(paper.parameters),
        )
        return
    part = EmailMessage(policy=_POLICY)
    part["Content-Type"] = f"{paper.maintype}/{paper.subtype}"
    part["Content-Disposition"] = f'attachment; filename="{paper.name}"'
    part.set_payload(paper.content.decode("ascii"))
    if message.get_content_subtype() != "mixed":
        message.make_mixed()
    message.attach(part)


def _set_boundaries(message: EmailMessage, token: str) -> None:
    """The same at every resend; the inner ones, beneath the papers, numbered."""
    inside = (part for part in message.walk() if part.is_multipart())
    for number, part in enumerate(inside):
        part.set_boundary(f"=_{token}" + (f".{number}" if number else ""))


def render(mail: Mail, envelope: Envelope, staying: Sequence[str] = ()) -> tuple[str, str, str]:
    """The three texts of a mail: its subject in one line, the plain body, the HTML body; `staying` names the
    files that are too large to go with it.

    Where the reply address carries no token, the subject's tail does.
    """
    subject = _one_line(_render(mail, envelope, "subject.txt", {}))
    if envelope.token not in envelope.reply_to:
        subject = f"{subject} [#{envelope.token}]"
    context = {"subject": subject, "reply_link": _reply_link(envelope.reply_to, subject), "staying": staying}
    return (
        subject,
        re.sub(r"\n{3,}", "\n\n", _render(mail, envelope, "body.txt", context).strip()) + "\n",
        _render(mail, envelope, "body.html", context),
    )


def _render(mail: Mail, envelope: Envelope, name: str, more: Mapping[str, object]) -> str:
    ours = {
        "answers": [word for word in answers(mail) if not word.later],
        "later": [word for word in answers(mail) if word.later],
        "token": envelope.token,
        "uncovered": mail.uncovered.in_full if mail.uncovered else "",
    }
    template = _environment().get_template(f"{mail.kind.value}/{name}")
    return template.render({**mail.context, **ours, **more})


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _headers(envelope: Envelope) -> dict[str, str]:
    answered = envelope.in_reply_to
    automatic = "auto-replied" if answered else "auto-generated"  # RFC 3834
    thread = dict.fromkeys((*envelope.references[-MOST_REFERENCES:], answered))
    told = {
        "Date": format_datetime(envelope.sent_at),
        "Message-ID": envelope.message_id,
        "Reply-To": envelope.reply_to,
        "In-Reply-To": answered if _A_MESSAGE_ID.fullmatch(answered) else "",
        "References": " ".join(one for one in thread if _A_MESSAGE_ID.fullmatch(one)),
        "Auto-Submitted": automatic if envelope.auto_submitted else "",
        "X-Auto-Response-Suppress": "All" if envelope.auto_submitted else "",
    }
    return {name: value for name, value in told.items() if value}


def _address(contact: Contact) -> str:
    """The contact for a header. A line break in a name becomes a space; in an address it is refused.

    Raises:
        ValueError: the address has not the form local@domain.
    """
    if not re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+", contact.email):
        raise ValueError(f"not an address: {contact.email!r}")
    local, _, domain = contact.email.rpartition("@")
    return headers.address(_one_line(contact.name), f"{local}@{domain.encode('idna').decode()}")


def _one_line(text: str) -> str:
    """The text without line breaks or control characters, its spaces single, at most 120 characters."""
    line = " ".join("".join(char if char.isprintable() else " " for char in str(text)).split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"


def _reply_link(reply_to: str, subject: str) -> str:
    """The beginning of a link that opens a ready reply; the answer's words are to follow, quoted."""
    return f"mailto:{quote(reply_to, safe='@+')}?subject={quote('Re: ' + subject)}&body="
