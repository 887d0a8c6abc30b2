"""What each update means, on a real database: strangers, groups, media, commands, numbers, every button."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from actions.enrol import dismiss, invite
from actions.tell_quote import tell_quote
from bot.buttons import Verb
from bot.commands import COMMANDS
from bot.desk import Desk
from bot.incoming import Incoming
from bot.intake import fit_to_keep
from bot.replies import Call, Reply
from bot.telling import remembered, telling
from conversations.phrases import say
from procedure.fields import RegisterField
from procedure.quotes import QuoteEvent, QuoteState
from store import audit, chats, drafts, outbox, quotes, register, visits
from store.outbox import Channel
from tests.actions.house import EVERYTHING, INTEGRATED, OFFICE, PLAIN, House, at, opened

ADA, CARLA, IVO, STRANGER = 1001, 1002, 1003, 6666
CARD = 500
"""The message of the bot that buttons stand under."""

_updates = count(1)


@dataclass
class Phone:
    """One person's chat: what they do, and what the bot answers."""

    house: House
    account: int

    def says(self, text: str, *, edited: bool = False, at: datetime | None = None) -> Reply:
        name = "edited_message" if edited else "message"
        return self._update(at, **{name: {**self._message(next(_updates)), "text": text}})

    def sends(self, kind: str, **more: Any) -> Reply:
        return self._update(None, message={**self._message(next(_updates)), kind: [{"file_id": "x"}], **more})

    def taps(self, data: str, *, message: int = CARD, at: datetime | None = None) -> Reply:
        query = {"id": "7", "from": {"id": self.account}, "data": data, "message": self._message(message)}
        return self._update(at, callback_query=query)

    def _message(self, number: int) -> dict[str, Any]:
        return {
            "message_id": number,
            "chat": {"id": self.account, "type": "private"},
            "from": {"id": self.account},
        }

    def _update(self, at: datetime | None, **payload: Any) -> Reply:
        kept = fit_to_keep({"update_id": next(_updates), **payload})
        return Desk(OFFICE)(self.house.tx, Incoming.from_payload(kept), at or self.house.now)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as furnished:
        yield furnished


@pytest.fixture
def ada(house: House) -> Phone:
    return Phone(house, ADA)


def shown(reply: Reply) -> str:
    """The texts of an answer."""
    return "\n".join(str(call.params["text"]) for call in reply if "text" in call.params)


def calls(reply: Reply) -> list[str]:
    return [call.method for call in reply]


def button(reply: Reply, words: str) -> str:
    """The data of the button that carries these words."""
    for call in reply:
        keyboard: Any = call.params.get("reply_markup", {})
        for row in keyboard.get("inline_keyboard", []):
            for one in row:
                if words in one["text"]:
                    return str(one["callback_data"])
    raise AssertionError(f"no button {words!r} in {reply}")


def begun(phone: Phone) -> Reply:
    return phone.taps(f"v:{phone.house.company().id}")


def stands(house: House, name: str = "ada.esempioli") -> chats.Focus:
    return chats.focus(house.tx, house.person(name).id)


# The door


@pytest.mark.parametrize("what", ["ciao", "/start", "/start boh", "/aziende", "Tessitura", "1"])
def test_a_stranger_learns_nothing_and_leaves_a_trace(house: House, what: str) -> None:
    reply = Phone(house, STRANGER).says(what)
    assert shown(reply) in {say("screen.door.closed"), say("screen.door.used")}
    (note,) = audit.latest(house.tx, 1)
    assert note.who == f"telegram:{STRANGER}"
    assert "reply_markup" not in str(reply) or "inline_keyboard': []" in str(reply)


def test_a_stranger_s_taps_and_photos_learn_nothing_either(house: House) -> None:
    stranger = Phone(house, STRANGER)
    for reply in (stranger.taps("h"), stranger.taps("k:1"), stranger.sends("photo")):
        assert shown(reply) == say("screen.door.closed")
    assert [note.what for note in audit.latest(house.tx, 3)] == ["stranger"] * 3


def test_an_invitation_lets_in_with_privacy_menu_and_what_matters(house: House) -> None:
    token = invite(house.tx, house.person("lia.segnapostini"), timedelta(days=7), house.now)
    reply = Phone(house, 5001).says(f"/start {token}")
    assert calls(reply) == ["sendMessage", "setMyCommands", "sendMessage", "sendMessage"]
    assert "Lia" in shown(reply)
    assert "Titolare dei dati" in shown(reply)
    again = Phone(house, 5002).says(f"/start {token}")
    assert shown(again) == say("screen.door.used")


def test_who_has_left_finds_the_door_closed_at_once(house: House, ada: Phone) -> None:
    begun(ada)
    dismiss(house.tx, house.person("ada.esempioli"), house.now)
    for reply in (ada.says("/start"), ada.taps("h"), ada.says("1")):
        assert shown(reply) == say("screen.door.closed")


def test_in_a_group_nothing_is_said_of_anybody(house: House, ada: Phone) -> None:
    chat = {"chat": {"id": -5, "type": "group"}, "from": {"id": ADA}, "message_id": 1}
    assert ada._update(None, message={**chat, "text": "Tessitura"}) == ()
    assert shown(ada._update(None, message={**chat, "text": "/start"})) == say("screen.door.group")
    tap = {"id": "7", "from": {"id": ADA}, "data": "h", "message": chat}
    assert ada._update(None, callback_query=tap) == ()


def test_what_is_no_message_of_a_person_is_left_alone(house: House, ada: Phone) -> None:
    payloads: list[dict[str, Any]] = [
        {"poll": {}},
        {"my_chat_member": {}},
        {"message": {}},
        {"channel_post": {"text": "x"}},
    ]
    for payload in payloads:
        assert ada._update(None, **payload) == ()


# Commands


def test_start_shows_what_matters_and_sets_the_menu(house: House, ada: Phone) -> None:
    house.confirms(*EVERYTHING)
    reply = ada.says("/start")
    assert calls(reply) == ["sendMessage", "setMyCommands"]
    assert "Ciao Ada!" in shown(reply)
    assert "RID" in shown(reply)
    assert "Le mie aziende" in str(reply)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/oggi", "Oggi, mercoledì 18 novembre 2026"),
        ("/appuntamenti", "Nessun appuntamento"),
        ("/aziende", "Tessitura"),
        ("/aiuto", "Come funziona"),
        ("/help", "Come funziona"),
        ("/privacy", "IBAN"),
        ("/annulla", "nessuna visita in corso"),
        ("/AIUTO@dopovisita_bot", "Come funziona"),
        ("/boh", "Non conosco questo comando"),
        ("/", "Non conosco questo comando"),
    ],
)
def test_each_command_shows_its_screen(ada: Phone, command: str, words: str) -> None:
    assert words in str(ada.says(command))


def test_the_menu_has_a_command_of_visits_only_for_who_visits(house: House, ada: Phone) -> None:
    def menu(reply: Reply) -> list[str]:
        listed: Any = reply[-1].params["commands"]
        return [one["command"] for one in listed]

    hers, his = menu(ada.says("/start")), menu(Phone(house, IVO).says("/start"))
    assert "aziende" not in his
    assert {"annulla", "assenza", "impostazioni"} <= set(his)  # everybody is away some day
    assert {"aziende", "annulla", "assenza", "impostazioni"} <= set(hers)
    assert {"assegna", "attribuzioni"} & {*hers, *his} == set()
    assert hers == [one.word for one in COMMANDS if one.word in hers]
    assert "Non conosco" in shown(Phone(house, IVO).says("/aziende"))


def test_start_offers_the_visit_left_in_the_middle(house: House, ada: Phone) -> None:
    begun(ada)
    reply = ada.says("/start", at=at(25))
    assert "Riprendi: Tessitura Finzioni" in str(reply)
    resumed = ada.taps(button(reply, "Riprendi"))
    assert "credito da riscuotere" in shown(resumed)


def test_annulla_asks_first_and_no_goes_on(house: House, ada: Phone) -> None:
    begun(ada)
    ada.says("1")
    asked = ada.says("/annulla")
    assert "Vuoi davvero annullare?" in shown(asked)
    assert "Quando c'è stata la visita?" in shown(ada.taps(button(asked, "No, continua")))
    gone = ada.taps(button(ada.says("/annulla"), "Sì, annulla"))
    assert "non è stato registrato nulla" in shown(gone)
    assert drafts.open_all(house.tx, house.person("ada.esempioli").id) == []


def test_annulla_finds_the_visit_though_the_chat_stands_elsewhere(house: House, ada: Phone) -> None:
    begun(ada)
    ada.says("/oggi")
    asked = shown(ada.says("/annulla"))
    assert "Vuoi davvero annullare?" in asked
    assert asked.startswith("<b>Tessitura Finzioni S.r.l.</b>")  # whose visit it is


@pytest.mark.parametrize("command", ["/aiuto", "/privacy", "/boh"])
def test_help_in_the_middle_of_a_visit_leaves_the_question_standing(
    house: House, ada: Phone, command: str
) -> None:
    begun(ada)
    reply = ada.says(command)
    assert "inline_keyboard': []" in str(reply)
    answered = ada.says("1")
    assert "Quando c'è stata la visita?" in shown(answered)
    assert "sendMessage" in calls(answered)  # below the help, where it is seen


# Looking


def test_what_is_typed_where_nothing_is_asked_looks_for_a_company(ada: Phone) -> None:
    for words in ("tessi", "A001", "FINZIONI", "forno immag"):
        assert "Aziende trovate" in shown(ada.says(words))
    assert "Non trovo aziende" in shown(ada.says("zzz"))
    assert "Non trovo aziende" in shown(ada.says("orafi"))  # Bruno's


@pytest.mark.parametrize("words", ["a " * 2000, "x" * 4000, "%_'\";--", "<b>", "\N{PILE OF POO}" * 500])
def test_no_text_is_too_long_or_too_odd_to_look_for(ada: Phone, words: str) -> None:
    reply = ada.says(words)
    assert 0 < len(shown(reply)) < 1000


def test_a_company_is_opened_by_tap_or_by_number(ada: Phone) -> None:
    found = ada.says("tessitura")
    assert "Registra la visita" in str(ada.taps(button(found, "Tessitura")))
    ada.says("tessitura")
    assert "Registra la visita" in str(ada.says("1"))


def test_pages_turn_and_end(ada: Phone) -> None:
    assert "1–5 di 5" in shown(ada.taps("l:0"))
    assert shown(ada.taps("l:999"))
    assert "Aziende trovate" in shown(ada.taps("s:0:forno"))


def test_another_s_company_says_nothing_of_itself(house: House, ada: Phone) -> None:
    reply = ada.taps(f"k:{house.company('B001').id}")
    assert "Questa azienda non è fra le tue." in shown(reply)
    assert "Orafi" not in str(reply)
    assert house.traces()[0] == "refused"


# The visit


def test_a_whole_visit_by_numbers_alone(house: House, ada: Phone) -> None:
    begun(ada)
    for number in ("1", "1", "1", "13", "3", "8", "2", "2", "1", "4"):
        reply = ada.says(number)
    assert "è tutto giusto?" in shown(reply)
    done = ada.says("0")
    assert "Visita registrata" in shown(done)
    assert len(visits.of_company(house.tx, house.company().id)) == 1


def test_a_tap_changes_the_card_in_place_and_stops_the_wait(house: House, ada: Phone) -> None:
    reply = ada.taps(button(begun(ada), "Nessun credito"))
    assert sorted(calls(reply)) == ["answerCallbackQuery", "editMessageText"]
    assert stands(house).message == CARD


def test_a_typed_answer_goes_into_the_card_and_leaves_the_chat(ada: Phone) -> None:
    begun(ada)
    reply = ada.says("Nessun credito")
    assert sorted(calls(reply)) == ["deleteMessage", "editMessageText"]
    assert "Quando c'è stata la visita?" in shown(reply)


def test_a_typed_zero_goes_back(ada: Phone) -> None:
    begun(ada)
    ada.says("1")
    assert "credito da riscuotere" in shown(ada.says("0"))
    assert "prima domanda" in shown(ada.says("0"))


def test_nonsense_gets_a_hint_and_the_third_time_an_offer_of_help(house: House, ada: Phone) -> None:
    begun(ada)
    told = [shown(ada.says("boh")) for _ in range(3)]
    assert all("basta toccare un pulsante" in one for one in told)
    assert ["Posso aiutarti?" in one for one in told] == [False, False, True]
    ada.says("1")
    assert "Posso aiutarti?" not in shown(ada.says("boh"))


def test_a_button_tapped_after_its_question_has_passed_writes_nothing(house: House, ada: Phone) -> None:
    first = begun(ada)
    old = button(first, "Nessun credito")
    ada.taps(old)
    reply = ada.taps(button(first, "Sì, non gestito"))
    assert "già passata" in shown(reply)
    assert "Quando c'è stata la visita?" in shown(reply)
    (row,) = drafts.open_all(house.tx, house.person("ada.esempioli").id)
    assert row.draft.answers == {"credit": "none"}


def test_every_button_of_a_closed_draft_leads_home_with_a_word(house: House, ada: Phone) -> None:
    talk = house.tells(*PLAIN)
    ada.taps(f"c:{talk.draft}:{talk.revision}")
    for data in (
        f"a:{talk.draft}:{talk.revision}:none",
        f"b:{talk.draft}:{talk.revision}",
        f"e:{talk.draft}:{talk.revision}:mood",
        f"c:{talk.draft}:{talk.revision}",
        f"r:{talk.draft}",
        f"x:{talk.draft}",
        f"X:{talk.draft}",
    ):
        reply = ada.taps(data)
        assert "già stato registrato o annullato" in shown(reply)
        assert "Ciao Ada!" in shown(reply)
    assert len(visits.of_company(house.tx, house.company().id)) == 1


def test_another_s_draft_is_not_touched_and_leaves_a_trace(house: House, ada: Phone) -> None:
    talk = house.tells(*PLAIN)
    carla = Phone(house, CARLA)
    for data in ("a:{}:10:none", "b:{}:10", "e:{}:10:mood", "c:{}:10", "r:{}", "x:{}", "X:{}"):
        assert "non è fra le tue" in shown(carla.taps(data.format(talk.draft)))
    assert house.traces() == ["refused"] * 7
    assert drafts.load(house.tx, talk.draft) is not None
    assert visits.of_company(house.tx, talk.row.about.id) == []


FORGED = [
    "",
    "x",
    "777:2:3",
    "-1:0",
    "99999999999999999999",
    "99999999999999999999:1:x",
    "0x1",
    "777:99999999999999999999",
]


@pytest.mark.parametrize("verb", Verb)
def test_a_forged_button_is_answered_and_changes_nothing(house: House, ada: Phone, verb: Verb) -> None:
    quote, talk = house.quote(*INTEGRATED, ref="A002"), house.tells("none")
    assert quote != talk.draft
    before = (house.open(house.company("A002")), house.mails(), drafts.load(house.tx, talk.draft))
    for args in ("", *FORGED, f"{quote}:accettato", f"{quote}:boh", f"{quote}:", "777:D99", "777:D6:x"):
        reply = ada.taps(f"{verb.value}:{args}" if args else verb.value)
        assert "answerCallbackQuery" in calls(reply)
        assert shown(reply)
    assert before == (house.open(house.company("A002")), house.mails(), drafts.load(house.tx, talk.draft))


@pytest.mark.parametrize("data", ["", "zz", "a", ":::", "ciao", "🙂:1", "h:h:h"])
def test_a_button_never_made_leads_home(ada: Phone, data: str) -> None:
    assert "Ciao Ada!" in shown(ada.taps(data))


# What must not pass


PRIVATE = ["IT60X0542811101000000123456", "il cf è RSSMRA80A01H501U", "4111 1111 1111 1111"]


@pytest.mark.parametrize("text", PRIVATE)
def test_what_must_not_pass_is_taken_out_and_told_where_it_goes(house: House, ada: Phone, text: str) -> None:
    talk = house.tells(*PLAIN[:9], "notes", "=")
    ada.taps(f"r:{talk.draft}")
    reply = ada.says(text)
    assert calls(reply) == ["deleteMessage", "sendMessage"]
    assert "per mail" in shown(reply)
    row = drafts.load(house.tx, talk.draft)
    assert row is not None
    assert row.draft.revision == talk.revision
    assert text[-10:] not in str(reply)
    noted = ada.says("richiamare la mattina")
    assert "è tutto giusto?" in shown(noted)


@pytest.mark.parametrize("text", PRIVATE)
def test_what_must_not_pass_is_taken_out_of_an_edited_message_too(ada: Phone, text: str) -> None:
    reply = ada.says(text, edited=True)
    assert calls(reply) == ["deleteMessage", "sendMessage"]
    assert "per mail" in shown(reply)


@pytest.mark.parametrize("kind", ["photo", "document", "voice", "video", "contact", "location", "sticker"])
def test_media_are_deleted_and_told_where_they_go(ada: Phone, kind: str) -> None:
    begun(ada)
    reply = ada.sends(kind, caption="il mandato firmato")
    assert calls(reply) == ["deleteMessage", "sendMessage"]
    assert "per mail" in shown(reply)
    assert "Quando c'è stata" in shown(ada.says("1"))


def test_an_edited_message_changes_no_answer_and_says_so(house: House, ada: Phone) -> None:
    begun(ada)
    reply = ada.says("2", edited=True)
    assert "messaggio modificato" in shown(reply)
    (row,) = drafts.open_all(house.tx, house.person("ada.esempioli").id)
    assert row.draft.answers == {}


def test_a_person_s_codice_fiscale_is_on_no_screen(house: House, ada: Phone) -> None:
    company = house.company()
    for field, value in (
        (RegisterField.CODICE_FISCALE, "RSSMRA80A01H501U"),
        (RegisterField.LEGAL_FORM, "Ditta individuale"),
    ):
        register.set_field(house.tx, company.id, field, value, who="x", at=house.now, channel="file")
    screens = [ada.taps(f"k:{company.id}"), begun(ada), ada.says("1"), ada.says("1"), ada.says("1")]
    assert "RSSMRA80A01H501U" not in str(screens)
    assert "Codice fiscale" not in str(screens)


# Quotes and papers


def test_an_am_takes_a_quote_to_its_end_with_taps(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), Phone(house, IVO)
    card = ivo.taps(button(ivo.says("/oggi"), "Tessitura"))
    for words in ("Redatto oggi", "Contattata oggi", "Consegnato oggi"):
        told = ivo.taps(button(card, words))
        assert "Segnato" in shown(told)
        card = ivo.taps(button(told, "Apri il preventivo"))
    ivo.taps(button(card, "Accettato"))
    ivo.says("1200")
    recap = ivo.says("Oggi")
    assert "1.200,00" in shown(recap)
    done = ivo.says("0")
    assert "Ho scritto a" in shown(done)
    kept = quotes.get(house.tx, quote)
    assert kept is not None
    assert (kept.state, str(kept.value)) == (QuoteState.ACCEPTED, "1200.00")
    assert "già chiuso" in shown(ivo.taps(f"Q:{quote}:consegnato"))


def test_a_second_tap_on_delivered_says_the_same_and_moves_nothing(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), Phone(house, IVO)
    first, second = (shown(ivo.taps(f"Q:{quote}:consegnato")) for _ in range(2))
    assert "preventivo consegnato" in first
    assert "preventivo consegnato" in second
    assert "risulta già consegnato" in shown(ivo.taps(f"Q:{quote}:consegnato", at=at(19)))


def test_a_quote_s_value_and_reason_are_never_skipped_by_a_forged_button(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), Phone(house, IVO)
    ivo.taps(f"Q:{quote}:consegnato")
    for event in ("accettato", "non_accettato"):
        ivo.taps(f"Q:{quote}:{event}")
    kept = quotes.get(house.tx, quote)
    assert kept is not None
    assert kept.state is QuoteState.DELIVERED


def test_papers_are_handed_over_with_one_tap(house: House, ada: Phone) -> None:
    house.confirms(*EVERYTHING)
    reply = ada.taps(button(ada.says("/oggi"), "Consegnati oggi"))
    assert "consegnati mercoledì 18 novembre 2026" in shown(reply)
    assert {row.due.kind.value for row in house.open()} == {"D7", "D10"}


# What comes by itself


def pushed(house: House, person: int) -> tuple[Call, ...]:
    """The next chat message, drawn."""
    row = outbox.claim(house.tx, Channel.CHAT, house.now, limit=1, lease=timedelta(minutes=1))[0]
    drawn = telling(OFFICE).draw(house.tx, row, house.now)
    assert isinstance(drawn, tuple)
    return drawn


def an_acceptance(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn("ivo.prototipelli")
    tell_quote(ivo, quote, QuoteEvent.DELIVERED, ivo.today, channel="chat")
    tell_quote(ivo, quote, QuoteEvent.REFUSED, ivo.today, channel="chat", reason="costa")


def test_a_message_that_comes_by_itself_leaves_the_question_standing(house: House, ada: Phone) -> None:
    an_acceptance(house)
    begun(ada)
    (call,) = pushed(house, ADA)
    assert (call.method, call.params["chat_id"]) == ("sendMessage", ADA)
    assert "Preventivo archiviato: Paghe" in shown((call,))
    answered = ada.says("1")
    assert "Quando c'è stata la visita?" in shown(answered)
    assert "sendMessage" in calls(answered)


def test_the_card_is_remembered_only_while_the_chat_stands_at_its_question(house: House, ada: Phone) -> None:
    begun(ada)
    where, person = stands(house), house.person("ada.esempioli").id
    remembered(house.tx, {"person": person, "draft": where.draft}, 777)
    assert stands(house).message == 777
    remembered(house.tx, {"person": person, "draft": 999}, 888)
    remembered(house.tx, "boh", 888)
    assert stands(house).message == 777
