"""An appointment as a calendar file (RFC 5545), for whatever calendar its person keeps.

Twenty lines of it are enough, and a calendar library's seven megabytes stay out (docs/decisions/0022). Times
are UTC, so no time zone need be described: every calendar shows its own. Refuses to know mails.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from mailer.papers.paper import Paper
from procedure.notices import Json

LINE: Final = 75
"""Octets of a line, its break not counted (3.1)."""

_ESCAPED: Final = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


def calendar_entry(context: Mapping[str, Json], made_at: datetime) -> Paper:
    """The entry of `context["event"]`: published, or taken back. A later one of the same `uid` replaces it.

    Raises:
        KeyError, TypeError, ValueError: something is missing in the context.
    """
    event: Any = context["event"]
    method = "CANCEL" if event["cancelled"] else "PUBLISH"
    lines = "".join(f"{_folded(line)}\r\n" for line in _lines(event, method, made_at))
    parameters = {"charset": "utf-8", "method": method}
    return Paper("appuntamento.ics", lines.encode(), "text", "calendar", parameters)


def _lines(event: Mapping[str, Any], method: str, made_at: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dopovisita//Appuntamenti//IT")
    yield from (f"METHOD:{method}", "BEGIN:VEVENT", f"UID:{_text(event['uid'])}")
    yield from (f"SEQUENCE:{int(event['sequence'])}", f"DTSTAMP:{_utc(made_at)}")
    yield f"DTSTART:{_utc(datetime.fromisoformat(event['starts_at']))}"
    yield f"DTEND:{_utc(datetime.fromisoformat(event['ends_at']))}"
    yield f"ORGANIZER:mailto:{event['keeper']}"
    if event["cancelled"]:
        yield f"ATTENDEE:mailto:{event['keeper']}"  # RFC 5546, 3.2.5: from whose calendar it goes
    for name in ("summary", "location", "description"):
        if event[name]:
            yield f"{name.upper()}:{_text(event[name])}"
    yield f"STATUS:{'CANCELLED' if event['cancelled'] else 'CONFIRMED'}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of type TEXT (3.3.11): its marks escaped, without the control characters it may not have."""
    seen = "".join(char for char in value if char in "\n\t" or char.isprintable())
    return seen.translate(_ESCAPED)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none inside a character; each goes on after a space (3.1)."""
    pieces, piece = [], ""
    for char in line:
        if len((piece + char).encode()) > LINE:
            pieces.append(piece)
            piece = " "
        piece += char
    return "\r\n".join([*pieces, piece])
