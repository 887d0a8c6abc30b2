"""The files that come with a letter, as they are told of. Refuses to know what is in them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a letter.

    Attributes:
        part: its place in `Message.walk()` over the raw bytes, parsed with `policy.compat32`; the whole
            letter is 0, and what stands in a mail within it counts too. By it the file is found again.
        name: safe to show, to link and to write to a disk; never empty.
        media_type: as its first bytes say, else as the letter says.
        size: bytes.
        refused: why it is not taken (`too_large`, `type`, `encrypted`, `too_many`), or empty.
    """

    part: int
    name: str
    media_type: str
    size: int
    sha256: str
    refused: str = ""
