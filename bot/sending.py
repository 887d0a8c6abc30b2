"""Carrying a reply to Telegram, whatever Telegram says to it: what is success, what is tried again,
what is not.

Every rule about Telegram's answers stands here. It refuses to know what a reply says and who drew it.
"""

import asyncio
import enum
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.replies import EDITS, Call, Reply
from bot.wire import FloodError
from bot.wire import call as call_telegram
from procedure.notices import Json

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0

Pause = Callable[[float], Awaitable[object]]
AfterSend = Callable[[Json, int], Awaitable[None]]
"""Told of each new message whose call had a `remember`: its value, and the message's id."""


class Outcome(enum.Enum):
    """How a whole reply ended."""

    SENT = "sent"
    BLOCKED = "blocked"  # the person blocked the bot, or left Telegram
    REFUSED = "refused"  # Telegram finds a call wrong and always will; the log says which


class Fate(enum.Enum):
    """What to do about an error."""

    FINE = "fine"  # the wished state holds already, or no longer matters
    ANEW = "anew"  # the message to edit is gone: send it as a new one
    AGAIN = "again"
    BLOCKED = "blocked"
    REFUSED = "refused"


_NO_LONGER_MATTERS: Final = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
    "message to delete not found",
    "message can't be deleted",
)
_GONE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message not found",
)
_UNREACHABLE: Final = ("chat not found", "user is deactivated", "peer_id_invalid")


def fate(call: Call, error: TelegramError) -> Fate:
    """What an error means for this call."""
    if isinstance(error, Forbidden):
        return Fate.BLOCKED
    if isinstance(error, BadRequest):
        return _fate_of_a_bad_request(call, error.message.lower())
    unknown_method = isinstance(error, InvalidToken) and error.message == "Not Found"
    return Fate.REFUSED if unknown_method or isinstance(error, ChatMigrated) else Fate.AGAIN


def _fate_of_a_bad_request(call: Call, said: str) -> Fate:
    if any(words in said for words in _NO_LONGER_MATTERS):
        return Fate.FINE
    if call.method in EDITS and any(words in said for words in _GONE):
        return Fate.ANEW if call.as_new_message() else Fate.FINE
    return Fate.BLOCKED if any(words in said for words in _UNREACHABLE) else Fate.REFUSED


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: half a second, doubled each time, up to thirty."""
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE)


class Sender:
    """Carries replies over one bot's wire.

    Args:
        bot: whose token and wire to use.
        after_send: told which message a `remember` became.
        pause: waits so many seconds.
    """

    def __init__(self, bot: Bot, after_send: AfterSend, pause: Pause = asyncio.sleep) -> None:
        self._bot = bot
        self._after_send = after_send
        self._pause = pause

    async def send(self, reply: Reply) -> Outcome:
        """Send every call, in order, each until it is through: for as long as it takes."""
        return await self._each(reply, self._until_through)

    async def try_once(self, reply: Reply) -> Outcome:
        """Send every call, in order, each once.

        Raises:
            TelegramError: the network failed, or FloodError; whoever keeps the reply tries again later.
        """
        return await self._each(reply, self._once)

    async def _each(self, reply: Reply, carry: Callable[[Call], Awaitable[Outcome]]) -> Outcome:
        worst = Outcome.SENT
        for call in reply:
            match await carry(call):
                case Outcome.BLOCKED:
                    return Outcome.BLOCKED
                case Outcome.REFUSED:
                    worst = Outcome.REFUSED
        return worst

    async def _until_through(self, call: Call) -> Outcome:
        failures = 0
        while True:
            try:
                return await self._once(call)
            except FloodError as error:
                await self._pause(error.seconds)
            except TelegramError as error:
                failures += 1
                if failures == 1:
                    log.warning("%s non parte (%s): si riprova", call.method, type(error).__name__)
                await self._pause(pause_after(failures))

    async def _once(self, call: Call) -> Outcome:
        """One attempt. Raises only what is worth another."""
        try:
            result = await call_telegram(self._bot, call.method, call.params)
        except TelegramError as error:
            return await self._despite(call, error)
        if call.remember is not None and (message_id := _new_message(call, result)) is not None:
            await self._after_send(call.remember, message_id)
        return Outcome.SENT

    async def _despite(self, call: Call, error: TelegramError) -> Outcome:
        match fate(call, error):
            case Fate.FINE:
                return Outcome.SENT
            case Fate.BLOCKED:
                return Outcome.BLOCKED
            case Fate.REFUSED:
                log.error("Telegram rifiuta %s: %s", call.method, error.message)
                return Outcome.REFUSED
            case Fate.ANEW if anew := call.as_new_message():
                return await self._once(anew)
        raise error


def _new_message(call: Call, result: Any) -> int | None:
    """The id of the message that the call made; None where it changed one, whose id the caller knew."""
    made = result.get("message_id") if isinstance(result, dict) else None
    return None if made == call.params.get("message_id") else made
