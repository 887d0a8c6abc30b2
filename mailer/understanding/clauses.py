"""A reply's text in sentences, without its signature, and each in the pieces that commas and links part.

Refuses to know what any of them says.
"""

import re
from collections.abc import Iterator
from typing import Final

from mailer.understanding.courtesy import is_parting, unsigned
from mailer.understanding.folded import Folded, fold

LONGEST: Final = 4_000
"""Characters that are read; who writes more is read by a person."""

WRAPPED: Final = 60
"""A line of so many characters was probably folded by the mail program, and goes on in the next."""

_SHORT_FORMS: Final = (
    r"sig|sigg|dott|dr|ssa|avv|rag|geom|ing|tel|cell|nr|num|art|es|ecc|spett|gent|egr|spa|srl|snc|p|pag|ca"
    r"|prot"
)
_END: Final = re.compile(
    r"\n+|[!;]+(?= |\n|$)|\?+|\.{2,}|(?<!\b[a-z])(?<!\d)\.(?= |\n|$)|(?<=\d)\.(?= [a-z]|\n| ?$)", re.ASCII
)
_SHORT: Final = re.compile(rf"(?:^|[ .(])(?:{_SHORT_FORMS}|[a-z])$")
_LINK: Final = re.compile(
    r" *[,;:](?= |$)(?: (?:e|ma|pero|poi|quindi|mentre|invece|anche)(?= ))*| +-+ +"
    r"| (?:e|ed|ma|pero|poi|e poi|quindi|mentre|e anche)(?= )"
)
_TOKEN: Final = re.compile(r"(?:Riferimento: *)?\[#\w+\]")
"""What a ready reply carries below its words."""

_IS: Final = re.compile(r"[èÈ]|\b[eE]['’`´]")
"""`è` is no link, though its twin looks like one."""

_ENDS_SENTENCE: Final = re.compile(r"[.!?:;]\s*$")


def sentences(text: str) -> list[Folded]:
    """The sentences above the signature; each keeps its question mark."""
    lines = _unfolded(fold(_TOKEN.sub("", text[:LONGEST])))
    return [
        one for line in unsigned(lines) for one in _sentences(line) if re.search(r"\w|[^\x00-\x7f]", one.raw)
    ]


def _unfolded(text: Folded) -> list[Folded]:
    """The lines, those that a mail program broke put together again; a farewell begins its own."""
    lines: list[Folded] = []
    is_open = False
    for line in _lines(text):
        if is_open and line and not is_parting(line):
            lines[-1] = Folded(f"{lines[-1].raw} {line.raw}", f"{lines[-1].even} {line.even}")
        elif line:
            lines.append(line)
        is_open = len(line.raw) >= WRAPPED and not _ENDS_SENTENCE.search(line.even)
    return lines


def _lines(text: Folded) -> Iterator[Folded]:
    begin = 0
    for length in map(len, text.even.split("\n")):
        yield text[begin : begin + length]
        begin += length + 1


def _sentences(line: Folded) -> list[Folded]:
    found, begin = [], 0
    for end in _END.finditer(line.even):
        if end.group() == "." and _SHORT.search(line.even[begin : end.start()]):
            continue
        stop = end.end() if "?" in end.group() else end.start()
        found.append(line[begin:stop])
        begin = end.end()
    return [*found, line[begin:]]


def pieces(sentence: Folded) -> list[tuple[int, int]]:
    """Where the pieces of a sentence begin and end, in its letters."""
    spans, begin = [], 0
    for link in _LINK.finditer(sentence.even):
        if _IS.search(sentence.raw[link.start() : link.end() + 1]):
            continue
        spans.append((begin, link.start()))
        begin = link.end()
    spans.append((begin, len(sentence.even)))
    return [(a, b) for a, b in spans if sentence.even[a:b].strip(" ,;:-.!")]
