"""A roster prepared for a morning answers as the store does when it is asked."""

from datetime import timedelta

from procedure.hours import Preferences
from procedure.people import Role
from store import absences, people, preferences
from store.rosters import AskedRoster, PreparedRoster
from store.transaction import Transaction
from tests.store.given import ANNA, BRUNO, MONDAY, a_person, in_one_transaction


@in_one_transaction
def test_what_was_prepared_and_what_was_not_is_answered_alike(tx: Transaction) -> None:
    anna, bruno = a_person(tx).id, a_person(tx, BRUNO).id
    absences.add(tx, anna, MONDAY, MONDAY + timedelta(days=3), bruno)
    preferences.put(tx, bruno, Preferences(9, 12, True))
    asked = AskedRoster(tx, MONDAY)
    for which in ([], [anna], [anna, bruno]):
        prepared = PreparedRoster(tx, MONDAY, which)
        for person in (anna, bruno, 99):
            assert prepared.person(person) == asked.person(person)
            assert prepared.is_here(person) == asked.is_here(person)
            assert prepared.absence(person) == asked.absence(person)
            assert prepared.preferences(person) == asked.preferences(person)
        for _ in range(2):
            assert prepared.bearers(Role.RS, "Pistoia") == asked.bearers(Role.RS, "Pistoia")
        assert prepared.at(ANNA.email) == asked.at(ANNA.email)


@in_one_transaction
def test_who_has_left_is_known_to_have(tx: Transaction) -> None:
    anna = a_person(tx).id
    people.leave(tx, anna, MONDAY)
    prepared = PreparedRoster(tx, MONDAY, [anna])
    assert not prepared.is_here(anna)
    assert prepared.person(anna) == people.by_id(tx, anna)
