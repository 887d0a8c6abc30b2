"""What a letter's effect changed is put back, for as long as nothing was built on it.

Histories only grow: that a change was taken back is written there too. Refuses to know which effect it was
and who hears of it; `store.pictures` saw what changed.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from store import history
from store.history import Hand
from store.pictures import OWNED, Changes, Row, Touched
from store.quotes import WITHDRAWN, standing
from store.tables import (
    appointments,
    companies,
    deadlines,
    metadata,
    quote_history,
    quote_lines,
    quotes,
    visits,
)
from store.transaction import Transaction

_BY_THE_CLOCK: Final = frozenset({deadlines.c.remind_on.name, deadlines.c.escalated_on.name})
"""Columns of a deadline that mornings move: nobody builds on what they say."""

_OF_A_QUOTE: Final = frozenset({quotes.name, quote_lines.name, deadlines.name})

_LASTING: Final = frozenset({companies.name, visits.name, quotes.name})
"""What is never taken away once it is there: mails that left name it, and buttons."""


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """What came on top: of which table; of a quote, the event that was told since, and its day."""

    table: str
    event: str = ""
    on: date | None = None


def lasts(changes: Changes) -> bool:
    """True where the effect brought what is never taken away: a visit told by mail, its quotes."""
    return any(one.before is None and one.table in _LASTING for one in changes.rows)


def built_on(tx: Transaction, changes: Changes, since: datetime) -> BuiltOn | None:
    """What has come on top of these changes, made at `since`; None where all is as they left it."""
    moved = next((one.table for one in changes.rows if not _is_as_left(tx, one)), None)
    told = _told_since(tx, changes, moved in _OF_A_QUOTE)
    return told or _visited_since(tx, changes, since) or (BuiltOn(moved) if moved else None)


def _told_since(tx: Transaction, changes: Changes, is_moved: bool) -> BuiltOn | None:
    """What was told next of the same quotes, where it brought them further: said again, it does not."""
    if not changes.moves:
        return None
    same = select(quote_history.c.quote_id).where(quote_history.c.id.in_(changes.moves))
    later = select(quote_history).where(
        quote_history.c.quote_id.in_(same), quote_history.c.id > changes.moves[-1]
    )
    for row in standing(tx.all(later.order_by(quote_history.c.id))):
        if is_moved or row.old_state != row.new_state:
            return BuiltOn(quotes.name, row.event, row.happened_on or row.at.date())
    return None


def _visited_since(tx: Transaction, changes: Changes, since: datetime) -> BuiltOn | None:
    """Of a company that was attributed, what its AV has done with it."""
    name = companies.c.assignee_id.name
    given = [one.id for one in changes.rows if one.table == companies.name and name in (one.after or {})]
    for table, at in ((appointments, appointments.c.created_at), (visits, visits.c.completed_at)):
        begun = select(table.c.id).where(table.c.company_id.in_(given), at >= since)
        if given and tx.first(begun.limit(1)):
            return BuiltOn(table.name)
    return None


def _is_as_left(tx: Transaction, touched: Touched) -> bool:
    table = metadata.tables[touched.table]
    row = tx.first(select(table).where(table.c.id == touched.id))
    if row is None or touched.after is None:
        return row is None and touched.after is None
    moving = _BY_THE_CLOCK if table is deadlines and not _is_put_off(touched) else frozenset()
    return all(row._mapping[name] == left for name, left in touched.after.items() if name not in moving)


def _is_put_off(touched: Touched) -> bool:
    """True where somebody asked to be reminded later: then the day is theirs, not the clock's."""
    name = deadlines.c.postponed_why.name
    before, after = touched.before or {}, touched.after or {}
    return bool(before) and before.get(name) != after.get(name)


def restore(tx: Transaction, changes: Changes, hand: Hand) -> None:
    """Put every row back as it was before; both histories keep the change and that it was taken back.

    Only where `built_on` has found nothing, in the same transaction.
    """
    places = {table.name: place for place, (table, *_) in enumerate(OWNED)}
    rows = sorted(changes.rows, key=lambda one: places[one.table])
    for one in reversed(rows):
        if one.before is None:
            table = metadata.tables[one.table]
            tx.execute(table.delete().where(table.c.id == one.id))
    for one in rows:
        if one.before is not None:
            _put_back(tx, one, one.before)
    _write_down(tx, changes, hand)


def _put_back(tx: Transaction, touched: Touched, before: Row) -> None:
    table = metadata.tables[touched.table]
    if touched.after is None:
        tx.execute(table.insert().values(before))
    else:
        tx.execute(table.update().where(table.c.id == touched.id).values(before))


def _write_down(tx: Transaction, changes: Changes, hand: Hand) -> None:
    touched = {(one.table, one.id) for one in changes.rows}
    lines = [line for line in history.lines(tx, changes.fields) if (line.entity, line.entity_id) in touched]
    taken = (replace(one, old=one.new, new=one.old, hand=hand, reason=WITHDRAWN) for one in reversed(lines))
    history.note(tx, taken)
    moves = select(quote_history).where(quote_history.c.id.in_(changes.moves))
    told = [
        {
            "quote_id": move.quote_id,
            "event": f"{WITHDRAWN}: {move.event}",
            "old_state": move.new_state,
            "new_state": move.old_state or move.new_state,
            "who": hand.who,
            "at": hand.at,
            "channel": hand.channel,
        }
        for move in tx.all(moves.order_by(quote_history.c.id.desc()))
    ]
    if told:
        tx.execute(quote_history.insert(), told)
