"""The service while it runs: one task group for the chat, the two ends of the mail and the clock's ticks.

The only place that starts tasks of the service's own. It ends in good order on SIGTERM and Ctrl-C, and in any
order at all on `kill -9`: nothing lives only in memory.
"""

import asyncio
import gc
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from actions.tick import PARTS, Part
from dopovisita.assembly import House, open_house
from dopovisita.clock import Clock
from dopovisita.settings import Settings

log = logging.getLogger(__name__)

TICK = 30.0  # seconds between two looks at what is due


async def run_service(settings: Settings, clock: Clock | None = None) -> None:
    """Run until SIGTERM or Ctrl-C.

    Raises:
        CampaignError: the campaign file is wrong.
        Failure: the database does not open, or Telegram refuses the token.
    """
    async with open_house(settings, clock or Clock()) as house:
        with _asked_to_stop() as stop:
            gc.collect()
            gc.freeze()  # what is loaded stays; looking through it again would stop the chat for a moment
            log.info("servizio avviato: %s", house.office.campaign.name)
            await serve(house, stop)


async def serve(house: House, stop: asyncio.Event) -> None:
    """Run every part until `stop`; what was begun is finished first.

    Raises:
        Failure: a part found that it cannot work at all.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            chat = tasks.create_task(house.telegram.run(tasks))
            others = [
                tasks.create_task(house.postman.run()),
                tasks.create_task(house.mailbox.run()),
                tasks.create_task(_tick(house)),
            ]
            tasks.create_task(_stop_when_asked(house, stop, chat, others))
    except* Exception as failed:  # one sentence is worth more than a tree of them
        raise _first(failed) from None


async def _stop_when_asked(
    house: House, stop: asyncio.Event, chat: "asyncio.Task[None]", others: "list[asyncio.Task[None]]"
) -> None:
    await stop.wait()
    house.telegram.stop()
    await asyncio.wait([chat])
    for task in others:
        task.cancel()


async def _tick(house: House) -> None:
    """What is due is told; the plan comes from the store, so the next tick makes up for a missed one.

    A clock that is pushed forward while a tick is at work has the next one follow at once.
    """
    while True:
        began = house.clock.now()
        for part in PARTS:
            await _one_part(house, part)
        house.wake()
        if house.clock.now() - began < timedelta(seconds=TICK):
            await house.clock.rest(TICK)


async def _one_part(house: House, part: Part) -> None:
    """One part's fault is its own: the others run, and the next tick tries it again."""
    try:
        await house.store.run(lambda tx: part(tx, house.office, house.clock.now()))
    except Exception:  # the service outlives a full disk
        log.exception("il giro delle scadenze (%s) non è riuscito: si riprova", part.__name__)


@contextmanager
def _asked_to_stop() -> Iterator[asyncio.Event]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    try:
        yield stop
    finally:
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(one)


def _first(group: BaseExceptionGroup[Exception]) -> Exception:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found
