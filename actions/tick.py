"""What the clock sets off, in its order: each part looks at what is stored and at the time, and acts.

Each has a transaction of its own, may run at any time and as often as one likes: what was done is not done
again, and what was missed is made up for. Refuses to know how often it is called.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

from actions.ask_for_new_members import ask_for_new_members
from actions.call_for_appointments import call_for_appointments
from actions.digest import digest
from actions.list_missing_copies import list_missing_copies
from actions.office import Office
from actions.reckon_again import reckon_again
from actions.remind import remind
from actions.take_back import take_back
from actions.tell_to_sort import tell_to_sort
from actions.tell_waiting import tell_waiting
from actions.watch_report import watch_reports
from store.transaction import Transaction

Part: TypeAlias = Callable[[Transaction, Office, datetime], int]
"""Gives how many notices it queued, for the journal."""

PARTS: Final[tuple[Part, ...]] = (
    reckon_again,
    watch_reports,
    call_for_appointments,
    take_back,
    remind,
    digest,
    ask_for_new_members,
    list_missing_copies,
    tell_waiting,
    tell_to_sort,
)
