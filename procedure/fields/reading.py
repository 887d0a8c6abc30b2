"""What comes of reading a field: a value with soft warnings, or a refusal that says what to do next.

The ground of the readers. Knows no field's rules and no Italian: reasons and warnings are keys of phrases.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from procedure.fields.kinds import RegisterField

Known: TypeAlias = Mapping[RegisterField, str]
_MARKS: Final = re.compile(r"[^0-9a-z]")
NOTHING_KNOWN: Final[Known] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """A canonical value. `warnings` are keys of phrases, some with a detail after `:`, and never block."""

    value: str
    warnings: tuple[str, ...] = ()


class Invalid(ValueError):
    """The text is no value of the field. `reason` is a key of a phrase, `hint` what the phrase says of it."""

    def __init__(self, reason: str, hint: Mapping[str, str | int] = MappingProxyType({})) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint: dict[str, str | int] = dict(hint)


def tidy(text: str) -> str:
    """The text with composed letters, no invisible characters and single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    spaced = (" " if c.isspace() else c for c in text)
    visible = "".join(c for c in spaced if unicodedata.category(c)[0] != "C")
    return " ".join(unicodedata.normalize("NFKC", visible).split())


def fold(text: str) -> str:
    """The text for comparison, without accents, case or marks: `Montecatini-Terme` is `montecatini terme`."""
    if text.isascii():
        return " ".join(_MARKS.sub(" ", text.lower()).split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
