"""The service in a process of its own, which a test kills: `python -m tests.bot.child URL DATABASE DIE_AT`.

Its desk counts each person's taps in the audit, so that an update that was handled twice shows.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from bot.application import Hooks, TelegramService
from bot.incoming import Incoming
from bot.push import Telling
from bot.replies import Call, Reply
from store import audit
from store.engine import open_store
from store.transaction import Transaction
from tests.bot.conftest import TOKEN, asked, rewritten

ALL = 10_000  # more lines than any test writes


def desk(tx: Transaction, incoming: Incoming, now: datetime) -> Reply:
    """`/start` asks; each tap is noted, and its message says how many there were."""
    if incoming.kind != "tap":
        return (asked(incoming.chat_id, "Visto?"),)
    audit.note(tx, now, str(incoming.chat_id), "tap", {"update": incoming.update_id})
    taps = sum(note.who == str(incoming.chat_id) for note in audit.latest(tx, ALL))
    toast = Call("answerCallbackQuery", {"callback_query_id": incoming.callback_id})
    return rewritten(incoming, f"Visto {taps} volte"), toast


def dying_at(point: int) -> Callable[[int], None]:
    """Kills this process, as `kill -9` does, at that point of the store's commits (0: never)."""

    def reached(number: int) -> None:
        if number == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


async def main(base_url: str, database_url: str, die_at: int) -> None:
    """Serve until killed."""
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    hooks = Hooks(desk, Telling(lambda *_: (), lambda *_: None), lambda *_: None, lambda *_: None)
    async with open_store(database_url, dying_at(die_at)) as store:
        service = TelegramService(
            token=TOKEN, base_url=base_url, webhook=None, store=store, hooks=hooks, clock=lambda: moment
        )
        async with service, asyncio.TaskGroup() as tasks:
            await service.run(tasks)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
