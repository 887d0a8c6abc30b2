"""An appointment with a company, and when its person hears of it (M3, M4, M11).

The evening before, after the hour, and on the next morning.

The plan follows from what is stored and from `now` alone. Refuses to know the words and the wire.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from procedure.hours import Preferences, may_write, window
from procedure.italian import write_date
from procedure.workdays import ONE_DAY, WorkCalendar

LENGTH: Final = timedelta(hours=1)
"""How long a visit is taken to last: in a calendar, beside another appointment, before anybody asks of it."""

EVE_HOUR: Final = time(17)
FARTHEST: Final = timedelta(days=730)


class Settled(enum.StrEnum):
    """What became of an appointment."""

    DONE = "done"
    MOVED = "moved"
    NOT_HELD = "not_held"
    CANCELLED = "cancelled"


class Call(enum.StrEnum):
    """What its person hears of an appointment by itself."""

    EVE = "eve"  # tomorrow at ten; the credit is to be checked [r.90]
    ASKED = "asked"  # how did it go?
    AGAIN = "again"  # the same, on the next morning


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment; open as long as nobody has told what became of it."""

    id: int
    company: int
    person: int
    starts_at: datetime
    created_at: datetime
    note: str = ""
    credit_checked_at: datetime | None = None  # the look at the portal before the visit [r.90]
    settled_at: datetime | None = None
    settled_how: Settled | None = None
    moved_to: int | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """True until it is told what became of it."""
        return self.settled_at is None

    def is_over(self, now: datetime) -> bool:
        """True once its hour has passed."""
        return now >= self.starts_at + LENGTH

    def overlaps(self, starts_at: datetime) -> bool:
        """True where one that starts then would begin before this one ends, or the other way round."""
        return abs(self.starts_at - starts_at) < LENGTH


def call_due(
    appointment: Appointment, now: datetime, preferences: Preferences, calendar: WorkCalendar
) -> Call | None:
    """What the person of an open appointment is to hear at `now`, if they have not heard it yet.

    What is late is still told as long as it is true: the evening's message until the appointment begins, the
    question on the day and on the next morning. After that, its deadline speaks (D8).

    Args:
        appointment: an open one.
        now: local time.
        preferences: the person's own.
        calendar: of the person's site.
    """
    if not may_write(now, preferences, calendar):
        return None
    starts_at = appointment.starts_at.astimezone(now.tzinfo)
    if now < starts_at:
        return Call.EVE if _eve_has_come(appointment, starts_at, now, preferences, calendar) else None
    if not appointment.is_over(now):
        return None
    if now.date() == starts_at.date():
        return Call.ASKED
    return Call.AGAIN if now.date() == next_morning(starts_at.date(), calendar) else None


def next_morning(day: date, calendar: WorkCalendar) -> date:
    """The day on which it is asked again how an appointment of `day` went."""
    return calendar.add(day, 1)


def eve_of(starts_at: datetime, preferences: Preferences, calendar: WorkCalendar) -> datetime:
    """Five in the afternoon of the last working day before (N1), or the last hour of who closes sooner."""
    opens, closes = window(preferences)
    hour = EVE_HOUR if closes > EVE_HOUR else time(closes.hour - 1)
    day = calendar.last_working(starts_at.date() - ONE_DAY)
    return datetime.combine(day, max(hour, opens), tzinfo=starts_at.tzinfo)


def write_moment(moment: datetime) -> str:
    """A day and hour in full: `giovedì 19 novembre 2026 alle 15:00`."""
    return f"{write_date(moment.date())} alle {write_hour(moment)}"


def write_hour(moment: datetime) -> str:
    """An hour: `15:00`."""
    return f"{moment:%H:%M}"


def _eve_has_come(
    appointment: Appointment,
    starts_at: datetime,
    now: datetime,
    preferences: Preferences,
    calendar: WorkCalendar,
) -> bool:
    """One fixed after its eve is called for at once, if it is for the same day or the next."""
    eve = eve_of(starts_at, preferences, calendar)
    fixed = appointment.created_at.astimezone(now.tzinfo)
    return now >= eve and (fixed <= eve or starts_at.date() - fixed.date() <= ONE_DAY)
