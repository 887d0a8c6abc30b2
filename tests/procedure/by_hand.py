"""Working days counted without the product's code: no library, no table, one day at a time."""

from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
FIXED = {(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)}


@cache
def easter(year: int) -> date:
    """Gauss's reckoning with the two exceptions, good from 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    day = date(year, 3, 22) + timedelta(days=d + e)
    too_late = day == date(year, 4, 26) or (d == 28 and e == 6 and a > 10)
    return day - timedelta(days=7) if too_late else day


class CivilCalendar:
    """Monday to Friday, Italy's holidays, one patron saint."""

    def __init__(self, patron: tuple[int, int]) -> None:
        self.patron = patron

    def works(self, day: date) -> bool:
        rests = FIXED | {self.patron} | ({(10, 4)} if day.year >= 2026 else set())
        return day.weekday() < 5 and (day.month, day.day) not in rests and day != easter(day.year) + ONE_DAY

    def after(self, start: date, n: int) -> date:
        day = start
        while n:
            day += ONE_DAY
            n -= self.works(day)
        return day

    def on_to_work(self, day: date) -> date:
        return day if self.works(day) else self.on_to_work(day + ONE_DAY)

    def back_to_work(self, day: date) -> date:
        return day if self.works(day) else self.back_to_work(day - ONE_DAY)
