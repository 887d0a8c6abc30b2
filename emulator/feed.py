"""How the emulator says that something changed: to whoever waits for it, and to the page in the browser.

Topics are plain strings ("chat:7", "mail:ra@example.org", "clock"), so a waiter is woken by its own topic
alone and five hundred phones may wait at once. The feed refuses to know what is said on it.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Event:
    """One change: its topic, its kind ("message", "letter", "clock"…), what a page needs to draw it."""

    topic: str
    kind: str
    data: dict[str, Any]


class Feed:
    """The emulator's own news."""

    def __init__(self) -> None:
        self._waiters: dict[str, set[asyncio.Future[None]]] = {}
        self._readers: set[asyncio.Queue[Event]] = set()

    def publish(self, topic: str, kind: str, data: Callable[[], dict[str, Any]]) -> None:
        """Wake the waiters of the topic; `data` is only drawn up when a page is looking."""
        for waiter in self._waiters.pop(topic, ()):
            if not waiter.done():
                waiter.set_result(None)
        if self._readers:
            event = Event(topic, kind, data())
            for reader in self._readers:
                reader.put_nowait(event)

    @contextmanager
    def reading(self) -> Iterator["asyncio.Queue[Event]"]:
        """A queue that receives every event while the block lasts."""
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._readers.add(queue)
        try:
            yield queue
        finally:
            self._readers.discard(queue)

    async def until(self, topic: str, found: Callable[[], T | None], timeout: float | None) -> T:  # noqa: ASYNC109 -- a safety net that prints what it saw, not a cancel scope
        """Wait until `found()` gives something, looking again after each event of the topic.

        Raises:
            TimeoutError: nothing was found within `timeout` seconds (None waits for ever).
        """
        async with asyncio.timeout(timeout):
            while True:
                result = found()
                if result is not None:
                    return result
                await self._next(topic)

    async def _next(self, topic: str) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.setdefault(topic, set()).add(waiter)
        try:
            await waiter
        finally:
            self._waiters.get(topic, set()).discard(waiter)
