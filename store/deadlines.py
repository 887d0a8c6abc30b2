"""Duties and their days. Refuses to reckon them: `procedure.deadlines` does, and `procedure.reminders` plans.

An open deadline that somebody is to hear of has a `remind_on`; `store.mornings` asks for those of a day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, tuple_

from procedure.deadlines import DeadlineKind, Due
from procedure.notices import About, Subject
from store.tables import companies, deadlines
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline, whose it is and what it is about."""

    id: int
    about: About
    company: int
    company_name: str
    owner: int | None
    owner_email: str
    due: Due
    opened_at: datetime
    closed_on: date | None
    closed_how: str | None
    remind_on: date | None
    postponed_why: str = ""  # why its reminder was put off last


_OPEN = deadlines.c.closed_on.is_(None)
_ROW = select(deadlines, companies.c.name.label("company_name")).join(companies)
_IN_ORDER = _ROW.order_by(deadlines.c.due_on, deadlines.c.id)
_OF_PERSON = _IN_ORDER.where(deadlines.c.owner_id == bindparam("person"), _OPEN)
_OF_COMPANY = _IN_ORDER.where(deadlines.c.company_id == bindparam("company"), _OPEN)
_CLOSE = (
    deadlines.update()
    .where(
        deadlines.c.about_kind == bindparam("subject"),
        deadlines.c.about_id == bindparam("which"),
        deadlines.c.kind.in_(bindparam("kinds", expanding=True)),
        _OPEN,
    )
    .values(closed_on=bindparam("day"), closed_how=bindparam("how"), remind_on=None)
)
_RECKON = (
    deadlines.update()
    .where(deadlines.c.id == bindparam("deadline"))
    .values(
        starts_on=bindparam("starts"),
        due_on=bindparam("due"),
        last_useful=bindparam("useful"),
        on_time_until=bindparam("until"),
        explanation=bindparam("why"),
        remind_on=bindparam("remind"),
    )
)


def open_deadline(
    tx: Transaction,
    due: Due,
    *,
    about: About,
    company: int,
    owner: int | None,
    owner_email: str,
    remind_on: date | None,
    now: datetime,
) -> int:
    """Open a deadline; its id.

    Raises:
        sqlalchemy.exc.IntegrityError: one of the same kind is open about the same thing.
    """
    values = {
        "kind": due.kind.value,
        "about_kind": about.kind.value,
        "about_id": about.id,
        "company_id": company,
        "owner_id": owner,
        "owner_email": owner_email,
        "starts_on": due.starts_on,
        "due_on": due.due_on,
        "last_useful": due.last_useful,
        "on_time_until": due.on_time_until,
        "explanation": due.explanation,
        "opened_at": now,
        "remind_on": remind_on,
    }
    return tx.insert(deadlines, values)


def close(tx: Transaction, *, kinds: Iterable[DeadlineKind], about: About, on: date, how: str) -> int:
    """Close those of these kinds that are open about this thing; how many."""
    which = {"subject": about.kind.value, "which": about.id, "kinds": [kind.value for kind in kinds]}
    return tx.changed(_CLOSE, {**which, "day": on, "how": how})


def get(tx: Transaction, deadline: int) -> DeadlineRow | None:
    """The deadline of this id, open or closed."""
    row = tx.first(_ROW.where(deadlines.c.id == deadline))
    return from_row(row) if row else None


def of_person(tx: Transaction, person: int) -> list[DeadlineRow]:
    """What this person has open, the next due first."""
    return [from_row(row) for row in tx.all(_OF_PERSON, {"person": person})]


def of_company(tx: Transaction, company: int) -> list[DeadlineRow]:
    """What is open about this company, its visits and its quotes, the next due first."""
    return [from_row(row) for row in tx.all(_OF_COMPANY, {"company": company})]


def open_about(tx: Transaction, about: About) -> list[DeadlineRow]:
    """What is open about this thing, the next due first."""
    its = _ROW.where(deadlines.c.about_kind == about.kind.value, deadlines.c.about_id == about.id, _OPEN)
    return [from_row(row) for row in tx.all(its.order_by(deadlines.c.due_on, deadlines.c.id))]


def ever_about(tx: Transaction, abouts: Iterable[About]) -> list[DeadlineRow]:
    """What was ever opened about any of these things, met or not, the oldest first."""
    same = tuple_(deadlines.c.about_kind, deadlines.c.about_id)
    its = _ROW.where(same.in_([(about.kind.value, about.id) for about in abouts]))
    return [from_row(row) for row in tx.all(its.order_by(deadlines.c.id))]


def of_quote(tx: Transaction, quote: int) -> list[DeadlineRow]:
    """What is open about this quote, the next due first."""
    return open_about(tx, About(Subject.QUOTE, quote))


def set_remind_on(tx: Transaction, deadline: int, day: date | None) -> None:
    """When somebody is to hear of it next; nothing where it is closed."""
    still = deadlines.update().where(deadlines.c.id == deadline, _OPEN)
    tx.execute(still.values(remind_on=day))


def reckon_again(tx: Transaction, deadline: int, due: Due, remind_on: date | None) -> None:
    """Its dates and their reason are these from now on; `remind_on` as of an open one (none once met)."""
    values = {
        "deadline": deadline,
        "starts": due.starts_on,
        "due": due.due_on,
        "useful": due.last_useful,
        "until": due.on_time_until,
        "why": due.explanation,
        "remind": remind_on,
    }
    tx.execute(_RECKON, values)


def met_on(tx: Transaction, deadline: int, day: date) -> None:
    """It was met on this day: what the dates of its proof say now."""
    met = deadlines.update().where(deadlines.c.id == deadline, deadlines.c.closed_on.is_not(None))
    tx.execute(met.values(closed_on=day))


def put_off(tx: Transaction, deadline: int, day: date, why: str) -> None:
    """Its owner hears of it next on this day, and asked for that; nothing where it is closed."""
    still = deadlines.update().where(deadlines.c.id == deadline, _OPEN)
    tx.execute(still.values(remind_on=day, postponed_why=why))


def hand_to(tx: Transaction, deadline: int, *, owner: int | None, owner_email: str) -> None:
    """Another person answers for it from now on (A44)."""
    tx.execute(
        deadlines.update().where(deadlines.c.id == deadline).values(owner_id=owner, owner_email=owner_email)
    )


def from_row(row: AnyRow) -> DeadlineRow:
    """The deadline of a row with all its columns and `company_name`."""
    return DeadlineRow(
        id=row.id,
        about=About(Subject(row.about_kind), row.about_id),
        company=row.company_id,
        company_name=row.company_name,
        owner=row.owner_id,
        owner_email=row.owner_email,
        due=_due(row),
        opened_at=row.opened_at,
        closed_on=row.closed_on,
        closed_how=row.closed_how,
        remind_on=row.remind_on,
        postponed_why=row.postponed_why,
    )


def _due(row: AnyRow) -> Due:
    return Due(
        kind=DeadlineKind(row.kind),
        starts_on=row.starts_on,
        due_on=row.due_on,
        last_useful=row.last_useful,
        on_time_until=row.on_time_until,
        explanation=row.explanation,
    )
