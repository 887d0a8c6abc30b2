"""Every day of 2022 to 2030 at every sede, against counting by hand; and every sentence read back.

The sedi are those of the example campaign, one with long and short closures, one where Saturday is worked.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Final

import pytest

from dopovisita.campaign_file import EXAMPLE, load_campaign
from procedure.campaign import Closure, Terms
from procedure.deadlines import DeadlineKind, due
from procedure.workdays import WorkCalendar, calendars
from tests.procedure.by_hand import CALENDAR, HOLIDAYS, WORKING, CivilCalendar, easter

SUMMER = (date(2027, 8, 9), date(2027, 8, 20))  # the one closure of the example
OWN = (
    (date(2025, 12, 24), date(2026, 1, 6)),  # over Christmas, into the next year
    (date(2026, 8, 3), date(2026, 9, 4)),  # longer than any calendar term
    (date(2026, 6, 1), date(2026, 6, 1)),  # a bridge, on the eve of a holiday
    (date(2027, 10, 2), date(2027, 10, 3)),  # a weekend: nothing more is closed
)
BY_HAND: Final = {
    "Pistoia": CivilCalendar((7, 25), (SUMMER,)),
    "Prato": CivilCalendar((12, 26), (SUMMER,)),
    "Montecatini Terme": CivilCalendar((12, 4), (SUMMER,)),
    "Agliana": CivilCalendar((6, 29), (SUMMER,)),
    "closures": CivilCalendar((7, 25), OWN),
    "Saturdays": CivilCalendar((7, 25), saturday=True),
}
OURS: Final = {
    **{site: one for site, one in calendars(load_campaign(EXAMPLE).campaign).items() if site},
    "closures": WorkCalendar((7, 25), "San Jacopo", tuple(Closure(*days, "chiusura") for days in OWN)),
    "Saturdays": WorkCalendar((7, 25), "San Jacopo", saturday_works=True),
}
TERMS = Terms()
EVERY_DAY: Final = [date(2022, 1, 1) + timedelta(days=n) for n in range(9 * 365 + 2)]

every_sede = pytest.mark.parametrize("sede", BY_HAND)


def test_every_sede_of_the_example_is_counted_by_hand() -> None:
    assert set(OURS) == set(BY_HAND)
    assert EVERY_DAY[-1] == date(2030, 12, 31)
    assert {*WORKING, *CALENDAR} == {f"D{n}" for n in range(1, 15)} - {"D2", "D3"}


def test_easter_is_where_the_calendars_have_it() -> None:
    assert [easter(year).isoformat()[5:] for year in range(2022, 2031)] == [
        *("04-17", "04-09", "03-31", "04-20", "04-05", "03-28", "04-16", "04-01", "04-21")
    ]


def test_saint_francis_is_a_holiday_from_2026_also_on_a_sunday() -> None:
    """L. 151/2025. In 2026 it falls on a Sunday, in 2027 on a Monday."""
    assert HOLIDAYS[10, 4] == 2026
    prato = OURS["Prato"]
    assert prato.is_working(date(2024, 10, 4))  # a Friday
    assert not prato.is_working(date(2026, 10, 4))
    assert not prato.is_working(date(2027, 10, 4))
    assert prato.is_working(date(2026, 10, 5))


@every_sede
def test_every_day_is_worked_or_not_as_by_hand(sede: str) -> None:
    ours, by_hand = OURS[sede], BY_HAND[sede]
    assert [day for day in EVERY_DAY if ours.is_working(day) != by_hand.works(day)] == []
    assert [day for day in EVERY_DAY if (ours.why_not(day) is None) != by_hand.works(day)] == []


@every_sede
@pytest.mark.parametrize("kind", [*WORKING, *CALENDAR])
def test_every_term_ends_on_every_day_where_counting_by_hand_ends(sede: str, kind: str) -> None:
    ours, by_hand = OURS[sede], BY_HAND[sede]
    wrong = []
    for start in EVERY_DAY:
        reckoned = due(DeadlineKind(kind), start, ours, TERMS)
        days = (reckoned.due_on, reckoned.last_useful, reckoned.on_time_until)
        if (reckoned.starts_on, *days) != (start, *by_hand.three_days(kind, start)):
            wrong.append((start, days))
    assert wrong == []


MONTHS: Final = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
WEEKDAYS: Final = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
_DAY = rf"(?:{'|'.join(WEEKDAYS)}) \d+(?: (?:{'|'.join(MONTHS)}))?"
_SKIPPED = re.compile(rf"i fine settimana|le domeniche|\d+ giorni \([^)]+\)|{_DAY}(?: \([^)]+\))?")


@every_sede
@pytest.mark.parametrize("kind", ["D8", "D10", "D11", "D13"])
def test_every_day_that_did_not_count_is_in_the_sentence_and_no_other(sede: str, kind: str) -> None:
    ours, by_hand = OURS[sede], BY_HAND[sede]
    for start in EVERY_DAY:
        reckoned = due(DeadlineKind(kind), start, ours, TERMS)
        rests = by_hand.rests(start, reckoned.due_on)
        named = Counter(_named(reckoned.explanation, rests, reckoned.due_on, by_hand))
        assert named == Counter(rests), (start, reckoned.explanation)


@every_sede
@pytest.mark.parametrize("kind", ["D1", "D14"])
def test_a_courtesy_is_told_just_where_there_is_one(sede: str, kind: str) -> None:
    ours, by_hand = OURS[sede], BY_HAND[sede]
    for start in EVERY_DAY:
        due_on, useful, until = by_hand.three_days(kind, start)
        told = due(DeadlineKind(kind), start, ours, TERMS).explanation
        courtesy = (
            f"; ultimo giorno utile {_told(useful, due_on)}, in ritardo solo dopo {_told(until, due_on)}"
        )
        assert told.endswith(courtesy) == (until != due_on), told
        assert ("ultimo giorno utile" in told) == (until != due_on), told


def test_the_sentence_agrees_in_gender_and_number() -> None:
    words: dict[str, set[str]] = {}
    for kind, start in product((DeadlineKind.D8, DeadlineKind.D13), EVERY_DAY):
        for calendar in (OURS["Saturdays"], OURS["closures"]):
            told = due(kind, start, calendar, TERMS).explanation
            if match := re.search(r"; (saltat[oiae]) (.+)$", told):
                words.setdefault(match[1], set()).add(match[2])
    assert all(re.fullmatch(r"domenica \d+( \w+)?", said) for said in words["saltata"])
    assert all(_SKIPPED.fullmatch(said) and said.startswith(WEEKDAYS[:6]) for said in words["saltato"])
    assert all("domenica" not in said or len(_SKIPPED.findall(said)) > 1 for said in words["saltati"])
    assert all(set(re.findall(rf"{'|'.join(WEEKDAYS)}", said)) <= {"domenica"} for said in words["saltate"])


def _told(day: date, beside: date) -> str:
    year = "" if day.year == beside.year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def _named(sentence: str, rests: list[date], end: date, by_hand: CivilCalendar) -> Iterator[date]:
    """The days that the sentence says did not count."""
    _, _, said = sentence.partition("; saltat")
    said = said[2:]
    items = _SKIPPED.findall(said)
    assert re.sub(r"(, | e )?§", "", _SKIPPED.sub("§", said)) == "", sentence
    weekend = [day for day in rests if by_hand.is_weekend(day)]
    others = [day for day in rests if not by_hand.is_weekend(day)]
    for item, month in zip(items, _months(items, end), strict=True):
        if item in {"i fine settimana", "le domeniche"}:
            yield from weekend
        elif match := re.match(r"(\d+) giorni", item):
            same = [day for day in others if by_hand.is_closed(day) and not _is_feast(day, by_hand)]
            assert int(match[1]) == len(same), sentence
            yield from same
        else:
            yield _day(item, month, rests)


def _months(items: list[str], end: date) -> list[int]:
    """The month of each item: its own, else that of the date told after it."""
    months = [end.month]
    for item in reversed(items):
        own = next((number for number, name in enumerate(MONTHS, 1) if re.search(rf"\d {name}", item)), 0)
        months.append(own or months[-1])
    return months[:0:-1]


def _day(item: str, month: int, rests: list[date]) -> date:
    weekday, number = item.split()[:2]
    (day,) = (day for day in rests if (day.day, day.month) == (int(number), month))
    assert WEEKDAYS[day.weekday()] == weekday, item
    return day


@cache
def _is_feast(day: date, by_hand: CivilCalendar) -> bool:
    """True where it would be a day of rest without any closure."""
    return not CivilCalendar(by_hand.patron, saturday=by_hand.saturday).works(day)
