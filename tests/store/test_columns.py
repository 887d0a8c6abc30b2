"""What is written is what is read, on both databases."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import cast

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from store import audit, tables
from store.engine import Store
from store.transaction import Transaction
from tests.store.given import NOON, a_quote, in_one_transaction


@in_one_transaction
def test_a_moment_of_any_zone_comes_back_as_the_same_moment_in_utc(tx: Transaction) -> None:
    rome = datetime(2026, 7, 1, 14, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
    audit.note(tx, rome, "x", "y")
    (note,) = audit.latest(tx, 1)
    assert note.at == rome
    assert note.at.utcoffset() == timedelta(0)


@in_one_transaction
def test_a_moment_without_a_zone_is_refused(tx: Transaction) -> None:
    with pytest.raises(StatementError, match="time zone"):
        audit.note(tx, NOON.replace(tzinfo=None), "x", "y")


@in_one_transaction
def test_moments_are_compared_as_moments(tx: Transaction) -> None:
    audit.note(tx, NOON, "x", "y")
    later = NOON.astimezone(timezone(timedelta(hours=-8))) + timedelta(microseconds=1)
    assert tx.scalar(select(tables.audit.c.who).where(tables.audit.c.at < later)) == "x"
    assert tx.scalar(select(tables.audit.c.who).where(tables.audit.c.at > later)) is None


@pytest.mark.parametrize("amount", ["0.00", "0.01", "1200.50", "9999999999.99", "-0.10"])
async def test_an_amount_is_kept_to_the_cent(store: Store, amount: str) -> None:
    def story(tx: Transaction) -> Decimal:
        quote = a_quote(tx)
        tx.execute(tables.quotes.update().values(value=Decimal(amount)))
        return cast(Decimal, tx.scalar(select(tables.quotes.c.value).where(tables.quotes.c.id == quote)))

    assert str(await store.run(story)) == amount


@in_one_transaction
def test_half_a_cent_is_refused(tx: Transaction) -> None:
    a_quote(tx)
    with pytest.raises(StatementError, match="to the cent"):
        tx.execute(tables.quotes.update().values(value=Decimal("0.005")))


@in_one_transaction
def test_json_keeps_the_order_of_its_keys_and_its_accents(tx: Transaction) -> None:
    audit.note(tx, NOON, "x", "y", {"zeta": "però", "alfa": [1, 2.5, None, True]})
    (note,) = audit.latest(tx, 1)
    assert list(note.detail.items()) == [("zeta", "però"), ("alfa", [1, 2.5, None, True])]
    assert "però" in tx.scalar(text("SELECT CAST(detail AS TEXT) FROM audit"))
