"""A load of the register taken back: what it brought goes, what it changed is as it was before.

What somebody touched since stays, and is told. Refuses to know who hears of it, and what hangs on a company's
assignee.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, exists, or_, select

from procedure.deadlines import DeadlineKind
from store import history
from store.history import Change, Hand, as_text
from store.imports import CHANNEL, Import, channel_of
from store.loading import AT_ONCE, BETWEEN, SOCI, rewrite, set_partners
from store.register_changes import Outcome
from store.tables import (
    appointments,
    companies,
    deadlines,
    drafts,
    field_history,
    partners,
    proposals,
    quotes,
    register_changes,
    visits,
)
from store.transaction import AnyRow, Transaction

REASON = "caricamento annullato"


@dataclass(frozen=True, slots=True)
class Spared:
    """What stays as it is: a column that was changed since, or the whole company, where `column` is empty."""

    ref: str
    name: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class Reassigned:
    """A company whose assignee is again the one before the load; either may be nobody."""

    company: int
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Unloaded:
    """What taking it back did. `removed` counts by the person who had been given them, None for nobody."""

    removed: dict[int | None, int]
    restored: int
    spared: tuple[Spared, ...]
    reassigned: tuple[Reassigned, ...]


def unload(tx: Transaction, load: Import, hand: Hand) -> Unloaded:
    """Take back all that this load brought and changed, and what it wanted changed that still waits."""
    kept = [Spared(row.ref, row.name) for row in tx.all(_births(load.id).where(_touched()))]
    gone = tx.all(_births(load.id).where(~_touched()))
    for some in _chunks([row.id for row in gone]):
        _remove(tx, some)
    waits = register_changes.c.seen_at == load.at, register_changes.c.settled_at.is_(None)
    withdrawn = {"settled_at": hand.at, "settled_by": hand.who, "outcome": Outcome.WITHDRAWN.value}
    tx.execute(register_changes.update().where(*waits).values(withdrawn))
    restored, spared, reassigned = _restore(tx, load, hand)
    removed: dict[int | None, int] = {}
    for row in gone:
        removed[row.assignee_id] = removed.get(row.assignee_id, 0) + 1
    return Unloaded(removed, restored, (*kept, *spared), tuple(reassigned))


def _births(load: int) -> Select[tuple[int, str, str, int | None]]:
    brought = companies.c.import_id == load
    return select(companies.c.id, companies.c.ref, companies.c.name, companies.c.assignee_id).where(brought)


def _touched() -> ColumnElement[bool]:
    """Something was built on the company since, or somebody changed it."""
    built = (exists().where(table.c.company_id == companies.c.id) for table in (visits, quotes, appointments))
    begun = exists().where(drafts.c.company_id == companies.c.id, drafts.c.closed_at.is_(None))
    term = exists().where(
        deadlines.c.company_id == companies.c.id,
        or_(deadlines.c.kind != DeadlineKind.D1.value, deadlines.c.closed_on.is_not(None)),
    )
    changed = exists().where(
        field_history.c.entity == companies.name,
        field_history.c.entity_id == companies.c.id,
        field_history.c.channel.not_like(f"{CHANNEL}%"),
    )
    return or_(*built, begun, term, changed)


def _remove(tx: Transaction, some: Sequence[int]) -> None:
    for table in (drafts, partners, proposals, register_changes, deadlines):
        tx.execute(delete(table).where(table.c.company_id.in_(some)))
    its = field_history.c.entity == companies.name, field_history.c.entity_id.in_(some)
    tx.execute(delete(field_history).where(*its))
    tx.execute(delete(companies).where(companies.c.id.in_(some)))


_CHANGED = (
    select(field_history)
    .where(
        field_history.c.entity == companies.name,
        field_history.c.channel == bindparam("by_load"),
    )
    .order_by(field_history.c.entity_id, field_history.c.id)
)
_LATER = (
    select(field_history.c.entity_id, field_history.c.field)
    .where(
        field_history.c.entity == companies.name,
        field_history.c.entity_id.in_(bindparam("some", expanding=True)),
        field_history.c.id > bindparam("first"),
        field_history.c.channel.not_like(f"{CHANNEL}%"),
    )
    .distinct()
)


def _restore(tx: Transaction, load: Import, hand: Hand) -> tuple[int, list[Spared], list[Reassigned]]:
    changed: dict[int, list[AnyRow]] = {}
    for row in tx.all(_CHANGED, {"by_load": channel_of(load.id)}):
        changed.setdefault(row.entity_id, []).append(row)
    restored, spared, reassigned = 0, list[Spared](), list[Reassigned]()
    for some in _chunks(list(changed)):
        rows = tx.all(select(companies).where(companies.c.id.in_(some)))
        first = min(change.id for each in some for change in changed[each])
        later = {(row[0], row[1]) for row in tx.all(_LATER, {"some": some, "first": first})}
        soci = _soci(tx, some)
        back: list[tuple[_Company, list[AnyRow]]] = []
        for row in rows:
            its = _Company(row, soci.get(row.id, {}))
            good = [c for c in changed[row.id] if (row.id, c.field) not in later and its.is_still(c)]
            spared += [Spared(row.ref, row.name, c.field) for c in changed[row.id] if c not in good]
            reassigned += [
                Reassigned(row.id, _typed("assignee_id", c.old), _typed("assignee_id", c.new))
                for c in good
                if c.field == "assignee_id"
            ]
            restored += bool(good)
            back.append((its, good))
        _put_back(tx, back, hand)
    return restored, spared, reassigned


@dataclass(frozen=True, slots=True)
class _Company:
    """A company that the load changed, as it is now."""

    row: AnyRow
    soci: dict[str, AnyRow]

    def is_still(self, change: AnyRow) -> bool:
        """True where the column is as the load left it."""
        if change.field == SOCI:
            return BETWEEN.join(sorted(n for n, p in self.soci.items() if p.active)) == str(change.new)
        return as_text(self.row._mapping[change.field]) == str(change.new)


def _put_back(tx: Transaction, back: Sequence[tuple[_Company, Sequence[AnyRow]]], hand: Hand) -> None:
    values = [
        (its.row, {change.field: _typed(change.field, change.old) for change in some if change.field != SOCI})
        for its, some in back
    ]
    rewrite(tx, ((row, told) for row, told in values if told))
    for its, some in back:
        for change in some:
            if change.field == SOCI:
                set_partners(tx, its.row.id, filter(None, change.old.split(BETWEEN)), its.soci)
    history.note(
        tx,
        (
            Change(companies.name, its.row.id, change.field, change.new, change.old, hand, REASON)
            for its, some in back
            for change in some
        ),
    )


def _soci(tx: Transaction, some: Sequence[int]) -> dict[int, dict[str, AnyRow]]:
    found: dict[int, dict[str, AnyRow]] = {}
    for row in tx.all(select(partners).where(partners.c.company_id.in_(some))):
        found.setdefault(row.company_id, {})[row.name] = row
    return found


def _typed(column: str, text: str) -> Any:
    """The column's value, from the words of the history; nothing for nothing."""
    kind = companies.c[column].type.python_type
    if kind is bool:
        return text == str(True)
    if kind is date:
        return date.fromisoformat(text) if text else None
    if kind is int:
        return int(text) if text else None
    return text


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    starts: Iterable[int] = range(0, len(ids), AT_ONCE)
    yield from (ids[start : start + AT_ONCE] for start in starts)
