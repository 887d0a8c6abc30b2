"""Obiettivi and the visits that count for them [r.84, A20]. Refuses to judge who may set one.

The count is made here and nowhere else: visits to companies of code 0, by their DATA VISITA, however held
(A37).
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from procedure.people import Role
from procedure.targets import Progress, Target
from procedure.visits import Code
from store import history
from store.history import Change, Hand
from store.tables import companies, person_roles, targets, visits
from store.transaction import AnyRow, Transaction


def put(tx: Transaction, target: Target, hand: Hand) -> int:
    """Write a target; the one that stood for the same period and the same people takes its number. Its id."""
    values = _values(target)
    number = values.pop("visits")
    same = and_(*(targets.c[name].is_not_distinct_from(value) for name, value in values.items()))
    old = tx.first(select(targets).where(same))
    if old is None:
        which = tx.insert(targets, {**values, "visits": number})
    else:
        which = old.id
        tx.execute(targets.update().where(targets.c.id == which).values(visits=number))
    _note(tx, which, history.as_text(old.visits if old else None), str(number), hand)
    return which


def get(tx: Transaction, which: int) -> Target | None:
    """The target of this id."""
    row = tx.first(select(targets).where(targets.c.id == which))
    return _target(row) if row else None


def remove(tx: Transaction, target: Target, hand: Hand) -> None:
    """There is no such target any more; its history stays."""
    tx.execute(targets.delete().where(targets.c.id == target.id))
    _note(tx, target.id, str(target.visits), "", hand)


def not_over(tx: Transaction, today: date) -> list[Target]:
    """The targets whose period runs or is to come, the first to end first."""
    rows = tx.all(select(targets).where(targets.c.last >= today).order_by(targets.c.last, targets.c.id))
    return [_target(row) for row in rows]


def of_person(tx: Transaction, person: int, today: date) -> list[Target]:
    """The targets of this very person whose period runs, the first to end first."""
    running = select(targets).where(
        targets.c.person_id == person, targets.c.first <= today, targets.c.last >= today
    )
    return [_target(row) for row in tx.all(running.order_by(targets.c.last, targets.c.id))]


def progress(tx: Transaction, target: Target) -> Progress:
    """The target, and how many visits count for it so far."""
    counted = select(func.count(visits.c.id)).join(companies, companies.c.id == visits.c.company_id)
    return Progress(target, int(tx.scalar(counted.where(*_counts_for(target))) or 0))


def _counts_for(target: Target) -> list[ColumnElement[bool]]:
    """What a visit must be to count for this target."""
    wanted: list[ColumnElement[bool]] = [
        companies.c.code == Code.MEMBER.value,
        visits.c.visited_on.between(target.first, target.last),
    ]
    if target.site is not None:
        wanted.append(companies.c.site == target.site)
    if target.person is not None:
        wanted.append(visits.c.av_id == target.person)
    if target.role is not None:
        bearers = select(person_roles.c.person_id).where(person_roles.c.role == target.role.value)
        wanted.append(visits.c.av_id.in_(bearers))
    return wanted


def _values(target: Target) -> dict[str, Any]:
    return {
        "first": target.first,
        "last": target.last,
        "site": target.site,
        "person_id": target.person,
        "role": target.role.value if target.role else None,
        "visits": target.visits,
    }


def _target(row: AnyRow) -> Target:
    role = Role(row.role) if row.role else None
    return Target(row.first, row.last, row.visits, row.site, row.person_id, role, row.id)


def _note(tx: Transaction, which: int, old: str, new: str, hand: Hand) -> None:
    history.note(tx, [Change("targets", which, "visits", old, new, hand)])
