"""The service in a process of its own, as `dopovisita run` starts it, to be killed and started again."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.journeys.stage import Stage


class Service:
    """One life after another of the same service."""

    def __init__(self, stage: Stage, **more: str) -> None:
        self._stage = stage
        self._more = more
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Bring it up; it answers what was left open by itself."""
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "dopovisita", "run"),
            env=self._stage.variables(**self._more),
            cwd=self._stage.directory,
        )

    async def is_killed(self) -> None:
        """`kill -9`, in the middle of whatever it does."""
        await self._end(signal.SIGKILL)

    async def stops(self) -> int:
        """SIGTERM, and its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return process.returncode or 0 if process else 0
        process.send_signal(how)
        return await process.wait()


@asynccontextmanager
async def a_service(stage: Stage, **more: str) -> AsyncIterator[Service]:
    """A service that runs, and is gone at the end."""
    service = Service(stage, **more)
    await service.start()
    try:
        yield service
    finally:
        await service.is_killed()
