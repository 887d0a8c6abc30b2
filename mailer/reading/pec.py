"""PEC, the certified mail (RFC 6109): its envelope opened, one level; its receipts told for what they are.

Anybody can write these headers, and the provider's signature is not checked here: that a letter came by PEC
is shown, never trusted. Refuses to know what a receipt changes.
"""

import html
import re

from mailer.reading.addresses import ADDRESS
from mailer.reading.charsets import text_of_bytes
from mailer.reading.headers import Headers
from mailer.reading.parts import Part
from procedure.correspondence.machines import Receipt

LONGEST_DATA = 100_000
MOST_ADDRESSES = 100

_ENVELOPES = frozenset({"posta-certificata", "errore"})
_ELEMENT = re.compile(r"<(consegna|ricezione|destinatari|msgid)\b[^<>]{0,200}>([^<>]{1,1000})</\1\s*>")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")


def is_envelope(headers: Headers) -> bool:
    """True of a mail that carries another one: by PEC, or (`errore`) by ordinary mail to a box of PEC."""
    return _transport(headers) in _ENVELOPES


def is_certified(headers: Headers) -> bool:
    """True of an envelope whose content came by PEC."""
    return _transport(headers) == "posta-certificata"


def inside(envelope: Part) -> bytes | None:
    """The mail that its sender wrote; None where the envelope is empty."""
    mails = [part for part in envelope.walk() if _is_mail(part)]
    named = [part for part in mails if part.name.lower() == "postacert.eml"]
    return (named or mails)[0].content() if mails else None


def receipt(mail: Part) -> Receipt | None:
    """The receipt that the mail is, if it is one."""
    kind = mail.headers.plain("x-ricevuta").lower()[:40]
    if not kind:
        return None
    data = _data(mail)
    said = data.get("msgid", [""])[0]
    found = _MESSAGE_ID.search(mail.headers.plain("x-riferimento-message-id") or said)
    return Receipt(kind, found.group() if found else "", _addresses(data))


def _transport(headers: Headers) -> str:
    return headers.plain("x-trasporto").lower()


def _is_mail(part: Part) -> bool:
    return part.media_type == "message/rfc822" or part.name.lower() == "postacert.eml"


def _data(mail: Part) -> dict[str, list[str]]:
    """What daticert.xml says, by element. Looked through and not parsed: there is nothing to expand."""
    part = next((part for part in mail.walk() if part.name.lower() == "daticert.xml"), None)
    text = text_of_bytes(part.content(LONGEST_DATA)) if part else ""
    said: dict[str, list[str]] = {}
    for name, value in _ELEMENT.findall(text):
        said.setdefault(name, []).append(html.unescape(value).strip())
    return said


def _addresses(data: dict[str, list[str]]) -> tuple[str, ...]:
    """Whom the receipt speaks of: the box it tells of, where it tells of one, else all it went to."""
    told = data.get("consegna") or data.get("ricezione") or data.get("destinatari", [])
    return tuple(dict.fromkeys(one.lower() for one in told if ADDRESS.fullmatch(one)))[:MOST_ADDRESSES]
