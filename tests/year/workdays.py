"""Which days are worked, reckoned anew: own Easter, own holidays, the patron, the closures.

The checker's ruler. It shares nothing with the product's calendar, so that one can find the other wrong.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
FEASTS = ((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26))
FRANCIS = (10, 4)  # a national holiday again from 2026 on (L. 151/2025)
FIRST, LAST = 2020, 2034  # the years that anybody counts in

Span = tuple[date, date]
"""A closure: both days included."""


def easter(year: int) -> date:
    """Easter Sunday, by Gauss as Lichtenberg mended him."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    age = (19 * (year % 19) + moon) % 30
    bound = age // 29 + (age // 28 - age // 29) * (year % 19 // 11)
    march = 21 + age - bound
    sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + (march + 7 - (march - sunday) % 7 - 1) * DAY


@dataclass(frozen=True)
class Days:
    """The working days of one site, or (with no patron) of somebody who has none."""

    patron: tuple[int, int] | None = None
    closures: tuple[Span, ...] = ()

    def works(self, day: date) -> bool:
        """Monday to Friday, no feast, no closure."""
        at = bisect_left(_table(self), day)
        return _table(self)[at] == day

    def after(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is not counted."""
        return _table(self)[bisect_right(_table(self), day) + n - 1]

    def before(self, day: date, n: int = 1) -> date:
        """The n-th working day before `day`, which is not counted."""
        return _table(self)[bisect_left(_table(self), day) - n]

    def on_or_after(self, day: date) -> date:
        """`day`, or the first working day that follows."""
        return self.after(day - DAY, 1)

    def on_or_before(self, day: date) -> date:
        """`day`, or the last working day that precedes."""
        return self.before(day + DAY, 1)

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 where `end` comes first."""
        return max(0, bisect_right(_table(self), end) - bisect_right(_table(self), start))

    def starts_a_week(self, day: date) -> bool:
        """The first working day of its week."""
        return self.works(day) and self.on_or_after(day - day.weekday() * DAY) == day


@cache
def _table(days: Days) -> tuple[date, ...]:
    every = (date(FIRST, 1, 1) + n * DAY for n in range((date(LAST, 12, 31) - date(FIRST, 1, 1)).days))
    return tuple(day for day in every if _is_worked(days, day))


def _is_worked(days: Days, day: date) -> bool:
    feast = (day.month, day.day)
    if day.weekday() > 4 or feast in FEASTS or feast == days.patron:
        return False
    if feast == FRANCIS and day.year >= 2026:
        return False
    if day == easter(day.year) + DAY:
        return False
    return not any(first <= day <= last for first, last in days.closures)
