"""The names of the files in a winmail.dat (TNEF), which Outlook makes of a rich text mail.

Only the names, so that its sender can be told what did not arrive: what is inside is not taken out. Refuses
to know the rest of the format.
"""

from collections.abc import Iterator

from mailer.reading.charsets import text_of_bytes

MOST_NAMES = 20
MOST_ATTRIBUTES = 2_000

_SIGNATURE = b"\x78\x9f\x3e\x22"
_TITLE = 0x00018010
"""The attribute that names an attachment."""


def names_in(content: bytes) -> list[str]:
    """The names, in their order, at most `MOST_NAMES`; none where it is no TNEF."""
    return [name for name in _titles(content) if name][:MOST_NAMES]


def is_winmail(content: bytes) -> bool:
    """True of a TNEF, whatever it is called."""
    return content.startswith(_SIGNATURE)


def _titles(content: bytes) -> Iterator[str]:
    """Each attribute: a level, its kind in four bytes, its length in four, the bytes, two of a sum."""
    at = len(_SIGNATURE) + 2
    for _ in range(MOST_ATTRIBUTES):
        if not is_winmail(content) or at + 9 > len(content):
            return
        kind = int.from_bytes(content[at + 1 : at + 5], "little")
        length = int.from_bytes(content[at + 5 : at + 9], "little")
        if kind == _TITLE:
            yield text_of_bytes(content[at + 9 : at + 9 + min(length, 1_000)].rstrip(b"\0"))
        at += 9 + length + 2
