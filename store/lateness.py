"""What is late, with all that a supervisor reads of it; and what they have read.

Refuses to judge who reads.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, func, select

from procedure.deadlines import DeadlineKind
from store.mornings import KINDS
from store.tables import companies, deadlines, people
from store.transaction import Transaction


class Late(NamedTuple):
    """A deadline whose last day in time is past. `owner_name` is empty where the owner is only an address."""

    id: int
    kind: DeadlineKind
    due_on: date
    on_time_until: date
    remind_on: date | None
    postponed_why: str
    escalated_on: date | None
    company_name: str
    site: str
    has_services: bool
    owner: int | None
    owner_email: str
    owner_name: str


LATE: Final = (
    select(
        deadlines.c.id,
        deadlines.c.kind,
        deadlines.c.due_on,
        deadlines.c.on_time_until,
        deadlines.c.remind_on,
        deadlines.c.postponed_why,
        deadlines.c.escalated_on,
        companies.c.name,
        companies.c.site,
        companies.c.has_services,
        deadlines.c.owner_id,
        deadlines.c.owner_email,
        func.coalesce(people.c.name, ""),
    )
    .select_from(deadlines)
    .join(companies, companies.c.id == deadlines.c.company_id)
    .outerjoin(people, people.c.id == deadlines.c.owner_id)
    .where(
        deadlines.c.closed_on.is_(None),
        deadlines.c.on_time_until < bindparam("day"),
        deadlines.c.opened_at < bindparam("since"),
        deadlines.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(deadlines.c.due_on, deadlines.c.id)
)
_READ = (
    deadlines.update()
    .where(deadlines.c.id == bindparam("which"), deadlines.c.escalated_on.is_(None))
    .values(escalated_on=bindparam("day"))
)


def late(tx: Transaction, day: date, kinds: Iterable[DeadlineKind], opened_before: datetime) -> list[Late]:
    """What is open, of these kinds, and late on `day`; opened before this moment. The longest due first."""
    values = {"day": day, "since": opened_before, "kinds": [kind.value for kind in kinds]}
    return [Late(key, KINDS[kind], *rest) for key, kind, *rest in tx.all(LATE, values)]


def read_on(tx: Transaction, which: Iterable[int], day: date) -> None:
    """A supervisor reads of these on this day for the first time; whoever was read of before stays so."""
    if values := [{"which": one, "day": day} for one in which]:
        tx.execute(_READ, values)
