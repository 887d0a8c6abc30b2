"""Obiettivi: how many visits are wanted in a period, of a sede, of a person or of those who bear a role
[r.84, A20].

What counts is a visit to a company of code 0 whose DATA VISITA lies in the period, however it was held (A37);
`store.targets` counts. Where there is no target there is no comparison. Pure: knows no clock and no database.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from procedure.italian import MONTHS, write_date
from procedure.people import Role
from procedure.workdays import ONE_DAY, WorkCalendar

MOST_VISITS: Final = 100_000
SOON_ENOUGH: Final = 5
"""Working days of a period that must have gone by before a pace is told of it."""

_QUARTERS: Final = ("primo", "secondo", "terzo", "quarto")


@dataclass(frozen=True, slots=True)
class Target:
    """Visits wanted from `first` to `last`, both included.

    `site` is the companies' sede, `person` (an id) or `role` who makes the visits; those that are given must
    all hold, and the visits of all who bear a role count together.
    """

    first: date
    last: date
    visits: int
    site: str | None = None
    person: int | None = None
    role: Role | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """A target and the visits made so far."""

    target: Target
    made: int

    @property
    def reached(self) -> bool:
        """True where there is nothing left to do."""
        return self.made >= self.target.visits


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of the month of `day`."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - ONE_DAY


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter of `day`."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, month_of(first + timedelta(days=62))[1]


def period_name(first: date, last: date) -> str:
    """A period as people call it: `novembre 2026`, `quarto trimestre 2026`, `2026`, else its two days."""
    if (first, last) == month_of(first):
        return f"{MONTHS[first.month - 1]} {first.year}"
    if (first, last) == quarter_of(first):
        return f"{_QUARTERS[(first.month - 1) // 3]} trimestre {first.year}"
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return str(first.year)
    return f"da {write_date(first)} a {write_date(last)}"


def forecast(progress: Progress, today: date, calendar: WorkCalendar) -> int | None:
    """How many visits there will be at the end, at this pace of visits to a working day.

    None where the period is too young to tell, has not begun or is over.
    """
    target = progress.target
    if not target.first <= today < target.last:
        return None
    gone = calendar.between(target.first - ONE_DAY, today)
    if gone < SOON_ENOUGH:
        return None
    return round(progress.made * calendar.between(target.first - ONE_DAY, target.last) / gone)
