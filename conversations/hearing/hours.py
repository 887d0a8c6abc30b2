"""Hours, and days with an hour, as Italians type and dictate them: for appointments.

Same habit as dates: a closed grammar, refused rather than guessed. An hour from 1 to 7 without "di mattina"
may be in either half of the day and is asked, the working half first; the others are read on a 24-hour clock.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from conversations.hearing.dates import DAY_PART, Direction, hear_date
from conversations.hearing.heard import Heard, NotHeard, certain, even, one_of
from conversations.hearing.number_words import number_of

_FRACTIONS: Final = {"mezza": 30, "mezzo": 30, "un quarto": 15, "tre quarti": 45}
_AT: Final = r"(?:le|la|alle|alla|all|dalle|dalla|ore|ora|h)(?: |(?=\d))"
_TIME: Final = re.compile(
    rf"(?:{_AT})*(?P<hour>\d\d?|[a-z]+)"
    r"(?: ?[:.,h] ?(?P<minute>\d\d)| ?h| (?P<sign>e|meno) (?P<spoken>\d\d?|un quarto|tre quarti|[a-z]+))?"
    rf"(?: (?:di |del |della )?(?P<part>{DAY_PART}))?",
    re.ASCII,
)
_NOON: Final = r"(?:a )?mezzogiorno"
_MOMENT: Final = re.compile(
    rf"(?P<day>.*?)(?:^| )(?P<time>(?:per )?{_AT}.+?|{_NOON}|\d\d?:\d\d)"
    rf"(?: (?:di|del|dell) (?!{DAY_PART}\b)(?P<after>.+))?",
    re.ASCII,
)
_DOTTED: Final = re.compile(r"(?P<day>.+?) (?P<time>\d\d?[.,]\d\d)(?P<after>)", re.ASCII)


def hear_time(text: str) -> Heard[time]:
    """The hour that `text` names: `15:30`, `alle 15 e 30`, `ore 9`, `le tre e mezza`, `3 del pomeriggio`.

    Raises:
        NotHeard: `time_not_understood`, or `time_impossible` (25:00).
    """
    said = even(text).strip(" .,!").removeprefix("per ")
    if re.fullmatch(_NOON, said):
        return certain(time(12))
    match = _TIME.fullmatch(said)
    if not match:
        raise NotHeard("time_not_understood")
    hour, minute = _number(match["hour"]), _minutes(match)
    if minute < 0:
        hour, minute = hour - 1, minute + 60
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise NotHeard("time_impossible")
    return one_of(tuple(time(h, minute) for h in _hours(hour, match["hour"], match["part"])))


def hear_moment(text: str, today: date, *, prefer: Direction = "past") -> Heard[datetime]:
    """The day and hour that `text` names, as naive local time; an hour alone is an hour of today.

    `domani 9.30` is an hour, as long as the whole is no date: `giovedì 3.12` is one.

    Raises:
        NotHeard: a reason of `hear_date` or `hear_time`, or `time_missing` (a day alone).
    """
    said = even(text).strip(" .,!")
    match = _MOMENT.fullmatch(said) or _dotted(said, today, prefer)
    if not match:
        hear_date(said, today, prefer=prefer)
        raise NotHeard("time_missing")
    day, hour = (match["day"] or match["after"] or "oggi").rstrip(" ,"), match["time"]
    part = re.search(rf"{DAY_PART}$", day)
    if part and not re.search(DAY_PART, hour):  # `domani pomeriggio alle 3`
        hour += f" {part[0]}"
    days, times = hear_date(day, today, prefer=prefer), hear_time(hour)
    return one_of(tuple(datetime.combine(d, t) for d in days.candidates for t in times.candidates))


def _dotted(said: str, today: date, prefer: Direction) -> re.Match[str] | None:
    """A day and an hour with a point, where the two together are no date."""
    match = _DOTTED.fullmatch(said)
    if not match:
        return None
    try:
        hear_date(said, today, prefer=prefer)
    except NotHeard:
        return match
    return None


def _minutes(match: re.Match[str]) -> int:
    """Minutes after the hour, negative for `meno un quarto`."""
    said = match["minute"] or match["spoken"]
    if said is None:
        return 0
    count = _FRACTIONS.get(said)
    count = _number(said) if count is None else count
    return -count if match["sign"] == "meno" else count


def _hours(hour: int, said: str, part: str | None) -> Iterator[int]:
    if part in {"pomeriggio", "sera"}:
        yield hour + 12 if 0 < hour < 12 else hour
    elif part or said.startswith("0") or not 1 <= hour <= 7:
        yield hour
    else:
        yield from (hour, hour + 12) if hour == 7 else (hour + 12, hour)


def _number(said: str) -> int:
    number = int(said) if said.isdecimal() else number_of(said)
    if number is None:
        raise NotHeard("time_not_understood")
    return number
