"""What is new in a reply: its text parted from the mail it answers, the signature and what programs add.

Nothing is deleted: every line is told as one of three parts. Only `new` may be read for commands. Knows no
language in particular: `quoting` has the marks of the common programs in seven. Refuses to know what the text
means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailer.reading.quoting.quotations import is_quoted, quoted
from mailer.reading.quoting.signatures import Part, parts_of

LONGEST = 100_000
"""Characters that are looked at; what stands beyond is set aside."""

_ITEM = re.compile(r"[-•*·]\s+(?P<name>[^:]{1,40}):.*")
_REFERENCE = re.compile(r"\s*(?:Riferimento:\s*)?\[#[a-z0-9]{16,60}\]\s*", re.IGNORECASE)
"""Our own, as a ready reply carries it."""

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
"""Characters of no width, which hide a word from who looks for it: they are taken out."""


@dataclass(frozen=True, slots=True)
class Between:
    """What the sender wrote beneath a quoted line: that line without its mark, and the words."""

    quoted: str
    words: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A mail's text in three parts, each with its lines in their order; together they have every word.

    Attributes:
        new: what the sender wrote, above their farewell. The only part that may say what was done.
        signed: from the farewell or the name down. Mostly a signature, "Ok Arredamenti S.r.l." among it, now
            and then a sentence: people may read it, `understand` never does.
        aside: quotations, footers, disclaimers, and the signature that a program marked as one.
        between: where the sender answered between the quoted lines, which lines they answered.
    """

    new: str
    signed: str = ""
    aside: str = ""
    between: tuple[Between, ...] = ()

    @property
    def beside(self) -> str:
        """`new`, its answers under the items of a quoted list beside their names (`PEC: no`); else empty."""
        named = [(_ITEM.fullmatch(each.quoted[:200]), each.words) for each in self.between]
        if not any(found for found, _ in named):
            return ""
        above = self.new.removesuffix("\n\n".join(words for _, words in named)).strip()
        said = (f"{found['name']}: {words}" if found else words for found, words in named)
        return "\n".join(filter(None, (above, *said)))


def part(text: str, writer: str = "") -> Parted:
    """The text of a mail in its parts; linear in its length, whatever it is.

    Args:
        text: plain, or as `markup.text_of` gives it.
        writer: the name and the address it comes from: a line of these names alone is a signature.
    """
    lines = _lines(text[:LONGEST])
    parts = _parts(lines, writer)
    by_part = {
        wanted: _joined(line for line, its in zip(lines, parts, strict=True) if its is wanted)
        for wanted in Part
    }
    return Parted(
        by_part[Part.NEW],
        by_part[Part.SIGNED],
        "\n".join(filter(None, (by_part[Part.ASIDE], text[LONGEST:]))),
        tuple(_between(lines, parts)),
    )


def new_text(text: str, writer: str = "") -> str:
    """The lines that the sender wrote, those below a quotation included; empty where there are none."""
    return part(text, writer).new


def first_line(text: str) -> str:
    """The first line that says something."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")


def _lines(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(INVISIBLE)
    return plain.split("\n")


def _parts(lines: list[str], writer: str) -> list[Part]:
    """What each line is: the quoted ones first, then what stands between them, each block by itself."""
    parts = [
        Part.ASIDE if its or _REFERENCE.fullmatch(line[:100]) else Part.NEW
        for its, line in zip(quoted(lines), lines, strict=True)
    ]
    start = 0
    for at, its in enumerate([*parts, Part.ASIDE]):
        if its is Part.ASIDE:
            parts[start:at] = parts_of(lines[start:at], writer)
            start = at + 1
    return parts


def _joined(lines: Iterator[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def _between(lines: list[str], parts: list[Part]) -> Iterator[Between]:
    above, words = "", list[str]()
    for line, its in zip(lines, parts, strict=True):
        if its is Part.NEW and line.strip() and above:
            words.append(line.strip())
        elif is_quoted(line) and line.strip(" >\t"):
            if words:
                yield Between(above, "\n".join(words))
            above, words = line.strip(" >\t"), []
    if words:
        yield Between(above, "\n".join(words))
