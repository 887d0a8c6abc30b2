"""The people of the association, as the administrator lists them. Refuses to know how anybody is reached.

Who has left is kept, because the history names them, and is found by id only.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import Select, bindparam, case, func, or_, select

from procedure.people import Person, Role
from store.page import Page
from store.tables import people, person_roles
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One line of the administrator's list."""

    name: str
    email: str
    roles: frozenset[Role]
    site: str | None = None


_HERE = people.c.left_on.is_(None)
_PERSON = select(  # a row for each role: every update begins with it
    people.c.id,
    people.c.name,
    people.c.email,
    people.c.site,
    people.c.telegram_id,
    person_roles.c.role,
).outerjoin(person_roles)
_EVERYONE = _PERSON.add_columns(people.c.left_on).order_by(people.c.name, people.c.id)
_SOME = _EVERYONE.where(people.c.id.in_(bindparam("which", expanding=True)))
_AT_ONCE = 500
_BACK: dict[str, Any] = {"left_on": None, "left_how": None, "successor_id": None}
_BY_ID = _PERSON.where(people.c.id == bindparam("person"))
_BY_TELEGRAM = _PERSON.where(people.c.telegram_id == bindparam("account"), _HERE)
_BY_EMAIL = _PERSON.where(people.c.email == bindparam("address"), _HERE)
_GONE = _PERSON.where(people.c.email == bindparam("address"), people.c.left_on.is_not(None))


def by_id(tx: Transaction, person: int) -> Person | None:
    """The person of this id, also when they have left."""
    return _one(tx, _BY_ID, {"person": person})


def is_here(tx: Transaction, person: int) -> bool:
    """True for who has not left."""
    return tx.first(select(people.c.id).where(people.c.id == person, _HERE)) is not None


def by_telegram(tx: Transaction, telegram_id: int) -> Person | None:
    """Whom this Telegram account belongs to, unless they have left."""
    return _one(tx, _BY_TELEGRAM, {"account": telegram_id})


def by_email(tx: Transaction, email: str) -> Person | None:
    """Who has this address, whatever its case, unless they have left."""
    return _one(tx, _BY_EMAIL, {"address": normal(email)})


def active(tx: Transaction) -> list[Person]:
    """Everyone who has not left, by name."""
    return _many(tx, _PERSON.where(_HERE).order_by(people.c.name, people.c.id))


def everyone(tx: Transaction) -> list[tuple[Person, bool]]:
    """Everyone there ever was, by name; True beside those who have not left."""
    rows = groupby(tx.all(_EVERYONE), key=attrgetter("id"))
    return [(_person(its), its[0].left_on is None) for its in (list(rows) for _, rows in rows)]


def some(tx: Transaction, which: Collection[int]) -> list[tuple[Person, bool]]:
    """These, in any order; True beside those who have not left."""
    every = [*which]
    rows = [
        row
        for n in range(0, len(every), _AT_ONCE)
        for row in tx.all(_SOME, {"which": every[n : n + _AT_ONCE]})
    ]
    return [
        (_person(its), its[0].left_on is None)
        for its in (list(its) for _, its in groupby(rows, key=attrgetter("id")))
    ]


def gone(tx: Transaction, email: str) -> Person | None:
    """Who had this address and has left."""
    return _one(tx, _GONE, {"address": normal(email)})


def with_role(tx: Transaction, role: Role, site: str | None = None) -> list[Person]:
    """Those who bear this role and have not left, by name; of one site where it is given."""
    bearers = select(person_roles.c.person_id).where(person_roles.c.role == role.value)
    statement = _PERSON.where(_HERE, people.c.id.in_(bearers)).order_by(people.c.name, people.c.id)
    if site is not None:
        statement = statement.where(people.c.site == site)
    return _many(tx, statement)


def colleagues(tx: Transaction, person: Person, limit: int) -> list[Person]:
    """Who might stand in for the person: those of their sede first, then who bears one of their roles."""
    alike = select(person_roles.c.person_id).where(
        person_roles.c.role.in_([role.value for role in person.roles if role is not Role.AV])
    )
    near = func.coalesce(people.c.site, "") == (person.site or "nowhere")
    chosen = (
        select(people.c.id)
        .where(_HERE, people.c.id != person.id, or_(near, people.c.id.in_(alike)))
        .order_by(case((near, 0), else_=1), people.c.name, people.c.id)
        .limit(limit)
    )
    found = _many(tx, _PERSON.where(people.c.id.in_(chosen)).order_by(people.c.name, people.c.id))
    return sorted(found, key=lambda one: not person.site or one.site != person.site)


def page_of(
    tx: Transaction, *, site: str | None, words: str, besides: int, offset: int, limit: int
) -> Page[Person]:
    """A page of those who have not left, by name: of one sede where it is given, whose name has the words."""
    conditions = [_HERE, people.c.id != besides]
    conditions += [people.c.site == site] if site is not None else []
    conditions += [people.c.name.icontains(word, autoescape=True) for word in words.split()]
    ids = select(people.c.id).where(*conditions).order_by(people.c.name, people.c.id)
    total = tx.scalar(select(func.count()).select_from(people).where(*conditions))
    some = _PERSON.where(people.c.id.in_(ids.limit(limit).offset(offset)))
    return Page(tuple(_many(tx, some.order_by(people.c.name, people.c.id))), total, offset)


def sync(tx: Transaction, entries: Sequence[PersonEntry], today: date, now: datetime) -> list[int]:
    """Make the people those of the list: new ones come in, changed ones change, missing ones leave today.
    Only what changed is written. Gives those who leave.

    Who left by an order (`leave`) stays out whatever the list says; who left with the list comes back with
    it.
    """
    known = {row.email: row for row in tx.all(select(people))}
    roles = _roles(tx)
    for entry in entries:
        row = known.get(normal(entry.email))
        person = _sync_one(tx, entry, row, now)
        if entry.roles != (roles.get(person, frozenset()) if row else frozenset()):
            _set_roles(tx, person, entry.roles)
    listed = {normal(entry.email) for entry in entries}
    leaving = [row.id for row in known.values() if row.email not in listed and row.left_on is None]
    for person in leaving:
        _leave(tx, person, today, "list")
    return leaving


def succeed(tx: Transaction, person: int, to: int) -> None:
    """Who has left, and those whose successor they were, are answered for by another from now on (A44)."""
    theirs = or_(people.c.id == person, people.c.successor_id == person)
    tx.execute(people.update().where(theirs, people.c.id != to).values(successor_id=to))


def successors(tx: Transaction) -> dict[int, int]:
    """Who was given all that was theirs, by who has left."""
    rows = tx.all(select(people.c.id, people.c.successor_id).where(people.c.successor_id.is_not(None)))
    return {row.id: row.successor_id for row in rows}


def successor(tx: Transaction, person: int) -> int | None:
    """Who was given all that was theirs, if they have left."""
    found: int | None = tx.scalar(select(people.c.successor_id).where(people.c.id == person))
    return found


def leave(tx: Transaction, person: int, day: date) -> None:
    """The person leaves the organisation: access by chat ends at once, and no list lets them in again."""
    _leave(tx, person, day, "order")


def readmit(tx: Transaction, person: int) -> None:
    """The person is back; the chat needs a new invitation."""
    _update(tx, person, **_BACK)


def bind_telegram(tx: Transaction, person: int, telegram_id: int | None) -> None:
    """Tie the person to a Telegram account, or to none.

    Raises:
        sqlalchemy.exc.IntegrityError: the account is another person's; `invitations.redeem` looks first.
    """
    _update(tx, person, telegram_id=telegram_id)


def normal(email: str) -> str:
    """An address as we keep and compare it."""
    return email.strip().lower()


def _roles(tx: Transaction) -> dict[int, frozenset[Role]]:
    """Everybody's, by person."""
    borne: defaultdict[int, set[Role]] = defaultdict(set)
    for row in tx.all(select(person_roles)):
        borne[row.person_id].add(Role(row.role))
    return {person: frozenset(roles) for person, roles in borne.items()}


def _sync_one(tx: Transaction, entry: PersonEntry, row: AnyRow | None, now: datetime) -> int:
    values = {"name": entry.name, "email": normal(entry.email), "site": entry.site}
    if row is None:
        return tx.insert(people, {**values, "joined_at": now})
    if row.left_how == "list":
        _update(tx, row.id, **values, **_BACK)
    elif (row.name, row.site) != (entry.name, entry.site):
        _update(tx, row.id, **values)
    key: int = row.id
    return key


def _set_roles(tx: Transaction, person: int, roles: frozenset[Role]) -> None:
    tx.execute(person_roles.delete().where(person_roles.c.person_id == person))
    if roles:
        tx.execute(
            person_roles.insert(), [{"person_id": person, "role": role.value} for role in sorted(roles)]
        )


def _leave(tx: Transaction, person: int, day: date, how: Literal["list", "order"]) -> None:
    _update(tx, person, left_on=day, left_how=how, telegram_id=None)


def _update(tx: Transaction, person: int, **values: Any) -> None:
    tx.execute(people.update().where(people.c.id == person).values(values))


def _one(tx: Transaction, statement: Select[*tuple[Any, ...]], values: dict[str, Any]) -> Person | None:
    rows = tx.all(statement, values)
    return _person(rows) if rows else None


def _many(tx: Transaction, statement: Select[*tuple[Any, ...]]) -> list[Person]:
    return [_person(list(rows)) for _, rows in groupby(tx.all(statement), key=attrgetter("id"))]


def _person(rows: Sequence[AnyRow]) -> Person:
    key, name, email, site, telegram_id, *_ = rows[0]
    bears = frozenset(Role(row.role) for row in rows if row.role is not None)
    return Person(key, name, email, bears, site, telegram_id)
