"""What Telegram may answer to a call, and what is made of it; over a real socket, and word by word."""

from dataclasses import replace

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError, TimedOut

from bot.replies import Call, Reply
from bot.sending import Fate, fate, pause_after
from bot.wire import FloodError
from emulator.faults import Kind
from emulator.world import World
from store import updates
from store.engine import Store
from tests.bot.conftest import ADA, Office, asked, rewritten, serving, text

SEND = Call("sendMessage", {"chat_id": 1, "text": "Ciao"})
EDIT = Call("editMessageText", {"chat_id": 1, "message_id": 2, "text": "Ciao"})
BUTTONS_ONLY = Call("editMessageReplyMarkup", {"chat_id": 1, "message_id": 2})
TOAST = Call("answerCallbackQuery", {"callback_query_id": "3"})
DELETE = Call("deleteMessage", {"chat_id": 1, "message_id": 2})


@pytest.mark.parametrize(
    ("call", "error", "expected"),
    [
        (EDIT, BadRequest("Message is not modified: specified…"), Fate.FINE),
        (EDIT, BadRequest("Message to edit not found"), Fate.ANEW),
        (EDIT, BadRequest("Message can't be edited"), Fate.ANEW),
        (BUTTONS_ONLY, BadRequest("Message to edit not found"), Fate.FINE),
        (
            TOAST,
            BadRequest("Query is too old and response timeout expired or query ID is invalid"),
            Fate.FINE,
        ),
        (DELETE, BadRequest("Message to delete not found"), Fate.FINE),
        (DELETE, BadRequest("Message can't be deleted for everyone"), Fate.FINE),
        (SEND, BadRequest("Message text is empty"), Fate.REFUSED),
        (SEND, BadRequest("Chat not found"), Fate.BLOCKED),
        (SEND, Forbidden("bot was blocked by the user"), Fate.BLOCKED),
        (SEND, ChatMigrated(-1), Fate.REFUSED),
        (Call("sendMesage"), InvalidToken("Not Found"), Fate.REFUSED),
        (SEND, InvalidToken("Unauthorized"), Fate.AGAIN),
        (SEND, TimedOut(), Fate.AGAIN),
        (SEND, FloodError(3), Fate.AGAIN),
    ],
)
def test_each_of_telegrams_answers_has_one_meaning(call: Call, error: TelegramError, expected: Fate) -> None:
    assert fate(call, error) is expected


def test_the_pauses_double_up_to_half_a_minute() -> None:
    assert [pause_after(n) for n in (1, 2, 3, 7, 8, 1_000_000)] == [0.5, 1, 2, 30, 30, 30]


def test_an_edit_that_cannot_be_becomes_the_same_message_anew() -> None:
    call = Call("editMessageText", {"chat_id": 1, "message_id": 2, "text": "a", "parse_mode": "HTML"}, "tag")
    assert call.as_new_message() == Call(
        "sendMessage", {"chat_id": 1, "text": "a", "parse_mode": "HTML"}, "tag"
    )
    assert BUTTONS_ONLY.as_new_message() is None


@pytest.mark.parametrize("kind", ["flood", "bad_gateway"])
async def test_a_reply_that_telegram_puts_off_arrives_all_the_same_once(
    world: World, store: Store, office: Office, kind: Kind
) -> None:
    world.telegram.fails(kind, times=3, method="sendMessage")
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.says("Ci sei?")
        await ada.hears("Ci sei?")
    assert len([m for m in ada.screen if m.from_bot]) == 1


async def test_a_wait_asked_by_telegram_is_kept_to_the_second(
    world: World, store: Store, office: Office
) -> None:
    world.telegram.fails("flood", method="sendMessage", retry_after=17)
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.says("Ci sei?")
        await ada.hears("Ci sei?")
    assert office.waited == [17]


async def test_an_answer_whose_message_is_gone_comes_as_a_new_message(
    world: World, store: Store, office: Office
) -> None:
    office.answer = lambda i: (rewritten(i, "Bene") if i.kind == "tap" else asked(i.chat_id, "Visto?"),)
    async with serving(world, store, office) as service:
        ada = world.telegram.phone(ADA)
        ada.start()
        question = await ada.hears("Visto?")
        await service.bot.delete_message(ADA, question.message_id)
        ada.taps_old(question.message_id, "sì")
        anew = await ada.hears("Bene")
    assert anew.message_id > question.message_id


async def test_only_a_new_message_is_told_to_who_wants_to_remember_it(
    world: World, store: Store, office: Office
) -> None:
    office.answer = lambda i: (
        replace(rewritten(i, f"Bene {i.update_id}"), remember="card")
        if i.kind == "tap"
        else asked(i.chat_id, "Visto?"),
    )
    async with serving(world, store, office) as service:
        ada = world.telegram.phone(ADA)
        ada.start()
        question = await ada.hears("Visto?")
        ada.taps_old(question.message_id, "sì")
        await ada.hears("Bene")
        await service.bot.delete_message(ADA, question.message_id)
        ada.taps_old(question.message_id, "sì")
        anew = await ada.hears("Bene")
    assert office.remembered == [("card", anew.message_id)]


async def test_an_edit_to_what_stands_already_is_a_success(
    world: World, store: Store, office: Office
) -> None:
    office.answer = lambda i: (rewritten(i, "Bene") if i.kind == "tap" else asked(i.chat_id, "Visto?"),)
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.start()
        question = await ada.hears("Visto?")
        ada.taps_old(question.message_id, "sì")
        await ada.hears("Bene")
        ada.taps_old(question.message_id, "sì")
        ada.says("/start")
        await ada.hears("Visto?")
    edits = world.telegram.calls_of("editMessageText")
    assert [call.error is None for call in edits] == [True, False]
    assert not await store.read(updates.open_updates)


async def test_a_call_that_telegram_refuses_does_not_hold_up_the_next(
    world: World, store: Store, office: Office
) -> None:
    def wrong_then_right(_: object) -> Reply:
        return text(ADA, ""), text(ADA, "Eccomi")

    office.answer = wrong_then_right
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.start()
        await ada.hears("Eccomi")
    assert not await store.read(updates.open_updates)


async def test_who_blocks_the_bot_is_told_to_the_rooms_above_and_holds_up_nobody(
    world: World, store: Store, office: Office
) -> None:
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        with world.telegram.burst():
            ada.says("Addio")
            ada.blocks_the_bot()
        bruno = world.telegram.phone(102)
        bruno.says("Io resto")
        await bruno.hears("Io resto")
    assert set(office.blocked) == {ADA}
    assert [i.member for i in office.seen if i.kind == "member"] == ["kicked"]
    assert not await store.read(updates.open_updates)
