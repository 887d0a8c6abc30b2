"""What an EM, an EA and a CS answer for, as the campaign's file lists it."""

from procedure.attribution import Remit
from store import people, remits
from store.transaction import Transaction
from tests.store.given import ANNA, BRUNO, MONDAY, NOON, in_one_transaction

MODA = Remit(trades=frozenset({"Federmoda", "Legno"}), sites=frozenset({"Pistoia"}), firm="L&M")


@in_one_transaction
def test_a_remit_is_read_as_it_was_listed(tx: Transaction) -> None:
    people.sync(tx, [ANNA, BRUNO], MONDAY, NOON)
    remits.sync(tx, {"ANNA@esempio.it": MODA, BRUNO.email: Remit(), "nessuno@esempio.it": MODA})
    anna = people.by_email(tx, ANNA.email)
    assert anna
    assert remits.by_person(tx) == {anna.id: MODA}


@in_one_transaction
def test_a_remit_that_is_no_longer_listed_is_gone(tx: Transaction) -> None:
    people.sync(tx, [ANNA], MONDAY, NOON)
    remits.sync(tx, {ANNA.email: MODA})
    remits.sync(tx, {ANNA.email: Remit(firm="SIS")})
    assert [*remits.by_person(tx).values()] == [Remit(firm="SIS")]
    remits.sync(tx, {})
    assert remits.by_person(tx) == {}
