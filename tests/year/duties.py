"""A duty of section 8 and the days on which its owner is reminded of it (docs/decisions/0015).

Written from the procedure and that page, not from the product. It refuses to know who the receiver is.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from tests.year.cast import Company
from tests.year.workdays import Days

WORKING: Final = {"D6": 1, "D7": 1, "D8": 1, "D10": 5, "D11": 2, "D13": 7}
CALENDAR: Final = {"D1": 30, "D14": 30}
ASKED: Final = {"A22b"}
"""A question, where no delay is meant: the company was contacted, when is the delivery (A22b, A23c)."""


@dataclass
class Duty:
    """One open deadline, or a question that stands.

    Attributes:
        starts: the day it runs from, not counted.
        last: the last useful working day; `until` the last on which it is not late (A4).
        heard: the last day on which its owner was told of it, at first the day it was opened.
        put_off: the day a postponement moved the next reminder to.
        escalated: a supervisor has read of it.
        told_since: of a sollecito, whether anything was told after the delivery (T10).
    """

    kind: str
    company: Company
    owner: str
    opened: date
    starts: date
    last: date
    until: date
    heard: date
    quote: int | None = None
    visit: int | None = None
    put_off: date | None = None
    told_since: bool = False
    escalated: bool = False

    def is_late(self, day: date) -> bool:
        return self.kind not in ASKED and day > self.until

    def level(self, day: date, days: Days) -> str:
        """The level of truth on a day: the section of the morning message."""
        if self.kind in ASKED:
            return "ask"
        if self.is_late(day):
            return "late"
        if self.kind == "D13" and not self.told_since and day < days.before(self.last, 2):
            return "ask"
        return "today" if day >= self.last else "soon"


def a_duty(kind: str, company: Company, owner: str, starts: date, opened: date, *, days: Days) -> Duty:
    """The deadline that runs from `starts`, by the calendar of the company's site (A5c)."""
    if kind in ASKED:
        last = until = starts
    elif kind in WORKING:
        last = until = days.after(starts, WORKING[kind])
    else:
        due = starts + timedelta(days=CALENDAR[kind])
        last, until = days.on_or_before(due), days.on_or_after(due)
        last = last if last >= starts else until
    return Duty(kind, company, owner, opened, starts, last, until, heard=opened)


def next_day(duty: Duty, days: Days) -> date:
    """The first day after `heard` that the rhythm has for this duty."""
    if duty.put_off is not None and duty.put_off > duty.heard:
        return duty.put_off
    day = days.after(duty.heard, 1)
    while not is_planned(duty, day, days):
        day = days.after(day, 1)
    return day


def is_planned(duty: Duty, day: date, days: Days) -> bool:
    """Whether the rhythm has a reminder on this working day."""
    if duty.kind in ASKED:
        return days.between(duty.starts, day) % 5 == 0 and day > duty.starts
    if day > duty.until:
        return _is_day_of_delay(duty, day, days)
    ahead = {duty.last, days.before(duty.last)}
    if duty.kind == "D13":
        ahead.add(days.before(duty.last, 2))
        ahead |= set() if duty.told_since else {days.after(duty.starts, 1)}  # T10
    return day in ahead


def _is_day_of_delay(duty: Duty, day: date, days: Days) -> bool:
    """The first three working days of delay, then every fifth; D8 all. A delay that was told late begins on
    the next working day.
    """
    if duty.opened > duty.until and day == days.after(duty.opened, 1):
        return True
    delay = days.between(duty.until, day)
    return duty.kind == "D8" or delay <= 3 or (delay - 3) % 5 == 0
