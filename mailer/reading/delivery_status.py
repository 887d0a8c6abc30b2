"""The machine's part of a delivery report: which addresses were not reached (RFC 3464, RFC 6533).

Refuses to know the rest of the mail.
"""

import re

from mailer.reading.addresses import ADDRESS
from mailer.reading.headers import Headers, decoded
from procedure.correspondence.machines import Undelivered

MOST_RECIPIENTS = 100
LONGEST_WORDS = 300

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_UNDELIVERED = frozenset({"failed", "delayed"})


def undelivered_of(content: bytes) -> tuple[Undelivered, ...]:
    """The recipients that the report calls failed or delayed, in its order; none where all were reached."""
    groups = re.split(rb"\r?\n[ \t]*\r?\n", content)[: MOST_RECIPIENTS + 1]
    told = (_undelivered(Headers(group)) for group in groups)
    return tuple(one for one in told if one)


def _undelivered(fields: Headers) -> Undelivered | None:
    address = _address(fields.plain("original-recipient")) or _address(fields.plain("final-recipient"))
    action = fields.plain("action").split("(")[0].strip().lower() or _action_of(fields.plain("status"))
    if not address or action not in _UNDELIVERED:
        return None
    return Undelivered(address, action == "failed", _status(fields), _words(fields))


def _action_of(status: str) -> str:
    """What a report without the word means."""
    return {"5": "failed", "4": "delayed"}.get(status[:1], "")


def _address(field: str) -> str:
    """The address behind its kind (`rfc822; a@b`), in lower case."""
    kind, _, value = field.rpartition(";")
    if kind.strip().lower() == "rfc822":
        value = _XTEXT.sub(_character, value)
    found = ADDRESS.search(value)
    return found.group().lower() if found else ""


def _character(found: re.Match[str]) -> str:
    """What `+2B` stands for; a plus of the address itself is rarely followed by such a number."""
    char = chr(int(found.group(1), 16))
    return char if char in "+=" else found.group()


def _status(fields: Headers) -> str:
    """The status; the one that the other server gave where ours says nothing by it (`5.0.0`)."""
    found = _STATUS.search(fields.plain("status"))
    told = _STATUS.search(fields.plain("diagnostic-code"))
    if told and (found is None or found.group(1).endswith(".0.0")):
        return told.group(1)
    return found.group(1) if found else ""


def _words(fields: Headers) -> str:
    words = decoded(fields.plain("diagnostic-code"))
    return re.sub(r"^[\w-]{1,20}\s*;\s*", "", words)[:LONGEST_WORDS]
