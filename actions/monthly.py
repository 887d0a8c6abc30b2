"""What is said once a month, on the first working day: whose turn it is now.

A day missed is made up for when the service is back, with the truth of that day; a month missed is not, and
a service begun in the middle of a month begins with the next. Refuses to know what is said.
"""

from collections.abc import Iterable
from datetime import date, datetime

from actions.office import Office
from actions.recipient import recipient
from procedure.people import Person
from procedure.workdays import ONE_DAY
from store import marks
from store.transaction import Transaction


def whose_month_begins(
    tx: Transaction, office: Office, now: datetime, name: str, receivers: Iterable[Person]
) -> list[Person]:
    """Those for whom `name` is to be said now: it is the first working day at their sede, or that day went by
    unseen, and whoever hears for them may be written to. The notice's key keeps it single: while one of them
    may not be written to yet, the others are given again.
    """
    today = now.date()
    seen = _seen(tx, name, today)
    waiting = [one for one in receivers if seen < first_working_day(office, one, today) <= today]
    ready = [one for one in waiting if recipient(tx, office, one.id, today).may_be_written_to(now)]
    if len(ready) == len(waiting) and seen < today:
        marks.put(tx, _mark(name), today.isoformat())
    return ready


def first_working_day(office: Office, person: Person, today: date) -> date:
    """Of this month, at the person's own sede; of Italy, where they have none."""
    return office.days_of(person.site).next_working(today.replace(day=1))


def _seen(tx: Transaction, name: str, today: date) -> date:
    """The last day of which everybody's turn is behind us; of a beginning, yesterday."""
    kept = marks.get(tx, _mark(name))
    if kept is None:
        marks.put(tx, _mark(name), (today - ONE_DAY).isoformat())
        return today - ONE_DAY
    return date.fromisoformat(kept)


def _mark(name: str) -> str:
    return f"monthly:{name}"
