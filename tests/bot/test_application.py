"""Opening, losing the network, closing: the service's own life."""

import asyncio
import logging
from dataclasses import dataclass

import aiohttp
import pytest

from bot.application import TokenRefused
from bot.webhook import SECRET_HEADER, Webhook
from emulator.world import World
from procedure.errors import Failure
from store import updates
from store.engine import Store
from tests.bot.conftest import ADA, TOKEN, Office, serving

SECRET = "parola-d-ordine"


def webhook_at(port: int) -> Webhook:
    return Webhook(f"http://127.0.0.1:{port}/telegram", "127.0.0.1", port, SECRET)


async def test_a_wrong_token_stops_the_start_and_is_not_said(
    world: World, store: Store, office: Office
) -> None:
    with pytest.raises(TokenRefused) as refused:
        async with serving(world, store, office, token="700000001:wrong"):
            pytest.fail("it started")
    assert isinstance(refused.value, Failure)
    assert "TELEGRAM_TOKEN" in str(refused.value)
    assert "wrong" not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_a_telegram_that_is_down_at_the_start_is_waited_for(
    world: World, store: Store, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    world.telegram.fails("bad_gateway", times=5, method="getMe")
    ada = world.telegram.phone(ADA)
    ada.says("Ci siete?")
    with caplog.at_level(logging.WARNING):
        async with serving(world, store, office):
            await ada.hears("Ci siete?")
    assert len(caplog.records) == 1
    assert office.waited[:4] == [0.5, 1, 2, 4]


async def test_a_telegram_that_goes_away_is_said_once_and_waited_for(
    world: World, store: Store, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    world.telegram.fails("bad_gateway", times=6, method="getUpdates")
    ada = world.telegram.phone(ADA)
    ada.says("Ci siete?")
    with caplog.at_level(logging.INFO, logger="bot"):
        async with serving(world, store, office):
            await ada.hears("Ci siete?")
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert TOKEN not in caplog.text


async def test_a_network_that_is_away_shows_no_token_in_the_log(
    store: Store, world: World, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with serving(world, store, office, base_url="http://127.0.0.1:9/bot", seconds_to_end=0):
            await asyncio.sleep(0)
    assert "Telegram non risponde" in caplog.text
    assert TOKEN not in caplog.text


async def test_a_clean_stop_answers_what_was_begun_and_leaves_nothing_open(
    world: World, store: Store, office: Office
) -> None:
    world.telegram.fails("bad_gateway", times=40, method="sendMessage")
    async with serving(world, store, office):
        phones = [world.telegram.phone(n) for n in range(201, 221)]
        with world.telegram.burst():
            for phone in phones:
                phone.start()
        await phones[0].hears()
    assert all(phone.last.text == "Hai scritto: /start" for phone in phones)
    assert not await store.read(updates.open_updates)


async def test_a_reply_that_was_not_sent_is_sent_by_the_next_start_and_handled_no_more(
    world: World, store: Store, office: Office
) -> None:
    world.telegram.fails("hang", method="sendMessage")
    ada = world.telegram.phone(ADA)
    async with serving(world, store, office, seconds_to_end=0):
        ada.says("Tieni")
        await office.has_seen.wait()
    world.telegram.faults.clear()
    async with serving(world, store, office):
        await ada.hears("Hai scritto: Tieni")
    assert [i.text for i in office.seen] == ["Tieni"]


async def test_updates_come_in_by_the_webhook_when_there_is_one(
    world: World, store: Store, office: Office, unused_tcp_port: int
) -> None:
    async with serving(world, store, office, webhook=webhook_at(unused_tcp_port)):
        ada = world.telegram.phone(ADA)
        ada.says("Per la porta")
        await ada.hears("Per la porta")
    assert world.telegram.calls_of("setWebhook")[0].params["secret_token"] == SECRET
    async with serving(world, store, office):  # and polling again takes the webhook away
        ada.says("E per la finestra")
        await ada.hears("E per la finestra")


@dataclass(frozen=True)
class Knock:
    """Somebody at the webhook's door, and what they are told."""

    word: str
    body: bytes
    status: int


@pytest.mark.parametrize(
    "knock",
    [
        Knock("", b'{"update_id": 1}', 403),
        Knock("another", b'{"update_id": 1}', 403),
        Knock("perché", b'{"update_id": 1}', 403),
        Knock(SECRET, b"no json", 400),
        Knock(SECRET, b'["update_id"]', 400),
        Knock(SECRET, b'{"update_id": "1"}', 400),
        Knock(SECRET, b'{"update_id": 1}', 200),
    ],
)
async def test_the_door_opens_only_to_who_knows_the_word(
    world: World, store: Store, office: Office, unused_tcp_port: int, knock: Knock
) -> None:
    webhook = webhook_at(unused_tcp_port)
    ada = world.telegram.phone(ADA)
    async with serving(world, store, office, webhook=webhook), aiohttp.ClientSession() as session:
        ada.says("È aperto?")
        await ada.hears("È aperto?")
        headers = {SECRET_HEADER: knock.word}
        async with session.post(webhook.url, data=knock.body, headers=headers) as answer:
            assert answer.status == knock.status
    assert [i.update_id for i in office.seen[1:]] == ([1] if knock.status == 200 else [])


async def test_an_address_that_telegram_refuses_stops_the_service(
    world: World, store: Store, office: Office, unused_tcp_port: int
) -> None:
    world.telegram.fails(
        "refuse", method="setWebhook", description="Bad Request: bad webhook: HTTPS url must"
    )
    with pytest.raises(ExceptionGroup) as stopped:
        async with serving(world, store, office, webhook=webhook_at(unused_tcp_port)):
            await asyncio.Event().wait()
    assert stopped.group_contains(Failure, match="WEBHOOK_URL")


def test_a_webhook_does_not_print_its_secret() -> None:
    assert SECRET not in repr(webhook_at(1))
