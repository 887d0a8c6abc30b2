"""When the person of an appointment hears of it: the plan alone, hour by hour (decision 23)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from procedure.appointments import Appointment, Call, call_due, eve_of, write_moment
from procedure.hours import DEFAULT, Preferences
from procedure.workdays import WorkCalendar

ROME = ZoneInfo("Europe/Rome")
UTC = ZoneInfo("UTC")
PISTOIA = WorkCalendar(patron=(7, 25))


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ROME)


LONG_BEFORE = at(2, 10)


def an_appointment(starts_at: datetime, fixed_at: datetime = LONG_BEFORE) -> Appointment:
    return Appointment(1, 1, 1, starts_at.astimezone(UTC), fixed_at.astimezone(UTC))


def heard(
    one: Appointment, preferences: Preferences = DEFAULT, calendar: WorkCalendar = PISTOIA
) -> list[tuple[Call, datetime]]:
    """Each kind of message and the first quarter of an hour at which it is due."""
    first: dict[Call, datetime] = {}
    now = (one.starts_at - timedelta(days=12)).astimezone(ROME).replace(hour=0, minute=0)
    for _ in range(24 * 24 * 4):
        if call := call_due(one, now, preferences, calendar):
            first.setdefault(call, now)
        now = (now.astimezone(UTC) + timedelta(minutes=15)).astimezone(ROME)
    return list(first.items())


@pytest.mark.parametrize(
    ("starts_at", "told"),
    [
        (at(26, 15), [at(25, 17), at(26, 16), at(27, 8)]),
        (at(30, 9), [at(27, 17), at(30, 10), at(1, 8, month=12)]),  # a Monday
        (at(27, 15), [at(26, 17), at(27, 16), at(30, 8)]),  # a Friday
        (
            at(9, 9, month=12),
            [at(7, 17, month=12), at(9, 10, month=12), at(10, 8, month=12)],
        ),  # after the 8th
        (at(28, 10), [at(27, 17), at(30, 8)]),  # a Saturday: asked on Monday, once
        (at(26, 18), [at(25, 17), at(27, 8)]),  # over at seven: nobody is written to
        (at(27, 9, month=7), [at(24, 17, month=7), at(27, 10, month=7), at(28, 8, month=7)]),  # the patron's
    ],
)
def test_the_evening_before_after_the_hour_and_the_next_morning(
    starts_at: datetime, told: list[datetime]
) -> None:
    one = an_appointment(starts_at, at(1, 10, month=7))
    assert [moment for _, moment in heard(one)] == told


def test_the_clocks_may_change_between_the_eve_and_the_day() -> None:
    one = an_appointment(datetime(2026, 10, 26, 9, tzinfo=ROME))  # winter time began on Sunday
    eve = eve_of(one.starts_at.astimezone(ROME), DEFAULT, PISTOIA)
    assert eve == datetime(2026, 10, 23, 17, tzinfo=ROME)
    assert write_moment(one.starts_at.astimezone(ROME)) == "lunedì 26 ottobre 2026 alle 09:00"


@pytest.mark.parametrize(
    ("opens", "closes", "hour"), [(8, 19, 17), (8, 17, 16), (8, 12, 11), (18, 19, 18), (9, 10, 9)]
)
def test_the_eve_is_at_five_or_within_the_hours_of_who_hears_it(opens: int, closes: int, hour: int) -> None:
    eve = eve_of(at(26, 15), Preferences(opens, closes), PISTOIA)
    assert (eve.date(), eve.hour) == (date(2026, 11, 25), hour)


@pytest.mark.parametrize(
    ("fixed_at", "told"),
    [
        (at(25, 16, 59), at(25, 17)),
        (at(25, 18), at(25, 18)),
        (at(26, 9), at(26, 9)),
        (at(25, 21), at(26, 8)),
    ],
)
def test_a_late_one_is_told_at_once_for_the_same_day_or_the_next(fixed_at: datetime, told: datetime) -> None:
    one = an_appointment(at(26, 15), fixed_at)
    moments = [fixed_at + timedelta(minutes=n) for n in range(24 * 60)]
    assert next(m for m in moments if call_due(one, m, DEFAULT, PISTOIA)) == told


def test_a_late_one_for_a_day_farther_off_has_no_eve() -> None:
    one = an_appointment(at(30, 9), at(27, 18))  # on Friday evening, for Monday
    assert call_due(one, at(27, 18, 30), DEFAULT, PISTOIA) is None
    assert call_due(one, at(30, 8), DEFAULT, PISTOIA) is None


def test_an_hour_apart_two_appointments_do_not_overlap() -> None:
    one = an_appointment(at(26, 15))
    assert one.overlaps(at(26, 15, 59))
    assert one.overlaps(at(26, 14, 1))
    assert not one.overlaps(at(26, 16))
    assert not one.overlaps(at(26, 14))
