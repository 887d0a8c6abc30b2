"""Section 8's terms counted without the product's code: no library of holidays, no table, one day at a time.

Written from the procedure alone (sections 8, 16 and 17: A1 to A5) and from the laws on holidays.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Final

ONE_DAY: Final = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

HOLIDAYS: Final = {  # month and day → the first year of these nine in which it holds
    (1, 1): 2022,  # L. 260/1949, art. 2
    (1, 6): 2022,  # L. 260/1949; taken away by L. 54/1977, given back by DPR 792/1985
    (4, 25): 2022,  # L. 260/1949, art. 2
    (5, 1): 2022,  # L. 260/1949, art. 2
    (6, 2): 2022,  # L. 260/1949, art. 1; moved to a Sunday by L. 54/1977, back by L. 336/2000
    (8, 15): 2022,  # L. 260/1949, art. 2
    (10, 4): 2026,  # L. 151/2025: Saint Francis, from 2026 on
    (11, 1): 2022,  # L. 260/1949, art. 2
    (12, 8): 2022,  # L. 260/1949, art. 2
    (12, 25): 2022,  # L. 260/1949, art. 2
    (12, 26): 2022,  # L. 260/1949, art. 2
}
"""With every Sunday and the Monday after Easter (L. 260/1949, art. 2): all of Italy's holidays."""

NEXT_DAY: Final = ("D4", "D5", "D6", "D7", "D8", "D9")  # A1
WORKING: Final = {**dict.fromkeys(NEXT_DAY, 1), "D10": 5, "D11": 2, "D13": 7}
CALENDAR: Final = {"D1": 30, "D12": 30, "D14": 30}


@cache
def easter(year: int) -> date:
    """Gauss's reckoning with the two exceptions, good from 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    day = date(year, 3, 22) + timedelta(days=d + e)
    too_late = day == date(year, 4, 26) or (d == 28 and e == 6 and a > 10)
    return day - timedelta(days=7) if too_late else day


@dataclass(frozen=True)
class CivilCalendar:
    """Monday to Friday (to Saturday, where it is worked), Italy's holidays, one patron, the closures."""

    patron: tuple[int, int] | None = None
    closures: tuple[tuple[date, date], ...] = ()
    saturday: bool = False

    @cached_property
    def _known(self) -> dict[date, bool]:
        return {}

    def works(self, day: date) -> bool:
        """True where `day` is worked (A2, A3)."""
        if day not in self._known:
            self._known[day] = not (self.is_weekend(day) or self._is_holiday(day) or self.is_closed(day))
        return self._known[day]

    def is_weekend(self, day: date) -> bool:
        """Sunday; and Saturday, unless it is worked."""
        return day.weekday() == SUNDAY or (day.weekday() == SATURDAY and not self.saturday)

    def _is_holiday(self, day: date) -> bool:
        at = (day.month, day.day)
        national = day.year >= HOLIDAYS.get(at, 9999) or day == easter(day.year) + ONE_DAY
        return national or at == self.patron

    def is_closed(self, day: date) -> bool:
        """True where the offices have said so."""
        return any(first <= day <= last for first, last in self.closures)

    def after(self, start: date, n: int) -> date:
        """The n-th day worked after `start` (A5)."""
        day = start
        while n:
            day += ONE_DAY
            n -= self.works(day)
        return day

    def on_to_work(self, day: date) -> date:
        """`day`, or the first worked after it."""
        while not self.works(day):
            day += ONE_DAY
        return day

    def back_to_work(self, day: date) -> date:
        """`day`, or the last worked before it."""
        while not self.works(day):
            day -= ONE_DAY
        return day

    def three_days(self, kind: str, start: date) -> tuple[date, date, date]:
        """The due day, the last useful one, the last that is in time (A4)."""
        if kind in WORKING:
            day = self.after(start, WORKING[kind])
            return day, day, day
        due = start + timedelta(days=CALENDAR[kind])
        useful, until = self.back_to_work(due), self.on_to_work(due)
        return due, useful if useful >= start else until, until

    def rests(self, start: date, end: date) -> list[date]:
        """The days after `start` up to `end` that are not worked."""
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return [day for day in days if not self.works(day)]
