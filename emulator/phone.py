"""A person's phone, for tests and for the page: what she does on it, and what she sees.

What she does becomes an update at once; what she sees is awaited by event, never by sleeping. It refuses to
know how the bot is reached.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from emulator.chats import Chat, Message, Toast
from emulator.feed import Feed
from emulator.formatting import commands_in
from emulator.keyboards import labels
from emulator.methods import Office
from emulator.params import Upload
from emulator.sample import photo
from emulator.state import Json

PATIENCE = 10.0  # seconds a test waits for the bot before it says what stands on the screen

PHOTO = photo()


class NotOnScreenError(AssertionError):
    """What was to be tapped, or was awaited, is not there; the message prints the screen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the phone shows it now.

    Attributes:
        text: without markup.
        buttons: the rows of labels under it.
        revision: grows with each change of the chat.
    """

    message_id: int
    text: str
    buttons: tuple[tuple[str, ...], ...]
    from_bot: bool
    edited: bool
    deleted: bool
    silent: bool
    media: Json
    revision: int

    @property
    def labels(self) -> list[str]:
        """All the labels, in reading order."""
        return [label for row in self.buttons for label in row]

    def __str__(self) -> str:
        who = "bot" if self.from_bot else "  →"
        rows = "".join(f"\n      {' '.join(f'[{label}]' for label in row)}" for row in self.buttons)
        state = "".join(f" ({word})" for word in ("edited", "deleted") if getattr(self, word))
        media = f" {[*self.media]}" if self.media else ""
        return f"{self.message_id:>4} {who} {self.text!r}{media}{state}{rows}"


T = TypeVar("T")
Wanted = str | Callable[[Shown], bool]


class Phone:
    """One person's phone."""

    def __init__(self, office: Office, feed: Feed, chat: Chat) -> None:
        self._office = office
        self._feed = feed
        self._chat = chat
        self._heard = chat.revision

    # ---- what she does ---------------------------------------------------------------------------

    def start(self, payload: str = "") -> int:
        """Tap "Avvia", or open a link with its payload; unblocks the bot. Gives the message_id."""
        if self._chat.blocked:
            self.unblocks_the_bot()
        return self.says(f"/start {payload}".strip())

    def says(self, text: str, *, reply_to: int | None = None) -> int:
        """Write a text, maybe in reply to a message; gives the message_id."""
        return self._send(text=text, entities=commands_in(text), reply_to=reply_to)

    def taps(
        self, what: str | None = None, *, message: "int | Shown | None" = None, index: int | None = None
    ) -> str | None:
        """Tap a button by its label or the beginning of it, or by its index in reading order.

        It is looked for on the newest message that has it, or on `message` alone. A button of the reply
        keyboard sends its text.

        Returns:
            The callback query's id, or None when a text was sent.

        Raises:
            NotOnScreenError: no such button; lists those there are.
        """
        found = self._find(what, message, index)
        if found is not None:
            return self._tap(*found)
        for label in labels(self._chat.keyboard["keyboard"]) if self._chat.keyboard else ():
            if _fits(label, what):
                self._press(label)
                return None
        raise NotOnScreenError(f"no button {what if what is not None else index!r} to tap.\n{self._print()}")

    def taps_old(self, message_id: int, data: str) -> str:
        """Tap a button that is no longer there: one tapped twice, or on a phone that has not redrawn yet."""
        message = self._chat.messages.get(message_id)
        if message is None:
            raise NotOnScreenError(f"no message {message_id} ever stood there.\n{self._print()}")
        return self._query(message, data)

    def sends_photo(self, caption: str = "", content: bytes = PHOTO) -> int:
        """Send a photo; gives the message_id."""
        return self._send_file("photo", Upload("photo.png", content, "image/png"), caption)

    def sends_document(
        self, name: str = "modulo.pdf", content: bytes = b"%PDF-1.4", caption: str = ""
    ) -> int:
        """Send a document; gives the message_id."""
        return self._send_file("document", Upload(name, content, "application/pdf"), caption)

    def sends_voice(self, content: bytes = b"OggS") -> int:
        """Send a voice message; gives the message_id."""
        return self._send_file("voice", Upload("voice.oga", content, "audio/ogg"), "")

    def edits(self, message_id: int, text: str) -> None:
        """Correct a text sent before."""
        message = self._chat.messages[message_id]
        message.text, message.entities = text, commands_in(text)
        message.edit_date = self._office.chats.seconds()
        self._acts()
        self._office.chats.changed(self._chat, message)
        self._office.updates.add("edited_message", self._office.chats.as_api(message))

    def blocks_the_bot(self) -> None:
        """Block the bot: from now on it is refused with a 403."""
        self._membership(blocked=True)

    def unblocks_the_bot(self) -> None:
        """Take it back."""
        self._membership(blocked=False)

    def forgets(self) -> None:
        """From here on `hears` counts only what comes later (as it does after each thing done)."""
        self._heard = self._chat.revision

    # ---- what she sees ---------------------------------------------------------------------------

    @property
    def user_id(self) -> int:
        """Telegram's number of the person and of the chat."""
        return self._chat.id

    @property
    def has_started(self) -> bool:
        """Whether the person ever wrote."""
        return self._chat.started

    @property
    def screen(self) -> list[Shown]:
        """What stands in the chat now, oldest first; deleted messages are gone."""
        return [shown for shown in self.history if not shown.deleted]

    @property
    def history(self) -> list[Shown]:
        """Everything that ever stood in the chat, deleted messages too."""
        return [_shown(message) for message in self._chat.messages.values()]

    @property
    def last(self) -> Shown:
        """The newest message of the bot on the screen.

        Raises:
            NotOnScreenError: the bot has not written.
        """
        for message in reversed(self._chat.messages.values()):
            if message.from_bot and not message.deleted:
                return _shown(message)
        raise NotOnScreenError("the bot has not written")

    @property
    def toasts(self) -> list[Toast]:
        """The answers to taps that had a text, oldest first."""
        return [answer for answer in self._chat.answers if answer.text]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard in place."""
        rows = self._chat.keyboard["keyboard"] if self._chat.keyboard else []
        return [labels([row]) for row in rows]

    async def hears(self, wanted: Wanted = "", timeout: float = PATIENCE) -> Shown:  # noqa: ASYNC109 -- a safety net that prints the screen, not a cancel scope
        """Wait for a message of the bot, written or edited since the last thing this phone did.

        It contains the text or satisfies the predicate.

        Raises:
            NotOnScreenError: it did not within `timeout` seconds; prints the screen.
        """
        return await self._until(lambda: self._news(wanted), f"{wanted!r} was not heard", timeout)

    async def hears_toast(self, text: str = "", timeout: float = PATIENCE) -> Toast:  # noqa: ASYNC109 -- as above
        """Wait until a toast contains the text; toasts shown before count.

        Raises:
            NotOnScreenError: none did within `timeout` seconds.
        """
        find = lambda: next((t for t in reversed(self.toasts) if text in t.text), None)  # noqa: E731 -- one line, used once
        return await self._until(find, f"no toast said {text!r}", timeout)

    async def is_answered(self, callback_id: str, timeout: float = PATIENCE) -> Toast:  # noqa: ASYNC109 -- as above
        """Wait until the tap with this callback query id is answered, with text or without.

        Raises:
            NotOnScreenError: it was not within `timeout` seconds.
        """
        find = lambda: next((a for a in self._chat.answers if a.callback_id == callback_id), None)  # noqa: E731 -- as above
        return await self._until(find, f"the tap {callback_id} was not answered", timeout)

    async def sees(self, condition: Callable[["Phone"], bool], timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 -- as above
        """Wait until the condition on the whole phone holds, such as a message being gone.

        Raises:
            NotOnScreenError: it did not within `timeout` seconds.
        """
        await self._until(lambda: True if condition(self) else None, "what was awaited did not come", timeout)

    # ---- inside ----------------------------------------------------------------------------------

    async def _until(self, find: Callable[[], T | None], sorry: str, seconds: float) -> T:
        try:
            return await self._feed.until(self._chat.topic, find, seconds)
        except TimeoutError:
            raise NotOnScreenError(f"{sorry} in {seconds:g} s.\n{self._print()}") from None

    def _news(self, wanted: Wanted) -> Shown | None:
        for message in reversed(self._chat.messages.values()):
            if message.from_bot and not message.deleted and message.revision > self._heard:
                shown = _shown(message)
                if wanted in shown.text if isinstance(wanted, str) else wanted(shown):
                    return shown
        return None

    def _acts(self) -> None:
        self._chat.started = True
        self.forgets()

    def _send(self, **content: Any) -> int:
        first = not self._chat.started
        self._acts()
        message = self._office.chats.add(self._chat, from_bot=False, **content)
        if first:
            self._office.chats.keep(self._chat)
        self._office.updates.add("message", self._office.chats.as_api(message))
        return message.message_id

    def _send_file(self, kind: str, upload: Upload, caption: str) -> int:
        return self._send(text=caption, media=self._office.files.add(kind, upload).as_media())

    def _press(self, label: str) -> None:
        self.says(label)
        if self._chat.keyboard and self._chat.keyboard.get("one_time_keyboard"):
            self._chat.keyboard = None
            self._office.chats.keep(self._chat)

    def _find(
        self, what: str | None, message: "int | Shown | None", index: int | None
    ) -> tuple[Message, Json] | None:
        number = message.message_id if isinstance(message, Shown) else message
        for candidate in reversed(self._chat.messages.values()):
            if candidate.deleted or not candidate.markup or number not in {None, candidate.message_id}:
                continue
            buttons = [button for row in candidate.buttons for button in row]
            if index is not None and index < len(buttons):
                return candidate, buttons[index]
            fitting = [b for b in buttons if _fits(b["text"], what)]
            if fitting:
                return candidate, min(fitting, key=lambda b: len(b["text"]))
        return None

    def _tap(self, message: Message, button: Json) -> str:
        if "callback_data" not in button:
            raise NotOnScreenError(
                f"the button [{button['text']}] opens {button.get('url')}: nothing reaches the bot"
            )
        return self._query(message, button["callback_data"])

    def _query(self, message: Message, data: str) -> str:
        self._acts()
        query_id = f"{self._chat.id}{next(_QUERIES):06}{self._office.updates.last_id + 1}"
        self._office.queries[query_id] = self._chat
        query = {"id": query_id, "from": self._chat.user, "message": self._office.chats.as_api(message)}
        self._office.updates.add(
            "callback_query", query | {"chat_instance": str(self._chat.id), "data": data}
        )
        return query_id

    def _membership(self, *, blocked: bool) -> None:
        was, self._chat.blocked = self._chat.blocked, blocked
        self._office.chats.keep(self._chat)
        change = {"chat": self._chat.as_api(), "from": self._chat.user, "date": self._office.chats.seconds()}
        change["old_chat_member"] = self._member(blocked=was)
        change["new_chat_member"] = self._member(blocked=blocked)
        self._office.updates.add("my_chat_member", change)

    def _member(self, *, blocked: bool) -> Json:
        bot = {"user": self._office.chats.bot}
        return bot | ({"status": "kicked", "until_date": 0} if blocked else {"status": "member"})

    def _print(self) -> str:
        rows = [str(shown) for shown in self.screen[-12:]] or ["(empty)"]
        keyboard = [f"     keyboard: {self.keyboard}"] if self._chat.keyboard else []
        toasts = [f"     toast: {toast.text!r}" for toast in self.toasts[-3:]]
        return "\n".join([f"Screen of {self._chat.user['first_name']}:", *rows, *keyboard, *toasts])


_QUERIES = count(1)


def _fits(label: str, what: str | None) -> bool:
    """Whether the label begins with what is looked for, emoji and capitals aside."""
    if what is None:
        return False
    plain = label.casefold()
    wanted = what.casefold()
    return plain.startswith(wanted) or plain.lstrip("".join(c for c in plain if not c.isalnum())).startswith(
        wanted
    )


def _shown(message: Message) -> Shown:
    return Shown(
        message_id=message.message_id,
        text=message.text,
        buttons=tuple(tuple(labels([row])) for row in message.buttons),
        from_bot=message.from_bot,
        edited=message.edit_date is not None,
        deleted=message.deleted,
        silent=message.silent,
        media=message.media,
        revision=message.revision,
    )
