"""A mail that came back: which addresses it did not reach, for good or not yet, why, and which mail it was.

Half of them say it in a form of their own (RFC 3464), the others in words only, in as many ways as there are
servers. Refuses to know what then happens to the address.
"""

import re

from mailer.reading.addresses import ADDRESS, addresses_in
from mailer.reading.charsets import text_of_bytes
from mailer.reading.delivery_status import undelivered_of
from mailer.reading.headers import MOST_BYTES, Headers, head_and_body
from mailer.reading.parts import Part
from procedure.correspondence.machines import (
    Bounced,
    Undelivered,
    is_daemon,
    is_machine,
    is_undelivered,
)

MOST_ADDRESSES = 20
LONGEST_WORDS = 300
LONGEST_TEXT = 20_000

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"\b([45])\d\d\b[ -]")
_FAILED = re.compile(
    r"could ?n[o']t be delivered|(?:not|un)(?: be)?(?: able to)? ?deliver"
    r"|delivery (?:has )?(?:failed|failure)"
    r"|permanent (?:fatal )?error|returned to sender|user unknown|no such user|mailbox (?:full|unavailable)"
    r"|non (?:è|e['’]) stat[oa] (?:possibile )?(?:recapitar|recapitat|consegnar|consegnat|inviar)"
    r"|impossibile (?:recapitare|consegnare|inviare)|non (?:ha|hanno) ricevuto"
    r"|mancat[oa] (?:recapito|consegna)"
    r"|non recapitat|non consegnat|sconosciut|inesistente|casella (?:è )?piena|indirizzo non trovato",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"will (?:keep|continue) (?:on )?(?:trying|to (?:try|be retried))|warning message only|has been delayed"
    r"|has not yet been delivered|do not need to resend|delivery (?:is )?delayed"
    r"|temporary (?:problem|failure)"
    r"|ancora stato (?:recapitato|consegnato)|(?:ri)?prover(?:à|emo|anno)|nuovi tentativi"
    r"|(?:recapito|consegna) (?:è |del messaggio )?(?:in ritardo|ritardat)"
    r"|non (?:è )?necessario (?:ri|re)invia",
    re.IGNORECASE,
)
_COPY_BEGINS = re.compile(
    r"^(?:-{2,3} below this line|-{2,} this is a copy|-{3,} ?original message"
    r"|-{3,} ?the header of the original"
    r"|-{3,} ?messaggio originale|-{3,} ?return(?:ed)? message|-{3,} ?forwarded message"
    r"|original message headers|intestazioni (?:del messaggio )?originali"
    r"|(?:return-path|received|message-id): )",
    re.IGNORECASE | re.MULTILINE,
)
_MESSAGE_ID = re.compile(r"^[ \t>]*message-id:\s*(<[^<>\s]{1,300}>)", re.IGNORECASE | re.MULTILINE)
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
_STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})


def bounced(mail: Part, sender: str, subject: str, body: str) -> Bounced | None:
    """What could not be delivered; None where the mail does not tell of such."""
    from_a_server = _comes_from_a_server(mail.headers, sender, subject)
    status = next((part for part in mail.walk() if part.media_type in _STATUSES), None)
    if status and (from_a_server or mail.media_type == "multipart/report"):
        told = undelivered_of(status.content(MOST_BYTES))
        return Bounced("delivery-status", told, _message_id(mail, body)) if told else None
    if not from_a_server or not _says_so(subject, body):
        return None
    return Bounced("bounce", _in_words(mail, sender, body[:LONGEST_TEXT]), _message_id(mail, body))


def returned_head(mail: Part) -> str:
    """The headers of the mail that came back, as they are; empty where it did not come with it."""
    part = next((part for part in mail.walk() if part.media_type in _RETURNED), None)
    if part is None:
        return ""
    raw = part.content(MOST_BYTES)
    return text_of_bytes(raw[: head_and_body(raw, 0, len(raw))[1]])


def _comes_from_a_server(headers: Headers, sender: str, subject: str) -> bool:
    """True of a daemon's mail; a subject alone does not make one."""
    if "x-failed-recipients" in headers or is_daemon(sender):
        return True
    return is_undelivered(subject) and bool(is_machine({**headers.firsts(), "from": sender, "subject": ""}))


def _says_so(subject: str, body: str) -> bool:
    text = body[:LONGEST_TEXT]
    return is_undelivered(subject) or bool(_FAILED.search(text) or _NOT_YET.search(text))


def _in_words(mail: Part, sender: str, body: str) -> tuple[Undelivered, ...]:
    """The addresses that the words name, each with what is said behind it."""
    copy = _COPY_BEGINS.search(body)
    text = body[: copy.start()] if copy else body
    later = bool(_NOT_YET.search(text)) and "given up" not in text.casefold()
    failed = _addresses(mail, sender, text)
    return tuple(_undelivered(address, _behind(address, failed, text), later=later) for address in failed)


def _behind(address: str, failed: list[str], text: str) -> str:
    """What is said of one address: what stands behind it, until the next one; all, where it is not named."""
    lowered = text.lower()
    at = lowered.find(address)
    if at < 0:
        return text
    begins = at + len(address)
    others = (lowered.find(other, begins) for other in failed if other != address)
    return text[begins : min((end for end in others if end > 0), default=len(text))]


def _addresses(mail: Part, sender: str, text: str) -> list[str]:
    """Those that a header names; else those in the text that the mail went to; else all but the servers'."""
    named = addresses_in(mail.headers, "x-failed-recipients")
    said = list(dict.fromkeys(found.group().lower().strip(".'") for found in ADDRESS.finditer(text)))
    head = Headers(returned_head(mail).encode())
    went_to = {*addresses_in(head, "to"), *addresses_in(head, "cc")}
    own = {sender, *addresses_in(mail.headers, "to"), *addresses_in(head, "from")}
    others = [one for one in said if one not in own and not is_daemon(one)]
    chosen = list(dict.fromkeys(named)) or [one for one in others if one in went_to] or others
    return chosen[:MOST_ADDRESSES]


def _undelivered(address: str, said: str, *, later: bool) -> Undelivered:
    status = _STATUS.search(said)
    code = _CODE.search(said)
    first = status.group(1)[0] if status else code.group(1) if code else "5"
    words = " ".join(said[:2_000].split()).lstrip(">):;,. ")[:LONGEST_WORDS]
    return Undelivered(address, first == "5" and not later, status.group(1) if status else "", words)


def _message_id(mail: Part, body: str) -> str:
    """Of the mail that came back: from its own headers, from the copy in the text, from what this answers."""
    head = returned_head(mail)
    for text in (head, body):
        if found := _MESSAGE_ID.search(text):
            return found.group(1)
    answers = mail.headers.first_id("in-reply-to") or next(iter(mail.headers.ids("references", 1)), "")
    return answers or mail.headers.first_id("x-original-message-id")
