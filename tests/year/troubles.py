"""What befalls the service: `kill -9` in four ways, and the days on which the machine stands still.

Thrown from the seed before the year begins.
"""

import enum
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from emulator.clock import ROME
from tests.year.workdays import DAY


class Kill(enum.Enum):
    """When in an hour the service is killed; it is started again at once."""

    CALM = enum.auto()  # when all is quiet
    TELLING = enum.auto()  # while what is due is being told
    ACTING = enum.auto()  # while people tap


@dataclass(frozen=True)
class Outage:
    """Killed at `first`, started again at `last`."""

    first: datetime
    last: datetime


class Troubles:
    """All of a year's."""

    def __init__(self, seed: int, start: date, days: int) -> None:
        dice = Random(f"{seed} troubles")
        self._kills = {
            start + n * DAY: (dice.choice((time(8), time(9), time(12), time(17))), dice.choice(list(Kill)))
            for n in range(1, days)
            if dice.random() < 1 / 6
        }
        lengths = [
            *(timedelta(hours=dice.choice((1, 3, 9))) for _ in range(days // 50)),
            *(timedelta(days=1) for _ in range(days // 90)),
            *(timedelta(days=7) for _ in range(days // 300)),
        ]
        self._outages = [_outage(dice, start, days, length) for length in lengths]
        self._dice = dice

    def kill(self, now: datetime) -> Kill | None:
        """How the service is killed in this hour, if it is."""
        hour, how = self._kills.get(now.date(), (None, None))
        return how if hour == now.time() else None

    def is_down(self, now: datetime) -> bool:
        """Whether the machine stands still."""
        return any(one.first <= now < one.last for one in self._outages)

    def a_moment(self) -> float:
        """How long until the kill strikes, in seconds: somewhere in the middle of it."""
        return self._dice.uniform(0.0, 0.25)


def _outage(dice: Random, start: date, days: int, length: timedelta) -> Outage:
    day = start + dice.randint(2, max(2, days - 9)) * DAY
    first = datetime.combine(day, dice.choice((time(7), time(7, 45), time(11))), tzinfo=ROME)
    return Outage(first, first + length)
