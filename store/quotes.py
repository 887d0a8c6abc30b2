"""Quotes, their lines and their story. Refuses to judge a move: `procedure.quote_moves.after` does."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import bindparam, select

from procedure.campaign import ProductKind
from procedure.quotes import Quote, QuoteState
from procedure.visits import Interest
from store import history
from store.history import Change, Hand
from store.tables import quote_history, quote_lines, quotes
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One product of a quote, and the company's answer to it (A30)."""

    id: int
    product: str  # code of the catalogue
    need: str
    accepted: bool | None = None
    value: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuoteMove:
    """Something that was told of a quote."""

    event: str
    old_state: QuoteState | None
    new_state: QuoteState
    hand: Hand
    on: date | None = None  # the day it happened, where it was told of one


class _Told(Protocol):
    @property
    def event(self) -> str: ...


_M = TypeVar("_M", bound=_Told)

WITHDRAWN: Final = "annullata"
"""What the histories call a change that was taken back; a quote's names the event after it."""


_OF_COMPANY = (
    select(quotes)
    .where(quotes.c.company_id == bindparam("company"))
    .order_by(quotes.c.visit_id.desc(), quotes.c.id)
)


def open_quote(
    tx: Transaction,
    *,
    visit: int,
    company: int,
    kind: ProductKind,
    owner: int | None,
    owner_email: str,
    opened_on: date,
    lines: Iterable[Interest],
) -> int:
    """Open a quote to be drafted (T1, T2), a line for each interest; its id."""
    values = {
        "visit_id": visit,
        "company_id": company,
        "kind": kind.value,
        "owner_id": owner,
        "owner_email": owner_email,
        "state": QuoteState.TO_DRAFT.value,
        "opened_on": opened_on,
        "reason": "",
    }
    quote = tx.insert(quotes, values)
    rows = [{"quote_id": quote, "product": each.product, "need": each.need, "reason": ""} for each in lines]
    if rows:
        tx.execute(quote_lines.insert(), rows)
    return quote


def get(tx: Transaction, quote: int) -> Quote | None:
    """The quote of this id."""
    row = tx.first(select(quotes).where(quotes.c.id == quote))
    return _quote(row) if row else None


def of_visit(tx: Transaction, visit: int) -> list[Quote]:
    """The quotes that a visit opened."""
    rows = tx.all(select(quotes).where(quotes.c.visit_id == visit).order_by(quotes.c.id))
    return [_quote(row) for row in rows]


def of_company(tx: Transaction, company: int) -> list[Quote]:
    """All quotes of a company, those of the last visit first."""
    return [_quote(row) for row in tx.all(_OF_COMPANY, {"company": company})]


def lines(tx: Transaction, quote: int) -> list[QuoteLine]:
    """The products of a quote."""
    rows = tx.all(select(quote_lines).where(quote_lines.c.quote_id == quote).order_by(quote_lines.c.id))
    return [QuoteLine(row.id, row.product, row.need, row.accepted, row.value, row.reason) for row in rows]


def products(tx: Transaction, which: Iterable[int]) -> dict[int, list[str]]:
    """The codes of the products of each of these quotes."""
    mine = select(quote_lines.c.quote_id, quote_lines.c.product).where(quote_lines.c.quote_id.in_([*which]))
    found: dict[int, list[str]] = {}
    for quote, product in tx.all(mine.order_by(quote_lines.c.id)):
        found.setdefault(quote, []).append(product)
    return found


def save(
    tx: Transaction,
    quote: Quote,
    *,
    who: str,
    at: datetime,
    channel: str,
    event: str,
    on: date | None = None,
) -> None:
    """Write the quote as it is now, the event that made it so (`on` that day), and each field that changed.

    Raises:
        KeyError: there is no such quote.
    """
    old = get(tx, quote.id)
    if old is None:
        raise KeyError(quote.id)
    hand = Hand(who, at, channel)
    before, after = _values(old), _values(quote)
    tx.execute(quotes.update().where(quotes.c.id == quote.id).values(after))
    _remember(tx, quote.id, QuoteMove(event, old.state, quote.state, hand, on))
    history.note(
        tx,
        (
            Change(
                "quotes", quote.id, name, history.as_text(before[name]), history.as_text(after[name]), hand
            )
            for name in after
        ),
    )


def remember(tx: Transaction, quote: Quote, *, event: str, who: str, at: datetime, channel: str) -> None:
    """Write an event that changes nothing of the quote: put off, asked after."""
    _remember(tx, quote.id, QuoteMove(event, quote.state, quote.state, Hand(who, at, channel)))


def story(tx: Transaction, quote: int) -> list[QuoteMove]:
    """What was told of a quote, oldest first."""
    rows = tx.all(select(quote_history).where(quote_history.c.quote_id == quote).order_by(quote_history.c.id))
    return [_move(row) for row in rows]


def standing(moves: Iterable[_M]) -> list[_M]:
    """Of what was told of a quote, oldest first, what was not taken back."""
    left: list[_M] = []
    for move in moves:
        taken = [n for n, one in enumerate(left) if move.event == f"{WITHDRAWN}: {one.event}"]
        if taken:
            del left[taken[-1]]
        else:
            left.append(move)
    return left


def _remember(tx: Transaction, quote: int, move: QuoteMove) -> None:
    values = {
        "quote_id": quote,
        "event": move.event,
        "old_state": move.old_state.value if move.old_state else None,
        "new_state": move.new_state.value,
        "who": move.hand.who,
        "at": move.hand.at,
        "channel": move.hand.channel,
        "happened_on": move.on,
    }
    tx.execute(quote_history.insert(), values)


def _values(quote: Quote) -> dict[str, Any]:
    """The quote as its row, without what never changes."""
    values = asdict(quote)
    values["owner_id"] = values.pop("owner")
    for fixed in ("id", "visit", "company", "opened_on"):
        del values[fixed]
    return {**values, "kind": quote.kind.value, "state": quote.state.value}


def _quote(row: AnyRow) -> Quote:
    return Quote(
        id=row.id,
        visit=row.visit_id,
        company=row.company_id,
        kind=ProductKind(row.kind),
        owner=row.owner_id,
        owner_email=row.owner_email,
        state=QuoteState(row.state),
        opened_on=row.opened_on,
        drafted_on=row.drafted_on,
        contacted_on=row.contacted_on,
        delivered_on=row.delivered_on,
        followed_up_on=row.followed_up_on,
        closed_on=row.closed_on,
        value=row.value,
        reason=row.reason,
        accepted_late=row.accepted_late,
        acceptance_signed=row.acceptance_signed,
    )


def _move(row: AnyRow) -> QuoteMove:
    old = QuoteState(row.old_state) if row.old_state else None
    hand = Hand(row.who, row.at, row.channel)
    return QuoteMove(row.event, old, QuoteState(row.new_state), hand, row.happened_on)
