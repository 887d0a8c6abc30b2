"""Some days to come, as Italians type them: "fino al 10", "da lunedì a venerdì", "domani".

A period begins today or later; what can be read in two ways comes back with both. Knows no clock and no
dialogue; each day is heard as `dates` hears it.
"""

import re
from datetime import date, timedelta
from typing import Final, TypeAlias

from conversations.hearing.dates import hear_date
from conversations.hearing.heard import Heard, NotHeard, certain, even, one_of

Period: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_LEAD: Final = re.compile(r"(?:(?:sono|saro|mi|assento|assente|manco|manchero|in|ferie|malattia|permesso) )*")
_TAIL: Final = re.compile(r"(?: (?:compreso|compresa|incluso|inclusa))+$")
_UNTIL: Final = re.compile(r"(?:da oggi )?(?:fino|sino) (?:a|ad|al|all|alla) (?P<last>.+)")
_BETWEEN: Final = re.compile(
    r"(?:da|dal|dall|dalla) (?P<first>.+?) (?:a|ad|al|all|alla|fino a|fino al|fino all) (?P<last>.+)"
)
_THIS_WEEK: Final = re.compile(r"(?:in |per )?questa settimana")
_NEXT_WEEK: Final = re.compile(r"(?:la |per la |tutta la )?(?:settimana prossima|prossima settimana)")
_ONLY_A_NUMBER: Final = re.compile(r"\d{1,2}|1o|primo")
_NAMES_A_MONTH: Final = re.compile(r"\d[ ]?(?:[/.-]|(?:di )?[a-z]{3})")
_TOO_FAR: Final = timedelta(days=180)
"""`12/11` said on the 18th was last week, and not in a year's time."""


def hear_period(text: str, today: date) -> Heard[Period]:
    """The days that `text` names, said on `today`.

    Raises:
        NotHeard: `date_not_understood` and the other reasons of `hear_date`; `date_past`: it begins before
            today; `period_backwards`: it ends before it begins.
    """
    said = _TAIL.sub("", " ".join(re.sub(r"[,!.]+(?= |$)", " ", even(text)).split()))
    if lead := _LEAD.match(said + " "):
        said = said[lead.end() :]
    if _THIS_WEEK.fullmatch(said) or _NEXT_WEEK.fullmatch(said):
        return certain(_week(today, is_next=_NEXT_WEEK.fullmatch(said) is not None))
    if until := _UNTIL.fullmatch(said):
        return _all([(today, last) for last in _to_come(until["last"], today)])
    if between := _BETWEEN.fullmatch(said):
        return _all(_from_to(between["first"], between["last"], today))
    return _all([(day, day) for day in _to_come(said.removeprefix("solo "), today)])


def _from_to(first: str, last: str, today: date) -> list[Period]:
    """The last day follows the first; "dal 3 al 10 dicembre" says one month for both."""
    if _ONLY_A_NUMBER.fullmatch(first) and _NAMES_A_MONTH.search(last):
        ends = _to_come(last, today)
        return [(_same_number(first, end), end) for end in ends]
    return [(start, end) for start in _to_come(first, today) for end in _to_come(last, start)[:1]]


def _same_number(number: str, end: date) -> date:
    """The day of this number in the month of `end`, or in the month before where it comes after."""
    day = int(number) if number.isdecimal() else 1
    month = end if day <= end.day else end.replace(day=1) - timedelta(days=1)
    try:
        return month.replace(day=day)
    except ValueError:
        raise NotHeard("date_impossible") from None


def _to_come(text: str, today: date) -> list[date]:
    """Every reading of a day that is not past."""
    candidates = hear_date(text, today, prefer="future").candidates
    coming = [day for day in candidates if day >= today]
    has_been = len(coming) < len(candidates)
    if not coming or (has_been and min(coming) - today > _TOO_FAR):
        raise NotHeard("date_past")
    return sorted(coming)


def _all(periods: list[Period]) -> Heard[Period]:
    if any(last < first for first, last in periods):
        raise NotHeard("period_backwards")
    return one_of(tuple(periods))


def _week(today: date, *, is_next: bool) -> Period:
    """Monday to Friday of the next week; what is left of this one."""
    monday = today - timedelta(days=today.weekday())
    if is_next:
        return monday + timedelta(days=7), monday + timedelta(days=11)
    return today, max(today, monday + timedelta(days=4))
