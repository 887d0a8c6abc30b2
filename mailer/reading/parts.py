"""The parts of a mail: a tree of places in its bytes, nothing copied, nothing decoded until it is asked for.

Its own walk over the bytes and not the library's parser, which makes a line object of each line: twenty-five
million of them in a mail of empty lines. Each level of nesting is searched once, and there are caps on the
levels and on the parts. Refuses to know what a part is for.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mailer.reading.charsets import text_of_bytes
from mailer.reading.headers import Headers, head_and_body
from mailer.reading.parameters import valued

MOST_PARTS = 100
DEEPEST = 20

_WORDS = re.compile(rb"[.,;:!?']|\w \w{1,20} \w")


class UnreadableError(Exception):
    """A mail that cannot be read whole. Its text says why, in one word: `too_many_parts`, `too_deep`."""


@dataclass(frozen=True)
class Part:
    """One part of a mail.

    Attributes:
        number: its place among the parts, the mail itself being 0, each before those inside it.
        encoded: its body, as it stands in the mail.
        children: of a multipart.
        parent: the type of what it stands in; empty of the mail itself.
    """

    number: int
    headers: Headers
    encoded: memoryview
    media_type: str
    parameters: dict[str, str]
    children: tuple["Part", ...] = ()
    parent: str = ""

    def walk(self) -> Iterator["Part"]:
        """This part, and all inside it, by number."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def is_multipart(self) -> bool:
        """True of what only holds other parts."""
        return self.media_type.startswith("multipart/")

    @cached_property
    def disposition(self) -> str:
        """`attachment`, `inline`, or empty."""
        return valued(self.headers.plain("content-disposition")).value

    @cached_property
    def name(self) -> str:
        """The name of the file that it is, as its sender wrote it; empty where it has none."""
        disposition = valued(self.headers.plain("content-disposition")).parameters
        return disposition.get("filename") or self.parameters.get("name", "")

    def content(self, most: int | None = None) -> bytes:
        """The bytes that it is, base64 or quoted-printable undone, broken or not; about the first `most`."""
        raw = bytes(self.encoded if most is None else self.encoded[: most * 4 // 3])
        encoding = self.headers.plain("content-transfer-encoding").lower()
        if encoding.startswith("base64"):
            return _from_base64(raw)
        return binascii.a2b_qp(raw) if encoding.startswith("quoted-printable") else raw

    def text(self, most: int) -> str:
        """At most `most` characters of the text that it is."""
        raw = bytes(self.encoded[:most]) if self._is_no_base64 else self.content(most)
        return text_of_bytes(raw, self.parameters.get("charset", ""))[:most]

    @property
    def _is_no_base64(self) -> bool:
        """True of what says it is base64 and reads as words."""
        declared = self.headers.plain("content-transfer-encoding").lower()
        return declared.startswith("base64") and bool(_WORDS.search(self.encoded[:1_000]))


def _from_base64(raw: bytes) -> bytes:
    try:
        return binascii.a2b_base64(raw + b"===")
    except binascii.Error:  # one letter over: cut off on the way
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4])


def parts_of(raw: bytes) -> Part:
    """The mail as a tree of parts.

    Raises:
        UnreadableError: it has too many parts, or too deep ones.
    """
    return _Walk(raw).part(0, len(raw), 0, "")


class _Walk:
    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._view = memoryview(raw)
        self._made = 0

    def part(self, start: int, end: int, depth: int, parent: str) -> Part:
        number = self._made
        self._made += 1
        if self._made > MOST_PARTS:
            raise UnreadableError("too_many_parts")
        if depth > DEEPEST:
            raise UnreadableError("too_deep")
        headers, body = head_and_body(self._raw, start, end)
        content_type = valued(headers.plain("content-type"))
        media_type = _media_type(content_type.value, parent)
        children: tuple[Part, ...] = ()
        if media_type.startswith("multipart/"):
            ranges = self._inside(body, end, content_type.parameters.get("boundary", ""))
            children = tuple(self.part(*each, depth + 1, media_type) for each in ranges)
        return Part(
            number, headers, self._view[body:end], media_type, content_type.parameters, children, parent
        )

    def _inside(self, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
        """Where each part between two boundaries begins and ends."""
        opened = -1
        for at, after, is_last in self._delimiters(start, end, boundary):
            if opened >= 0:
                yield opened, self._line_end_before(at, opened)
            opened = -1 if is_last else after
            if is_last:
                return
        if opened >= 0:  # cut off
            yield opened, end

    def _delimiters(self, start: int, end: int, boundary: str) -> Iterator[tuple[int, int, bool]]:
        """Each line that is the boundary: where it begins, where the next does, and if it is the last."""
        if not boundary or not start:
            return
        line = rb"\n--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?(?:\n|\Z)"
        found = re.compile(line).search(self._raw, start - 1, end)
        while found:
            yield found.start() + 1, found.end(), bool(found.group(1))
            found = found.re.search(self._raw, found.end() - 1, end)

    def _line_end_before(self, at: int, opened: int) -> int:
        """The line end before a boundary belongs to the boundary."""
        at -= 1 if at > opened and self._raw[at - 1] == 0x0A else 0
        return at - 1 if at > opened and self._raw[at - 1] == 0x0D else at


def _media_type(declared: str, parent: str) -> str:
    """What the part says it is; a text where it says nothing that can be read."""
    if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", declared):
        return declared
    return "message/rfc822" if parent == "multipart/digest" else "text/plain"
