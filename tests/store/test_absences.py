"""Absences and preferences, as the store keeps them."""

from datetime import timedelta

from procedure.hours import DEFAULT, Preferences
from store import absences, people, preferences
from store.transaction import Transaction
from tests.store.given import ANNA, BRUNO, MONDAY, NOON, a_person, in_one_transaction

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@in_one_transaction
def test_an_absence_covers_its_first_and_last_day(tx: Transaction) -> None:
    anna, bruno = a_person(tx), a_person(tx, BRUNO)
    key = absences.add(tx, anna.id, MONDAY, TUESDAY, bruno.id)
    days = [MONDAY + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [one.id if one else None for one in (absences.on(tx, anna.id, day) for day in days)] == [
        *(None, key, key, None),
    ]
    assert absences.on(tx, bruno.id, MONDAY) is None


@in_one_transaction
def test_the_absences_of_a_person_and_of_who_stands_in_are_found(tx: Transaction) -> None:
    anna, bruno = a_person(tx), a_person(tx, BRUNO)
    later = absences.add(tx, anna.id, WEDNESDAY, WEDNESDAY, bruno.id)
    sooner = absences.add(tx, anna.id, MONDAY, MONDAY)
    assert [one.id for one in absences.of_person(tx, anna.id, MONDAY)] == [sooner, later]
    assert [one.id for one in absences.of_person(tx, anna.id, TUESDAY)] == [later]
    assert [one.id for one in absences.of_person(tx, anna.id, MONDAY, TUESDAY)] == [sooner]
    assert [one.id for one in absences.of_deputy(tx, bruno.id, MONDAY)] == [later]
    assert [one.id for one in absences.between(tx, TUESDAY, WEDNESDAY)] == [later]


@in_one_transaction
def test_an_absence_may_be_changed_and_taken_back(tx: Transaction) -> None:
    anna, bruno = a_person(tx), a_person(tx, BRUNO)
    key = absences.add(tx, anna.id, MONDAY, MONDAY)
    absences.change(tx, key, MONDAY, WEDNESDAY, bruno.id)
    changed = absences.get(tx, key)
    assert changed is not None
    assert (changed.last, changed.deputy) == (WEDNESDAY, bruno.id)
    absences.remove(tx, key)
    assert absences.get(tx, key) is None


@in_one_transaction
def test_absences_whose_deputy_is_not_there_are_found(tx: Transaction) -> None:
    """Nobody was named, who was named has left, or is away too."""
    anna, bruno = a_person(tx), a_person(tx, BRUNO)
    absences.add(tx, anna.id, MONDAY, TUESDAY, bruno.id)
    assert absences.without_deputy_at_work(tx, MONDAY) == []
    absences.add(tx, bruno.id, TUESDAY, TUESDAY)
    assert absences.without_deputy_at_work(tx, MONDAY) == []
    assert absences.without_deputy_at_work(tx, TUESDAY) == [anna.id, bruno.id]
    assert absences.without_deputy_at_work(tx, TUESDAY, "Pistoia") == [anna.id]
    people.leave(tx, bruno.id, MONDAY)
    assert absences.without_deputy_at_work(tx, MONDAY) == [anna.id]


@in_one_transaction
def test_who_has_set_nothing_has_the_hours_of_the_house(tx: Transaction) -> None:
    anna, bruno = a_person(tx), a_person(tx, BRUNO)
    chosen = Preferences(opens=9, closes=17, by_mail=True)
    preferences.put(tx, anna.id, Preferences())
    preferences.put(tx, anna.id, chosen)
    assert preferences.get(tx, anna.id) == chosen
    assert preferences.get(tx, bruno.id) == DEFAULT
    assert preferences.everybody(tx) == {anna.id: chosen}


@in_one_transaction
def test_everyone_is_listed_with_whether_they_are_still_here(tx: Transaction) -> None:
    people.sync(tx, [ANNA, BRUNO], MONDAY, NOON)
    people.sync(tx, [ANNA], TUESDAY, NOON)
    assert [(person.name, here) for person, here in people.everyone(tx)] == [
        ("Anna Verdi", True),
        ("Bruno Neri", False),
    ]
