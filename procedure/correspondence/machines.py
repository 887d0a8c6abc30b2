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
_DAEMONS = re.compile(r"(?:mail(?:er)?-daemon|postmaster|microsoftexchange[0-9a-f]+)[+@]", re.IGNORECASE)
_NO_REPLY = re.compile(r"(?:[a-z]{1,20}[.-])?(?:no-?reply|do-?not-?reply|non-?rispondere)[+@]", re.IGNORECASE)
_AWAY = re.compile(
    r"\s*(?:(?:automatic|auto)[ -]?(?:reply|response)\b|out of (?:the )?office|vacation reply|auto:"
    r"|(?:risposta|risponditore|messaggio|assenza) automatic[ao]|autorisposta"
    r"|fuori (?:sede|ufficio)|assen(?:za|te) d(?:al|all)['’ ]\s?ufficio|ricevuta di ritorno automatica"
    r"|automatische antwort|abwesenheit|r[ée]ponse automatique|absence du bureau|respuesta autom[áa]tica)",
    re.IGNORECASE,
)
_UNDELIVERED = re.compile(
    r"\s*(?:undeliver|returned mail|failure notice|mail delivery|delivery (?:status|failure|has failed)"
    r"|(?:mail|message) (?:not delivered|delivery|status)|warning: (?:message|could not send)"
    r"|delivery (?:delayed|notification)|address not found|delayed mail"
    r"|(?:notifica di )?manca(?:to|ta) (?:recapito|consegna)|notifica di mancat[oa] (?:recapito|consegna)"
    r"|non recapita|impossibile (?:recapitare|consegnare)|messaggio non (?:recapitato|consegnato)"
    r"|rapporto di mancato recapito|notifica (?:sullo|di|dello) stato|indirizzo non trovato"
    r"|recapito (?:ritardato|non riuscito)|consegna (?:ritardata|fallita|non riuscita)|ritardo nel recapito"
    r"|unzustellbar|non remis|no se puede entregar)",
    re.IGNORECASE,
)
_MARKS = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-vacation",
    "x-ricevuta", "x-failed-recipients",
)  # fmt: skip


def is_machine(headers: Mapping[str, str]) -> str | None:
    """The reason to think that a machine wrote it, or None (RFC 3834 and what programs do instead).

    `X-Auto-Response-Suppress` alone is no reason: Exchange puts it on what people write.

    Args:
        headers: names in lower case; From as its bare address, Subject decoded; a missing one absent.
    """
    if headers.get("auto-submitted", "no").split(";")[0].split("(")[0].strip().casefold() not in {"no", ""}:
        return "auto-submitted"
    if headers.get("precedence", "").strip().casefold() in _BULK:
        return "precedence"
    for name in _MARKS:
        if name in headers:
            return name
    if headers.get("return-path", "x").strip() in {"", "<>"}:
        return "return-path"
    if headers.get("content-type", "").strip().casefold().startswith("multipart/report"):
        return "report"
    sender = headers.get("from", "")
    if is_daemon(sender) or _NO_REPLY.match(sender):
        return "from"
    subject = headers.get("subject", "")
    return "subject" if _AWAY.match(subject) or is_undelivered(subject) else None


def is_daemon(address: str) -> bool:
    """True of the addresses that mail servers write from."""
    return _DAEMONS.match(address) is not None


def is_undelivered(subject: str) -> bool:
    """True of a subject that servers give to what comes back; what a person answers or forwards is none."""
    return _UNDELIVERED.match(subject) is not None
