"""The time, in Italy. The only place that reads it; everybody else is handed `now`."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


class Clock:
    """The machine's clock in Italian time, or one that is pushed forward by hand.

    Args:
        read: gives the moment; the machine's clock where it is left out.
        moved: waits until the clock is pushed forward; where it is left out, that never happens.
    """

    def __init__(
        self, read: Callable[[], datetime] | None = None, moved: Callable[[], Awaitable[Any]] | None = None
    ) -> None:
        self._read = read or _machine
        self._moved = moved

    def now(self) -> datetime:
        """This moment, with Italy's time zone."""
        return self._read().astimezone(ROME)

    async def rest(self, seconds: float) -> None:
        """Wait for this long, or until the clock is pushed forward."""
        if self._moved is None:
            await asyncio.sleep(seconds)
            return
        try:
            async with asyncio.timeout(seconds):
                await self._moved()
        except TimeoutError:
            return


def _machine() -> datetime:
    return datetime.now(ROME)
