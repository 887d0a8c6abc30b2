"""Did a machine write it? Told by the headers of a letter. Refuses to know how they are read."""

import re
from collections.abc import Mapping

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
