"""What the dialogue about a deadline stands on: the deadline, its company, the working days ahead.

Refuses to know the questions, and who may.
"""

from typing import Final

from actions.turn import Turn
from conversations.put_off import PutOffFacts
from procedure.errors import Refusal
from procedure.visits import Company
from store import deadlines, register
from store.deadlines import DeadlineRow

LIKELY: Final = (1, 2, 5)
"""Working days that a reminder is put off by with one tap."""


def found_deadline(turn: Turn, deadline: int) -> tuple[DeadlineRow, Company]:
    """The deadline, open or closed, and the company that it concerns.

    Raises:
        Refusal: `deadline_closed`: there is none.
    """
    row = deadlines.get(turn.tx, deadline)
    company = register.company(turn.tx, row.company) if row else None
    if row is None or company is None:
        raise Refusal("deadline_closed")
    return row, company


def put_off_facts(turn: Turn, row: DeadlineRow, company: Company) -> PutOffFacts:
    """The likely days are counted on the calendar of the company's sede, as the reminders are."""
    calendar = turn.office.calendar(company.site)
    likely = {days: calendar.add(turn.today, days) for days in LIKELY}
    return PutOffFacts(turn.today, company.name, row.due.kind.label, row.due.explanation, likely)
