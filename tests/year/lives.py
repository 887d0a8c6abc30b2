"""The parent's hold on the service's process: one life after another, each order answered or cut short."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class GoneError(Exception):
    """The service ended before it answered."""


class Lives:
    """The service, which may be killed and started again; `letters` counts what was sent to its mailbox."""

    def __init__(self, settings: dict[str, str], log: Path) -> None:
        self._settings = settings
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self.letters = 0

    @property
    def is_up(self) -> bool:
        return self._process is not None

    async def start(self, moment: datetime) -> None:
        """A new life that begins at this moment, and takes up what the last one left."""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.year.service"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=2**20,
                cwd=ROOT,
            )
        self._write({"moment": moment.isoformat(), "settings": self._settings})
        await self.does("quiet")

    async def to(self, moment: datetime) -> None:
        """Its clock shows this moment; returns when it is quiet."""
        await self.does("to", moment=moment.isoformat())

    async def does(self, what: str, **order: Any) -> Any:
        """Order something and wait for the answer.

        Raises:
            GoneError: the process ended first.
        """
        process = self._process
        if process is None or process.stdout is None:
            raise GoneError(what)
        self._write({"do": what, "letters": self.letters, **order})
        line = await process.stdout.readline()
        if not line:
            raise GoneError(f"{what}: see {self._log}")
        return json.loads(line)

    async def is_killed(self) -> None:
        """`kill -9`."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.send_signal(signal.SIGKILL)
            await process.wait()

    def _write(self, line: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line).encode() + b"\n")


@asynccontextmanager
async def lives(settings: dict[str, str], log: Path) -> AsyncIterator[Lives]:
    """The service, not yet started; gone at the end."""
    service = Lives(settings, log)
    try:
        yield service
    finally:
        await service.is_killed()
