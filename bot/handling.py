"""From a kept update to its answer: the desk decides in one transaction, then the reply leaves.

Whatever happens in between, an update is handled once: its effect, the mark that it is handled and its reply
are one commit. A reply is sent at least once: after a crash it is sent again. It refuses to know what the
desk decides.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeAlias

from bot import mishaps, replies
from bot.incoming import Incoming
from bot.pace import Pace
from bot.replies import Reply
from bot.sending import Outcome, Sender
from procedure.notices import Json
from store import updates
from store.engine import Store
from store.transaction import Transaction

log = logging.getLogger(__name__)

Clock: TypeAlias = Callable[[], datetime]
Desk: TypeAlias = Callable[[Transaction, Incoming, datetime], Reply]
"""What an update means: its effect is written, its reply is given. It may be run again from the start."""

Blocked: TypeAlias = Callable[[Transaction, int, datetime], None]
"""What follows when the person of this chat has blocked the bot."""

SECONDS_TO_GATHER: Final = 0.2


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kept update that waits for its turn; after a restart perhaps handled already, with its reply."""

    incoming: Incoming
    reply: Reply | None = None


def still_open(tx: Transaction) -> list[Waiting]:
    """What was kept and not brought to its end, in the order of arrival.

    A message that a later reply edits again is not edited by an earlier one: no old screen passes by.
    """
    waiting = [
        Waiting(_read(row.payload), replies.from_json(row.reply) if row.handled else None)
        for row in updates.open_updates(tx)
    ]
    edited: set[Any] = set()
    for place, one in reversed(list(enumerate(waiting))):
        if one.reply is not None:
            waiting[place] = replace(one, reply=tuple(c for c in one.reply if c.edits not in edited))
            edited |= {call.edits for call in one.reply} - {None}
    return waiting


class Marks:
    """Gathers the updates whose replies were sent, and marks several in one commit.

    A mark that a crash swallows means that the reply is sent again. That is nothing where it edits a message
    into what it says already, so such marks wait for company; those of new messages are written at once.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._sent: list[int] = []
        self._any = asyncio.Event()
        self._urgent = asyncio.Event()

    def add(self, update_id: int, reply: Reply) -> None:
        """This update's reply was sent."""
        self._sent.append(update_id)
        self._any.set()
        if any(call.method.startswith("send") for call in reply):
            self._urgent.set()

    async def run(self) -> None:
        """Mark what gathers, until cancelled."""
        while True:
            await self._any.wait()
            with suppress(TimeoutError):
                async with asyncio.timeout(SECONDS_TO_GATHER):
                    await self._urgent.wait()
            await self.flush()

    async def flush(self) -> None:
        """Mark what has gathered. What cannot be written, or is cancelled, is kept for the next time."""
        sent = tuple(self._sent)
        self._any.clear()
        self._urgent.clear()
        try:
            await self._store.run(partial(updates.answered, update_ids=sent, now=self._clock()))
        except Exception:  # the service outlives a full disk
            log.exception("non riesco a segnare %d risposte come inviate", len(sent))
        else:
            del self._sent[: len(sent)]


@dataclass(frozen=True, slots=True)
class Parts:
    """What handling and pushing share."""

    store: Store
    sender: Sender
    clock: Clock
    pace: Pace


class Handling:
    """What is done with one waiting update; given to `OneAtATime`.

    Args:
        parts: what carries; its pace is told of every reply, so that pushes leave room.
        marks: told of every update whose reply was sent.
        desk: decides.
        blocked: run in a transaction when Telegram says that the person blocked the bot.
    """

    def __init__(self, parts: Parts, marks: Marks, *, desk: Desk, blocked: Blocked) -> None:
        self._store = parts.store
        self._sender = parts.sender
        self._clock = parts.clock
        self._pace = parts.pace
        self._marks = marks
        self._desk = desk
        self._blocked = blocked

    async def handle(self, waiting: Waiting) -> None:
        """Bring one update to its end."""
        incoming = waiting.incoming
        reply = waiting.reply
        if reply is None:
            reply = await self._decide(incoming)
        if not reply:
            if waiting.reply is not None:  # handled before a restart, and a later reply says it all
                self._marks.add(incoming.update_id, reply)
            return
        self._pace.replied(asyncio.get_running_loop().time())
        outcome = await self._sender.send(reply)
        if outcome is Outcome.BLOCKED and incoming.chat_id is not None:
            await self._store.run(partial(_said_blocked, self._blocked, incoming.chat_id, self._clock()))
        self._marks.add(incoming.update_id, reply)

    async def _decide(self, incoming: Incoming) -> Reply:
        try:
            return await self._store.run(partial(_unit, self._desk, incoming, self._clock()))
        except Exception as error:  # whatever it is, the person gets one kind sentence
            mishaps.note(incoming, error)
        return await self._apologise(incoming)

    async def _apologise(self, incoming: Incoming) -> Reply:
        """End the update with an apology; if that cannot be written, it stays open until the next start."""
        reply = mishaps.apology(incoming)
        try:
            await self._store.run(partial(_settled, incoming.update_id, reply, self._clock()))
        except Exception as error:  # as above
            mishaps.note(incoming, error)
        return reply


def _unit(desk: Desk, incoming: Incoming, now: datetime, tx: Transaction) -> Reply:
    reply = desk(tx, incoming, now)
    _settled(incoming.update_id, reply, now, tx)
    return reply


def _settled(update_id: int, reply: Reply, now: datetime, tx: Transaction) -> None:
    updates.handled(tx, update_id, replies.to_json(reply) if reply else None, now)


def _said_blocked(blocked: Blocked, chat_id: int, now: datetime, tx: Transaction) -> None:
    blocked(tx, chat_id, now)


def _read(payload: Json) -> Incoming:
    return Incoming.from_payload(payload if isinstance(payload, dict) else {})
