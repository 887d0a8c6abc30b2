"""On the first working day of the month Ufficio Sviluppo is asked for the new members (D15).

Refuses to know what is in a list.
"""

from datetime import datetime, timedelta

from actions.deliver import put_push
from actions.monthly import whose_month_begins
from actions.office import Office
from procedure.italian import MONTHS
from procedure.notices import About, Push, Subject
from procedure.people import Role
from store import imports, people
from store.transaction import Transaction


def ask_for_new_members(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue the question, unless a list was loaded this month or the month before [r.73]; how many notices.

    Where nobody is of Ufficio Sviluppo, the administrators are asked.
    """
    last_month = (now.replace(day=1) - timedelta(days=1)).replace(day=1, hour=0, minute=0, second=0)
    asked = people.with_role(tx, Role.DEVELOPMENT) or people.with_role(tx, Role.ADMIN)
    ready = whose_month_begins(tx, office, now, "new_members", asked)
    if not ready or imports.any_since(tx, last_month):
        return 0
    month = f"{MONTHS[last_month.month - 1]} {last_month.year}"
    notices = [
        Push(
            key=f"new_members:{one.id}:{now:%Y-%m}",
            screen="new_members",
            about=About(Subject.PERSON, one.id),
            person=one.id,
            context={"month": month},
        )
        for one in ready
    ]
    return sum(put_push(tx, notice, now=now) for notice in notices)
