"""The files of letters that are kept, as papers that go with a mail: byte for byte as they came.

Pure: whoever carries the mail brings the letters. Nothing is opened but the letter's own wrapping. Refuses to
know when they are read.
"""

import re
from collections.abc import Iterable
from typing import Final

from mailer.papers.paper import Paper
from mailer.reading.letter import content_of
from procedure.correspondence.enclosures import Enclosure
from store.enclosures import Source

MOST_BYTES: Final = 25_000_000
"""What the files of one mail may weigh together, before they are encoded: what usual servers take."""

_MEDIA_TYPE: Final = re.compile(r"(application|audio|image|text|video)/([a-z0-9][a-z0-9.+-]{0,62})")
_NOT_ON_A_WIRE: Final = re.compile(rb"[^\n]{999}|\0|\r(?!\n)")


def enclosed(sources: Iterable[Source]) -> list[Paper]:
    """The files that go with a mail, from what the store gave of them.

    Raises:
        ValueError: a letter has not the part that is named.
    """
    return [file_of(each.raw, each.file) if each.file else whole(each.raw) for each in sources]


def file_of(raw: bytes, file: Enclosure) -> Paper:
    """The file as its letter has it, under the safe name that is told of it.

    Raises:
        ValueError: the letter has no such part.
    """
    kind = _MEDIA_TYPE.fullmatch(file.media_type.lower())
    maintype, subtype = kind.groups() if kind else ("application", "octet-stream")
    return Paper(file.name, content_of(raw, file.part), maintype, subtype)


def whole(raw: bytes, name: str = "messaggio-originale.eml") -> Paper:
    """The letter itself: message/rfc822, where a server may carry it as it is; else bytes that a mail
    program opens by its name, since RFC 2046 lets nobody encode a message in a message.
    """
    fits = raw.isascii() and not _NOT_ON_A_WIRE.search(raw)
    return Paper(name, raw, *(("message", "rfc822") if fits else ("application", "octet-stream")))


def fitting(papers: Iterable[Paper]) -> tuple[list[Paper], list[str]]:
    """The papers that go with a mail, in their order, and the names of those that are too much for it."""
    going: list[Paper] = []
    staying: list[str] = []
    for paper in papers:
        if sum(len(each.content) for each in going) + len(paper.content) <= MOST_BYTES:
            going.append(paper)
        else:
            staying.append(paper.name)
    return going, staying
