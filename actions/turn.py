"""One person's turn: who acts, when, in which transaction, for which office.

What every verb of a person is given.
"""

from dataclasses import dataclass
from datetime import date, datetime

from actions.office import Office
from procedure.people import Person
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Turn:
    """Lives as long as its transaction. `now` is Italian time."""

    tx: Transaction
    office: Office
    person: Person
    now: datetime

    @property
    def today(self) -> date:
        """The day of the turn."""
        return self.now.date()
