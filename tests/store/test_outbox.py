"""Nothing leaves twice by its key, nothing is forgotten, and two carriers never hold the same row."""

import asyncio
from datetime import datetime, timedelta

from store import outbox
from store.engine import Store
from store.outbox import Channel, Entry, OutboxRow, State
from store.transaction import Transaction
from tests.store.given import NOON, a_person, in_one_transaction

LEASE = timedelta(minutes=2)
SOON = NOON + timedelta(minutes=10)


def queued(tx: Transaction, key: str, **more: object) -> OutboxRow:
    told = {"channel": Channel.MAIL, "payload": {"kind": "E3"}, "now": NOON, **more}
    assert outbox.put(tx, key=key, **told)  # type: ignore[arg-type] # the values above, some replaced
    row = outbox.by_key(tx, key)
    assert row
    return row


def claim(tx: Transaction, now: datetime = NOON, limit: int = 10) -> list[OutboxRow]:
    return outbox.claim(tx, Channel.MAIL, now, limit=limit, lease=LEASE)


@in_one_transaction
def test_a_key_is_queued_once(tx: Transaction) -> None:
    queued(tx, "E3:1")
    assert not outbox.put(tx, key="E3:1", channel=Channel.CHAT, payload={}, now=NOON)
    assert len(claim(tx)) == 1


@in_one_transaction
def test_a_row_comes_back_as_it_was_queued(tx: Transaction) -> None:
    anna = a_person(tx)
    row = queued(tx, "N3:1", person=anna.id, message_id="<1@esempio.it>", token="abc", due_at=SOON)
    assert (row.channel, row.person, row.payload, row.due_at) == (
        Channel.MAIL,
        anna.id,
        {"kind": "E3"},
        SOON,
    )
    assert (row.state, row.tries, row.claimed_until, row.done_at) == (State.QUEUED, 0, None, None)
    assert outbox.by_message_id(tx, "<1@esempio.it>") == outbox.by_token(tx, "abc") == row
    assert outbox.by_token(tx, "abd") is None
    assert outbox.get(tx, row.id) == row


@in_one_transaction
def test_what_is_due_is_claimed_oldest_first_and_once(tx: Transaction) -> None:
    third = queued(tx, "c").id
    first = queued(tx, "a", due_at=NOON - timedelta(hours=2)).id
    second = queued(tx, "b", due_at=NOON - timedelta(hours=1)).id
    queued(tx, "later", due_at=SOON)
    queued(tx, "chat", channel=Channel.CHAT)
    claimed = claim(tx, limit=2)
    assert [row.id for row in claimed] == [first, second]
    assert [(row.state, row.tries, row.claimed_until) for row in claimed] == [
        (State.IN_FLIGHT, 1, NOON + LEASE)
    ] * 2
    assert [row.id for row in claim(tx)] == [third]
    assert claim(tx) == []


@in_one_transaction
def test_what_was_sent_is_over(tx: Transaction) -> None:
    row = queued(tx, "a")
    claim(tx)
    outbox.sent(tx, row.id, SOON)
    found = outbox.get(tx, row.id)
    assert found
    assert (found.state, found.done_at, found.claimed_until) == (State.SENT, SOON, None)
    assert claim(tx, SOON + LEASE) == []


@in_one_transaction
def test_what_is_to_be_tried_again_waits_for_its_time(tx: Transaction) -> None:
    row = queued(tx, "a", message_id="<1@esempio.it>")
    claim(tx)
    outbox.retry_at(tx, row.id, SOON, "451 busy")
    assert claim(tx, SOON - timedelta(seconds=1)) == []
    (again,) = claim(tx, SOON)
    assert (again.tries, again.last_error, again.message_id) == (2, "451 busy", "<1@esempio.it>")


@in_one_transaction
def test_what_failed_or_is_uncertain_is_not_tried_again_by_itself(tx: Transaction) -> None:
    bad, unsure = queued(tx, "a"), queued(tx, "b")
    claim(tx)
    outbox.failed(tx, bad.id, NOON, "550 no such user")
    outbox.uncertain(tx, unsure.id, NOON, "cut after the dot")
    assert claim(tx, SOON) == []
    found = [outbox.get(tx, row.id) for row in (bad, unsure)]
    assert [(row.state, row.last_error) for row in found if row] == [
        (State.FAILED, "550 no such user"),
        (State.UNCERTAIN, "cut after the dot"),
    ]
    outbox.retry_at(tx, unsure.id, SOON, "asked for")
    assert [row.id for row in claim(tx, SOON)] == [unsure.id]


@in_one_transaction
def test_rows_whose_carrier_died_are_freed_after_the_lease(tx: Transaction) -> None:
    row = queued(tx, "a")
    claim(tx)
    assert outbox.release_expired(tx, NOON + LEASE) == 0
    assert outbox.release_expired(tx, NOON + LEASE + timedelta(seconds=1)) == 1
    (again,) = claim(tx, SOON)
    assert (again.id, again.tries) == (row.id, 2)
    outbox.sent(tx, row.id, SOON)
    assert outbox.release_expired(tx, SOON + timedelta(days=1)) == 0


@in_one_transaction
def test_a_carrier_knows_when_to_wake(tx: Transaction) -> None:
    assert outbox.next_due(tx, Channel.MAIL, NOON) is None
    queued(tx, "a", due_at=SOON)
    queued(tx, "b")
    assert outbox.next_due(tx, Channel.MAIL, NOON) == NOON
    claim(tx)
    assert outbox.next_due(tx, Channel.MAIL, NOON) == SOON
    assert outbox.next_due(tx, Channel.CHAT, NOON) is None


async def test_several_carriers_share_the_work_and_never_a_row(store: Store) -> None:
    def fill(tx: Transaction) -> None:
        for number in range(60):
            queued(tx, f"k{number}")

    async def carry() -> list[int]:
        carried: list[int] = []
        while rows := await store.run(lambda tx: claim(tx, limit=5)):
            carried += [row.id for row in rows]
        return carried

    await store.run(fill)
    async with asyncio.TaskGroup() as group:
        carriers = [group.create_task(carry()) for _ in range(4)]
    carried = sorted(row for carrier in carriers for row in carrier.result())
    assert len(carried) == len(set(carried)) == 60


@in_one_transaction
def test_the_sole_service_frees_what_its_dead_predecessor_had_claimed(tx: Transaction) -> None:
    queued(tx, "a")
    queued(tx, "b", due_at=SOON)
    (row,) = claim(tx)
    assert outbox.release_all(tx) == 1
    assert [again.id for again in claim(tx)] == [row.id]


def a_morning(key: str, until: datetime = SOON) -> Entry:
    return Entry(key, Channel.MAIL, {"kind": "N3"}, expires_at=until)


@in_one_transaction
def test_many_are_queued_at_once_and_those_known_are_not_again(tx: Transaction) -> None:
    queued(tx, "N3:1")
    assert outbox.put_all(tx, [a_morning(f"N3:{n}") for n in range(3)], NOON) == 2
    assert outbox.put_all(tx, [], NOON) == 0
    assert outbox.known(tx, ["N3:0", "N3:1", "N3:9"]) == {"N3:0", "N3:1"}
    assert outbox.known(tx, []) == frozenset()


@in_one_transaction
def test_what_has_expired_is_never_carried(tx: Transaction) -> None:
    outbox.put_all(tx, [a_morning("N3:1")], NOON)
    assert outbox.next_due(tx, Channel.MAIL, NOON) == NOON
    assert claim(tx, SOON) == []
    assert outbox.next_due(tx, Channel.MAIL, SOON) is None


@in_one_transaction
def test_what_has_expired_ends_once_and_what_was_taken_up_is_its_carrier_s(tx: Transaction) -> None:
    outbox.put_all(tx, [a_morning("N3:1"), a_morning("N3:2")], NOON)
    (taken,) = claim(tx, limit=1)
    assert outbox.expire(tx, NOON) == []
    assert [row.key for row in outbox.expire(tx, SOON)] == ["N3:2"]
    assert outbox.expire(tx, SOON) == []
    outbox.release_all(tx)
    assert [row.id for row in outbox.expire(tx, SOON)] == [taken.id]
    found = outbox.by_key(tx, "N3:2")
    assert found
    assert (found.state, found.done_at) == (State.EXPIRED, SOON)
