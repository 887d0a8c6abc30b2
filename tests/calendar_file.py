"""A calendar file as a calendar reads it (RFC 5545): unfolded, unescaped, held to its rules.

Written from the RFC, for the tests of whoever writes one.
"""

import re
from datetime import UTC, datetime

Event = dict[str, str]


def parsed(raw: bytes) -> tuple[str, Event]:
    """The method and the properties of the one event."""
    assert b"\r" not in raw.replace(b"\r\n", b""), "lines end in CRLF"
    assert raw.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "a line has at most 75 octets"
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two
    lines = raw.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    inside = lines[lines.index("BEGIN:VEVENT") + 1 : lines.index("END:VEVENT")]
    head = dict(line.split(":", 1) for line in lines[1 : lines.index("BEGIN:VEVENT")])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    event = dict(line.split(":", 1) for line in inside)
    assert len(event) == len(inside), "each property once"
    assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "ORGANIZER"} <= set(event)
    return head["METHOD"], event


def text(value: str) -> str:
    """A TEXT value as people read it; every mark that must be escaped was."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def moment(value: str) -> datetime:
    """A UTC time."""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
