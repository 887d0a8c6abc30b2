"""The demo's clock: it runs like a real one and can be moved forward by hand, never back.

The real time of day is not read here: the clock is told where it starts and counts on with the monotonic
clock. It refuses to know any holiday: which days are worked is asked of the function it was given.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from emulator.feed import Feed

ROME = ZoneInfo("Europe/Rome")
MORNING = 8  # o'clock


def monday_to_friday(day: date) -> bool:
    """Whether the day is worked by someone who knows no holidays."""
    return day.weekday() < 5


class DemoClock:
    """A movable clock.

    Args:
        start: an aware moment; the clock shows it now.
        is_working_day: whether a day (Europe/Rome) is worked.
        feed: told "clock" on every shift.
        moved: called with the new moment on every shift.
        seconds: a monotonic count of seconds.

    Raises:
        ValueError: `start` has no time zone.
    """

    def __init__(
        self,
        start: datetime,
        is_working_day: Callable[[date], bool] = monday_to_friday,
        *,
        feed: Feed | None = None,
        moved: Callable[[datetime], None] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        if start.tzinfo is None:
            raise ValueError("the demo's clock wants a moment with its time zone")
        self._is_working_day = is_working_day
        self._feed = feed or Feed()
        self._moved = moved
        self._seconds = seconds
        self._since = seconds()
        self._start = start.astimezone(ROME)

    def now(self) -> datetime:
        """The moment shown, in Europe/Rome."""
        running = timedelta(seconds=self._seconds() - self._since)
        return _later(self._start, running)

    def advance(self, by: timedelta) -> datetime:
        """Move forward by elapsed time (not wall time) and give the new moment.

        Raises:
            ValueError: `by` is negative.
        """
        if by < timedelta(0):
            raise ValueError("the demo's clock never goes back")
        self._start = _later(self._start, by)
        now = self.now()
        if self._moved:
            self._moved(now)
        self._feed.publish("clock", "clock", lambda: {"now": now.isoformat()})
        return now

    def to(self, moment: datetime) -> datetime:
        """Move forward to the moment; one that has passed moves nothing."""
        return self.advance(max(self._until(moment), timedelta(0)))

    def to_next_morning(self) -> datetime:
        """Move to 8:00 of the first working day after today."""
        return self.by_working_days(1)

    def by_working_days(self, days: int) -> datetime:
        """Move to 8:00 of the `days`-th working day after today."""
        day = self.now().date()
        for _ in range(days):
            day = self._next_working_day(day)
        return self.to(datetime(day.year, day.month, day.day, MORNING, tzinfo=ROME))

    async def shifted(self) -> datetime:
        """Wait until somebody moves the clock, and give the new moment."""
        before = self._start
        await self._feed.until("clock", partial(self._moved_from, before), None)
        return self.now()

    async def reaches(self, moment: datetime) -> datetime:
        """Wait until the clock shows the moment or later, by itself or because somebody moved it."""
        while (left := self._until(moment).total_seconds()) > 0:
            before = self._start
            try:
                await self._feed.until("clock", partial(self._moved_from, before), left)
            except TimeoutError:
                await asyncio.sleep(0)
        return self.now()

    def _until(self, moment: datetime) -> timedelta:
        """What will elapse until then: Python subtracts two moments of one zone by their wall time."""
        return moment.astimezone(UTC) - self.now().astimezone(UTC)

    def _moved_from(self, before: datetime) -> bool | None:
        return True if self._start != before else None

    def _next_working_day(self, day: date) -> date:
        day += timedelta(days=1)
        while not self._is_working_day(day):
            day += timedelta(days=1)
        return day


def _later(moment: datetime, by: timedelta) -> datetime:
    """`moment` after `by` has elapsed, right across a change of the hour."""
    return (moment.astimezone(UTC) + by).astimezone(ROME)
