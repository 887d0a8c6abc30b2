"""The files that came with a mail: their safe names, what they really are, and which are not taken.

The logos of a signature are none, nor is what only seals or describes the mail. Refuses to open a file and to
keep one.
"""

import re
from collections.abc import Iterator
from hashlib import sha256

from mailer.reading.body import is_body
from mailer.reading.file_names import safe_name
from mailer.reading.file_types import FileType, extension_of, type_of
from mailer.reading.parts import Part
from mailer.reading.winmail import is_winmail, names_in
from procedure.correspondence.enclosures import Enclosure, Refused, within_limits

LARGEST_LOGO = 50_000
"""Bytes; a photograph of a form that can be read has more."""

LONGEST_MARKUP = 1_000_000

_NO_FILES = frozenset(
    {
        "application/pgp-encrypted",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "message/disposition-notification",
        "message/external-body",
        "message/feedback-report",
        "text/calendar",
        "text/rfc822-headers",
    }
)
_OF_THE_BODY = re.compile(r"ATT\d{5,6}\.(?:html?|txt)", re.IGNORECASE)
"""How Exchange calls the rest of a text that has pictures in it."""

_SHOWN = re.compile(r"cid:([^\"'\s<>)]{1,200})", re.IGNORECASE)


def enclosures_of(mail: Part) -> tuple[Enclosure, ...]:
    """The files, those that are refused included, in the order they stand."""
    shown = _shown(mail)
    files = [file for part in mail.walk() if _is_file(part, shown) for file in _files(part)]
    return tuple(within_limits(files))


def _is_file(part: Part, shown: frozenset[str]) -> bool:
    if part.is_multipart or part.media_type in _NO_FILES or is_body(part):
        return False
    if part.number == 0 and part.disposition != "attachment" and not part.name:
        return part.media_type.partition("/")[0] in {"application", "image"}
    return not _OF_THE_BODY.fullmatch(part.name) and not _is_logo(part, shown)


def _is_logo(part: Part, shown: frozenset[str]) -> bool:
    """True of a small picture that the text shows where it stands."""
    if not part.media_type.startswith("image/") or len(part.encoded) * 3 // 4 > LARGEST_LOGO:
        return False
    return part.headers.plain("content-id").strip("<>").lower() in shown


def _shown(mail: Part) -> frozenset[str]:
    """The Content-IDs of the pictures that the HTML shows."""
    markup = (part.text(LONGEST_MARKUP) for part in mail.walk() if part.media_type == "text/html")
    return frozenset(found.lower() for text in markup for found in _SHOWN.findall(text))


def _files(part: Part) -> Iterator[Enclosure]:
    content = part.content()
    if is_winmail(content) or part.name.lower() == "winmail.dat":
        for name in names_in(content) or [part.name]:
            yield _enclosure(part, name, content, FileType("application/ms-tnef", (), Refused.WINMAIL))
    elif part.media_type == "message/rfc822":
        yield _enclosure(part, part.name or "messaggio", content, FileType(part.media_type, ("eml",)))
    else:
        yield _enclosure(part, part.name, content, type_of(content, part.name, part.media_type))


def _enclosure(part: Part, name: str, content: bytes, file_type: FileType) -> Enclosure:
    extensions = file_type.extensions or _usual(part, name)
    return Enclosure(
        part=part.number,
        name=safe_name(name, part.number, extensions),
        media_type=file_type.media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        refused=str(file_type.refused),
    )


def _usual(part: Part, name: str) -> tuple[str, ...]:
    """For a file without an extension: the one of the type that the mail gives it, where that is known."""
    if extension_of(name):
        return ()
    known = {"text/plain": "txt", "text/csv": "csv", "text/html": "html", "application/pdf": "pdf"}
    return (known[part.media_type],) if part.media_type in known else ()
