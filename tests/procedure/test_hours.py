"""Nobody is written to outside their hours (A46), and each may narrow them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from procedure.hours import DEFAULT, Preferences, may_write, next_opening
from procedure.workdays import WorkCalendar

ROME = ZoneInfo("Europe/Rome")
PISTOIA = WorkCalendar(patron=(7, 25), patron_name="San Jacopo")
EVENING = Preferences(opens=10, closes=17)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ROME)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (at(18, 7, 59), False),
        (at(18, 8), True),
        (at(18, 18, 59), True),
        (at(18, 19), False),
        (at(21, 10), False),  # a Saturday
        (at(8, 10, month=12), False),  # Immacolata
    ],
)
def test_everybody_is_written_to_from_eight_to_seven_of_a_working_day(now: datetime, may: bool) -> None:
    assert may_write(now, DEFAULT, WorkCalendar()) is may


def test_who_wants_fewer_hours_has_them() -> None:
    asked = [at(18, 9, 59), at(18, 10), at(18, 16, 59), at(18, 17)]
    assert [may_write(now, EVENING, WorkCalendar()) for now in asked] == [False, True, True, False]


def test_nobody_can_have_more_hours_than_the_house_gives() -> None:
    assert not may_write(at(18, 7), Preferences(opens=6, closes=23), WorkCalendar())
    assert not may_write(at(18, 19), Preferences(opens=6, closes=23), WorkCalendar())


def test_hours_that_leave_no_room_are_those_of_the_house() -> None:
    assert may_write(at(18, 9), Preferences(opens=17, closes=9), WorkCalendar())


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        (at(18, 6), at(18, 8)),
        (at(18, 12), at(18, 12)),
        (at(18, 19, 30), at(19, 8)),
        (at(20, 19, 30), at(23, 8)),  # Friday evening: on Monday
        (at(4, 19, month=12), at(7, 8, month=12)),
        (at(7, 20, month=12), at(9, 8, month=12)),  # over the 8th
    ],
)
def test_what_comes_too_late_waits_for_the_next_opening(now: datetime, opening: datetime) -> None:
    assert next_opening(now, DEFAULT, WorkCalendar()) == opening


def test_the_opening_is_the_hour_that_the_person_set() -> None:
    assert next_opening(at(18, 17, 30), EVENING, WorkCalendar()) == at(19, 10)


def test_the_patron_of_the_own_sede_is_a_day_off() -> None:
    patron = datetime(2029, 7, 25, 9, tzinfo=ROME)
    assert may_write(patron, DEFAULT, WorkCalendar())
    assert next_opening(patron, DEFAULT, PISTOIA).date() == date(2029, 7, 26)
