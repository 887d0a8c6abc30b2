"""How often one sender is written back: two robots that answer each other come to an end here.

What is recorded is answered nearly without end, since each record wants a mail of ours that waits for it;
what is asked back, a few times. Refuses to know what the answers say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from procedure.notices import About
from store import letters
from store.letters import Back
from store.transaction import Transaction

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most answers within a time."""

    most: int
    within: timedelta

    def is_reached(self, backs: Sequence[Back], now: datetime) -> bool:
        """True where one more would be too many."""
        return sum(back.at > now - self.within for back in backs) >= self.most


ON_A_THREAD: Final = (Limit(4, HOUR), Limit(8, DAY))
"""Questions back about one thing."""

TO_A_SENDER: Final = (Limit(20, HOUR), Limit(60, DAY))
"""Questions back about anything."""

OF_ANY_KIND: Final = (Limit(300, HOUR), Limit(1_500, DAY))
"""Confirmations too: more than a whole office writes."""


def is_exhausted(tx: Transaction, sender: str, about: About | None, now: datetime) -> bool:
    """True where this sender has been written back so often that a machine must be behind it."""
    backs = letters.answers_to(tx, sender, now - DAY)
    if not backs:
        return False
    asked = [back for back in backs if not back.recorded]
    same = [back for back in asked if back.about == about]
    counted = ((ON_A_THREAD, same), (TO_A_SENDER, asked), (OF_ANY_KIND, backs))
    return any(limit.is_reached(some, now) for limits, some in counted for limit in limits)
