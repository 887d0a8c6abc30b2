"""The paper copies of quotes: which are in the archive of their sede, and which are missing
[r.149-151, r.167, r.184-186].

A delivered quote that is not filed is the open task; no row of its own says so. Refuses to judge who may
file, and how long a copy may take.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select

from procedure.people import Person, Role
from procedure.quotes import QuoteState
from store import history
from store.history import Change, Hand
from store.tables import companies, people, quotes
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Filing:
    """Since when a copy is in the archive, and who said so (an email address)."""

    on: date
    by: str


@dataclass(frozen=True, slots=True)
class MissingCopy:
    """A quote whose copy nobody has filed; `owner` is a name, or the address of who is only a mailbox."""

    quote: int
    company: str
    company_ref: str
    site: str
    delivered_on: date
    owner: str


_MISSING = (
    select(
        quotes.c.id,
        companies.c.name,
        companies.c.ref,
        companies.c.site,
        quotes.c.delivered_on,
        func.coalesce(people.c.name, quotes.c.owner_email),
    )
    .join(companies, companies.c.id == quotes.c.company_id)
    .outerjoin(people, people.c.id == quotes.c.owner_id)
    .where(
        quotes.c.delivered_on.is_not(None),
        quotes.c.filed_on.is_(None),
        quotes.c.state != QuoteState.CANCELLED.value,
    )
    .order_by(quotes.c.delivered_on, quotes.c.id)
)


def filing(tx: Transaction, quote: int) -> Filing | None:
    """Since when the copy of this quote is in the archive; None where it is not."""
    row = tx.first(select(quotes.c.filed_on, quotes.c.filed_by).where(quotes.c.id == quote))
    return Filing(row.filed_on, row.filed_by) if row and row.filed_on else None


def put_in(tx: Transaction, quote: int, on: date, hand: Hand) -> None:
    """The copy is in the archive since `on`."""
    _write(tx, quote, Filing(on, hand.who), hand)


def take_out(tx: Transaction, quote: int, hand: Hand) -> None:
    """The copy is not in the archive: it was said by mistake."""
    _write(tx, quote, None, hand)


def missing_for(tx: Transaction, person: Person) -> list[MissingCopy]:
    """The copies that this person has still to file, and those missing at the sede of an RS (A64); the oldest
    delivery first.
    """
    own = or_(quotes.c.owner_id == person.id, quotes.c.owner_email == person.email)
    if person.has(Role.RS) and person.site:
        own = or_(own, companies.c.site == person.site)
    return _missing(tx, own)


def missing_of(tx: Transaction, person: Person) -> list[MissingCopy]:
    """The copies that this person has still to file, the oldest delivery first."""
    return _missing(tx, or_(quotes.c.owner_id == person.id, quotes.c.owner_email == person.email))


def missing_at(tx: Transaction, site: str) -> list[MissingCopy]:
    """The copies missing at a sede, the oldest delivery first."""
    return _missing(tx, companies.c.site == site)


def _missing(tx: Transaction, which: ColumnElement[bool]) -> list[MissingCopy]:
    return [MissingCopy(*row) for row in tx.all(_MISSING.where(which))]


def _write(tx: Transaction, quote: int, new: Filing | None, hand: Hand) -> None:
    old = filing(tx, quote)
    values = {"filed_on": new.on if new else None, "filed_by": new.by if new else ""}
    tx.execute(quotes.update().where(quotes.c.id == quote).values(values))
    history.note(tx, _changes(quote, old, new, hand))


def _changes(quote: int, old: Filing | None, new: Filing | None, hand: Hand) -> Iterator[Change]:
    for name, was, is_now in (
        ("filed_on", old and old.on, new and new.on),
        ("filed_by", old and old.by, new and new.by),
    ):
        yield Change("quotes", quote, name, history.as_text(was), history.as_text(is_now), hand)
