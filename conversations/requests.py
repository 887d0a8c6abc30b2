"""What a person of the house asks for by writing to the service of their own accord: a word, and of what.

Refuses to know who writes, and what they may have.
"""

import enum
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from conversations.form import bare

LONGEST: Final = 80
"""Characters of a request: a longer line is prose."""


class Asked(enum.StrEnum):
    """What may be asked for."""

    FORM = "form"  # of a visit
    DAY = "day"
    COMPANIES = "companies"
    QUOTES = "quotes"
    HELP = "help"
    PREFERENCES = "preferences"
    APPOINTMENT = "appointment"


WITH_EFFECT: Final = frozenset({Asked.PREFERENCES, Asked.APPOINTMENT})
"""What changes something: asked for in answer to a mail of ours only, whose token nobody else has."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for; `words`: of which company, which preference, with whom and when."""

    asked: Asked
    words: str = ""


_WITH_WORDS: Final = MappingProxyType(
    {
        Asked.FORM: re.compile(r"(?:registra(?:re)? (?:la )?)?(?:scheda|visita)(?: (?:a|da|di|per))? (.+)"),
        Asked.PREFERENCES: re.compile(r"(?:preferenze|preferenza) (.+)"),
    }
)
_ALONE: Final = MappingProxyType(
    {
        Asked.DAY: frozenset({"oggi", "elenco", "cose da fare", "da fare"}),
        Asked.COMPANIES: frozenset({"aziende", "le mie aziende"}),
        Asked.QUOTES: frozenset({"preventivi", "i miei preventivi"}),
        Asked.HELP: frozenset({"aiuto", "help", "come funziona"}),
    }
)
_APPOINTMENT: Final = re.compile(r"\s*appuntamento\s+(?:con |da )?(.+?)[\s.!]*", re.IGNORECASE)
_PREFIX: Final = re.compile(r"(?:\s*(?:re|r|i|fw|fwd|wg|aw)\s*:)+\s*", re.IGNORECASE)


def hear_request(subject: str, text: str) -> Request | None:
    """What a letter asks for: its first line says it, or its subject; None where neither does."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return _heard(first) or _heard(_PREFIX.sub("", subject))


def _heard(line: str) -> Request | None:
    said = bare(line)
    if not said or len(line.strip()) > LONGEST:
        return None
    for asked, words in _ALONE.items():
        if said in words:
            return Request(asked)
    if found := _APPOINTMENT.fullmatch(line):
        return Request(Asked.APPOINTMENT, found[1])
    for asked, pattern in _WITH_WORDS.items():
        if found := pattern.fullmatch(said):
            return Request(asked, found[1])
    return None
