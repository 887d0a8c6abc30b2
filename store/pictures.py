"""What a letter's effect changed, row by row: a picture of the rows before, one after, and the difference.

One table says which rows a subject owns. Refuses to know which effect it was, and to put anything back:
`store.undoing` does.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, bindparam, func, select

from procedure.notices import Subject
from store.tables import (
    absences,
    appointments,
    companies,
    corrections,
    deadlines,
    enclosures,
    field_history,
    forms,
    interests,
    letters,
    proposals,
    quote_history,
    quote_lines,
    quotes,
    register_changes,
    visits,
)
from store.transaction import Transaction

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the rows may belong to, by id: companies, persons, the letter itself; letters that wait."""

    companies: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()
    letters: frozenset[int] = frozenset()
    waiting: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """The rows of a scope as they are, how far both histories have come, how much was queued to leave."""

    scope: Scope
    rows: Mapping[tuple[str, int], Row]
    fields: int
    moves: int
    queued: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that changed; `before` is None of one that came, `after` of one that went."""

    table: str
    id: int
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Changes:
    """All that an effect changed: rows, the lines it wrote in both histories, what it queued to leave."""

    rows: tuple[Touched, ...] = ()
    fields: tuple[int, ...] = ()
    moves: tuple[int, ...] = ()
    queued: tuple[int, ...] = ()


def _in(owner: str, column: Column[Any]) -> ColumnElement[bool]:
    return column.in_(bindparam(owner, expanding=True))


def _under(column: Column[Any], parent: Table) -> ColumnElement[bool]:
    return column.in_(select(parent.c.id).where(_in("companies", parent.c.company_id)))


OWNED: Final[tuple[tuple[Table, str, ColumnElement[bool]], ...]] = (
    (companies, "companies", _in("companies", companies.c.id)),
    (visits, "companies", _in("companies", visits.c.company_id)),
    (corrections, "companies", _under(corrections.c.visit_id, visits)),
    (forms, "companies", _under(forms.c.visit_id, visits)),
    (interests, "companies", _under(interests.c.visit_id, visits)),
    (quotes, "companies", _in("companies", quotes.c.company_id)),
    (quote_lines, "companies", _under(quote_lines.c.quote_id, quotes)),
    (deadlines, "companies", _in("companies", deadlines.c.company_id)),
    (appointments, "companies", _in("companies", appointments.c.company_id)),
    (proposals, "companies", _in("companies", proposals.c.company_id)),
    (register_changes, "companies", _in("companies", register_changes.c.company_id)),
    (absences, "persons", _in("persons", absences.c.person_id)),
    (enclosures, "letters", _in("letters", enclosures.c.letter_id)),
    (letters, "waiting", _in("waiting", letters.c.id)),
)
"""Each table, which subject owns its rows, and which those are; parents before what refers to them."""

BY_COLUMN: Final = frozenset({companies.name, visits.name})
"""Rows of many matters: one is not built on another. Of these, only the columns that changed are kept."""

_OF_A_COMPANY: Final = {
    Subject.VISIT: visits,
    Subject.QUOTE: quotes,
    Subject.DEADLINE: deadlines,
    Subject.APPOINTMENT: appointments,
}

_OF_A_LETTER: Final = [letters.c[name] for name in ("id", "outcome", "reason", "held", "settled_at")]
"""What becomes of a letter; its bytes stay what they are."""

_READ: Final = tuple(
    (table, owner, select(*(_OF_A_LETTER if table is letters else table.c)).where(its))
    for table, owner, its in OWNED
)


def companies_of(tx: Transaction, kind: Subject, which: Collection[int]) -> frozenset[int]:
    """The companies that these belong to; none of a person, and of what is there no more."""
    if kind is Subject.COMPANY:
        return frozenset(which)
    table = _OF_A_COMPANY.get(kind)
    return _companies(tx, table, which) if table is not None else frozenset()


def companies_proposed(tx: Transaction, which: Collection[int]) -> frozenset[int]:
    """The companies that these proposals are about."""
    return _companies(tx, proposals, which)


def _companies(tx: Transaction, table: Table, which: Collection[int]) -> frozenset[int]:
    its = select(table.c.company_id).where(table.c.id.in_(bindparam("which", expanding=True)))
    return frozenset(row.company_id for row in tx.all(its, {"which": [*which]})) if which else frozenset()


def picture(tx: Transaction, scope: Scope) -> Picture:
    """The rows of this scope as they are."""
    owners = {name: [*ids] for name, ids in asdict(scope).items()}
    rows = {
        (table.name, row.id): {**row._mapping}
        for table, owner, mine in _READ
        if owners[owner]
        for row in tx.all(mine, {owner: owners[owner]})
    }
    return Picture(scope, rows, _last(tx, field_history), _last(tx, quote_history), len(tx.queued))


def difference(tx: Transaction, before: Picture) -> Changes:
    """What has changed since the picture was taken, in this transaction."""
    now = picture(tx, before.scope).rows
    keys = dict.fromkeys((*before.rows, *now))
    compared = (_compared(*key, before.rows.get(key), now.get(key)) for key in keys)
    return Changes(
        tuple(touched for touched in compared if touched),
        _since(tx, field_history, before.fields),
        _since(tx, quote_history, before.moves),
        tuple(tx.queued[before.queued :]),
    )


def _compared(table: str, key: int, before: Row | None, after: Row | None) -> Touched | None:
    if before == after:
        return None
    if before is None or after is None or table not in BY_COLUMN:
        return Touched(table, key, before, after)
    changed = [name for name in after if before[name] != after[name]]
    return Touched(
        table, key, {name: before[name] for name in changed}, {name: after[name] for name in changed}
    )


def _last(tx: Transaction, table: Table) -> int:
    return tx.scalar(select(func.max(table.c.id))) or 0


def _since(tx: Transaction, table: Table, last: int) -> tuple[int, ...]:
    return tuple(row.id for row in tx.all(select(table.c.id).where(table.c.id > last).order_by(table.c.id)))
