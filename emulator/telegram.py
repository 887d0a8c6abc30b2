"""Telegram, as far as a bot and its people can tell: the Bot API on one side, the phones on the other.

The bot comes in by HTTP (`emulator/bot_http.py`) and is answered here; the people come in by `phone`. It
refuses to know what the bot is for.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.bot_profile import Profile
from emulator.chats import Chats
from emulator.faults import Fault, Faults, Kind
from emulator.feed import Feed
from emulator.files import Files
from emulator.methods import METHODS, Office
from emulator.params import Asked
from emulator.phone import Phone
from emulator.state import Journal, Json
from emulator.updates import Updates
from emulator.wording import ApiError

_CALLS_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot.

    Attributes:
        method: as the bot spelled it.
        at: by the emulator's clock.
        error: Telegram's sentence when it was refused, else None.
    """

    method: str
    params: Json
    at: datetime
    error: str | None = None


class Telegram:
    """The whole of it.

    Args:
        token: the only one that is let in.
        now: the emulator's clock.
    """

    def __init__(
        self,
        token: str,
        journal: Journal,
        feed: Feed,
        now: Callable[[], datetime],
        *,
        bot_name: str = "Dopovisita",
        bot_username: str = "dopovisita_demo_bot",
    ) -> None:
        self.token = token
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self._now = now
        self._feed = feed
        profile = Profile(journal, token, name=bot_name, username=bot_username)
        chats = Chats(journal, feed, now, profile.user)
        self.office = Office(chats, Updates(journal), Files(journal), profile)
        self._phones: dict[int, Phone] = {}
        self._remember_queries()

    # ---- for tests and the page ------------------------------------------------------------------

    def phone(self, user_id: int, first_name: str = "Ada", **user: str) -> Phone:
        """The phone of a person (always the same object); who is new is enrolled.

        Args:
            user_id: Telegram's number of the person and of the chat.
            first_name: of who is new.
            user: more fields of the Bot API's User, such as last_name or username.
        """
        if user_id not in self._phones:
            chat = self.office.chats.enrol({"id": user_id, "first_name": first_name} | user)
            self._phones[user_id] = Phone(self.office, self._feed, chat)
        return self._phones[user_id]

    def calls_of(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The calls of a method, oldest first, maybe about one chat only."""
        return [
            call
            for call in self.calls
            if call.method.lower() == method.lower() and chat_id in {None, call.params.get("chat_id")}
        ]

    def fails(self, kind: Kind, times: int = 1, *, method: str | None = None, **more: Any) -> None:
        """Order trouble for the next calls; `more` are the fields of `emulator.faults.Fault`."""
        self.faults.add(Fault(kind, times, method, **more))

    def duplicates_next(self, updates: int = 1) -> None:
        """Deliver twice each of the next updates that people cause, with the same update_id."""
        self.office.updates.duplicate_next(updates)

    def redelivers(self, update_id: int | None = None) -> None:
        """Deliver an update once more (default: the last delivered), confirmed or not."""
        self.office.updates.redeliver(update_id)

    @contextmanager
    def burst(self) -> Iterator[None]:
        """Hold what the phones do in the block, and deliver it all at its end."""
        self.office.updates.hold()
        try:
            yield
        finally:
            self.office.updates.release()

    def reset(self) -> None:
        """Empty the chats, forget pending updates and recorded calls; the bot's profile stays."""
        self.office.profile.reset()
        self.office.updates.reset()
        self.office.files.reset()
        self.office.chats.reset()
        self.office.queries.clear()
        self.faults.clear()
        self.calls.clear()

    # ---- for the bot -----------------------------------------------------------------------------

    async def answer(self, token: str, method: str, asked: Asked) -> Any:  # any JSON value
        """Do what the bot asks and give the `result`.

        Raises:
            ApiError: what Telegram refuses, in its words.
        """
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        try:
            result = await self._do(method.lower(), asked)
        except ApiError as error:
            self.calls.append(Call(method, asked.params, self._now(), error.description))
            raise
        self.calls.append(Call(method, asked.params, self._now()))
        return result

    async def _do(self, method: str, asked: Asked) -> Any:  # any JSON value
        if method == "getupdates":
            seconds = min(max(asked.get("timeout", 0), 0), 50)
            limit = min(max(asked.get("limit", 100), 1), 100)
            updates = self.office.updates
            return await updates.poll(asked.get("offset", 0), limit, seconds, asked.get("allowed_updates"))
        if method not in METHODS:
            raise ApiError(404, "Not Found: method not found")
        return METHODS[method](self.office, asked)

    def _remember_queries(self) -> None:
        """Taps that were pending when the emulator went down can still be answered."""
        for update in self.office.updates.pending.values():
            query = update.get("callback_query")
            chat = self.office.chats.get(query["from"]["id"]) if query else None
            if query and chat:
                self.office.queries[query["id"]] = chat
