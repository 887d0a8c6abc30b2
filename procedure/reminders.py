"""On which days the owner of an open deadline hears of it, and how near or late it then is.

The rhythm of A39 and docs/decisions/0015: the working day before the last useful one and that day itself;
then the first three working days of delay; then once a working week. The answer follows from the deadline and
the day alone: no timer holds it. Refuses to know the words, the hours, who stands in and the digests.
"""

import enum
from datetime import date
from typing import Final, Protocol

from procedure.deadlines import RULES, DeadlineKind
from procedure.workdays import ONE_DAY, WorkCalendar

DAILY_WHEN_LATE: Final = 3  # working days of delay, each with its reminder; from then on one a week


class Level(enum.StrEnum):
    """How near or how late; the words of a reminder hang on it."""

    EARLY = "early"  # two working days before the last useful one, or what was put off to a day before it
    EVE = "eve"  # the working day before
    DAY = "day"  # the last useful working day
    LATE = "late"
    ASK = "ask"  # nobody is late: what became of it?


class Term(Protocol):
    """What the rhythm looks at: a `Due`, or a deadline as the store has it. See `procedure.deadlines.Due`."""

    @property
    def kind(self) -> DeadlineKind:
        """Which duty."""

    @property
    def starts_on(self) -> date:
        """The day of the event that it runs from."""

    @property
    def last_useful(self) -> date:
        """The last working day on which the duty can be done in time."""

    @property
    def on_time_until(self) -> date:
        """The last day on which the duty, if done, is not late."""


def level_on(term: Term, today: date, calendar: WorkCalendar) -> Level | None:
    """The reminder that the rhythm has for `today`; None on most days and on every day of rest of the site.

    Nothing before the term has begun; on that very day, yes: a duty due tomorrow has its eve today (A1).
    """
    rule = RULES[term.kind]
    if rule.shown_only or today < term.starts_on or not calendar.is_working(today):
        return None
    if rule.asked:
        return Level.ASK if _is_day_of_asking(term, today, calendar) else None
    if today > term.on_time_until:
        return Level.LATE if _is_day_of_delay(term, today, calendar) else None
    return _days_ahead(term, calendar).get(today)


def owed(term: Term, today: date, calendar: WorkCalendar) -> Level:
    """The truth of `today` for what is to be told today, whichever day it was planned for.

    On a day of the rhythm the same as `level_on`. Otherwise its own day has passed while nobody was written
    to, or it was put off to today. A sollecito is asked of (T10) until its first reminder comes near.
    """
    if RULES[term.kind].asked:
        return Level.ASK
    if today > term.on_time_until:
        return Level.LATE
    last = calendar.last_working(term.last_useful)
    if today >= last:
        return Level.DAY
    eve = calendar.last_working(last - ONE_DAY)
    if today >= eve:
        return Level.EVE
    is_young = term.kind is DeadlineKind.D13 and today < calendar.last_working(eve - ONE_DAY)
    return Level.ASK if is_young else Level.EARLY


def first_remind_on(term: Term, opened_on: date, calendar: WorkCalendar) -> date | None:
    """The first day after `opened_on` on which a deadline opened then is told of.

    One that is late already is told of on the next working day, once (A49); from then on by its true delay.
    """
    rule = RULES[term.kind]
    if opened_on > term.on_time_until and not (rule.asked or rule.shown_only):
        return calendar.add(opened_on, 1)
    return next_remind_on(term, opened_on, calendar)


def next_remind_on(term: Term, after: date, calendar: WorkCalendar) -> date | None:
    """The first day after `after` on which `level_on` has a reminder; None where it never will (D12)."""
    rule = RULES[term.kind]
    if rule.shown_only:
        return None
    if rule.asked:
        return _next_asking(term, after, calendar)
    first = max(after + ONE_DAY, term.starts_on)
    ahead = [day for day in _days_ahead(term, calendar) if first <= day <= term.on_time_until]
    return min(ahead) if ahead else _next_day_of_delay(term, first - ONE_DAY, calendar)


def _days_ahead(term: Term, calendar: WorkCalendar) -> dict[date, Level]:
    """The days of the reminders before delay. A closure declared since moves the last one back, not away."""
    last = calendar.last_working(term.last_useful)
    eve = calendar.last_working(last - ONE_DAY)
    if term.kind is not DeadlineKind.D13:
        return {last: Level.DAY, eve: Level.EVE}
    early = calendar.last_working(eve - ONE_DAY)  # day 5 of 7 (M15)
    asked = calendar.add(term.starts_on, 1)  # T10
    return {asked: Level.ASK, early: Level.EARLY, eve: Level.EVE, last: Level.DAY}


def _is_day_of_delay(term: Term, today: date, calendar: WorkCalendar) -> bool:
    """True on the first working days of delay, then once in as many working days as a week has (A39).

    Counted so, a closure never heaps up the reminders of its weeks on the days that follow it. D8 is told on
    every working day of delay (section 8).
    """
    delay = calendar.between(term.on_time_until, today)
    return _told_at(term.kind, delay, calendar.days_a_week)


def _told_at(kind: DeadlineKind, delay: int, week: int) -> bool:
    daily = kind is DeadlineKind.D8 or delay <= DAILY_WHEN_LATE
    return daily or (delay - DAILY_WHEN_LATE) % week == 0


def _next_day_of_delay(term: Term, after: date, calendar: WorkCalendar) -> date:
    delay = max(calendar.between(term.on_time_until, after), 0) + 1
    while not _told_at(term.kind, delay, calendar.days_a_week):
        delay += 1
    return calendar.add(term.on_time_until, delay)


def _is_day_of_asking(term: Term, today: date, calendar: WorkCalendar) -> bool:
    days = calendar.between(term.starts_on, today)
    return days > 0 and days % calendar.days_a_week == 0


def _next_asking(term: Term, after: date, calendar: WorkCalendar) -> date:
    week = calendar.days_a_week
    weeks = max(calendar.between(term.starts_on, after), 0) // week + 1
    return calendar.add(term.starts_on, weeks * week)
