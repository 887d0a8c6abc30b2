"""Which days are worked at a site, and how to count them.

Every term of the procedure is a walk on this calendar: Monday to Friday, without the national holidays, the
patron saint of the site and the closures that the administrator declares (A2, A3). Refuses to know what is
counted and why: terms live in `procedure.deadlines`. Reads no clock and no file.
"""

import enum
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from holidays import country_holidays

from procedure.campaign import Campaign, Closure

ONE_DAY = timedelta(days=1)
NOWHERE: Final = ""


class Rest(enum.Enum):
    """Why a day is not worked."""

    WEEKEND = enum.auto()
    HOLIDAY = enum.auto()
    PATRON = enum.auto()
    CLOSURE = enum.auto()


class DayOff(NamedTuple):
    """Why one day is not worked: the kind of reason, and the reason in short Italian."""

    rest: Rest
    reason: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of one site (A2, A3). Two calendars of equal inputs are equal and hash alike.

    Args:
        patron: month and day of the patron saint; None where the site keeps none.
        patron_name: the saint, in Italian; may be empty.
        closures: days on which nobody works, both ends included.
        saturday_works: True where the offices are open on Saturday (A2: they are not).
    """

    patron: tuple[int, int] | None = None
    patron_name: str = ""
    closures: tuple[Closure, ...] = ()
    saturday_works: bool = False
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def days_a_week(self) -> int:
        """Working days of an ordinary week."""
        return 6 if self.saturday_works else 5

    def day_off(self, day: date) -> DayOff | None:
        """Why `day` is not worked, None if it is. A weekend is a weekend even when a holiday falls on it."""
        if weekend := self._weekend(day):
            return DayOff(Rest.WEEKEND, weekend)
        if holiday := _national_holidays(day.year).get(day):
            return DayOff(Rest.HOLIDAY, holiday)
        if (day.month, day.day) == self.patron:
            return DayOff(Rest.PATRON, f"{self.patron_name}, patrono" if self.patron_name else "patrono")
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return DayOff(Rest.CLOSURE, _closed_for(closure.reason))
        return None

    def why_not(self, day: date) -> str | None:
        """Why `day` is not worked, in short Italian ("sabato", "Lunedì dell'Angelo"); None if it is."""
        off = self.day_off(day)
        return off.reason if off else None

    def is_working(self, day: date) -> bool:
        """True where `day` is worked."""
        days = self._working_days(day.year)
        at = bisect_left(days, day)
        return at < len(days) and days[at] == day

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself is not counted (A5, art. 2963 c.c.).

        Raises:
            ValueError: `n` is less than one; a term of no days is not a term.
        """
        if n < 1:
            raise ValueError(f"a term is of at least one working day, not of {n}")
        year, days = day.year, self._working_days(day.year)
        at = bisect_right(days, day) + n - 1
        while at >= len(days):
            at -= len(days)
            year += 1
            days = self._working_days(year)
        return days[at]

    def next_working(self, day: date) -> date:
        """The first working day not before `day`: `day` itself where it is worked."""
        return self.add(day - ONE_DAY, 1)

    def last_working(self, day: date) -> date:
        """The last working day not after `day`: `day` itself where it is worked."""
        year, days = day.year, self._working_days(day.year)
        at = bisect_right(days, day)
        while at == 0:
            year -= 1
            days = self._working_days(year)
            at = len(days)
        return days[at - 1]

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` comes first."""
        if end < start:
            return -self.between(end, start)
        whole_years = sum(len(self._working_days(year)) for year in range(start.year, end.year))
        return whole_years + self._rank(end) - self._rank(start)

    def skipped(self, start: date, end: date) -> tuple[date, ...]:
        """The days after `start` up to and including `end` that are not worked."""
        return tuple(day for day in _days(start + ONE_DAY, end) if not self.is_working(day))

    def _weekend(self, day: date) -> str | None:
        match day.weekday():
            case 5 if not self.saturday_works:
                return "sabato"
            case 6:
                return "domenica"
        return None

    def _rank(self, day: date) -> int:
        """How many working days of its year are past at the end of `day`."""
        return bisect_right(self._working_days(day.year), day)

    def _working_days(self, year: int) -> tuple[date, ...]:
        """The year's working days in order, reckoned once: the table that makes a count a bisection."""
        days = self._years.get(year)
        if days is None:
            every = _days(date(year, 1, 1), date(year, 12, 31))
            days = self._years[year] = tuple(day for day in every if self.day_off(day) is None)
        return days


def calendars(campaign: Campaign) -> dict[str, WorkCalendar]:
    """The calendar of every site of the campaign, by the site's name (A5c). Build once and pass down.

    Under `NOWHERE` that of a person without a sede: the nation's, with the campaign's closures.
    """
    saturday = campaign.terms.saturday_works
    return {
        site.name: WorkCalendar(site.patron, site.patron_name, campaign.closures, saturday)
        for site in campaign.sites
    } | {NOWHERE: WorkCalendar(closures=campaign.closures, saturday_works=saturday)}


def _closed_for(reason: str) -> str:
    """A closure's reason, said to be one where its own words do not ("chiusura estiva" do)."""
    if "chius" in reason.lower():
        return reason
    return f"chiusura: {reason}" if reason else "chiusura"


@cache
def _national_holidays(year: int) -> Mapping[date, str]:
    """Italy's holidays with their Italian names. No province: the patron saint is the site's own (A3)."""
    return dict(country_holidays("IT", years=year, language="it_IT"))


def _days(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
