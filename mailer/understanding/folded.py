"""A text beside its even twin, letter for letter: found in the twin, quoted as it was written.

The twin has lower case, no accents, spaces for quotation marks, one kind of dash. Refuses to know words.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_EVEN: Final[Mapping[int, str]] = str.maketrans(
    {
        **dict.fromkeys("'’‘`´ʼ°º\"“”„«»()[]{}*_|\t\u00a0\u200b\u200c\u200d\u2060\ufeff", " "),
        **dict.fromkeys("–—−‐‑", "-"),
        "…": ".",
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A piece of what somebody wrote. `even` and `raw` have the same length."""

    raw: str
    even: str

    def __bool__(self) -> bool:
        return bool(self.even.strip())

    def __getitem__(self, piece: slice) -> "Folded":
        return Folded(self.raw[piece], self.even[piece])

    def stripped(self, marks: str = " ,;:-.!?") -> "Folded":
        """Without spaces and marks at its ends."""
        begin = len(self.even) - len(self.even.lstrip(marks + "\n"))
        end = len(self.even.rstrip(marks + "\n"))
        return self[begin : max(begin, end)]

    def split(self, at: re.Pattern[str]) -> "list[Folded]":
        """The pieces between what the pattern finds, the empty ones left out."""
        pieces, begin = [], 0
        for found in at.finditer(self.even):
            pieces.append(self[begin : found.start()])
            begin = found.end()
        return [piece for piece in (*pieces, self[begin:]) if piece]

    def said(self) -> str:
        """As it was written, in one line."""
        return " ".join(self.raw.split())


def fold(text: str) -> Folded:
    """The text and its even twin."""
    raw = unicodedata.normalize("NFC", text)
    return Folded(raw, "".join(map(_even, raw)).translate(_EVEN))


def _even(letter: str) -> str:
    plain = unicodedata.normalize("NFD", letter)[0].casefold()
    return plain[0] if plain else letter
