"""What comes of listening to a person: a value, or several to ask back, or an honest "I did not understand".

The ground of dates, hours and money. Knows no Italian: only how a reading is told and typing made even.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_APART: Final = dict.fromkeys(map(ord, "'’‘`´ʼ°º"), " ")
_FULL_WIDTH: Final = {0xFF01 + n: chr(0x21 + n) for n in range(94)}  # as a Chinese keyboard writes them


@dataclass(frozen=True, slots=True)
class Heard(Generic[T]):
    """What was heard: `candidates` are all the readings, `value` the likeliest; if `ambiguous`, ask."""

    value: T
    ambiguous: bool
    candidates: tuple[T, ...]


class NotHeard(ValueError):
    """The text is not in the grammar, or names what does not exist. `reason` is a phrase's key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def certain(value: T) -> Heard[T]:
    """One reading, nothing to ask."""
    return Heard(value, ambiguous=False, candidates=(value,))


def one_of(candidates: tuple[T, ...]) -> Heard[T]:
    """The readings of a text, likeliest first; a single one is certain."""
    return Heard(candidates[0], ambiguous=len(candidates) > 1, candidates=candidates)


def even(text: str) -> str:
    """The text in lower case, no accents or apostrophes, single spaces: `L’altro  ieri` → `l altro ieri`."""
    unquoted = unicodedata.normalize("NFD", text.translate(_APART | _FULL_WIDTH))
    plain = "".join(c for c in unquoted.casefold() if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", plain).split())
