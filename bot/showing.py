"""From a screen to the calls that show it. Refuses to know what is shown.

A dialogue is one card that is edited in place: an edit can be repeated after a crash without a second
message, and
what was typed does not pile up in the chat (privacy.md).
"""

from bot.incoming import Incoming
from bot.replies import Call, Reply
from bot.screens.screen import Screen
from procedure.notices import Json


def show(incoming: Incoming, screen: Screen, *, card: int | None = None, remember: Json = None) -> Reply:
    """Answer the update with a screen: in the place of the tapped
    message or of `card`, else as a new message.
    """
    if incoming.kind == "tap":
        return (_edit(incoming, incoming.message_id, screen, remember), _stop_waiting(incoming))
    if card is not None:
        return (_edit(incoming, card, screen, remember),)
    return (send(incoming.chat_id, screen, remember),)


def send(chat: int | None, screen: Screen, remember: Json = None) -> Call:
    """The screen as a new message."""
    return Call("sendMessage", {"chat_id": chat, **_body(screen)}, remember)


def delete(incoming: Incoming, message: int | None) -> Reply:
    """Take a message out of the chat."""
    if message is None:
        return ()
    return (Call("deleteMessage", {"chat_id": incoming.chat_id, "message_id": message}),)


def toast(incoming: Incoming, words: str) -> Call:
    """A few words over the chat, in answer to a tap."""
    return Call("answerCallbackQuery", {"callback_query_id": incoming.callback_id, "text": words[:200]})


def _edit(incoming: Incoming, message: int | None, screen: Screen, remember: Json) -> Call:
    where: dict[str, Json] = {"chat_id": incoming.chat_id, "message_id": message}
    return Call("editMessageText", {**where, **_body(screen)}, remember)


def _body(screen: Screen) -> dict[str, Json]:
    return {
        "text": screen.shown,
        "parse_mode": "HTML",
        "reply_markup": screen.markup,
        "link_preview_options": {"is_disabled": True},
    }


def _stop_waiting(incoming: Incoming) -> Call:
    return Call("answerCallbackQuery", {"callback_query_id": incoming.callback_id})
