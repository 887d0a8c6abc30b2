"""The list of a person's quotes: theirs, open, the next due first."""

from dataclasses import replace

from procedure.quotes import QuoteState
from store import quote_list, quotes
from store.transaction import Transaction
from tests.store.given import BRUNO, MONDAY, NOON, a_person, a_quote, in_one_transaction


@in_one_transaction
def test_only_open_quotes_of_the_owner_are_listed_page_by_page(tx: Transaction) -> None:
    made = [a_quote(tx) for _ in range(3)]
    owner = quotes.get(tx, made[0])
    assert owner is not None
    assert owner.owner is not None
    page = quote_list.open_of(tx, owner.owner, offset=0, limit=2)
    assert [entry.id for entry in page.items] == made[:2]
    assert (page.total, page.has_next) == (3, True)
    assert {entry.state for entry in page.items} == {QuoteState.TO_DRAFT}
    assert quote_list.open_of(tx, a_person(tx).id + 999, offset=0, limit=2).items == ()


@in_one_transaction
def test_a_quote_that_is_closed_leaves_the_list(tx: Transaction) -> None:
    kept, refused = a_quote(tx), quotes.get(tx, a_quote(tx))
    assert refused is not None
    assert refused.owner is not None
    archived = replace(refused, state=QuoteState.ARCHIVED, closed_on=MONDAY, reason="caro")
    quotes.save(tx, archived, who=BRUNO.email, at=NOON, channel="chat", event="non_accettato")
    (entry,) = quote_list.open_of(tx, refused.owner, offset=0, limit=9).items
    assert entry.id == kept
