"""A quote keeps its lines, its state, and every step it took."""

from dataclasses import replace
from datetime import timedelta

import pytest

from procedure.quote_moves import after
from procedure.quotes import Quote, QuoteEvent, QuoteState
from store import history, quotes
from store.transaction import Transaction
from tests.store.given import BRUNO, MONDAY, NOON, PRICE, a_quote, in_one_transaction


def given(tx: Transaction) -> Quote:
    quote = quotes.get(tx, a_quote(tx))
    assert quote
    return quote


def tell(tx: Transaction, quote: Quote, event: QuoteEvent) -> Quote:
    new = after(quote, event, MONDAY, value=PRICE if event is QuoteEvent.ACCEPTED else None)
    quotes.save(tx, new, who=BRUNO.email, at=NOON, channel="chat", event=event.value)
    return new


@in_one_transaction
def test_a_quote_is_opened_to_be_drafted_with_a_line_for_each_product(tx: Transaction) -> None:
    quote = given(tx)
    assert (quote.state, quote.opened_on, quote.owner_email) == (QuoteState.TO_DRAFT, MONDAY, BRUNO.email)
    assert quote.value is None
    lines = quotes.lines(tx, quote.id)
    assert [(line.product, line.need, line.accepted) for line in lines] == [
        ("paghe", "tre dipendenti", None),
        ("sicurezza", "", None),
    ]


@in_one_transaction
def test_a_quote_comes_back_as_it_was_saved(tx: Transaction) -> None:
    quote = given(tx)
    for event in (QuoteEvent.DELIVERED, QuoteEvent.THINKING, QuoteEvent.FOLLOWED_UP, QuoteEvent.ACCEPTED):
        quote = tell(tx, quote, event)
        assert quotes.get(tx, quote.id) == quote
    assert str(quote.value) == "1200.50"


@in_one_transaction
def test_each_step_and_each_changed_field_is_remembered(tx: Transaction) -> None:
    quote = tell(tx, given(tx), QuoteEvent.DRAFTED)
    tell(tx, quote, QuoteEvent.CONTACTED)
    moves = [(move.event, move.old_state, move.new_state) for move in quotes.story(tx, quote.id)]
    assert moves == [
        ("redatto", QuoteState.TO_DRAFT, QuoteState.DRAFTED),
        ("contattata", QuoteState.DRAFTED, QuoteState.DRAFTED),
    ]
    changes = history.changes(tx, "quotes", quote.id)
    assert [(change.field, change.old, change.new) for change in changes] == [
        ("state", "DA REDIGERE", "REDATTO"),
        ("drafted_on", "", "2026-11-23"),
        ("contacted_on", "", "2026-11-23"),
    ]
    assert {(change.hand.who, change.hand.channel) for change in changes} == {(BRUNO.email, "chat")}


@in_one_transaction
def test_an_event_that_changes_nothing_is_remembered_too(tx: Transaction) -> None:
    quote = given(tx)
    quotes.remember(tx, quote, event="rinvia: ferie", who=BRUNO.email, at=NOON, channel="mail")
    (move,) = quotes.story(tx, quote.id)
    assert (move.event, move.new_state) == ("rinvia: ferie", QuoteState.TO_DRAFT)
    assert quotes.get(tx, quote.id) == quote


@in_one_transaction
def test_a_visit_knows_its_quotes(tx: Transaction) -> None:
    quote = given(tx)
    given(tx)
    assert quotes.of_visit(tx, quote.visit) == [quote]


@in_one_transaction
def test_a_company_has_the_quotes_of_all_its_visits_the_last_first(tx: Transaction) -> None:
    first, second = given(tx), given(tx)
    assert quotes.of_company(tx, first.company) == [second, first]
    assert quotes.of_company(tx, first.company + 1) == []


@in_one_transaction
def test_a_quote_may_pass_to_a_mailbox(tx: Transaction) -> None:
    quote = replace(given(tx), owner=None, owner_email="am@esempio.it")
    quotes.save(tx, quote, who="x", at=NOON + timedelta(1), channel="chat", event="passato")
    assert quotes.get(tx, quote.id) == quote


@in_one_transaction
def test_a_quote_nobody_opened_cannot_be_saved(tx: Transaction) -> None:
    with pytest.raises(KeyError):
        quotes.save(tx, replace(given(tx), id=99), who="x", at=NOON, channel="chat", event="redatto")
    assert quotes.get(tx, 99) is None
