"""A date put right where it is kept, with its reason in the history of the field (A51).

Refuses to know which terms move with it and who may.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from store import history
from store.history import Change, Hand
from store.tables import quote_history, quotes, visits
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RightDay:
    """The day that holds from now on, through whom it comes, and why."""

    day: date
    hand: Hand
    reason: str


def of_visit(tx: Transaction, visit: int, right: RightDay) -> None:
    """Put DATA VISITA right.

    Raises:
        KeyError: there is no such visit.
    """
    old = tx.scalar(select(visits.c.visited_on).where(visits.c.id == visit))
    if old is None:
        raise KeyError(visit)
    tx.execute(visits.update().where(visits.c.id == visit).values(visited_on=right.day))
    history.note(tx, [_change("visits", visit, "visited_on", old, right)])


def of_quote(tx: Transaction, quote: int, field: str, right: RightDay) -> None:
    """Put this date of the quote right, and into its story.

    Raises:
        KeyError: there is no such quote, or no such column.
    """
    row = tx.first(select(quotes.c[field], quotes.c.state).where(quotes.c.id == quote))
    if row is None:
        raise KeyError(quote)
    tx.execute(quotes.update().where(quotes.c.id == quote).values({field: right.day}))
    history.note(tx, [_change("quotes", quote, field, row[0], right)])
    told = {
        "quote_id": quote,
        "event": f"rettifica: {field}",
        "old_state": row.state,
        "new_state": row.state,
        "happened_on": right.day,
        "who": right.hand.who,
        "at": right.hand.at,
        "channel": right.hand.channel,
    }
    tx.execute(quote_history.insert(), told)


def _change(entity: str, which: int, field: str, old: date | None, right: RightDay) -> Change:
    before, after = history.as_text(old), history.as_text(right.day)
    return Change(entity, which, field, before, after, right.hand, right.reason)
