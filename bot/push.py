"""The chat carrier of the outbox: what is told to people without their asking.

A row is claimed, drawn in a transaction, sent outside any, and settled. A crash between sent and
settled sends it once more: a chat message is at least once. It refuses to know what is told, when a person
may be written to, and whom a failure concerns.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final, TypeAlias

from telegram.error import TelegramError

from bot.handling import Parts
from bot.replies import Call, Reply
from bot.sending import Outcome, Pause
from bot.wire import FloodError
from store import outbox
from store.outbox import Channel, OutboxRow
from store.transaction import Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PutOff:
    """Not now: its receiver is not written to at this hour."""

    until: datetime


Draw: TypeAlias = Callable[[Transaction, OutboxRow, datetime], Reply | PutOff]
"""The calls that tell what the row says; none where there is nothing to tell by chat; or not yet."""

Failed: TypeAlias = Callable[[Transaction, OutboxRow, datetime, str], None]
"""What follows when a row can never be told by chat, and why: it goes by mail, say."""

AT_ONCE: Final = 30
LEASE: Final = timedelta(minutes=5)
LOOK_EVERY: Final = 1.0  # seconds
GIVE_UP_AFTER: Final = timedelta(days=2)  # from when it was queued
TRIES_AT_LEAST: Final = 12  # over an hour of them: what waited for Monday has its chance then


@dataclass(frozen=True, slots=True)
class Telling:
    """What the carrier asks of the rooms above it."""

    draw: Draw
    failed: Failed


class PushCarrier:
    """Drains the outbox's chat rows until cancelled."""

    def __init__(self, parts: Parts, telling: Telling, pause: Pause) -> None:
        self._store = parts.store
        self._sender = parts.sender
        self._clock = parts.clock
        self._pace = parts.pace
        self._telling = telling
        self._pause = pause
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something was queued: look now."""
        self._news.set()

    def stop(self) -> None:
        """Let `run` return once what it carries is settled."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Carry until stopped. What the store raises is logged, and the next look tries again."""
        while not self._stopping:
            self._news.clear()
            try:
                while await self.carry_due() and not self._stopping:
                    pass
            except Exception:  # the service outlives a full disk
                log.exception("i messaggi in uscita non partono: si riprova")
            await self._until_news()

    async def _until_news(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                await self._news.wait()

    async def carry_due(self) -> int:
        """Carry the rows that are due now, each in its own time; how many there were."""
        rows = await self._store.run(partial(_claimed, self._clock()))
        async with asyncio.TaskGroup() as tasks:
            for row in rows:
                tasks.create_task(self._carry(row))
        return len(rows)

    async def _carry(self, row: OutboxRow) -> None:
        try:
            reply = await self._store.run(partial(self._drawn, row))
            if reply is None:
                return
            outcome = await self._send(reply)
        except TelegramError as error:
            await self._store.run(partial(self._try_later, row, error))
        except Exception:
            log.exception("il messaggio %s non si può scrivere", row.key)
            await self._store.run(partial(self._give_up, row, "not drawn"))
        else:
            await self._store.run(partial(self._settle, row, outcome))

    def _drawn(self, row: OutboxRow, tx: Transaction) -> Reply | None:
        """The calls that tell it; None where it was put off."""
        drawn = self._telling.draw(tx, row, self._clock())
        if isinstance(drawn, PutOff):
            outbox.put_off(tx, row.id, drawn.until)
            return None
        return drawn

    async def _send(self, reply: Reply) -> Outcome:
        for wait in (self._pace.wait(chat, asyncio.get_running_loop().time()) for chat in _chats(reply)):
            if wait > 0:
                await self._pause(wait)
        return await self._sender.try_once(reply)

    def _settle(self, row: OutboxRow, outcome: Outcome, tx: Transaction) -> None:
        if outcome is Outcome.SENT:
            outbox.sent(tx, row.id, self._clock())
        else:
            self._give_up(row, outcome.value, tx)

    def _try_later(self, row: OutboxRow, error: TelegramError, tx: Transaction) -> None:
        if self._clock() - row.created_at >= GIVE_UP_AFTER and row.tries >= TRIES_AT_LEAST:
            self._give_up(row, error.message, tx)
        else:
            outbox.retry_at(tx, row.id, self._clock() + _later(row, error), error.message)

    def _give_up(self, row: OutboxRow, why: str, tx: Transaction) -> None:
        outbox.failed(tx, row.id, self._clock(), why)
        self._telling.failed(tx, row, self._clock(), why)


def _claimed(now: datetime, tx: Transaction) -> list[OutboxRow]:
    outbox.release_expired(tx, now)
    return outbox.claim(tx, Channel.CHAT, now, limit=AT_ONCE, lease=LEASE)


def _chats(reply: Reply) -> list[int]:
    """The chat of each call that makes a telephone ring."""
    return [chat for call in reply if call.method.startswith("send") and (chat := _chat(call)) is not None]


def _chat(call: Call) -> int | None:
    chat = call.params.get("chat_id")
    return chat if isinstance(chat, int) else None


def _later(row: OutboxRow, error: TelegramError) -> timedelta:
    if isinstance(error, FloodError):
        return timedelta(seconds=error.seconds)
    return timedelta(seconds=min(2**row.tries, 1800))
