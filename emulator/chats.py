"""The private chats between the bot and each person: what both sides would see on their screens.

Every change is written to the journal and told on the feed ("chat:<id>"). It refuses to know HTTP and the Bot
API's methods; it only speaks its objects (User, Message).
"""

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from emulator.feed import Feed
from emulator.state import Journal, Json


@dataclass(slots=True)
class Message:
    """A message of a chat, as it is now.

    Attributes:
        date: seconds since the epoch, by the emulator's clock; `edit_date` likewise.
        text: without markup; of a photo or document, its caption.
        media: the Bot API's fields of what is not text, such as {"photo": [...]}.
        markup: the inline keyboard, {"inline_keyboard": [...]}, or None.
        revision: the chat's count of changes when this message last changed.
    """

    message_id: int
    chat_id: int
    from_bot: bool
    date: int
    text: str
    entities: list[Json] = field(default_factory=list)
    media: Json = field(default_factory=dict)
    markup: Json | None = None
    reply_to: int | None = None
    silent: bool = False
    edit_date: int | None = None
    deleted: bool = False
    revision: int = 0

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of inline buttons."""
        return self.markup["inline_keyboard"] if self.markup else []


@dataclass(slots=True)
class Toast:
    """What the phone shows for a moment after a tap: the answer to a callback query."""

    callback_id: str
    text: str
    alert: bool


@dataclass(slots=True)
class Chat:
    """A private chat and the person in it.

    Attributes:
        started: the person has written at least once.
        keyboard: the ReplyKeyboardMarkup in place, or None.
        answers: the last answers to callback queries, with or without text.
        revision: counts the changes of its messages.
    """

    user: Json
    started: bool = False
    blocked: bool = False
    keyboard: Json | None = None
    menu_button: Json | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    answers: deque[Toast] = field(default_factory=lambda: deque(maxlen=500))
    revision: int = 0

    @property
    def id(self) -> int:
        """The chat's number, which is the person's."""
        return int(self.user["id"])

    @property
    def topic(self) -> str:
        """Where the feed tells of it."""
        return f"chat:{self.id}"

    def as_api(self) -> Json:
        """The Bot API's Chat."""
        names = {key: self.user[key] for key in ("first_name", "last_name", "username") if key in self.user}
        return {"id": self.id, "type": "private"} | names


class Chats:
    """All the chats, kept in the journal.

    Args:
        now: the emulator's clock.
        bot: the Bot API's User of the bot.
    """

    def __init__(self, journal: Journal, feed: Feed, now: Callable[[], datetime], bot: Json) -> None:
        self._journal = journal
        self._feed = feed
        self._now = now
        self.bot = bot
        self._by_id: dict[int, Chat] = {}
        self._last_message = 0
        self._load()

    def get(self, chat_id: int) -> Chat | None:
        """The chat of that number, if such a person exists."""
        return self._by_id.get(chat_id)

    def enrol(self, user: Json) -> Chat:
        """The chat of a person, who may be new."""
        chat = self._by_id.get(user["id"])
        if chat is None:
            chat = self._by_id[user["id"]] = Chat({"is_bot": False, "language_code": "it"} | user)
            self.keep(chat)
        return chat

    def add(self, chat: Chat, **content: Any) -> Message:  # the fields of Message
        """A new message, dated now."""
        self._last_message += 1
        message = Message(self._last_message, chat.id, date=self.seconds(), **content)
        chat.messages[message.message_id] = message
        self.changed(chat, message)
        return message

    def changed(self, chat: Chat, message: Message) -> None:
        """Write down and tell that the message is not what it was."""
        chat.revision += 1
        message.revision = chat.revision
        self._journal.put("message", message.message_id, asdict(message))
        self.tell(chat, "message", lambda: {"message": self.as_seen(message)})

    def keep(self, chat: Chat) -> None:
        """Write down and tell the state of the chat itself."""
        kept = ("user", "started", "blocked", "keyboard", "menu_button")
        self._journal.put("chat", chat.id, {name: getattr(chat, name) for name in kept})
        self.tell(chat, "chat", lambda: {n: getattr(chat, n) for n in ("keyboard", "blocked", "started")})

    def tell(self, chat: Chat, kind: str, data: Callable[[], Json]) -> None:
        """Publish on the chat's topic, with the person's number."""
        self._feed.publish(chat.topic, kind, lambda: {"user_id": chat.id} | data())

    def seconds(self) -> int:
        """Now, in seconds since the epoch."""
        return int(self._now().timestamp())

    def latest(self) -> int:
        """The date of the newest message, in seconds since the epoch, or 0."""
        return max(
            (m.edit_date or m.date for c in self._by_id.values() for m in c.messages.values()), default=0
        )

    def as_api(self, message: Message, *, with_reply: bool = True) -> Json:
        """The Bot API's Message; of a deleted one, its InaccessibleMessage."""
        chat = self._by_id[message.chat_id]
        found: Json = {"message_id": message.message_id, "chat": chat.as_api(), "date": message.date}
        if message.deleted:
            return found | {"date": 0}
        found["from"] = self.bot if message.from_bot else chat.user
        found |= _content(message)
        replied = chat.messages.get(message.reply_to or 0)
        if with_reply and replied and not replied.deleted:
            found["reply_to_message"] = self.as_api(replied, with_reply=False)
        return found

    def as_seen(self, message: Message) -> Json:
        """What the page draws of a message."""
        names = (
            "message_id",
            "from_bot",
            "date",
            "text",
            "entities",
            "media",
            "reply_to",
            "silent",
            "deleted",
        )
        seen = {name: getattr(message, name) for name in names}
        return seen | {"edited": message.edit_date is not None, "buttons": message.buttons}

    def reset(self) -> None:
        """Empty every chat; the persons stay, as people who have not yet written."""
        for chat in self._by_id.values():
            chat.messages.clear()
            chat.answers.clear()
            chat.started, chat.blocked, chat.keyboard, chat.menu_button = False, False, None, None
            self.keep(chat)

    def _load(self) -> None:
        for stored in self._journal.table("chat").values():
            self._by_id[stored["user"]["id"]] = Chat(**stored)
        for number, stored in self._journal.table("message").items():
            message = Message(**stored)
            chat = self._by_id[message.chat_id]
            chat.messages[int(number)] = message
            chat.revision = max(chat.revision, message.revision)
            self._last_message = max(self._last_message, int(number))


def _content(message: Message) -> Json:
    content: Json = dict(message.media)
    word = "caption" if message.media else "text"
    if message.text:
        content[word] = message.text
    if message.entities:
        content["entities" if word == "text" else "caption_entities"] = message.entities
    if message.markup:
        content["reply_markup"] = message.markup
    if message.edit_date is not None:
        content["edit_date"] = message.edit_date
    return content
