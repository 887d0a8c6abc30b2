"""The emulated Telegram and post, running beside a command that has an event loop of its own."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from emulator.world import World

TOKEN = "700000001:AAparolasegretissima-del-bot"
SERVICE = "assistente@associazione.example.com"


@contextmanager
def world_beside() -> Iterator[World]:
    """A world open in another thread until the block ends."""
    opened, closing = Event(), Event()
    worlds: list[World] = []

    async def live() -> None:
        world = World(None, token=TOKEN, service_address=SERVICE, start=datetime(2026, 11, 23, 8, tzinfo=UTC))
        async with world:
            worlds.append(world)
            opened.set()
            await asyncio.to_thread(closing.wait)

    thread = Thread(target=asyncio.run, args=(live(),))
    thread.start()
    try:
        assert opened.wait(20)
        yield worlds[0]
    finally:
        closing.set()
        thread.join()
