"""Persons in parallel, each person one thing at a time and in order.

A person's things wait in a line of their own, served by one task that ends when the line is empty. The whole
hall is bounded: whoever brings things in waits at the door while it is full. It refuses to know what
they are.
"""

import asyncio
from collections.abc import Awaitable, Callable
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")

ROOM = 2_000


class OneAtATime(Generic[T]):
    """The lines of all persons, served inside the given task group.

    Args:
        tasks: whose tasks serve the lines.
        handle: what is done with each thing. It must not raise: that would end the task group.
        room: how many things may wait or be under way; `put` waits for a place.
    """

    def __init__(
        self, tasks: asyncio.TaskGroup, handle: Callable[[T], Awaitable[None]], room: int = ROOM
    ) -> None:
        self._tasks = tasks
        self._handle = handle
        self._places = asyncio.Semaphore(room)
        self._lines: dict[int, list[tuple[int, int, T]]] = {}
        self._serving: set[asyncio.Task[None]] = set()
        self._arrivals = count()
        self._idle = asyncio.Event()
        self._idle.set()

    async def put(self, person: int, turn: int, thing: T) -> None:
        """Put a thing in the person's line, before those that wait there with a later turn."""
        await self._places.acquire()
        line = self._lines.get(person)
        if line is None:
            line = self._lines[person] = []
            self._idle.clear()
            self._open(person, line)
        heappush(line, (turn, next(self._arrivals), thing))

    async def idle(self) -> None:
        """Return when no line has anything left."""
        await self._idle.wait()

    def abandon(self) -> None:
        """Stop serving: what is under way is cancelled, what waits stays undone."""
        for task in self._serving:
            task.cancel()

    def _open(self, person: int, line: list[tuple[int, int, T]]) -> None:
        task = self._tasks.create_task(self._serve(person, line))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, person: int, line: list[tuple[int, int, T]]) -> None:
        try:
            while line:
                await self._one(heappop(line)[-1])
        finally:
            del self._lines[person]
            if not self._lines:
                self._idle.set()

    async def _one(self, thing: T) -> None:
        try:
            await self._handle(thing)
        finally:
            self._places.release()
