"""What is told without being asked for: out of the outbox, into the chat, and what became of it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.application import telegram_application
from bot.handling import Parts
from bot.pace import Pace
from bot.push import TRIES_AT_LEAST, PushCarrier, Telling
from bot.sending import Sender
from emulator.faults import Kind
from emulator.world import World
from procedure.notices import Json
from store import outbox
from store.engine import Store
from store.outbox import Channel, OutboxRow, State
from tests.bot.conftest import ADA, NOW, TOKEN, Office, serving


async def queue(store: Store, key: str, payload: Json = None) -> None:
    words: Json = payload or {"chat_id": ADA, "text": "Domani scade"}
    await store.run(lambda tx: outbox.put(tx, key=key, channel=Channel.CHAT, payload=words, now=NOW))


async def row_of(store: Store, key: str) -> OutboxRow:
    row = await store.read(lambda tx: outbox.by_key(tx, key))
    assert row
    return row


@pytest.fixture
async def carrier(world: World, store: Store, office: Office) -> AsyncIterator[PushCarrier]:
    async def nothing_to_remember(_tag: Json, _message_id: int) -> None:
        pytest.fail("a push remembers nothing here")

    async with telegram_application(TOKEN, world.base_url) as application:
        sender = Sender(application.bot, nothing_to_remember, office.pause)
        parts = Parts(store, sender, lambda: office.now, Pace())
        yield PushCarrier(parts, Telling(office.draw, office.on_failed), office.pause)


async def test_a_push_reaches_the_phone_once_and_is_settled(
    world: World, store: Store, office: Office
) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    async with serving(world, store, office) as service:
        await ada.hears("Hai scritto: /start")
        await queue(store, "promemoria")
        service.wake_pushes()
        await ada.hears("Domani scade")
    assert (await row_of(store, "promemoria")).state is State.SENT
    assert [m.text for m in ada.screen].count("Domani scade") == 1


async def test_several_pushes_to_one_chat_leave_a_second_apart(
    world: World, store: Store, office: Office, carrier: PushCarrier
) -> None:
    world.telegram.phone(ADA).start()
    for n in range(3):
        await queue(store, f"p{n}")
    assert await carrier.carry_due() == 3
    assert await carrier.carry_due() == 0
    assert [round(seconds) for seconds in office.waited] == [1, 2]


async def test_a_push_to_who_blocked_the_bot_fails_and_is_told(
    world: World, store: Store, office: Office, carrier: PushCarrier
) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    ada.blocks_the_bot()
    await queue(store, "promemoria")
    await carrier.carry_due()
    assert (await row_of(store, "promemoria")).state is State.FAILED
    assert office.failed == ["promemoria"]


@pytest.mark.parametrize("kind", ["flood", "bad_gateway"])
async def test_a_push_that_telegram_puts_off_waits_in_the_outbox(
    world: World, store: Store, office: Office, carrier: PushCarrier, kind: Kind
) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    world.telegram.fails(kind, method="sendMessage", retry_after=9)
    await queue(store, "promemoria")
    await carrier.carry_due()
    row = await row_of(store, "promemoria")
    assert (row.state, row.due_at - NOW) == (State.RETRY, timedelta(seconds=9 if kind == "flood" else 2))
    assert await carrier.carry_due() == 0
    office.now = row.due_at
    await carrier.carry_due()
    assert ada.last.text == "Domani scade"


async def test_a_push_that_cannot_be_drawn_fails_alone(
    world: World, store: Store, office: Office, carrier: PushCarrier
) -> None:
    world.telegram.phone(ADA).start()
    await queue(store, "rotto", "nothing that draws")
    await queue(store, "sano")
    await carrier.carry_due()
    assert (await row_of(store, "rotto")).state is State.FAILED
    assert (await row_of(store, "sano")).state is State.SENT
    assert office.failed == ["rotto"]


async def test_a_push_that_has_waited_two_days_fails(
    world: World, store: Store, office: Office, carrier: PushCarrier
) -> None:
    await queue(store, "promemoria")
    for n in range(TRIES_AT_LEAST):
        assert office.failed == []
        world.telegram.fails("bad_gateway", method="sendMessage")
        office.now = NOW + timedelta(days=2, hours=n)
        await carrier.carry_due()
    assert office.failed == ["promemoria"]


async def test_a_push_outside_its_receivers_hours_waits_and_leaves_when_they_open(
    world: World, store: Store, office: Office, carrier: PushCarrier
) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    office.opens = NOW + timedelta(days=3)
    await queue(store, "promemoria")
    assert await carrier.carry_due() == 1
    assert await carrier.carry_due() == 0
    row = await row_of(store, "promemoria")
    assert (row.state, row.due_at, row.last_error) == (State.QUEUED, office.opens, "")
    office.now = office.opens
    world.telegram.fails("bad_gateway", method="sendMessage")
    await carrier.carry_due()
    assert office.failed == []  # three days old, and tried once
    office.now += timedelta(minutes=1)
    await carrier.carry_due()
    assert ada.last.text == "Domani scade"


async def test_a_push_whose_carrier_died_is_carried_by_the_next(
    world: World, store: Store, office: Office, carrier: PushCarrier
) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    await queue(store, "promemoria")
    lease = timedelta(minutes=1)
    await store.run(lambda tx: outbox.claim(tx, Channel.CHAT, NOW, limit=9, lease=lease))
    assert await carrier.carry_due() == 0
    office.now = NOW + lease + timedelta(seconds=1)
    assert await carrier.carry_due() == 1
    assert ada.last.text == "Domani scade"
