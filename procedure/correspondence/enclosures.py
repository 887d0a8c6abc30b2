"""The files that come with a letter, as they are told of, and which are taken. Refuses to look into them."""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LARGEST = 20_000_000
"""Bytes of one file."""

LARGEST_TOGETHER = 30_000_000
MOST = 20


class Refused(enum.StrEnum):
    """Why a file is not taken. The sender is told in a word; the letter is kept with it all the same."""

    TYPE = "type"  # a program, a script, an office document with macros, or what may hide one
    ENCRYPTED = "encrypted"  # nobody can look into it
    WINMAIL = "winmail"  # Outlook's own wrapping: to be sent again as a file
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a letter.

    Attributes:
        part: its place among the letter's parts, by which it is found again in the raw bytes.
        name: safe to show, to link and to write to a disk; never empty.
        media_type: as its first bytes say, else as the letter says.
        size: bytes.
        refused: why it is not taken (one of `Refused`), or empty.
    """

    part: int
    name: str
    media_type: str
    size: int
    sha256: str
    refused: str = ""


def within_limits(files: Sequence[Enclosure]) -> Iterator[Enclosure]:
    """The files in their order; of those that would be taken, what is beyond the limits is refused."""
    taken = together = 0
    for file in files:
        refused = file.refused
        if not refused and (file.size > LARGEST or together + file.size > LARGEST_TOGETHER):
            refused = Refused.TOO_LARGE.value
        if not refused and taken >= MOST:
            refused = Refused.TOO_MANY.value
        if not refused:
            taken, together = taken + 1, together + file.size
        yield replace(file, refused=refused)
