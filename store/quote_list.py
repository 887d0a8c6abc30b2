"""The quotes that a person has in hand, as a list shows them. Refuses to know what may be done with one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select

from procedure.quotes import OPEN_STATES, QuoteState
from store.page import Page
from store.tables import companies, deadlines, quotes
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """A quote in a line: whose, how far it has come, and what it waits for next."""

    id: int
    company: str
    state: QuoteState
    next_due_on: date | None


_NEXT_DUE = (
    select(func.min(deadlines.c.due_on))
    .where(
        deadlines.c.about_kind == "quote",
        deadlines.c.about_id == quotes.c.id,
        deadlines.c.closed_on.is_(None),
    )
    .scalar_subquery()
)
_ENTRY: Select[Any] = select(quotes.c.id, companies.c.name, quotes.c.state, _NEXT_DUE.label("due"))


def open_of(tx: Transaction, owner: int, *, offset: int, limit: int) -> Page[QuoteEntry]:
    """A page of the quotes that this person owns and that are not closed, the next due first."""
    mine = and_(quotes.c.owner_id == owner, quotes.c.state.in_([state.value for state in OPEN_STATES]))
    total = tx.scalar(select(func.count()).select_from(quotes).where(mine))
    rows = tx.all(
        _ENTRY.join(companies, companies.c.id == quotes.c.company_id)
        .where(mine)
        .order_by(func.coalesce(_NEXT_DUE, date.max), companies.c.name, quotes.c.id)
        .offset(offset)
        .limit(limit)
    )
    entries = tuple(QuoteEntry(key, name, QuoteState(state), due) for key, name, state, due in rows)
    return Page(entries, total, offset)
