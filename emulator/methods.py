"""The Bot API's methods: what each does to the chats, and what it refuses in Telegram's own words.

They are plain functions of the office (everything the bot's side of Telegram has) and of what was asked. They
refuse to know HTTP, and faults: `emulator/telegram.py` decides whether a call gets this far.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from emulator.bot_profile import Profile
from emulator.chats import Chat, Chats, Message, Toast
from emulator.files import LARGEST_DOWNLOAD, Files
from emulator.formatting import formatted, units
from emulator.keyboards import inline_keyboard, reply_keyboard
from emulator.params import Asked
from emulator.state import Json
from emulator.updates import Updates, Webhook
from emulator.wording import NOT_MODIFIED, OLD_QUERY, bad, forbidden

LONGEST_TEXT = 4_096  # UTF-16 units, after the markup is taken out
LONGEST_CAPTION = 1_024
DELETABLE_FOR = 48 * 3600  # seconds


@dataclass
class Office:
    """The bot's side of Telegram.

    Attributes:
        queries: whose tap each callback query was, by its id.
    """

    chats: Chats
    updates: Updates
    files: Files
    profile: Profile
    queries: dict[str, Chat] = field(default_factory=dict)


# ---- messages ------------------------------------------------------------------------------------


def send_message(office: Office, asked: Asked) -> Json:
    """A new text message."""
    chat = _reachable(office, asked)
    text, entities = _text(asked)
    return _sent(office, chat, asked, text=text, entities=entities)


def send_photo(office: Office, asked: Asked) -> Json:
    """A new photo with its caption."""
    return _send_file(office, asked, "photo")


def send_document(office: Office, asked: Asked) -> Json:
    """A new document with its caption."""
    return _send_file(office, asked, "document")


def edit_message_text(office: Office, asked: Asked) -> Json:
    """New text (and keyboard, or none) for a message of the bot."""
    chat, message = _editable(office, asked)
    if message.media:
        raise bad("there is no text in the message to edit")
    text, entities = _text(asked)
    return _edited(office, chat, message, (text, entities, inline_keyboard(asked.get("reply_markup"))))


def edit_message_caption(office: Office, asked: Asked) -> Json:
    """New caption (and keyboard, or none) for a photo or document of the bot."""
    chat, message = _editable(office, asked)
    if not message.media:
        raise bad("there is no caption in the message to edit")
    text, entities = _caption(asked)
    return _edited(office, chat, message, (text, entities, inline_keyboard(asked.get("reply_markup"))))


def edit_message_reply_markup(office: Office, asked: Asked) -> Json:
    """New keyboard, or none, for a message of the bot."""
    chat, message = _editable(office, asked)
    markup = inline_keyboard(asked.get("reply_markup"))
    return _edited(office, chat, message, (message.text, message.entities, markup))


def delete_message(office: Office, asked: Asked) -> bool:
    """Take a message away from both sides."""
    chat = _reachable(office, asked)
    message = chat.messages.get(asked.get("message_id", 0))
    if message is None or message.deleted:
        raise bad("message to delete not found")
    _delete(office, chat, message)
    return True


def delete_messages(office: Office, asked: Asked) -> bool:
    """Take several messages away; those that are not there are passed over."""
    chat = _reachable(office, asked)
    numbers = asked.get("message_ids") or []
    if not 1 <= len(numbers) <= 100:
        raise bad("message identifiers are not specified" if not numbers else "too many messages to delete")
    for number in numbers:
        message = chat.messages.get(int(number))
        if message and not message.deleted:
            _delete(office, chat, message)
    return True


def answer_callback_query(office: Office, asked: Asked) -> bool:
    """End the waiting of a tap, with a toast or without."""
    chat = office.queries.get(str(asked.get("callback_query_id")))
    if chat is None:
        raise bad(OLD_QUERY)
    text = asked.get("text") or ""
    if units(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    toast = Toast(str(asked["callback_query_id"]), text, bool(asked.get("show_alert")))
    chat.answers.append(toast)
    office.chats.tell(chat, "answer", lambda: {"id": toast.callback_id, "text": text, "alert": toast.alert})
    return True


def send_chat_action(office: Office, asked: Asked) -> bool:
    """Show that the bot is busy."""
    chat = _reachable(office, asked)
    office.chats.tell(chat, "typing", lambda: {"action": asked.get("action")})
    return True


# ---- chats, files, the bot itself ----------------------------------------------------------------


def get_chat(office: Office, asked: Asked) -> Json:
    """What is known of a chat."""
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    more = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    return _chat(office, asked).as_api() | more


def get_file(office: Office, asked: Asked) -> Json:
    """Where a file is downloaded."""
    file = office.files.get(str(asked.get("file_id")))
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    return file.as_api() | {"file_path": file.path}


def set_chat_menu_button(office: Office, asked: Asked) -> bool:
    """Set the menu button of a chat, or of all chats that have none of their own."""
    button = asked.get("menu_button") or {"type": "default"}
    if not asked.get("chat_id"):
        office.profile.set_menu_button(button)
        return True
    chat = _chat(office, asked)
    chat.menu_button = None if button["type"] == "default" else button
    office.chats.keep(chat)
    return True


def get_chat_menu_button(office: Office, asked: Asked) -> Json:
    """The menu button of a chat, or of all."""
    own = _chat(office, asked).menu_button if asked.get("chat_id") else None
    return own or office.profile.menu_button()


def set_webhook(office: Office, asked: Asked) -> bool:
    """Push updates to a URL; an empty one goes back to polling."""
    url = asked.get("url") or ""
    if url and not url.startswith(("http://", "https://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    hook = Webhook(url, asked.get("secret_token"), asked.get("max_connections", 40)) if url else None
    drop = bool(asked.get("drop_pending_updates"))
    office.updates.set_webhook(hook, asked.get("allowed_updates"), drop=drop)
    return True


def delete_webhook(office: Office, asked: Asked) -> bool:
    """Go back to polling."""
    office.updates.set_webhook(None, None, drop=bool(asked.get("drop_pending_updates")))
    return True


def get_webhook_info(office: Office, _: Asked) -> Json:
    """Where updates go and what went wrong last."""
    hook = office.updates.webhook
    info: Json = {"url": hook.url if hook else "", "has_custom_certificate": False}
    info["pending_update_count"] = len(office.updates.pending)
    if hook and hook.last_error_message:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    return info


METHODS: dict[str, Callable[[Office, Asked], Any]] = {
    "getme": lambda office, _: office.profile.me(),
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "sendchataction": send_chat_action,
    "getchat": get_chat,
    "getfile": get_file,
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": lambda office, asked: office.profile.set_commands(asked),
    "getmycommands": lambda office, asked: office.profile.commands(asked),
    "deletemycommands": lambda office, asked: office.profile.delete_commands(asked),
    "setmydescription": lambda office, asked: office.profile.set_text("description", asked),
    "getmydescription": lambda office, _: office.profile.text("description"),
    "setmyshortdescription": lambda office, asked: office.profile.set_text("short_description", asked),
    "getmyshortdescription": lambda office, _: office.profile.text("short_description"),
    "setmyname": lambda office, asked: office.profile.set_text("name", asked),
    "getmyname": lambda office, _: office.profile.text("name"),
    "logout": lambda *_: True,
    "close": lambda *_: True,
}


# ---- what they share -----------------------------------------------------------------------------


def _chat(office: Office, asked: Asked) -> Chat:
    if not asked.get("chat_id"):
        raise bad("chat_id is empty")
    chat = office.chats.get(asked["chat_id"])
    if chat is None:
        raise bad("chat not found")
    return chat


def _reachable(office: Office, asked: Asked) -> Chat:
    """The chat, if the person lets the bot write in it."""
    chat = _chat(office, asked)
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def _text(asked: Asked) -> tuple[str, list[Json]]:
    text, entities = formatted(asked.get("text") or "", asked.get("parse_mode"))
    if not text:
        raise bad("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad("message is too long")
    return text, asked.get("entities") or entities


def _caption(asked: Asked) -> tuple[str, list[Json]]:
    text, entities = formatted(asked.get("caption") or "", asked.get("parse_mode"))
    if units(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return text, asked.get("caption_entities") or entities


def _send_file(office: Office, asked: Asked, kind: str) -> Json:
    chat = _reachable(office, asked)
    text, entities = _caption(asked)
    named = str(asked.get(kind) or "")
    upload = asked.files.get(named.removeprefix("attach://") or kind)
    if upload is None and not named:
        raise bad(f"there is no {kind} in the request")
    file = office.files.add(kind, upload) if upload else office.files.get(named)
    return _sent(office, chat, asked, text=text, entities=entities, media=file.as_media())


def _sent(office: Office, chat: Chat, asked: Asked, **content: Any) -> Json:  # the fields of Message
    markup = asked.get("reply_markup")
    inline = inline_keyboard(markup)
    keyboard = reply_keyboard(markup, chat.keyboard)
    message = office.chats.add(
        chat,
        from_bot=True,
        markup=inline,
        reply_to=_replied(chat, asked),
        silent=bool(asked.get("disable_notification")),
        **content,
    )
    if keyboard != chat.keyboard:
        chat.keyboard = keyboard
        office.chats.keep(chat)
    return office.chats.as_api(message)


def _replied(chat: Chat, asked: Asked) -> int | None:
    wanted = asked.get("reply_parameters") or {"message_id": asked.get("reply_to_message_id")}
    number = wanted.get("message_id")
    found = chat.messages.get(number) if number else None
    if found and not found.deleted:
        return found.message_id
    if number and not (wanted.get("allow_sending_without_reply") or asked.get("allow_sending_without_reply")):
        raise bad("message to be replied not found")
    return None


def _editable(office: Office, asked: Asked) -> tuple[Chat, Message]:
    chat = _reachable(office, asked)
    message = chat.messages.get(asked.get("message_id", 0))
    if message is None or message.deleted:
        raise bad("message to edit not found")
    if not message.from_bot:
        raise bad("message can't be edited")
    return chat, message


def _edited(
    office: Office, chat: Chat, message: Message, content: tuple[str, list[Json], Json | None]
) -> Json:
    if content == (message.text, message.entities, message.markup):
        raise bad(NOT_MODIFIED)
    message.text, message.entities, message.markup = content
    message.edit_date = office.chats.seconds()
    office.chats.changed(chat, message)
    return office.chats.as_api(message)


def _delete(office: Office, chat: Chat, message: Message) -> None:
    if office.chats.seconds() - message.date > DELETABLE_FOR:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
    office.chats.changed(chat, message)
