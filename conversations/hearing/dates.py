"""Dates as Italians type and dictate them, by a closed grammar, because a date starts a deadline.

A general parser guesses: `3 novembre alle 15` became 2015. Here what is not in the grammar is refused, and
what can be read in two ways comes back with both. Knows no clock (today is an argument) and no dialogue.

How a year is found: a day and month without year is the nearest in the preferred direction, today included.
It is certain unless the nearest in the other direction is within 60 days: on 18 November `12/3` was last
March and `12/11` last week, but `3/12` may be in two weeks' time, so it is asked. A bare weekday and a bare
day of the month are always asked.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from conversations.hearing.heard import Heard, NotHeard, certain, even, one_of
from conversations.hearing.number_words import number_of
from procedure.italian import MONTHS, WEEKDAYS

Direction: TypeAlias = Literal["past", "future"]

DAY_PART: Final = r"(?:mattina|mattino|pomeriggio|sera)"

_NEAR: Final = timedelta(days=60)
_NAMED_DAYS: Final = {
    **dict.fromkeys(("altro ieri", "altroieri", "ieri l altro", "avantieri", "avant ieri"), -2),
    "ieri": -1,
    **dict.fromkeys(("oggi", "stamattina", "stamani", "stamane", "questa mattina", "odierna"), 0),
    **dict.fromkeys(("questo pomeriggio", "stasera", "questa sera"), 0),
    "domani": 1,
    **dict.fromkeys(("dopodomani", "dopo domani"), 2),
}
_WEEKDAYS: Final = {even(name): n for n, name in enumerate(WEEKDAYS)}
_WEEKDAYS_SHORT: Final = {name[:3]: n for name, n in _WEEKDAYS.items()}
_MONTHS: Final = {key: n for n, name in enumerate(MONTHS, 1) for key in (name, name[:3])} | {"sett": 9}

_LEAD: Final = re.compile(
    r"(?:(?:la|visita|e|era|stata|stato|fatta|fatto|di|del|dell|dello|della|il|lo|l|in|data|giorno) )*"
)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where a reading stands: the day it is said and the side it looks to."""

    today: date
    prefer: Direction

    def nearest(self, days: Iterable[date]) -> tuple[date | None, date | None]:
        """The nearest of `days` on the preferred side, where today belongs, and the nearest on the other."""
        sides: dict[Direction, list[date]] = {"past": [], "future": []}
        for day in days:
            sides[self.prefer if day == self.today else "past" if day < self.today else "future"].append(day)
        past, future = max(sides["past"], default=None), min(sides["future"], default=None)
        return (past, future) if self.prefer == "past" else (future, past)


def hear_date(text: str, today: date, *, prefer: Direction = "past") -> Heard[date]:
    """The day that `text` names, said on `today`; `prefer` decides where the year or the week is left out.

    Raises:
        NotHeard: `date_not_understood`; `date_impossible` (31/2, 12/13); `date_weekday_mismatch` (the weekday
            is not that of the date).
    """
    said = " ".join(re.sub(r"(?<=[a-z])\.|\.(?= |$)|[,!]", " ", even(text)).split())
    if lead := _LEAD.match(said):
        said = said[lead.end() :]
    for pattern, read in _RULES:
        if match := pattern.fullmatch(said):
            return read(match, _Ground(today, prefer))
    raise NotHeard("date_not_understood")


def _named(match: re.Match[str], ground: _Ground) -> Heard[date]:
    return _away(_NAMED_DAYS[match["named"]], ground)


def _counted(match: re.Match[str], ground: _Ground) -> Heard[date]:
    days = _number(match["count"]) * (7 if match["unit"].startswith("settiman") else 1)
    return _away(-days if match["ago"] else days, ground)


def _away(days: int, ground: _Ground) -> Heard[date]:
    try:
        return certain(ground.today + timedelta(days=days))
    except OverflowError:
        raise NotHeard("date_impossible") from None


def _weekday(match: re.Match[str], ground: _Ground) -> Heard[date]:
    """`giovedì scorso` and `venerdì prossimo` exclude today; a bare weekday is asked."""
    ahead = (_WEEKDAYS[match["weekday"]] - ground.today.weekday()) % 7
    if side := match["side"] or match["side_before"]:
        return _away(ahead or 7 if _is_future(side) else ahead - 7, ground)
    return _of_weekday(_either([ground.today + timedelta(days=ahead + n) for n in (-7, 0, 7)], ground), {})


def _dated(match: re.Match[str], ground: _Ground) -> Heard[date]:
    """A day and month, with or without weekday, year or `scorso`."""
    said = match.groupdict()
    day, month = _number(said["day"]), _MONTHS.get(said["month"]) or _number(said["month"])
    if said.get("year"):
        return _of_weekday([_exactly(_year(said["year"]), month, day)], said)
    this_year = ground.today.year
    found = [_existing(year, month, day) for year in (this_year - 1, this_year, this_year + 1)]
    days = _of_weekday(found, said).candidates
    if side := said.get("side"):
        return _on_the_side(days, side, ground)
    likely, other = ground.nearest(days)
    if likely and other and likely != ground.today and abs(other - ground.today) <= _NEAR:
        return one_of((likely, other))
    return one_of(tuple(filter(None, (likely or other,))))


def _on_the_side(days: Iterable[date], side: str, ground: _Ground) -> Heard[date]:
    """`12 marzo scorso`: the nearest of `days` before today; `prossimo`, after."""
    direction: Direction = "future" if _is_future(side) else "past"
    nearest, _ = _Ground(ground.today, direction).nearest(day for day in days if day != ground.today)
    return _of_weekday([nearest], {})


def _day_of_month(match: re.Match[str], ground: _Ground) -> Heard[date]:
    """`il 5`: asked, unless the weekday that goes with it leaves one."""
    day, this_month = _number(match["day"]), ground.today.year * 12 + ground.today.month - 1
    found = [_existing(n // 12, n % 12 + 1, day) for n in range(this_month - 2, this_month + 3)]
    return _of_weekday(_either([on for on in found if on], ground), match.groupdict())


def _either(days: Sequence[date], ground: _Ground) -> tuple[date | None, date | None]:
    """The likely one of `days` and its rival: for today's own weekday, a week away on the preferred side."""
    likely, other = ground.nearest(days)
    if likely == ground.today:
        other, _ = ground.nearest(day for day in days if day != ground.today)
    return likely, other


def _of_weekday(days: Iterable[date | None], said: dict[str, str]) -> Heard[date]:
    """Those of `days` that exist and fall on the weekday said with them, if one was."""
    existing = tuple(day for day in days if day)
    if not existing:
        raise NotHeard("date_impossible")
    name = said.get("weekday")
    wanted = None if name is None else _WEEKDAYS_SHORT[name[:3]]
    agreeing = tuple(day for day in existing if wanted is None or day.weekday() == wanted)
    if not agreeing:
        raise NotHeard("date_weekday_mismatch")
    return one_of(agreeing)


def _exactly(year: int, month: int, day: int) -> date | None:
    return _existing(year, month, day) if 1900 <= year < 2200 else None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(said: str) -> int:
    return _number(said) + (2000 if len(said) == 2 else 0)


def _number(said: str) -> int:
    number = 1 if said == "primo" else int(said) if said.isdecimal() else number_of(said)
    if number is None:
        raise NotHeard("date_not_understood")
    return number


def _is_future(side: str) -> bool:
    return side.startswith("prossim")


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_Rule: TypeAlias = Callable[[re.Match[str], _Ground], Heard[date]]

_YEAR: Final = r"\d{4}|\d\d|duemila[a-z]*"
_DAY: Final = r"(?P<day>\d{1,2}|[a-z]+)"
_COUNT: Final = r"(?P<count>\d{1,3}|[a-z]+) (?P<unit>giorn[oi]|settiman[ae])"
_WEEKDAY: Final = rf"(?P<weekday>{_any(_WEEKDAYS)})"
_WITH_WEEKDAY: Final = rf"(?:(?P<weekday>{_any([*_WEEKDAYS, *_WEEKDAYS_SHORT])}) )?"
_PART: Final = rf"(?: (?:di |del |della |nel |al |alla )?{DAY_PART})?"
_SIDE: Final = r"(?P<side>scors[oa]|passat[oa]|prossim[oa])"
_SIDE_BEFORE: Final = _SIDE.replace("side", "side_before")

_GRAMMAR: Final[dict[str, _Rule]] = {
    rf"(?P<named>{_any(_NAMED_DAYS)}){_PART}": _named,
    rf"{_COUNT} (?P<ago>fa)": _counted,
    rf"(?:fra|tra) {_COUNT}(?P<ago>)": _counted,
    rf"(?:{_SIDE_BEFORE} )?{_WEEKDAY}(?: {_SIDE})?{_PART}": _weekday,
    rf"{_WITH_WEEKDAY}(?P<year>\d{{4}})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)": _dated,
    rf"{_WITH_WEEKDAY}(?P<day>\d\d?) ?[-/.] ?(?P<month>\d\d?)(?: ?[-/.] ?(?P<year>\d{{4}}|\d\d))?": _dated,
    rf"{_WITH_WEEKDAY}{_DAY} ?(?:di )?(?P<month>{_any(_MONTHS)})(?: {_SIDE})?": _dated,
    rf"{_WITH_WEEKDAY}{_DAY} ?(?P<month>{_any(_MONTHS)}) (?:del )?(?P<year>{_YEAR})": _dated,
    rf"{_WITH_WEEKDAY}{_DAY}": _day_of_month,
}
_RULES: Final = tuple((re.compile(pattern, re.ASCII), rule) for pattern, rule in _GRAMMAR.items())
