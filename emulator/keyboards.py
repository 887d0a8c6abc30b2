"""The keyboards that a bot hangs under its messages, checked as Telegram checks them.

It refuses to know which message or chat they belong to.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from emulator.state import Json
from emulator.wording import bad

_ACTIONS = {
    "callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
}  # fmt: skip


def inline_keyboard(markup: Json | None) -> Json | None:
    """The inline keyboard of a `reply_markup`, empty rows left out, or None.

    Raises:
        ApiError: a button that Telegram would not take.
    """
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            _check(button)
    if sum(map(len, rows)) > 100:
        raise bad("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(markup: Json | None, current: Json | None) -> Json | None:
    """The keyboard that stands in place of the phone's own after a message with this `reply_markup`.

    Raises:
        ApiError: a button without text.
    """
    if not markup:
        return current
    if markup.get("remove_keyboard"):
        return None
    if "keyboard" not in markup:
        return current
    rows = [[{"text": b} if isinstance(b, str) else b for b in row] for row in markup["keyboard"] if row]
    if any(not button.get("text", "").strip() for row in rows for button in row):
        raise bad("keyboard button text must be non-empty")
    return markup | {"keyboard": rows}


def labels(rows: Iterable[Iterable[Json]]) -> list[str]:
    """The labels of a keyboard, row after row."""
    return [str(button["text"]) for row in rows for button in row]


def _check(button: Json) -> None:
    if not button.get("text", "").strip():
        raise bad("can't parse inline keyboard button: text must be non-empty")
    if not _ACTIONS & button.keys():
        raise bad("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and urlsplit(button["url"]).scheme not in {"http", "https", "tg", "mailto", "tel"}:
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Unsupported URL protocol")
