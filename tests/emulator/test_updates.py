"""How updates reach a bot: confirmed by the offset, pushed in order, twice or in a burst when asked."""

import asyncio
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict

from emulator.phone import Phone
from emulator.world import World
from tests.emulator.conftest import a_bot, a_world, is_polled


def texts(updates: Iterable[Update]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_updates_come_again_until_a_higher_offset_confirms_them(bot: Bot, ada: Phone) -> None:
    ada.says("uno")
    first = await bot.get_updates()
    assert texts(first) == texts(await bot.get_updates()) == ["/start invito-ada", "uno"]
    assert texts(await bot.get_updates(offset=first[1].update_id)) == ["uno"]
    assert texts(await bot.get_updates()) == ["uno"]
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()


async def test_a_limit_gives_the_oldest(bot: Bot, ada: Phone) -> None:
    ada.says("uno")
    assert texts(await bot.get_updates(limit=1)) == ["/start invito-ada"]


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, ada: Phone) -> None:
    ada.says("uno")
    ada.says("due")
    assert texts(await bot.get_updates(offset=-1)) == ["due"]
    assert texts(await bot.get_updates()) == ["due"]


async def test_a_long_poll_ends_when_something_happens(bot: Bot, world: World) -> None:
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(bot.get_updates(timeout=30))
        await is_polled(world)
        world.telegram.phone(101).says("ciao")
        assert texts(await polling) == ["ciao"]


async def test_kinds_that_the_bot_does_not_want_are_dropped(bot: Bot, ada: Phone) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    ada.says("uno")
    await bot.get_updates(allowed_updates=["message"])
    ada.says("due")
    assert texts(await bot.get_updates()) == ["/start invito-ada", "due"]


async def test_an_update_may_come_twice(bot: Bot, world: World, ada: Phone) -> None:
    [start] = await bot.get_updates(offset=-1)
    world.telegram.duplicates_next()
    ada.says("uno")
    one, two = await bot.get_updates(offset=start.update_id + 1)
    assert one.update_id == two.update_id
    assert len(await bot.get_updates(offset=one.update_id + 1)) == 0
    world.telegram.redelivers()
    assert [u.update_id for u in await bot.get_updates(offset=one.update_id + 1)] == [one.update_id]


async def test_a_burst_comes_all_at_once(bot: Bot, world: World, ada: Phone) -> None:
    [start] = await bot.get_updates()
    with world.telegram.burst():
        for number in range(5):
            ada.says(str(number))
        assert await bot.get_updates(offset=start.update_id + 1) == ()
    assert texts(await bot.get_updates()) == list("01234")


class Hook:
    """A bot's webhook that refuses the first posts."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.heard: asyncio.Queue[tuple[Any, str | None]] = asyncio.Queue()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        self.heard.put_nowait((update, request.headers.get("X-Telegram-Bot-Api-Secret-Token")))
        return web.Response()

    async def __aenter__(self) -> str:
        app = web.Application()
        app.router.add_post("/hook", self.handle)
        self.runner = web.AppRunner(app, access_log=None)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}/hook"

    async def __aexit__(self, *_: object) -> None:
        await self.runner.cleanup()


async def test_a_webhook_is_told_in_order_until_it_takes_each(bot: Bot, world: World, ada: Phone) -> None:
    hook = Hook(refusals=2)
    async with hook as url, asyncio.timeout(10):
        assert await bot.set_webhook(url, secret_token="invented")
        heard = [await hook.heard.get()]
        world.telegram.duplicates_next()
        ada.says("uno")
        ada.says("due")
        heard += [await hook.heard.get() for _ in range(3)]
        await bot.delete_webhook()
    assert [update["message"]["text"] for update, _ in heard] == ["/start invito-ada", "uno", "uno", "due"]
    assert {secret for _, secret in heard} == {"invented"}


async def test_what_a_webhook_refused_last_is_told(bot: Bot, world: World, ada: Phone) -> None:
    hook = Hook(refusals=1)
    async with hook as url, asyncio.timeout(10):
        await bot.set_webhook(url)
        with pytest.raises(Conflict, match=r"can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await hook.heard.get()
        info = await bot.get_webhook_info()
        await bot.delete_webhook()
    assert "500" in (info.last_error_message or "")
    assert (await bot.get_webhook_info()).url == ""


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, a_bot(world) as bot:
        ada = world.telegram.phone(101)
        ada.start("x")
        [start] = await bot.get_updates()
        await bot.get_updates(offset=start.update_id + 1)
        kept = await bot.send_message(101, "Confermi?")
        ada.says("sì")
        world.clock.by_working_days(5)
        before = world.clock.now()
    async with a_world(tmp_path) as world, a_bot(world) as bot:
        ada = world.telegram.phone(101)
        assert [shown.text for shown in ada.screen] == ["/start x", "Confermi?", "sì"]
        [update] = await bot.get_updates()
        assert (texts([update]), update.update_id) == (["sì"], start.update_id + 1)
        await bot.edit_message_text("Confermato", 101, kept.message_id)
        ada.says("poi")
        assert [u.update_id for u in await bot.get_updates()] == [start.update_id + 1, start.update_id + 2]
        assert world.clock.now() >= before


async def test_what_was_acknowledged_is_on_file_without_any_closing(tmp_path: Path) -> None:
    async with a_world(tmp_path / "alive") as world, a_bot(world) as bot:
        world.telegram.phone(101).start("x")
        await bot.send_message(101, "Confermi?")
        await world.mail.mailboxes.compose("a@b.example", "ra@associazione.example", "Ciao", "testo")
        shutil.copytree(tmp_path / "alive", tmp_path / "as-a-kill-leaves-it")
        async with a_world(tmp_path / "as-a-kill-leaves-it") as other:
            assert [shown.text for shown in other.telegram.phone(101).screen] == ["/start x", "Confermi?"]
            assert len(other.telegram.office.updates.pending) == 1
            assert len(other.mail.mailboxes["ra@associazione.example"].messages) == 1


async def test_a_line_cut_by_a_kill_is_left_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.telegram.phone(101).start("x")
    with (tmp_path / "emulator.jsonl").open("ab") as journal:
        journal.write(b'["message","9",{"half')
    async with a_world(tmp_path) as world:
        assert [shown.text for shown in world.telegram.phone(101).screen] == ["/start x"]


async def test_a_reset_empties_the_world_for_good(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        world.telegram.phone(101).start("x")
        await world.mail.mailboxes.compose("a@b.example", "ra@associazione.example", "Ciao", "testo")
        world.reset()
        assert world.telegram.phone(101).screen == []
    async with a_world(tmp_path) as world:
        assert world.telegram.phone(101).screen == []
        assert world.mail.mailboxes["ra@associazione.example"].messages == []
