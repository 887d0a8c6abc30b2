"""Who is away, from when to when, and who stands in. Refuses to judge who hears what in their place."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, or_, select, union

from procedure.absences import Absence
from store.tables import absences, people
from store.transaction import AnyRow, Transaction

_ROW = select(absences.c.id, absences.c.person_id, absences.c.first, absences.c.last, absences.c.deputy_id)
_OVER = (absences.c.first <= bindparam("until"), absences.c.last >= bindparam("since"))
_OF_PERSON = _ROW.where(absences.c.person_id == bindparam("person"), *_OVER).order_by(absences.c.first)
_BETWEEN = _ROW.where(*_OVER).order_by(absences.c.id)
_OF_DEPUTY = _ROW.where(absences.c.deputy_id == bindparam("deputy"), *_OVER).order_by(absences.c.first)

_IN_WHOSE_PLACE = union(
    select(absences.c.person_id).where(absences.c.deputy_id == bindparam("deputy"), *_OVER),
    select(people.c.id).where(people.c.successor_id == bindparam("deputy"), people.c.left_on.is_not(None)),
)


def add(tx: Transaction, person: int, first: date, last: date, deputy: int | None = None) -> int:
    """Record an absence, both days included; its id."""
    return tx.insert(absences, {"person_id": person, "first": first, "last": last, "deputy_id": deputy})


def get(tx: Transaction, which: int) -> Absence | None:
    """The absence of this id."""
    row = tx.first(_ROW.where(absences.c.id == which))
    return _absence(row) if row else None


def on(tx: Transaction, person: int, day: date) -> Absence | None:
    """The absence that covers this day; of several, the last recorded."""
    found = of_person(tx, person, day, day)
    return max(found, key=lambda one: one.id) if found else None


def of_person(tx: Transaction, person: int, since: date, until: date = date.max) -> list[Absence]:
    """Those of this person that have a day in common with `since` … `until`, the first to begin first."""
    return _all(tx.all(_OF_PERSON, {"person": person, "since": since, "until": until}))


def of_deputy(tx: Transaction, deputy: int, since: date, until: date = date.max) -> list[Absence]:
    """Those in which this person stands in, the first to begin first."""
    return _all(tx.all(_OF_DEPUTY, {"deputy": deputy, "since": since, "until": until}))


def in_whose_place(tx: Transaction, person: int, day: date) -> list[int]:
    """Those for whom this person was named: the absent of the day, and who has left all to them (A44)."""
    rows = tx.all(_IN_WHOSE_PLACE, {"deputy": person, "since": day, "until": day})
    return [row.person_id for row in rows]


def between(tx: Transaction, since: date, until: date) -> list[Absence]:
    """Everybody's that have a day in common with `since` … `until`, in the order of recording."""
    return _all(tx.all(_BETWEEN, {"since": since, "until": until}))


def without_deputy_at_work(tx: Transaction, day: date, site: str | None = None) -> list[int]:
    """Who is absent on the day and has named nobody who is at work: they have left, or are absent too; of one
    sede where it is given.
    """
    away, deputy = absences.alias(), people.alias()
    deputy_is_away = (
        select(away.c.id)
        .where(away.c.person_id == absences.c.deputy_id, away.c.first <= day, away.c.last >= day)
        .exists()
    )
    missing = or_(absences.c.deputy_id.is_(None), deputy.c.left_on.is_not(None), deputy_is_away)
    statement = (
        select(absences.c.person_id)
        .join(people, people.c.id == absences.c.person_id)
        .outerjoin(deputy, deputy.c.id == absences.c.deputy_id)
        .where(absences.c.first <= day, absences.c.last >= day, missing)
        .order_by(absences.c.id)
    )
    if site is not None:
        statement = statement.where(people.c.site == site)
    return [row.person_id for row in tx.all(statement)]


def change(tx: Transaction, which: int, first: date, last: date, deputy: int | None) -> None:
    """Other days, or another deputy."""
    its = absences.update().where(absences.c.id == which)
    tx.execute(its.values(first=first, last=last, deputy_id=deputy))


def remove(tx: Transaction, which: int) -> None:
    """It was not to be, or another one covers its days."""
    tx.execute(absences.delete().where(absences.c.id == which))


def _all(rows: Iterable[AnyRow]) -> list[Absence]:
    return [_absence(row) for row in rows]


def _absence(row: AnyRow) -> Absence:
    key, person, first, last, deputy = row
    return Absence(key, person, first, last, deputy)
