"""What came in from Telegram, in our own words: one update as one small frozen value.

It reads the raw JSON, and an update that it cannot read is a kind of its own, never an error: Telegram
adds kinds of updates when it likes. It refuses to know what an update means; the desk does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

Kind: TypeAlias = Literal["text", "tap", "media", "edited", "member", "other"]
Payload: TypeAlias = Mapping[str, Any]

MEDIA: Final = (
    "animation", "audio", "contact", "document", "location", "photo", "sticker", "venue", "video",
    "video_note", "voice",
)  # fmt: skip
"""The kinds of media a message may carry, by the Bot API's names; `venue` and `animation` stand before the
`location` and `document` that they bring along."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. What it does not have is None; `private` is true in a chat with one person."""

    update_id: int
    chat_id: int | None = None
    user_id: int | None = None
    private: bool = False
    kind: Kind = "other"
    text: str | None = None  # of a message, or as edited
    data: str | None = None  # of a tap: the button's callback_data
    message_id: int | None = None  # the message sent, or the one whose button was tapped
    callback_id: str | None = None  # to answer a tap with
    start_payload: str | None = None  # what stood behind /start, "" where nothing did
    media: str | None = None  # one of MEDIA, or "other"
    member: str | None = None  # the bot's new state in the chat: "kicked" when the person blocked it
    withheld: tuple[str, ...] = ()  # what was taken out of the text before it was stored, such as "IBAN"

    @classmethod
    def from_payload(cls, payload: Payload) -> "Incoming":
        """Read an update, as Telegram sent it or as `intake.fit_to_keep` left it. Never raises."""
        try:
            return _read(payload)
        except (LookupError, TypeError, AttributeError, ValueError):
            return cls(update_id=_number(payload.get("update_id")))


def _read(payload: Payload) -> Incoming:
    update_id = int(payload["update_id"])
    if tap := payload.get("callback_query"):
        return _tap(update_id, tap)
    if message := payload.get("message"):
        return _message(update_id, message, tuple(payload.get("private", ())))
    if edited := payload.get("edited_message"):
        return Incoming(
            update_id, kind="edited", text=edited.get("text"), withheld=tuple(payload.get("private", ())),
            **_where(edited),
        )  # fmt: skip
    if member := payload.get("my_chat_member"):
        return Incoming(
            update_id, kind="member", member=member["new_chat_member"]["status"], **_where(member)
        )
    return Incoming(update_id)


def _tap(update_id: int, tap: Payload) -> Incoming:
    message = tap.get("message") or {"chat": {"id": tap["from"]["id"], "type": "private"}}
    where = _where(message) | {
        "user_id": int(tap["from"]["id"])
    }  # the message is the bot's, the tap the person's
    return Incoming(update_id, kind="tap", data=tap.get("data"), callback_id=str(tap["id"]), **where)


def _message(update_id: int, message: Payload, withheld: tuple[str, ...]) -> Incoming:
    where = _where(message)
    if "text" in message:
        text = str(message["text"])
        return Incoming(
            update_id, kind="text", text=text, start_payload=_behind_start(text), withheld=withheld, **where
        )
    media = media_of(message)
    return Incoming(update_id, kind="media" if media else "other", media=media, **where)


def media_of(message: Payload) -> str | None:
    """The kind of media a message carries, if it carries any."""
    return next((kind for kind in MEDIA if kind in message), None)


def _where(message: Payload) -> dict[str, Any]:
    chat, sender = message["chat"], message.get("from")
    return {
        "chat_id": int(chat["id"]),
        "user_id": int(sender["id"]) if sender else None,
        "private": chat.get("type") == "private",
        "message_id": message.get("message_id"),
    }


def _behind_start(text: str) -> str | None:
    command, _, payload = text.partition(" ")
    return payload.strip() if command.partition("@")[0] == "/start" else None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
