"""What arrives is kept once, and stays open until it is answered."""

from store import updates
from store.transaction import Transaction
from store.updates import OpenUpdate
from tests.store.given import NOON, in_one_transaction


@in_one_transaction
def test_what_is_delivered_twice_is_new_once(tx: Transaction) -> None:
    assert updates.keep(tx, [(12, 7, {"text": "sì"}), (11, 7, {})], NOON) == [12, 11]
    assert updates.keep(tx, [(11, 7, {}), (13, 8, {}), (13, 8, {})], NOON) == [13]
    assert updates.keep(tx, [(11, 7, {"other": 1})], NOON) == []
    assert updates.keep(tx, [], NOON) == []
    assert updates.last_id(tx) == 13
    assert [each.payload for each in updates.open_updates(tx)] == [{}, {"text": "sì"}, {}]


@in_one_transaction
def test_an_update_is_open_until_its_reply_is_sent(tx: Transaction) -> None:
    updates.keep(tx, [(2, 7, {"a": 1}), (1, None, {})], NOON)
    updates.handled(tx, 2, {"text": "Fatto"}, NOON)
    assert updates.open_updates(tx) == [
        OpenUpdate(1, None, {}, handled=False, reply=None),
        OpenUpdate(2, 7, {"a": 1}, handled=True, reply={"text": "Fatto"}),
    ]
    updates.answered(tx, [2], NOON)
    assert [each.update_id for each in updates.open_updates(tx)] == [1]


@in_one_transaction
def test_an_update_that_asks_for_no_reply_ends_when_it_is_handled(tx: Transaction) -> None:
    updates.keep(tx, [(1, 7, {})], NOON)
    updates.handled(tx, 1, None, NOON)
    assert updates.open_updates(tx) == []


@in_one_transaction
def test_several_are_answered_at_once(tx: Transaction) -> None:
    updates.keep(tx, [(each, 7, {}) for each in range(1, 6)], NOON)
    updates.answered(tx, [1, 2, 4], NOON)
    updates.answered(tx, [], NOON)
    assert [each.update_id for each in updates.open_updates(tx)] == [3, 5]


@in_one_transaction
def test_before_the_first_there_is_no_last(tx: Transaction) -> None:
    assert updates.last_id(tx) is None
