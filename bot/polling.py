"""Fetching updates by getUpdates: the next request, which confirms a batch, leaves after the batch is kept.

The network may go away and come back: it is said once in the log, and tried again with longer and longer
pauses. It refuses to know what arrives.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from telegram import Bot
from telegram.error import TelegramError

from bot.sending import Pause, pause_after
from bot.wire import FloodError, call
from procedure.notices import Json

log = logging.getLogger(__name__)

KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
WAIT_SECONDS: Final = 30
AT_ONCE: Final = 100

Take = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
"""Keeps a batch, then has it handled; raises if it could not be kept."""


class Polling:
    """Fetches until cancelled. Never raises for what Telegram, the network or the store do."""

    def __init__(self, bot: Bot, take: Take, pause: Pause) -> None:
        self._bot = bot
        self._take = take
        self._pause = pause
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Fetch for ever."""
        while True:
            try:
                await self._turn()
            except Exception as error:  # the service outlives whatever stands in the way
                await self._rest(error)
            else:
                self._healed()

    async def _turn(self) -> None:
        batch = await call(self._bot, "getUpdates", self._question(), patience=WAIT_SECONDS + 10)
        if batch:
            await self._take(batch)
            self._offset = max(update["update_id"] for update in batch) + 1

    def _question(self) -> dict[str, Json]:
        question: dict[str, Json] = {"timeout": WAIT_SECONDS, "limit": AT_ONCE, "allowed_updates": [*KINDS]}
        return question if self._offset is None else question | {"offset": self._offset}

    async def _rest(self, error: Exception) -> None:
        self._failures += 1
        if self._failures == 1:
            trace = None if isinstance(error, TelegramError) else error
            log.warning("Telegram non si legge (%s): si riprova", _said(error), exc_info=trace)
        seconds = error.seconds if isinstance(error, FloodError) else pause_after(self._failures)
        await self._pause(seconds)

    def _healed(self) -> None:
        if self._failures:
            log.info("Telegram si legge di nuovo")
            self._failures = 0


def _said(error: Exception) -> str:
    return error.message if isinstance(error, TelegramError) else type(error).__name__
