"""Which reminder an open deadline calls for on a given day, and at what hours anybody may be written to.

A39: the owner the working day before and on the last useful day; then on each of the first three working days
of delay; then once a working week. M15: of a sollecito, also two working days before. Refuses to know the
words, the wire and the supervisors' digests. The plan follows from what is stored and from `today` alone: no
timer holds it.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, NamedTuple

from procedure.deadlines import RULES, DeadlineKind, is_late
from procedure.workdays import ONE_DAY, WorkCalendar

OPENS, CLOSES = time(8), time(19)  # A46; at seven in the evening it is already too late
DAILY_WHEN_LATE: Final = 3  # working days of delay, each with its reminder; from then on one a week


class Level(enum.StrEnum):
    """How near or how late; the words of a reminder hang on it."""

    EARLY = "early"  # two working days before the last useful one
    EVE = "eve"  # the working day before
    DAY = "day"  # the last useful working day
    LATE = "late"


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """A deadline not yet met, as the store keeps it.

    Args:
        id: its row.
        subject: the company's name.
        site: the company's site, whose calendar counts (A5c).
        owner: the person to remind; None where the owner is only a mailbox.
        starts_on: see `procedure.deadlines.Due`, as the three dates after it.
        remind_on: the next reminder as last planned; one that passed unsent is sent on the day it is found.
    """

    id: int
    kind: DeadlineKind
    subject: str
    site: str
    owner: int | None
    starts_on: date
    due_on: date
    last_useful: date
    on_time_until: date
    remind_on: date | None = None


class ReminderKey(NamedTuple):
    """The same reminder has the same key however often it is planned."""

    deadline: int
    level: Level
    day: date


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder to one owner."""

    deadline: OpenDeadline
    level: Level
    day: date

    @property
    def key(self) -> ReminderKey:
        """What keeps it from leaving twice."""
        return ReminderKey(self.deadline.id, self.level, self.day)


def level_on(deadline: OpenDeadline, today: date, calendar: WorkCalendar) -> Level | None:
    """The reminder that the schedule has for `today`; None on most days and on every day of rest (A39, A46).

    Nothing before the term has begun; on that very day, yes: a duty due tomorrow has its eve today (A1).
    """
    if RULES[deadline.kind].shown_only or today < deadline.starts_on or not calendar.is_working(today):
        return None
    if is_late(deadline, today):
        return Level.LATE if _is_day_of_delay(deadline.on_time_until, today, calendar) else None
    return _days_ahead(deadline, calendar).get(today)


def next_remind_on(deadline: OpenDeadline, after: date, calendar: WorkCalendar) -> date | None:
    """The first day after `after` on which `level_on` has a reminder; None where it never will (D12)."""
    if RULES[deadline.kind].shown_only:
        return None
    day = calendar.add(after, 1)
    while level_on(deadline, day, calendar) is None:
        day = calendar.add(day, 1)
    return day


def plan(
    deadlines: Iterable[OpenDeadline], today: date, calendars: Mapping[str, WorkCalendar]
) -> tuple[Reminder, ...]:
    """The reminders of `today`, the longest due first.

    Args:
        deadlines: the open ones; those without a reminder today cost nothing but the look.
        today: the day of the plan.
        calendars: of the sites, by name.

    Raises:
        KeyError: a deadline's site has no calendar.
    """
    reminders = (
        Reminder(deadline, level, today)
        for deadline in deadlines
        if (level := _owed(deadline, today, calendars[deadline.site]))
    )
    return tuple(sorted(reminders, key=lambda reminder: (reminder.deadline.due_on, reminder.deadline.id)))


def may_send(now: datetime, calendar: WorkCalendar) -> bool:
    """True from 8:00 to 19:00 of a working day (A46). `now` is the local time of the recipient."""
    return OPENS <= now.time() < CLOSES and calendar.is_working(now.date())


def next_sending_time(now: datetime, calendar: WorkCalendar) -> datetime:
    """`now` where it may be sent, else the next opening hour, in the time zone of `now` (local, A46)."""
    if may_send(now, calendar):
        return now
    first = now.date() if now.time() < OPENS else now.date() + ONE_DAY
    return datetime.combine(calendar.next_working(first), OPENS, tzinfo=now.tzinfo)


def _owed(deadline: OpenDeadline, today: date, calendar: WorkCalendar) -> Level | None:
    """Today's reminder, or in its place one whose day passed while nobody was there to send it."""
    if level := level_on(deadline, today, calendar):
        return level
    if deadline.remind_on is None or deadline.remind_on >= today or not calendar.is_working(today):
        return None
    if is_late(deadline, today):
        return Level.LATE
    return Level.DAY if today > deadline.last_useful else None


def _days_ahead(deadline: OpenDeadline, calendar: WorkCalendar) -> dict[date, Level]:
    """The days of the reminders before delay. A closure declared since moves the last one back, not away."""
    last = calendar.last_working(deadline.last_useful)
    eve = calendar.last_working(last - ONE_DAY)
    days = {last: Level.DAY, eve: Level.EVE}
    if deadline.kind is DeadlineKind.D13:
        days[calendar.last_working(eve - ONE_DAY)] = Level.EARLY  # day 5 of 7 (M15)
    return days


def _is_day_of_delay(on_time_until: date, today: date, calendar: WorkCalendar) -> bool:
    """True on the first working days of delay, then once in as many working days as a week has (A39).

    Counted so, a closure never heaps up the reminders of its weeks on the days that follow it.
    """
    delay = calendar.between(on_time_until, today)
    return delay <= DAILY_WHEN_LATE or (delay - DAILY_WHEN_LATE) % calendar.days_a_week == 0
