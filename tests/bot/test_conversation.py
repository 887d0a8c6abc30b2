"""A person writes, the desk answers: the whole way, there and back."""

import logging

import pytest

from bot.incoming import Incoming
from bot.mishaps import SORRY
from bot.replies import Call, Reply, commands
from emulator.world import World
from store import updates
from store.engine import Store
from tests.bot.conftest import ADA, BRUNO, Office, asked, echo, rewritten, serving, text


async def test_what_a_person_writes_reaches_the_desk_and_the_answer_her_phone(
    world: World, store: Store, office: Office
) -> None:
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.says("Buongiorno")
        await ada.hears("Hai scritto: Buongiorno")
    assert [(i.chat_id, i.user_id, i.private, i.kind, i.text) for i in office.seen] == [
        (ADA, ADA, True, "text", "Buongiorno")
    ]


async def test_a_tap_reaches_the_desk_with_its_data_and_its_message_is_edited(
    world: World, store: Store, office: Office
) -> None:
    def ask_then_thank(incoming: Incoming) -> Reply:
        if incoming.kind != "tap":
            return (asked(incoming.chat_id, "Visto?"),)
        return (
            rewritten(incoming, f"Bene: {incoming.data}"),
            Call("answerCallbackQuery", {"callback_query_id": incoming.callback_id}),
        )

    office.answer = ask_then_thank
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.start()
        question = await ada.hears("Visto?")
        tap = ada.taps("Sì")
        thanks = await ada.hears("Bene: sì")
        assert tap
        await ada.is_answered(tap)
    assert thanks.message_id == question.message_id


async def test_one_persons_messages_are_handled_in_the_order_in_which_they_were_written(
    world: World, store: Store, office: Office
) -> None:
    wanted = [f"messaggio {n}" for n in range(30)]
    async with serving(world, store, office):
        ada, bruno = world.telegram.phone(ADA), world.telegram.phone(BRUNO)
        with world.telegram.burst():
            for words in wanted:
                ada.says(words)
                bruno.says(words)
        await ada.hears(wanted[-1])
        await bruno.hears(wanted[-1])
    for chat in (ADA, BRUNO):
        assert [i.text for i in office.seen if i.chat_id == chat] == wanted
    shown = [message.text for message in ada.screen if message.from_bot]
    assert shown == [f"Hai scritto: {words}" for words in wanted]


async def test_a_person_whose_answer_hangs_keeps_nobody_else_waiting(
    world: World, store: Store, office: Office
) -> None:
    world.telegram.fails("hang", chat_id=ADA)
    async with serving(world, store, office, seconds_to_end=0):
        world.telegram.phone(ADA).says("Ci siete?")
        bruno = world.telegram.phone(BRUNO)
        bruno.says("E per me?")
        answer = await bruno.hears("E per me?")
        assert not [message for message in world.telegram.phone(ADA).screen if message.from_bot]
    assert answer.from_bot


async def test_an_update_delivered_twice_is_handled_once(world: World, store: Store, office: Office) -> None:
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        world.telegram.duplicates_next()
        ada.says("Una volta sola")
        await ada.hears("Una volta sola")
        world.telegram.redelivers()
        ada.says("E poi basta")
        await ada.hears("E poi basta")
    assert [i.text for i in office.seen] == ["Una volta sola", "E poi basta"]


async def test_an_error_in_the_desk_gets_one_kind_sentence_and_does_not_come_back(
    world: World, store: Store, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(incoming: Incoming) -> Reply:
        if incoming.text == "rompiti":
            raise LookupError("un segreto di dentro")
        return echo(incoming)

    office.answer = breaks
    ada = world.telegram.phone(ADA)
    with caplog.at_level(logging.ERROR):
        async with serving(world, store, office):
            ada.says("rompiti")
            await ada.hears(SORRY)
            ada.says("funzioni ancora?")
            await ada.hears("funzioni ancora?")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert not any("segreto" in message.text for message in ada.screen)
    async with serving(world, store, office):
        ada.says("e adesso?")
        await ada.hears("e adesso?")
    assert [i.text for i in office.seen].count("rompiti") == 1


async def test_what_must_not_pass_through_a_chat_is_never_stored(
    world: World, store: Store, office: Office
) -> None:
    iban = "IT60 X054 2811 1010 0000 0123 456"
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA, last_name="Rossi")
        with world.telegram.burst():
            ada.says(f"il suo iban è {iban} grazie")
            ada.sends_photo(caption=iban)
        await ada.hears("None")
        kept = await store.read(updates.open_updates)
    assert [i.withheld for i in office.seen] == [("IBAN",), ()]
    assert [i.media for i in office.seen] == [None, "photo"]
    assert office.seen[0].text == "il suo iban è ⟦IBAN⟧ grazie"
    everything = str(office.seen) + str(kept)
    assert "0123" not in everything
    assert "Rossi" not in everything


async def test_a_message_to_be_remembered_is_told_with_its_number(
    world: World, store: Store, office: Office
) -> None:
    office.answer = lambda i: (Call("sendMessage", {"chat_id": i.chat_id, "text": "Quando?"}, {"draft": 7}),)
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.start()
        question = await ada.hears("Quando?")
    assert office.remembered == [({"draft": 7}, question.message_id)]


async def test_the_menu_of_commands_is_set_for_one_chat(world: World, store: Store, office: Office) -> None:
    menu = (("aziende", "Le mie aziende"), ("aiuto", "Come si usa"))
    office.answer = lambda i: (commands(ADA, menu), text(i.chat_id, "Eccoti"))
    async with serving(world, store, office):
        ada = world.telegram.phone(ADA)
        ada.start()
        await ada.hears("Eccoti")
    (call,) = world.telegram.calls_of("setMyCommands")
    assert call.params["scope"] == {"type": "chat", "chat_id": ADA}
    assert call.params["commands"][0] == {"command": "aziende", "description": "Le mie aziende"}
