"""Our wire under PTB's bot: what it sends arrives as it should, and what comes back is PTB's own error."""

import asyncio
import io

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.wire import AiohttpRequest, FloodError, call
from emulator.world import World
from procedure.notices import Json
from tests.bot.conftest import ADA, TOKEN


def a_bot(world: World, token: str = TOKEN) -> Bot:
    wire = AiohttpRequest()
    return Bot(token, world.base_url, request=wire, get_updates_request=wire)


async def test_a_file_arrives_byte_by_byte_with_its_name_and_its_words(world: World) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    content = bytes(range(256)) * 5_000
    async with a_bot(world) as bot:
        report = InputFile(io.BytesIO(content), "relazione più lunga.pdf")
        await bot.send_document(ADA, report, caption="Ecco, è pronta")
        message = await bot.send_document(ADA, b"%PDF", filename="breve.pdf")
        assert message.document
        file = await bot.get_file(message.document.file_id)
        assert file.file_size == 4
    first, second = (m for m in ada.screen if m.from_bot)
    assert (first.text, first.media["document"]["file_name"]) == ("Ecco, è pronta", "relazione più lunga.pdf")
    assert first.media["document"]["file_size"] == len(content)
    assert second.media["document"]["file_name"] == "breve.pdf"


async def test_nested_parameters_arrive_from_ptb_and_from_plain_json_alike(world: World) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    buttons: Json = {"inline_keyboard": [[{"text": "Perché no?", "callback_data": "x"}]]}
    async with a_bot(world) as bot:
        await bot.send_message(ADA, "Uno", api_kwargs={"reply_markup": buttons})
        sent = await call(bot, "sendMessage", {"chat_id": ADA, "text": "Due", "reply_markup": buttons})
    assert [m.labels for m in ada.screen if m.from_bot] == [["Perché no?"], ["Perché no?"]]
    assert sent["text"] == "Due"


async def test_errors_are_ptbs_own(world: World) -> None:
    ada = world.telegram.phone(ADA)
    ada.start()
    async with a_bot(world) as bot:
        with pytest.raises(BadRequest):
            await call(bot, "sendMessage", {"chat_id": ADA, "text": ""})
        ada.blocks_the_bot()
        with pytest.raises(Forbidden):
            await call(bot, "sendMessage", {"chat_id": ADA, "text": "Ci sei?"})
        world.telegram.fails("bad_gateway", method="getMe")
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.get_me()
        world.telegram.fails("flood", method="getMe", retry_after=4)
        with pytest.raises(FloodError) as flood:
            await bot.get_me()
        assert flood.value.seconds == 4
        world.telegram.fails("lost", method="getMe")
        with pytest.raises(NetworkError) as lost:
            await bot.get_me()
        assert TOKEN not in str(lost.value)
        with pytest.raises((EndPointNotFound, InvalidToken)):
            await bot.do_api_request("no_such_method")


async def test_an_answer_that_does_not_come_is_a_timeout(world: World) -> None:
    async with a_bot(world) as bot:
        world.telegram.fails("hang", method="getMe")
        with pytest.raises(TimedOut) as late:
            await bot.get_me(read_timeout=0.01)
    assert late.value.__cause__ is None


async def test_who_does_not_listen_is_a_network_error(unused_tcp_port: int) -> None:
    wire = AiohttpRequest()
    bot = Bot(TOKEN, f"http://127.0.0.1:{unused_tcp_port}/bot", request=wire, get_updates_request=wire)
    with pytest.raises(NetworkError) as refused:
        await bot.initialize()
    await bot.shutdown()
    assert TOKEN not in str(refused.value)


async def test_sixty_calls_run_at_once(world: World) -> None:
    people = range(301, 361)
    for person in people:
        world.telegram.phone(person).start()
    async with a_bot(world) as bot, asyncio.TaskGroup() as tasks:
        for person in people:
            tasks.create_task(call(bot, "sendMessage", {"chat_id": person, "text": "Insieme"}))
    assert all(world.telegram.phone(person).last.text == "Insieme" for person in people)
