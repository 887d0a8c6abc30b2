"""What the page asks and hears, without a browser."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from emulator.phone import Phone
from emulator.world import World
from tests.emulator.conftest import SERVICE

RA = "ra@associazione.example"
PAGE = Path("emulator/page")


@pytest.fixture
async def browser(world: World) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(world.page_url) as session:
        yield session


async def get(browser: aiohttp.ClientSession, path: str) -> Any:
    async with browser.get(path) as answer:
        assert answer.ok
        return await answer.json()


async def post(browser: aiohttp.ClientSession, path: str, said: object) -> int:
    async with browser.post(path, json=said) as answer:
        return answer.status


async def news(stream: aiohttp.ClientResponse, kind: str) -> Any:
    """The next event of that kind."""
    async with asyncio.timeout(10):
        async for line in stream.content:
            if line.startswith(b"data: ") and (event := json.loads(line[6:]))["kind"] == kind:
                return event
    raise AssertionError(f"the stream ended before {kind!r}")


@pytest.mark.parametrize("name", sorted(path.name for path in PAGE.iterdir()))
async def test_each_part_of_the_page_is_served_and_names_no_other_host(
    browser: aiohttp.ClientSession, name: str
) -> None:
    async with browser.get("/" if name == "index.html" else f"/{name}") as answer:
        text = await answer.text()
        assert answer.ok
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "http://" not in text
    assert "https://" not in text


async def test_the_first_tap_sends_the_invitation(browser: aiohttp.ClientSession, bot: Bot) -> None:
    assert not (await get(browser, "/demo/state"))["people"][0]["started"]
    assert await post(browser, "/demo/phones/101/start", {}) == 200
    [update] = await bot.get_updates()
    assert update.message
    assert update.message.text == "/start invito-ada"


async def test_what_the_bot_writes_and_answers_is_heard(
    browser: aiohttp.ClientSession, bot: Bot, ada: Phone
) -> None:
    async with browser.get("/demo/events") as stream:
        await stream.content.readline()
        keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton("Sì", callback_data="y"))
        sent = await bot.send_message(101, "<b>Confermi?</b>", parse_mode="HTML", reply_markup=keyboard)
        message = (await news(stream, "message"))["message"]
        assert (message["text"], message["buttons"][0][0]["callback_data"]) == ("Confermi?", "y")
        await post(browser, "/demo/phones/101/tap", {"message_id": sent.message_id, "data": "y"})
        query = (await bot.get_updates())[-1].callback_query
        assert query
        await bot.answer_callback_query(query.id, "Fatto", show_alert=True)
        answer = await news(stream, "answer")
        assert (answer["text"], answer["alert"], answer["user_id"]) == ("Fatto", True, 101)


async def test_a_letter_is_heard_read_and_answered(browser: aiohttp.ClientSession, world: World) -> None:
    async with browser.get("/demo/events") as stream:
        await stream.content.readline()
        await world.mail.mailboxes.compose(SERVICE, RA, "Visita", "Tutto bene.")
        number = (await news(stream, "letter"))["number"]
    assert (await get(browser, f"/demo/letters/{number}"))["text"] == "Tutto bene.\n"
    [box] = [box for box in (await get(browser, "/demo/state"))["mailboxes"] if box["address"] == RA]
    assert (box["label"], box["letters"][0]["unread"]) == ("Responsabile amministrativo", False)
    said = {"text": "fatto", "to": "assistente+a1@associazione.example", "subject": "Fatto"}
    assert await post(browser, f"/demo/letters/{number}/reply", said) == 200
    reply = await world.mail.mailboxes.arrives(SERVICE)
    assert (reply.subject, reply.to) == ("Fatto", ["assistente+a1@associazione.example"])
    assert reply.text.startswith("fatto\n\nIl giorno")
    assert await post(browser, f"/demo/letters/{number}/reply", {"text": " "}) == 400


@pytest.mark.parametrize(
    ("move", "shown"),
    [
        ({"hours": 1}, "2026-03-02T11:30"),
        ({"morning": True}, "2026-03-03T08:00"),
        ({"working_days": 5}, "2026-03-09T08:00"),
        ({"hours": -5}, "2026-03-02T10:30"),
    ],
)
async def test_the_clock_moves_forward_only(
    browser: aiohttp.ClientSession, world: World, move: object, shown: str
) -> None:
    assert await post(browser, "/demo/clock", move) == 200
    assert world.clock.now().isoformat().startswith(shown)


async def test_another_site_can_neither_post_nor_read(browser: aiohttp.ClientSession, world: World) -> None:
    async with browser.post("/demo/clock", data='{"hours": 1}') as answer:
        assert answer.status == 415
    async with browser.get("/demo/state", headers={"Host": "elsewhere.example"}) as answer:
        assert answer.status == 403


async def test_trouble_can_be_ordered_by_http(browser: aiohttp.ClientSession, bot: Bot, ada: Phone) -> None:
    assert await post(browser, "/control/faults", {"kind": "refuse", "description": "Bad Request: no"}) == 200
    with pytest.raises(Exception, match=r"(?i)no"):
        await bot.send_message(101, "x")
    assert await post(browser, "/control/updates", {"hold": True}) == 200
    assert await bot.get_updates() == ()
    assert await post(browser, "/control/updates", {"hold": False}) == 200
    assert len(await bot.get_updates()) == 1


async def test_a_photo_is_shown(browser: aiohttp.ClientSession, ada: Phone) -> None:
    ada.sends_photo()
    file_id = ada.screen[-1].media["photo"][0]["file_id"]
    async with browser.get(f"/demo/files/{file_id}") as answer:
        assert answer.content_type == "image/png"
        assert (await answer.read()).startswith(b"\x89PNG")
    async with browser.get("/demo/files/none") as answer:
        assert answer.status == 404


async def test_a_world_closes_while_a_page_listens(world: World, browser: aiohttp.ClientSession) -> None:
    async with browser.get("/demo/events") as stream:
        assert stream.ok
        world.clock.advance(timedelta(hours=1))
        assert (await news(stream, "clock"))["now"].startswith("2026-03-02T11:30")
