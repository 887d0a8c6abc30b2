"""What machines write to us: automatic answers, mails that could not be delivered, receipts of PEC, our own.

None of them is a reply: none has an effect on a visit. Refuses to know how headers are read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Automatic:
    """A program answered for its owner. `reason` names what told; `text` may tell of an absence."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An address that a mail did not reach: for good or not, the status (`5.1.1`, or empty), the words."""

    address: str
    permanent: bool
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Bounced:
    """A mail could not be delivered. `message_id`: of ours, in its angle brackets, where it says so."""

    reason: str
    undelivered: tuple[Undelivered, ...] = ()
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt of PEC (RFC 6109): which (`accettazione`, `avvenuta-consegna`, …), of what mail of ours."""

    kind: str
    message_id: str = ""
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Own:
    """A mail of ours came back to us."""

    message_id: str = ""


Machine: TypeAlias = Automatic | Bounced | Receipt | Own


def reason_of(machine: Machine) -> str:
    """The reason a letter of a machine is set aside with."""
    match machine:
        case Automatic(reason) | Bounced(reason):
            return reason
        case Receipt(kind):
            return f"receipt: {kind}"
        case Own():
            return "own"


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
