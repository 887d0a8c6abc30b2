"""Which copies are missing, and since when the others are in the archive."""

from dataclasses import replace

from procedure.people import Person
from procedure.quotes import QuoteState
from procedure.visits import Form, FormOutcome, FormResult
from store import paper_copies, people, quotes, signed_forms, visits
from store.history import Hand
from store.paper_copies import Filing, MissingCopy
from store.people import PersonEntry
from store.transaction import Transaction
from tests.store.given import (
    ANNA,
    BRUNO,
    MONDAY,
    NOON,
    a_company,
    a_person,
    a_quote,
    a_report,
    in_one_transaction,
)

HAND = Hand(BRUNO.email, NOON, "chat")


def delivered(tx: Transaction, state: QuoteState = QuoteState.DELIVERED) -> int:
    quote = quotes.get(tx, a_quote(tx))
    assert quote
    new = replace(quote, state=state, drafted_on=MONDAY, delivered_on=MONDAY)
    quotes.save(tx, new, who=BRUNO.email, at=NOON, channel="chat", event="consegnato")
    return quote.id


def known(tx: Transaction, entry: PersonEntry) -> Person:
    person = people.by_email(tx, entry.email)
    assert person
    return person


@in_one_transaction
def test_only_a_delivered_quote_misses_its_copy(tx: Transaction) -> None:
    a_quote(tx)
    assert paper_copies.missing_at(tx, "Pistoia") == []


@in_one_transaction
def test_a_cancelled_quote_misses_nothing(tx: Transaction) -> None:
    delivered(tx, QuoteState.CANCELLED)
    assert paper_copies.missing_at(tx, "Pistoia") == []


@in_one_transaction
def test_a_missing_copy_is_seen_by_its_owner_and_the_rs_of_the_sede(tx: Transaction) -> None:
    quote = delivered(tx)
    missing = [MissingCopy(quote, "Forno Caffè d'Oro S.n.c.", "A-1", "Pistoia", MONDAY, "Bruno Neri")]
    assert paper_copies.missing_at(tx, "Pistoia") == missing
    assert paper_copies.missing_at(tx, "Prato") == []
    assert paper_copies.missing_for(tx, known(tx, BRUNO)) == missing  # its AM
    assert paper_copies.missing_for(tx, known(tx, ANNA)) == missing  # the RS of Pistoia
    assert paper_copies.missing_of(tx, known(tx, ANNA)) == []


@in_one_transaction
def test_a_copy_in_the_archive_says_since_when_and_by_whom(tx: Transaction) -> None:
    quote = delivered(tx)
    assert paper_copies.filing(tx, quote) is None
    paper_copies.put_in(tx, quote, MONDAY, HAND)
    assert paper_copies.filing(tx, quote) == Filing(MONDAY, BRUNO.email)
    assert paper_copies.missing_at(tx, "Pistoia") == []
    paper_copies.take_out(tx, quote, HAND)
    assert paper_copies.filing(tx, quote) is None
    assert len(paper_copies.missing_at(tx, "Pistoia")) == 1


@in_one_transaction
def test_the_last_visit_with_signed_forms_is_found_among_the_others(tx: Transaction) -> None:
    company, av = a_company(tx), a_person(tx).id
    plain = a_report(company.id)
    assert signed_forms.last_visit_with(tx, company.id) is None
    found = []
    for outcome in (FormOutcome.SIGNED, FormOutcome.SIGNED, FormOutcome.REFUSED):
        forms = (FormResult(company.partners[0].id, Form.RID, outcome),)
        found.append(visits.record(tx, replace(plain, forms=forms), av=av, completed_at=NOON))
    visits.record(tx, plain, av=av, completed_at=NOON)
    assert signed_forms.last_visit_with(tx, company.id) == found[1]
