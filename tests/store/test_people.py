"""Who is of the house, who has left, who stands in, and how one comes in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from procedure.people import Role
from store import invitations, people
from store.invitations import Redeemed, Unredeemed
from store.transaction import Transaction
from tests.store.given import ANNA, BRUNO, MONDAY, NOON, a_person, in_one_transaction

LATER = NOON + timedelta(days=7)
TUESDAY = MONDAY + timedelta(days=1)


@in_one_transaction
def test_the_list_makes_the_people(tx: Transaction) -> None:
    people.sync(tx, [BRUNO, ANNA], MONDAY, NOON)
    assert [person.name for person in people.active(tx)] == ["Anna Verdi", "Bruno Neri"]
    anna = people.by_email(tx, "ANNA@Esempio.it ")
    assert anna
    assert (anna.roles, anna.site) == (ANNA.roles, "Pistoia")


@in_one_transaction
def test_a_changed_line_changes_the_person_and_keeps_the_id(tx: Transaction) -> None:
    before = a_person(tx)
    entry = replace(ANNA, name="Anna Verdi Rossi", roles=frozenset({Role.RS}), site="Prato")
    people.sync(tx, [entry], MONDAY, NOON)
    after = people.by_id(tx, before.id)
    assert after == replace(before, name="Anna Verdi Rossi", roles=frozenset({Role.RS}), site="Prato")


@in_one_transaction
def test_who_is_no_longer_listed_leaves_and_loses_the_chat(tx: Transaction) -> None:
    anna = a_person(tx)
    people.bind_telegram(tx, anna.id, 77)
    people.sync(tx, [BRUNO], MONDAY, NOON)
    assert people.by_telegram(tx, 77) is None
    assert people.by_email(tx, ANNA.email) is None
    assert people.by_id(tx, anna.id) is not None
    assert not people.is_here(tx, anna.id)


@in_one_transaction
def test_who_is_listed_again_comes_back(tx: Transaction) -> None:
    anna = a_person(tx)
    people.sync(tx, [], MONDAY, NOON)
    people.sync(tx, [ANNA], TUESDAY, NOON)
    assert people.by_email(tx, ANNA.email) == anna


@in_one_transaction
def test_who_left_by_an_order_stays_out_whatever_the_list_says(tx: Transaction) -> None:
    anna = a_person(tx)
    people.leave(tx, anna.id, MONDAY)
    people.sync(tx, [ANNA], TUESDAY, NOON)
    assert people.active(tx) == []
    people.readmit(tx, anna.id)
    assert people.active(tx) == [anna]


@in_one_transaction
def test_the_bearers_of_a_role_are_found_by_site(tx: Transaction) -> None:
    people.sync(tx, [ANNA, BRUNO, replace(ANNA, email="c@esempio.it", site="Prato")], MONDAY, NOON)
    assert [each.email for each in people.with_role(tx, Role.RS, "Prato")] == ["c@esempio.it"]
    assert len(people.with_role(tx, Role.RS)) == 2
    assert people.with_role(tx, Role.RA) == []


@in_one_transaction
def test_an_invitation_opens_once(tx: Transaction) -> None:
    anna = a_person(tx)
    _invite(tx, anna.id)
    assert invitations.redeem(tx, "hash", 77, NOON) == Redeemed(replace(anna, telegram_id=77))
    assert people.by_telegram(tx, 77) == replace(anna, telegram_id=77)
    assert invitations.redeem(tx, "hash", 77, NOON) is Unredeemed.USED


@in_one_transaction
def test_an_invitation_nobody_made_opens_nothing(tx: Transaction) -> None:
    assert invitations.redeem(tx, "hash", 77, NOON) is Unredeemed.UNKNOWN


@in_one_transaction
def test_an_invitation_expires(tx: Transaction) -> None:
    _invite(tx, a_person(tx).id)
    assert invitations.redeem(tx, "hash", 77, LATER) is Unredeemed.EXPIRED
    assert isinstance(invitations.redeem(tx, "hash", 77, LATER - timedelta(seconds=1)), Redeemed)


@in_one_transaction
def test_an_invitation_of_who_has_left_opens_nothing(tx: Transaction) -> None:
    anna = a_person(tx)
    _invite(tx, anna.id)
    people.leave(tx, anna.id, MONDAY)
    assert invitations.redeem(tx, "hash", 77, NOON) is Unredeemed.LEFT


@in_one_transaction
def test_an_account_belongs_to_one_person(tx: Transaction) -> None:
    anna, bruno = a_person(tx), a_person(tx, BRUNO)
    people.bind_telegram(tx, bruno.id, 77)
    _invite(tx, anna.id)
    assert invitations.redeem(tx, "hash", 77, NOON) is Unredeemed.ACCOUNT_TAKEN
    assert isinstance(invitations.redeem(tx, "hash", 78, NOON), Redeemed)


@in_one_transaction
def test_a_new_phone_replaces_the_old_one(tx: Transaction) -> None:
    anna = a_person(tx)
    people.bind_telegram(tx, anna.id, 77)
    _invite(tx, anna.id)
    assert isinstance(invitations.redeem(tx, "hash", 78, NOON), Redeemed)
    assert people.by_telegram(tx, 77) is None


@in_one_transaction
def test_a_telegram_id_may_be_longer_than_32_bits(tx: Transaction) -> None:
    anna = a_person(tx)
    people.bind_telegram(tx, anna.id, 7_000_000_000)
    assert people.by_telegram(tx, 7_000_000_000) is not None


@in_one_transaction
def test_two_persons_cannot_be_tied_to_one_account(tx: Transaction) -> None:
    people.bind_telegram(tx, a_person(tx).id, 77)
    with pytest.raises(IntegrityError):
        people.bind_telegram(tx, a_person(tx, BRUNO).id, 77)


def _invite(tx: Transaction, person: int) -> None:
    invitations.create(tx, person, token_hash="hash", expires_at=LATER, now=NOON)


@in_one_transaction
def test_the_same_list_again_writes_nothing(tx: Transaction) -> None:
    """Every start reads the list: five hundred people must not be written anew each time."""
    people.sync(tx, [ANNA, BRUNO], MONDAY, NOON)
    wrote: list[str] = []

    class Watched(Transaction):
        def execute(self, statement: Any, values: Any = None) -> Any:
            wrote.append(str(statement))
            return super().execute(statement, values)

        def insert(self, table: Any, values: Any) -> int:
            wrote.append(str(table))
            return super().insert(table, values)

    watched = Watched(tx._connection)
    assert people.sync(watched, [BRUNO, ANNA], TUESDAY, NOON) == []
    assert wrote == []
    people.sync(watched, [replace(ANNA, site="Prato"), BRUNO], TUESDAY, NOON)
    assert len(wrote) == 1


@in_one_transaction
def test_who_leaves_with_the_list_is_given(tx: Transaction) -> None:
    anna = a_person(tx)
    assert people.sync(tx, [BRUNO], TUESDAY, NOON) == [anna.id]
    assert people.sync(tx, [BRUNO], TUESDAY, NOON) == []
