"""What is kept of an update: what we use, and nothing that must not be kept."""

from typing import Any

import pytest
from hypothesis import given, strategies

from bot.incoming import MEDIA, Incoming
from bot.intake import Intake, fit_to_keep
from store.engine import Store
from tests.bot.conftest import NOW

CHAT = {"id": 101, "type": "private", "first_name": "Ada", "last_name": "Rossi", "username": "ada"}
USER = {"id": 101, "is_bot": False, "first_name": "Ada", "last_name": "Rossi", "language_code": "it"}


def message(**content: Any) -> dict[str, Any]:
    about = {"message_id": 5, "date": 1_772_000_000, "chat": CHAT, "from": USER}
    return {"update_id": 9, "message": about | content}


def test_a_text_keeps_where_it_was_said_and_by_whom_and_no_name() -> None:
    kept = fit_to_keep(message(text="Buongiorno", reply_to_message={"text": "di prima"}))
    assert kept == {
        "update_id": 9,
        "message": {
            "message_id": 5,
            "date": 1_772_000_000,
            "chat": {"id": 101, "type": "private"},
            "from": {"id": 101},
            "text": "Buongiorno",
        },
    }


def test_a_tap_keeps_its_button_and_the_number_of_its_message() -> None:
    under = {"message_id": 7, "date": 1, "chat": CHAT, "text": "Quale azienda?", "reply_markup": {}}
    query = {"id": "44", "from": USER, "chat_instance": "x", "data": "a:1", "message": under}
    kept = fit_to_keep({"update_id": 9, "callback_query": query})
    assert "Quale" not in str(kept)
    assert Incoming.from_payload(kept) == Incoming(
        9, 101, 101, True, "tap", data="a:1", message_id=7, callback_id="44"
    )


def test_a_tap_under_a_message_too_old_for_telegram_still_says_who_tapped() -> None:
    tap = Incoming.from_payload(fit_to_keep({"update_id": 9, "callback_query": {"id": "4", "from": USER}}))
    assert (tap.kind, tap.chat_id, tap.callback_id, tap.message_id) == ("tap", 101, "4", None)


@pytest.mark.parametrize("media", MEDIA)
def test_of_a_medium_only_its_kind_is_kept(media: str) -> None:
    kept = fit_to_keep(message(**{media: {"file_id": "F1", "phone_number": "333"}}, caption="segreto"))
    assert "F1" not in str(kept)
    assert "333" not in str(kept)
    assert "segreto" not in str(kept)
    assert Incoming.from_payload(kept).media == media
    assert Incoming.from_payload(kept).kind == "media"


@pytest.mark.parametrize("which", ["message", "edited_message"])
def test_what_is_private_is_replaced_by_its_name_and_marked(which: str) -> None:
    written = message(text="carta 4111 1111 1111 1111 e RSSMRA80A01F205X")["message"]
    kept = fit_to_keep({"update_id": 9, which: written})
    assert "4111" not in str(kept)
    assert "RSSMRA" not in str(kept)
    assert Incoming.from_payload(kept).withheld == ("carta", "codice fiscale")
    assert Incoming.from_payload(kept).text == "carta ⟦carta⟧ e ⟦codice fiscale⟧"


@pytest.mark.parametrize(
    ("said", "payload"),
    [
        ("/start abc", "abc"),
        ("/start", ""),
        ("/start@prova_bot x", "x"),
        ("/starter x", None),
        ("ciao", None),
    ],
)
def test_what_stands_behind_start_is_the_invitation(said: str, payload: str | None) -> None:
    assert Incoming.from_payload(message(text=said)).start_payload == payload


def test_a_group_is_not_private() -> None:
    update = message(text="ciao")
    update["message"]["chat"] = {"id": -5, "type": "supergroup"}
    assert not Incoming.from_payload(fit_to_keep(update)).private


ODD: Any = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=5),
    lambda inner: (
        strategies.lists(inner, max_size=3)
        | strategies.dictionaries(
            strategies.sampled_from(["message", "chat", "from", "id", "text", "callback_query", "type", "x"]),
            inner,
            max_size=4,
        )
    ),
)


@given(
    strategies.dictionaries(
        strategies.sampled_from(["message", "callback_query", "edited_message", "my_chat_member", "poll"]),
        ODD,
    )
)
def test_no_update_is_too_odd_to_be_kept_and_read(content: dict[str, Any]) -> None:
    kept = fit_to_keep(content | {"update_id": 9})
    assert kept["update_id"] == 9
    assert Incoming.from_payload(kept).update_id == 9


async def test_only_new_updates_are_handed_on_in_their_order(store: Store) -> None:
    intake = Intake(store, lambda: NOW)
    first = [message(text="a") | {"update_id": n} for n in (3, 1)]
    again = [message(text="a") | {"update_id": n} for n in (1, 2, 2)]
    assert [one.update_id for one in await intake.keep(first)] == [3, 1]
    assert [one.update_id for one in await intake.keep([*again, {"what": "is this"}])] == [2]
