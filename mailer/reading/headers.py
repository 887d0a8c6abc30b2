"""The headers of a mail or of one of its parts: capped, in one line each, decoded on demand. Never a fault.

`email.policy.default` is not used: a crafted To or Subject kills it. Refuses to know what a header means.
"""

import binascii
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header

from mailer.reading.charsets import text_of_bytes

MOST_BYTES = 131_072
LONGEST_VALUE = 8_000
DEEPEST_COMMENT = 5

_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|\([^()]*\)')


class Headers:
    """Headers by name in lower case, those of one name in the order they stand, the topmost first."""

    def __init__(self, block: bytes = b"") -> None:
        self._all: dict[str, list[bytes]] = {}
        for name, value in _fields(block[:MOST_BYTES]):
            self._all.setdefault(name.decode().lower(), []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._all

    def __len__(self) -> int:
        return len(self._all)

    def plain(self, name: str) -> str:
        """The first header of this name, its encoded words as they are; empty where there is none."""
        return _clean(self._all[name][0]) if name in self._all else ""

    def decoded(self, name: str) -> str:
        """The first header of this name, its encoded words read."""
        return decoded(self.plain(name))

    def every(self, name: str) -> list[str]:
        """All headers of this name, as `plain` gives them."""
        return [_clean(value) for value in self._all.get(name, ())]

    def ids(self, name: str, most: int) -> list[str]:
        """The Message-IDs in a header, the last `most` of them."""
        return _MESSAGE_ID.findall(self.plain(name))[-most:]

    def first_id(self, name: str) -> str:
        """The Message-ID in a header; empty where there is none."""
        return next(iter(_MESSAGE_ID.findall(self.plain(name))), "")

    def firsts(self) -> dict[str, str]:
        """The first header of each name, as `plain` gives it."""
        return {name: self.plain(name) for name in self._all}


def head_and_body(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body after them begins.

    A line that is no header ends them too, as every server has it.
    """
    at = start
    while at < end:
        line_end = raw.find(b"\n", at, end) + 1 or end
        if raw[at : at + 2] == b"\r\n" or raw[at] == 0x0A:
            return Headers(raw[start:at]), line_end
        if not _belongs(raw, at, start):
            break
        at = line_end
        if at - start > MOST_BYTES:
            return Headers(raw[start:at]), _after_blank(raw, at, end)
    return Headers(raw[start:at]), at


def _belongs(raw: bytes, at: int, start: int) -> bool:
    """True of a header's first line, of its continuation, and of the line that mbox files begin with."""
    if at > start and raw[at] in b" \t":
        return True
    return bool(_FIELD.match(raw, at)) or (at == start and raw.startswith((b"From ", b">From "), at))


def _after_blank(raw: bytes, at: int, end: int) -> int:
    blank = re.compile(rb"\n\r?\n").search(raw, at - 1, end)
    return blank.end() if blank else end


def _fields(block: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and values, folded lines put together."""
    for field in re.split(rb"\n(?![ \t])", block):
        if match := _FIELD.match(field):
            yield match.group(1), field[match.end() : match.end() + LONGEST_VALUE]


def _clean(value: bytes) -> str:
    return _one_line(text_of_bytes(value))


def _one_line(text: str) -> str:
    """In one line, its spaces single; what is not to be shown (controls, marks of direction) is a space."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return " ".join("".join(char if char.isprintable() else " " for char in line).split())


def decoded(value: str) -> str:
    """A header's value, its encoded words read."""
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, binascii.Error):
        return value
    words = (
        piece if isinstance(piece, str) else text_of_bytes(piece, charset or "") for piece, charset in pieces
    )
    return _one_line("".join(words))


def without_comments(value: str) -> str:
    """A header's value without what stands in round brackets; unless in quotes, or never closed."""
    for _ in range(DEEPEST_COMMENT):
        shorter = _COMMENT.sub(lambda found: found.group() if found.group()[0] == '"' else " ", value)
        if shorter == value:
            break
        value = shorter
    return value
