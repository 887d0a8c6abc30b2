"""When a person may be written to: within the hours that everybody has, narrowed by their own (A46).

Refuses to know who they are, what is told and by which wire.
"""

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from procedure.workdays import ONE_DAY, WorkCalendar

OPENS: Final = 8
CLOSES: Final = 19  # not included: at seven in the evening it is already too late


OPENINGS: Final = (8, 9, 10)
"""The hours among which a person chooses their morning message."""

CLOSINGS: Final = (17, 18, 19)
"""The hours after which they may want nothing."""


class Place(enum.StrEnum):
    """Where a person wants to be written to."""

    CHAT = "chat"
    MAIL = "mail"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person has set, or the defaults of A46.

    Args:
        opens: the hour of the morning message.
        closes: the hour after which nothing is sent; not included.
        by_mail: True where they want mails in the place of chat messages.
        also_by_mail: True where they want both.
    """

    opens: int = OPENS
    closes: int = CLOSES
    by_mail: bool = False
    also_by_mail: bool = False

    @property
    def place(self) -> Place:
        """Where they want to be written to."""
        return Place.MAIL if self.by_mail else Place.BOTH if self.also_by_mail else Place.CHAT

    def at(self, place: Place) -> "Preferences":
        """The same hours, at this place."""
        return replace(self, by_mail=place is Place.MAIL, also_by_mail=place is Place.BOTH)


DEFAULT: Final = Preferences()


def may_write(now: datetime, preferences: Preferences, calendar: WorkCalendar) -> bool:
    """True in the person's hours of a working day; `now` is Italian time."""
    opens, closes = window(preferences)
    return opens <= now.time() < closes and calendar.is_working(now.date())


def next_opening(now: datetime, preferences: Preferences, calendar: WorkCalendar) -> datetime:
    """`now` where they may be written to, else the next moment at which they may, in the zone of `now`."""
    if may_write(now, preferences, calendar):
        return now
    opens, _ = window(preferences)
    first = now.date() if now.time() < opens else now.date() + ONE_DAY
    return opening(calendar.next_working(first), preferences, now)


def opening(day: date, preferences: Preferences, like: datetime) -> datetime:
    """The first moment of a day's hours, in the time zone of `like`."""
    return datetime.combine(day, window(preferences)[0], tzinfo=like.tzinfo)


def window(preferences: Preferences) -> tuple[time, time]:
    """From when to when. What somebody has set narrows the hours of A46 and never widens them; hours that
    leave no room are the default ones.
    """
    opens, closes = max(preferences.opens, OPENS), min(preferences.closes, CLOSES)
    return (time(opens), time(closes)) if opens < closes else (time(OPENS), time(CLOSES))
