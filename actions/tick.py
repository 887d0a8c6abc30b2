"""What the clock sets off, in its order: each part looks at what is stored and at the time, and acts.

Each has a transaction of its own, may run at any time and as often as one likes: what was done is not done
again, and what was missed is made up for. Refuses to know how often it is called.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from actions.office import Office
from actions.remind import remind
from store.transaction import Transaction

Part: TypeAlias = Callable[[Transaction, Office, datetime], int]
"""Gives how many notices it queued, for the journal."""

PARTS: Final[tuple[Part, ...]] = (remind,)
