"""An absence that an automatic answer tells of: "sono assente fino al 10 gennaio", "rientro lunedì 12".

Only the days; what can be read in two ways, or lies behind us, is none. It is offered to a person, never
recorded by itself. Refuses to know who is away.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from conversations.hearing import Direction, NotHeard, hear_date
from conversations.hearing.heard import even
from procedure.correspondence.commands import Command, Verb

MOST: Final = 4_000
"""Characters that are looked at: an automatic answer is short."""

LONGEST_TOLD: Final = timedelta(days=180)
"""`fino al 10 dicembre` said on the 21st is an old text, and no year."""

_MONTHS: Final = {
    "january": "gennaio",
    "february": "febbraio",
    "march": "marzo",
    "april": "aprile",
    "may": "maggio",
    "june": "giugno",
    "july": "luglio",
    "august": "agosto",
    "september": "settembre",
    "october": "ottobre",
    "november": "novembre",
    "december": "dicembre",
}
_DAYS: Final = {
    "monday": "lunedi",
    "tuesday": "martedi",
    "wednesday": "mercoledi",
    "thursday": "giovedi",
    "friday": "venerdi",
    "saturday": "sabato",
    "sunday": "domenica",
}
_ITALIAN: Final = {**_MONTHS, **_DAYS}
_MONTH_FIRST: Final = re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}})(?:st|nd|rd|th)?\b,?")
_AWAY: Final = re.compile(
    r"\b(?:assent\w*|assenza|fuori|ferie|chius[oaie]|chiusura|malattia|permesso|congedo|via|trasferta"
    r"|non (?:saro|sono)|impossibilitat\w|out of|away|vacation|holidays?|leave"
    r"|not (?:be )?(?:in|available))\b"
)
_BETWEEN: Final = re.compile(
    r"\b(?:da|dal|dall|dalla|from) (.{1,30}?) (?:fino (?:all|al|a)|alla|all|al|a|to|until|till) "
)
_UNTIL: Final = re.compile(r"\b(?:(?:fino|sino) (?:a tutto il|alla|all|al|a)|until|till|through) ")
_ONLY: Final = re.compile(
    r"\b(?:assente|fuori (?:sede|ufficio)|in ferie|out of office) (?:solo )?(?:il|l|on) "
)
_BACK: Final = re.compile(
    r"\b(?:rientr\w+|torn(?:o|ero|era|a)|di nuovo (?:in ufficio|in sede|operativ\w|disponibile)|di ritorno"
    r"|nuovamente (?:in ufficio|disponibile)|back|return(?:ing)?)(?: (?:in ufficio|in sede|al lavoro"
    r"|in the office|to the office|to work|previsto|prevista|e|sara|disponibile))*[ :]+"
    r"(?:(?:il|l|da|dal|a partire dal|on|from) )*"
)
_LONGEST_DATE: Final = 5  # words: lunedì 12 gennaio 2027, compreso
_ONE_DAY: Final = timedelta(days=1)


def absence_in(text: str, today: date) -> Command | None:
    """The absence that this automatic answer, written `today`, tells of; None where it tells of none."""
    for sentence in _sentences(text):
        if days := next(filter(None, (read(sentence, today) for read in _WAYS)), None):
            first, last = days
            if today <= last <= today + LONGEST_TOLD and first <= last:
                return Command(Verb.ABSENT, sentence, last, since=max(first, today))
    return None


def _sentences(text: str) -> Iterator[str]:
    """Each without accents and capitals, its English months Italian."""
    plain = " ".join(even(text[:MOST]).split())
    for sentence in re.split(r"(?<=[a-z\d])[.!?;](?= |$)", plain):
        said = _MONTH_FIRST.sub(r"\2 \1", sentence)
        said = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", said)
        yield " ".join(_ITALIAN.get(word.strip(","), word) for word in said.split())


def _period(sentence: str, today: date) -> tuple[date, date] | None:
    """`dal 3 al 10 gennaio`: the first day is the nearest of its name before the last."""
    found = _BETWEEN.search(sentence) if _AWAY.search(sentence) else None
    last = _day(sentence[found.end() :], today) if found else None
    first = _day(found[1], last, "past") if found and last else None
    return (first, last) if first and last else None


def _until(sentence: str, today: date) -> tuple[date, date] | None:
    found = _UNTIL.search(sentence) if _AWAY.search(sentence) else None
    last = _day(sentence[found.end() :], today) if found else None
    return (today, last) if last else None


def _only_on(sentence: str, today: date) -> tuple[date, date] | None:
    found = _ONLY.search(sentence)
    day = _day(sentence[found.end() :], today) if found else None
    return (day, day) if day else None


def _back(sentence: str, today: date) -> tuple[date, date] | None:
    """`rientro lunedì 12`: away until the day before."""
    found = _BACK.search(sentence)
    back = _day(sentence[found.end() :], today) if found else None
    return (today, back - _ONE_DAY) if back else None


def _day(text: str, near: date, prefer: Direction = "future") -> date | None:
    """The day that this begins with, the longest way it can be read; None where it may be two."""
    words = re.sub(r"^(?:il |l |giorno |the )+", "", text.strip()).split()[:_LONGEST_DATE]
    for many in range(len(words), 0, -1):
        try:
            heard = hear_date(" ".join(words[:many]).strip(" ,.)("), near, prefer=prefer)
        except NotHeard as unheard:
            if unheard.reason != "date_not_understood":  # it was a day, and there is none such
                return None
            continue
        behind = [day for day in heard.candidates if day <= near]
        ahead = [day for day in heard.candidates if day >= near]
        if prefer == "past":
            return max(behind, default=None)
        return ahead[0] if len(ahead) == 1 else None
    return None


_WAYS: Final = (_period, _until, _only_on, _back)
