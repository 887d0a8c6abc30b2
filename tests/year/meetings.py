"""Appointments: what their person hears the evening before, after the hour and the next morning (M3, M11).

Section 15 and decision 15 leave the hours open: here they are five in the afternoon of the working day
before, and an hour after the beginning. It refuses to know what a visit asks for.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.year.cast import Cast, Company
from tests.year.hearers import Hearers
from tests.year.history import Notice

EVENING = time(17)
LENGTH = timedelta(hours=1)


@dataclass
class Meeting:
    """An appointment of which nobody has yet told what became of it."""

    company: Company
    person: str
    starts: datetime
    fixed: datetime
    said: set[str] = field(default_factory=set)
    waited_for: bool = False  # its scheda is owed (D8)

    @property
    def is_over(self) -> datetime:
        return self.starts + LENGTH


class Meetings:
    """Those that stand."""

    def __init__(self, cast: Cast, hearers: Hearers) -> None:
        self._cast = cast
        self._hearers = hearers
        self._open: list[Meeting] = []

    def fix(self, meeting: Meeting) -> None:
        """It was fixed."""
        self._open.append(meeting)

    def of(self, company: Company) -> Meeting | None:
        """The one that stands with this company."""
        return next((one for one in self._open if one.company == company), None)

    def settle(self, company: Company, until: date = date.max) -> None:
        """It was told what became of it; by a visit, only of what was fixed until that day."""
        self._open = [one for one in self._open if one.company != company or one.starts.date() > until]

    def newly_over(self, now: datetime) -> Iterator[Meeting]:
        """Those whose hour has passed untold: from now on their scheda is owed [r.136]."""
        for one in self._open:
            if now >= one.is_over and not one.waited_for:
                one.waited_for = True
                yield one

    def due_now(self, now: datetime) -> Counter[Notice]:
        """What should be said of them at this moment."""
        expected: Counter[Notice] = Counter()
        for one in self._open:
            hears, place = self._hearers.of(one.person, now.date())
            call = self._call(one, hears, now) if self._hearers.may_write(hears, now) else None
            if call and call not in one.said:
                one.said.add(call)
                kind = "eve" if call == "eve" else "asked"
                expected[Notice(hears, self._hearers.wire(hears), kind, one.company.ref, place)] += 1
        return expected

    def _call(self, one: Meeting, hears: str, now: datetime) -> str | None:
        if now < one.starts:
            days = self._hearers.days(hears)
            eve = datetime.combine(days.before(one.starts.date()), EVENING, tzinfo=now.tzinfo)
            in_time = one.fixed <= eve or one.starts.date() - one.fixed.date() <= timedelta(days=1)
            return "eve" if now >= eve and in_time else None
        if now < one.is_over:
            return None
        if now.date() == one.starts.date():
            return "asked"
        return "again" if now.date() == self._hearers.days(hears).after(one.starts.date(), 1) else None
