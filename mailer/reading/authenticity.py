"""What our receiving server found of a sender: its `Authentication-Results` (RFC 8601), and no other's.

Of these the topmost only: a server writes above what came with the mail, and one below it may be forged.
Refuses to check a signature itself.
"""

import re

from mailer.reading.headers import Headers, without_comments
from procedure.correspondence.authenticity import Authentic, verdict

MICROSOFT = "microsoft365"
"""What the settings say where the server is Exchange Online, which signs these headers with no name."""

_PIECE = re.compile(r'(?:[^;"]|"[^"]*"?)+')
_RESULT = re.compile(r"\s*([\w-]+)(?:/\d+)?\s*=\s*([\w-]+)(.*)", re.DOTALL)
_PROPERTY = re.compile(r"\b(?:(\w+)\.)([\w-]+)\s*=\s*(\"[^\"]*\"|[^\s;]+)")


def authenticity_of(headers: Headers, sender: str, trusted: str) -> Authentic:
    """What the server that the settings trust says of the sender's domain.

    Args:
        headers: of the mail as it came, the envelope's of a PEC.
        sender: the bare address of From.
        trusted: the server's name in these headers (authserv-id); empty where none is trusted.
    """
    said = _said_by(headers, trusted.casefold()) if trusted else None
    if said is None or not sender:
        return Authentic.UNKNOWN
    return verdict(sender.rpartition("@")[2], said)


def _said_by(headers: Headers, trusted: str) -> list[tuple[str, str, dict[str, str]]] | None:
    """Each method with its result and its properties, of the topmost header of this server."""
    name = "" if trusted == MICROSOFT else trusted
    for value in headers.every("authentication-results"):
        server, results = _parts(without_comments(value))
        if server == name:
            return results
    return None


def _parts(value: str) -> tuple[str, list[tuple[str, str, dict[str, str]]]]:
    first, *others = _PIECE.findall(value) or [""]
    words = first.replace('"', " ").split()
    server = "" if "=" in first or not words else words[0].casefold()
    texts = others if server else [first, *others]
    return server, [result for text in texts if (result := _result(text))]


def _result(text: str) -> tuple[str, str, dict[str, str]] | None:
    found = _RESULT.fullmatch(text)
    if not found:
        return None
    method, result, rest = found.groups()
    properties = {
        f"{kind}.{name}".lower(): value.strip('"').lower() for kind, name, value in _PROPERTY.findall(rest)
    }
    return method.lower(), result.lower(), properties
