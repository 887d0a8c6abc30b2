"""The real service in a process of its own, on a clock that its parent moves: to be driven, killed, revived.

It talks in lines of JSON on its standard input and output: settings first, then orders, each answered when it
is done. "Done" means quiet: the clock's round is over, and nothing that may leave now is still waiting.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from actions.enrol import invite
from bot import pace
from dopovisita.assembly import House, open_house
from dopovisita.clock import ROME, Clock
from dopovisita.importing import import_file
from dopovisita.loop import run
from dopovisita.service import serve
from dopovisita.settings import settings_from
from mailer import mailbox
from store import people
from store.tables import letters, outbox
from store.transaction import Transaction

A_MOMENT = 0.002  # seconds between two looks at whether all is quiet


class PushedClock:
    """A clock that stands still until it is pushed, and knows when whoever waits for it waits again."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self._pushes = 0
        self._seen = 0
        self._pushed = asyncio.Event()
        self._waiting = asyncio.Event()

    async def moved(self) -> None:
        """Return once it was pushed since the last return."""
        if self._seen == self._pushes:
            self._waiting.set()
            await self._pushed.wait()
        self._seen = self._pushes
        self._pushed.clear()

    async def rests(self) -> None:
        """Wait until the round that runs, if any, is over."""
        await self._waiting.wait()

    async def push(self, moment: datetime) -> None:
        """Show this moment, and wait until the round that it sets off is over."""
        await self._waiting.wait()
        self._waiting.clear()
        self.moment = moment
        self._pushes += 1
        self._pushed.set()
        await self._waiting.wait()


class Servant:
    """Does what the parent orders, beside the service and in its process."""

    def __init__(self, house: House, clock: PushedClock) -> None:
        self._house = house
        self._clock = clock
        self._does: Mapping[str, Callable[[dict[str, Any]], Awaitable[Any]]] = {
            "to": self._to,
            "quiet": self._quiet,
            "load": self._load,
            "invite": self._invite,
        }

    async def obey(self, order: dict[str, Any]) -> Any:
        """Do it; what to answer."""
        return await self._does[order["do"]](order)

    async def _to(self, order: dict[str, Any]) -> None:
        await self._clock.push(datetime.fromisoformat(order["moment"]).astimezone(ROME))
        await self._quiet(order)

    async def _quiet(self, order: dict[str, Any]) -> None:
        await self._clock.rests()
        while await self._house.store.read(lambda tx: _is_busy(tx, self._clock.moment, order["letters"])):  # noqa: ASYNC110 -- see below
            await asyncio.sleep(A_MOMENT)  # the store has no bell that says "empty"

    async def _load(self, order: dict[str, Any]) -> None:
        report = await import_file(
            self._house.store,
            self._house.office.campaign,
            Path(order["path"]),
            who="prova",
            now=self._clock.moment,
        )
        if report.loaded is None:
            raise ValueError(f"the list was refused: {report.refused[:3]}")

    async def _invite(self, order: dict[str, Any]) -> str:
        def make(tx: Transaction) -> str:
            person = people.by_email(tx, order["email"])
            if person is None:
                raise LookupError(order["email"])
            return invite(tx, person, timedelta(days=7), self._clock.moment)

        return await self._house.store.run(make)


def _is_busy(tx: Transaction, now: datetime, expected_letters: int) -> bool:
    waiting = select(func.count()).where(outbox.c.done_at.is_(None), outbox.c.due_at <= now)
    settled = select(func.count()).where(letters.c.settled_at.is_not(None))
    return bool(tx.scalar(waiting)) or int(tx.scalar(settled) or 0) < expected_letters


async def _serve() -> None:
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    began = json.loads(await reader.readline())
    clock = PushedClock(datetime.fromisoformat(began["moment"]).astimezone(ROME))
    stop = asyncio.Event()
    settings = settings_from(began["settings"])
    async with (
        open_house(settings, Clock(lambda: clock.moment, clock.moved)) as house,
        asyncio.TaskGroup() as tasks,
    ):
        tasks.create_task(serve(house, stop))
        await _take_orders(reader, Servant(house, clock))
        stop.set()


async def _take_orders(reader: asyncio.StreamReader, servant: Servant) -> None:
    while line := await reader.readline():
        answer = await servant.obey(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    # a day passes in a tenth of a second here; Telegram's limit is of real seconds
    vars(pace).update(ALL_CHATS=0.0, ONE_CHAT=0.0)
    vars(mailbox).update(RENEW=2.0)  # a letter that an IDLE missed waits for the next one: not nine minutes
    run(_serve())
