"""The Bot API as python-telegram-bot meets it: messages, edits, refusals."""

import asyncio
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from emulator.phone import NotOnScreenError, Phone
from emulator.world import World
from tests.emulator.conftest import a_bot, is_polled

YES_NO = InlineKeyboardMarkup.from_row(
    [InlineKeyboardButton("✅ Sì", callback_data="y"), InlineKeyboardButton("No", callback_data="n")]
)


async def last_query(bot: Bot) -> CallbackQuery:
    query = (await bot.get_updates())[-1].callback_query
    assert query
    return query


async def last_message(bot: Bot) -> Message:
    message = (await bot.get_updates())[-1].message
    assert message
    return message


async def test_a_bot_learns_who_it_is(bot: Bot) -> None:
    assert (await bot.get_me()).id == 700000001


async def test_a_wrong_token_is_unauthorized(world: World) -> None:
    with pytest.raises(InvalidToken):
        async with a_bot(world, "700000001:wrong"):
            pass


async def test_start_brings_its_payload_and_the_command_entity(bot: Bot, ada: Phone) -> None:
    [update] = await bot.get_updates()
    assert update.message
    assert update.message.text == "/start invito-ada"
    assert update.message.entities[0].type == "bot_command"
    assert update.effective_user
    assert update.effective_user.id == ada.user_id


async def test_html_is_seen_without_markup_and_comes_back_as_entities(bot: Bot, ada: Phone) -> None:
    sent = await bot.send_message(101, "  <b>Ciao</b> 👍 <a href='https://x.example'>qui</a> &lt;3", "HTML")
    assert (await ada.hears("Ciao")).text == "Ciao 👍 qui <3"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 4), ("text_link", 8, 3)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<b>aperto", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("è <h1>no</h1>", 'Unsupported start tag "h1" at byte offset 3'),
    ],
)
async def test_html_that_does_not_parse_is_refused(bot: Bot, ada: Phone, text: str, complaint: str) -> None:
    with pytest.raises(BadRequest, match=r"[Cc]an't parse entities") as refused:
        await bot.send_message(101, text, parse_mode="HTML")
    assert complaint.casefold() in refused.value.message.casefold()


async def test_the_length_is_counted_after_the_markup_in_utf16_units(bot: Bot, ada: Phone) -> None:
    await bot.send_message(101, "<b>" + "a" * 4096 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match=r"[Mm]essage is too long"):
        await bot.send_message(101, "👍" * 2049)


async def test_an_empty_text_is_refused(bot: Bot, ada: Phone) -> None:
    with pytest.raises(BadRequest, match=r"[Mm]essage text is empty"):
        await bot.send_message(101, "<b> </b>", parse_mode="HTML")


async def test_a_button_carries_at_most_64_bytes(bot: Bot, ada: Phone) -> None:
    def keyboard(data: str) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", callback_data=data))

    await bot.send_message(101, "sì", reply_markup=keyboard("è" * 32))
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await bot.send_message(101, "no", reply_markup=keyboard("è" * 32 + "a"))


async def test_a_tap_reaches_the_bot_and_its_answer_is_a_toast(bot: Bot, ada: Phone) -> None:
    await bot.send_message(101, "Confermi?", reply_markup=YES_NO)
    tap = ada.taps("Sì")
    query = await last_query(bot)
    assert (query.data, query.id) == ("y", tap)
    assert isinstance(query.message, Message)
    assert query.message.text == "Confermi?"
    await bot.answer_callback_query(query.id, "Preso nota")
    assert (await ada.hears_toast("nota")).callback_id == tap
    assert not (await ada.is_answered(tap)).alert


async def test_a_tap_on_what_is_not_there_lists_the_buttons(bot: Bot, ada: Phone) -> None:
    await bot.send_message(101, "Confermi?", reply_markup=YES_NO)
    with pytest.raises(NotOnScreenError, match=r"(?s)Forse.*\[✅ Sì\] \[No\]"):
        ada.taps("Forse")


async def test_buttons_are_also_found_by_index_and_message(bot: Bot, ada: Phone) -> None:
    first = await bot.send_message(101, "Uno", reply_markup=YES_NO)
    await bot.send_message(101, "Due", reply_markup=YES_NO)
    ada.taps(index=1, message=first.message_id)
    query = await last_query(bot)
    assert query.message
    assert (query.data, query.message.message_id) == ("n", first.message_id)


async def test_an_old_tap_on_a_deleted_message_comes_as_inaccessible(bot: Bot, ada: Phone) -> None:
    sent = await bot.send_message(101, "Confermi?", reply_markup=YES_NO)
    await bot.delete_message(101, sent.message_id)
    ada.taps_old(sent.message_id, "y")
    message = (await last_query(bot)).message
    assert message
    assert not message.is_accessible


async def test_a_query_that_nobody_asked_is_too_old(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_callback_query("1")


async def test_an_edit_changes_text_and_drops_the_buttons(bot: Bot, ada: Phone) -> None:
    sent = await bot.send_message(101, "Confermi?", reply_markup=YES_NO)
    ada.forgets()
    await bot.edit_message_text("Confermato", 101, sent.message_id)
    shown = await ada.hears("Confermato")
    assert (shown.edited, shown.labels, len(ada.screen)) == (True, [], 2)


async def test_an_identical_edit_is_not_modified(bot: Bot, ada: Phone) -> None:
    sent = await bot.send_message(101, "Confermi?", reply_markup=YES_NO)
    with pytest.raises(BadRequest, match=r"(?i)message is not modified: specified new message content"):
        await bot.edit_message_text("Confermi?", 101, sent.message_id, reply_markup=YES_NO)
    await bot.edit_message_reply_markup(101, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_reply_markup(101, sent.message_id)


async def test_what_is_gone_can_be_neither_edited_nor_deleted(bot: Bot, ada: Phone) -> None:
    with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
        await bot.edit_message_text("x", 101, 999)
    with pytest.raises(BadRequest, match=r"(?i)message to delete not found"):
        await bot.delete_message(101, 999)


async def test_after_two_days_a_message_cannot_be_deleted(bot: Bot, world: World, ada: Phone) -> None:
    sent = await bot.send_message(101, "x")
    world.clock.advance(timedelta(hours=47))
    assert await bot.delete_message(101, sent.message_id)
    later = await bot.send_message(101, "y")
    world.clock.advance(timedelta(hours=49))
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted for everyone"):
        await bot.delete_message(101, later.message_id)


async def test_a_bot_deletes_what_a_person_wrote(bot: Bot, ada: Phone) -> None:
    written = ada.says("IT60X0542811101000000123456")
    assert await bot.delete_messages(101, [written, 999])
    assert written not in [shown.message_id for shown in ada.screen]
    assert ada.history[-1].deleted


async def test_who_never_wrote_cannot_be_written_to(bot: Bot) -> None:
    with pytest.raises(Forbidden, match=r"bot can't initiate conversation with a user"):
        await bot.send_message(102, "Buongiorno")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(999, "Buongiorno")


async def test_who_blocked_the_bot_cannot_be_written_to_until_a_new_start(bot: Bot, ada: Phone) -> None:
    ada.blocks_the_bot()
    with pytest.raises(Forbidden, match=r"bot was blocked by the user"):
        await bot.send_message(101, "Buongiorno")
    change = (await bot.get_updates())[-1].my_chat_member
    assert change
    assert change.new_chat_member.status == "kicked"
    ada.start()
    await bot.send_message(101, "Bentornata")


async def test_a_reply_keyboard_stays_until_it_is_removed(bot: Bot, ada: Phone) -> None:
    await bot.send_message(101, "Scegli", reply_markup=ReplyKeyboardMarkup([["Le mie aziende"], ["Aiuto"]]))
    assert ada.keyboard == [["Le mie aziende"], ["Aiuto"]]
    assert ada.taps("Le mie") is None
    assert (await last_message(bot)).text == "Le mie aziende"
    await bot.send_message(101, "Fatto", reply_markup=ReplyKeyboardRemove())
    assert ada.keyboard == []


async def test_replies_previews_and_silence_are_taken(bot: Bot, ada: Phone) -> None:
    first = await bot.send_message(101, "Uno", disable_notification=True)
    answer = await bot.send_message(
        101,
        "Due",
        reply_parameters=ReplyParameters(first.message_id),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert answer.reply_to_message
    assert answer.reply_to_message.text == "Uno"
    assert [shown.silent for shown in ada.screen[1:]] == [True, False]
    with pytest.raises(BadRequest, match=r"(?i)message to be replied not found"):
        await bot.send_message(101, "Tre", reply_parameters=ReplyParameters(999))


async def test_files_go_both_ways(bot: Bot, ada: Phone) -> None:
    sent = await bot.send_document(101, b"%PDF-invented", filename="piano.pdf", caption="Il piano")
    assert sent.document
    assert sent.document.file_name == "piano.pdf"
    file = await bot.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-invented"
    await bot.send_photo(101, b"invented", caption="<i>Foto</i>", parse_mode="HTML")
    assert (await ada.hears("Foto")).media["photo"]
    ada.sends_photo("scontrino")
    assert (await last_message(bot)).photo
    with pytest.raises(BadRequest, match=r"(?i)wrong file_id"):
        await bot.get_file("none")


async def test_the_profile_is_kept(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("aiuto", "Che cosa posso fare")])
    await bot.set_my_description("Dopo la visita")
    await bot.set_my_short_description("Visite")
    await bot.set_chat_menu_button(101)
    assert (await bot.get_my_commands())[0].command == "aiuto"
    assert (await bot.get_my_description()).description == "Dopo la visita"
    assert (await bot.get_chat(101)).first_name == "Ada"


async def test_every_call_is_recorded_with_its_time(bot: Bot, world: World, ada: Phone) -> None:
    await bot.send_chat_action(101, "typing")
    await bot.send_message(101, "Uno")
    world.clock.advance(timedelta(hours=1))
    await bot.send_message(101, "Due")
    one, two = world.telegram.calls_of("sendMessage", 101)
    assert (one.params["text"], two.params["text"]) == ("Uno", "Due")
    assert two.at - one.at >= timedelta(hours=1)


async def test_too_many_requests_tell_when_to_come_back(
    bot: Bot, world: World, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    world.telegram.fails("flood", method="sendMessage", retry_after=7)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(101, "x")
    assert flood.value.retry_after == timedelta(seconds=7)
    await bot.send_message(101, "x")


async def test_a_bad_gateway_strikes_as_often_as_ordered(bot: Bot, world: World, ada: Phone) -> None:
    world.telegram.fails("bad_gateway", 2)
    for _ in range(2):
        with pytest.raises(NetworkError, match=r"Bad Gateway"):
            await bot.send_message(101, "x")
    await bot.send_message(101, "x")
    assert len(ada.screen) == 2


async def test_a_call_left_hanging_did_nothing(bot: Bot, world: World, ada: Phone) -> None:
    world.telegram.fails("hang", method="sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(101, "x", read_timeout=0.05)
    assert len(ada.screen) == 1


async def test_a_lost_answer_was_done_all_the_same(bot: Bot, world: World, ada: Phone) -> None:
    world.telegram.fails("lost", method="sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(101, "x")
    assert (await ada.hears("x")).from_bot


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(Exception, match=r"(?i)not found"):
        await bot.do_api_request("sendTelegram")


async def test_a_second_poller_sends_the_first_away(bot: Bot, world: World) -> None:
    async with a_bot(world) as other, asyncio.TaskGroup() as group:
        first = group.create_task(_conflict(bot))
        await is_polled(world)
        second = group.create_task(other.get_updates(timeout=5))
        await first
        world.telegram.phone(101).says("ciao")
        [update] = await second
        assert update.message
        assert update.message.text == "ciao"


async def _conflict(bot: Bot) -> None:
    with pytest.raises(Conflict, match=r"terminated by other getUpdates request"):
        await bot.get_updates(timeout=30)
