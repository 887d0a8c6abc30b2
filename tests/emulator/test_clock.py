"""The demo's clock."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from emulator.clock import DemoClock

FRIDAY = datetime(2026, 3, 27, 17, 0, tzinfo=UTC)  # 18:00 in Rome; the hour changes on Sunday


def frozen(start: datetime = FRIDAY) -> DemoClock:
    return DemoClock(start, seconds=lambda: 0.0)


def test_it_runs_with_the_seconds_it_is_given() -> None:
    passed = iter([100.0, 160.0])
    clock = DemoClock(FRIDAY, seconds=lambda: next(passed))
    assert clock.now() - FRIDAY == timedelta(minutes=1)


def test_the_next_morning_of_a_friday_is_monday_at_eight() -> None:
    assert frozen().to_next_morning().isoformat() == "2026-03-30T08:00:00+02:00"


def test_working_days_are_asked_of_who_knows_them() -> None:
    closed = date(2026, 3, 30)
    clock = DemoClock(FRIDAY, lambda day: day.weekday() < 5 and day != closed, seconds=lambda: 0.0)
    assert clock.by_working_days(5).date() == date(2026, 4, 6)


def test_a_day_is_twenty_four_hours_also_when_the_hour_changes() -> None:
    clock = frozen(datetime(2026, 3, 28, 12, 0, tzinfo=UTC))
    assert clock.advance(timedelta(hours=24)).isoformat() == "2026-03-29T14:00:00+02:00"


def test_it_never_goes_back() -> None:
    clock = frozen()
    with pytest.raises(ValueError, match="never goes back"):
        clock.advance(timedelta(seconds=-1))
    assert clock.to(FRIDAY - timedelta(days=1)) == FRIDAY


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        DemoClock(datetime(2026, 3, 27, 17, 0))  # noqa: DTZ001 -- that is what is refused


async def test_who_waits_for_a_moment_wakes_when_the_clock_is_moved() -> None:
    clock = frozen()
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(clock.reaches(FRIDAY + timedelta(days=2)))
        shifted = group.create_task(clock.shifted())
        await asyncio.sleep(0)
        clock.advance(timedelta(days=1))
        assert await shifted == FRIDAY + timedelta(days=1)
        assert not waiting.done()
        clock.advance(timedelta(days=1))
    assert waiting.result() == FRIDAY + timedelta(days=2)
