"""Obiettivi are kept once for each period and people, and the count is the same on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from procedure.people import Role
from procedure.targets import Target
from procedure.visits import Code
from store import history, targets, visits
from store.history import Hand
from store.transaction import Transaction
from tests.store.given import (
    ANNA,
    FORNO,
    MONDAY,
    NOON,
    a_company,
    a_person,
    a_report,
    in_one_transaction,
)

HAND = Hand("rs@esempio.it", NOON, "chat")
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def kept(tx: Transaction) -> list[Target]:
    return [replace(target, id=0) for target in targets.not_over(tx, MONDAY)]


@in_one_transaction
def test_a_target_comes_back_as_it_was_written(tx: Transaction) -> None:
    anna = a_person(tx).id
    wanted = [
        Target(*NOVEMBER, 12, "Pistoia"),
        Target(*NOVEMBER, 7, person=anna),
        Target(*NOVEMBER, 40, "Prato", None, Role.EM),
    ]
    for target in wanted:
        targets.put(tx, target, HAND)
    assert kept(tx) == wanted


@in_one_transaction
def test_the_same_period_and_people_are_one_target_with_the_last_number(tx: Transaction) -> None:
    first = targets.put(tx, Target(*NOVEMBER, 12, "Pistoia"), HAND)
    assert targets.put(tx, Target(*NOVEMBER, 15, "Pistoia"), HAND) == first
    assert targets.put(tx, Target(*NOVEMBER, 9, "Pistoia", None, Role.AV), HAND) != first
    assert [target.visits for target in kept(tx)] == [15, 9]
    assert [change.new for change in history.changes(tx, "targets", first)] == ["12", "15"]


@in_one_transaction
def test_what_is_over_is_not_listed_and_the_last_day_is_not_over(tx: Transaction) -> None:
    targets.put(tx, Target(NOVEMBER[0], MONDAY, 1, "Pistoia"), HAND)
    targets.put(tx, Target(NOVEMBER[0], MONDAY - timedelta(days=1), 2, "Pistoia"), HAND)
    assert [target.visits for target in kept(tx)] == [1]


@in_one_transaction
def test_a_person_s_own_targets_are_those_that_run(tx: Transaction) -> None:
    anna = a_person(tx).id
    targets.put(tx, Target(*NOVEMBER, 12, "Pistoia"), HAND)
    targets.put(tx, Target(*NOVEMBER, 7, person=anna), HAND)
    targets.put(tx, Target(date(2026, 12, 1), date(2026, 12, 31), 8, person=anna), HAND)
    assert [target.visits for target in targets.of_person(tx, anna, MONDAY)] == [7]


@in_one_transaction
def test_visits_are_counted_by_day_code_sede_person_and_role(tx: Transaction) -> None:
    member, av = a_company(tx), a_person(tx)
    new = a_company(tx, replace(FORNO, ref="A-2", code=Code.NEW_MEMBER, joined_on=MONDAY, fields={}))
    for company in (member.id, member.id, new.id):
        visits.record(tx, a_report(company), av=av.id, completed_at=NOON)

    def made(first: date = NOVEMBER[0], last: date = NOVEMBER[1], **whose: Any) -> int:
        return targets.progress(tx, replace(Target(first, last, 9), **whose)).made

    assert made() == made(site="Pistoia") == made(person=av.id) == made(MONDAY, MONDAY) == 2
    assert made(role=Role.AV) == made(role=Role.RS) == 2  # she bears both
    assert made(site="Prato") == made(person=av.id + 1) == made(role=Role.EM) == 0
    assert made(last=MONDAY - timedelta(days=1)) == 0
    assert ANNA.roles == {Role.AV, Role.RS}


@in_one_transaction
def test_a_removed_target_leaves_its_history(tx: Transaction) -> None:
    which = targets.put(tx, Target(*NOVEMBER, 12, "Pistoia"), HAND)
    found = targets.get(tx, which)
    assert found
    targets.remove(tx, found, HAND)
    assert targets.get(tx, which) is None
    assert [change.new for change in history.changes(tx, "targets", which)] == ["12", ""]
