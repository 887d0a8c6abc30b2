"""What became of each line of a quote, and to which quote it belongs. Refuses to judge an answer."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from procedure.quote_lines import LineOutcome
from store import history
from store.history import Change, Hand
from store.tables import quote_lines
from store.transaction import Transaction


def settle(tx: Transaction, outcomes: Iterable[LineOutcome], hand: Hand) -> None:
    """Write the company's answers, and each field that they change.

    Raises:
        KeyError: there is no such line.
    """
    for outcome in outcomes:
        values = {"accepted": outcome.accepted, "value": outcome.value, "reason": outcome.reason}
        _change(tx, outcome.line, values, hand)


def move(tx: Transaction, lines: Iterable[int], quote: int, hand: Hand) -> None:
    """From now on these lines belong to another quote (A28)."""
    for line in lines:
        _change(tx, line, {"quote_id": quote}, hand)


def _change(tx: Transaction, line: int, values: Mapping[str, Any], hand: Hand) -> None:
    row = tx.first(select(quote_lines).where(quote_lines.c.id == line))
    if row is None:
        raise KeyError(line)
    tx.execute(quote_lines.update().where(quote_lines.c.id == line).values(dict(values)))
    old = row._mapping
    history.note(
        tx,
        (
            Change("quote_lines", line, name, history.as_text(old[name]), history.as_text(new), hand)
            for name, new in values.items()
        ),
    )
