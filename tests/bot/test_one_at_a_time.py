"""Persons in parallel, each in order, and a full hall that makes whoever brings things wait."""

import asyncio

import pytest

from bot.one_at_a_time import OneAtATime


class Hands:
    """Handles only when told to, so that a test decides the order of events."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: list[str] = []
        self.may: dict[str, asyncio.Event] = {}

    async def handle(self, thing: str) -> None:
        self.begun.append(thing)
        await self.may.setdefault(thing, asyncio.Event()).wait()
        self.ended.append(thing)

    def let(self, *things: str) -> None:
        for thing in things:
            self.may.setdefault(thing, asyncio.Event()).set()


@pytest.fixture
def hands() -> Hands:
    return Hands()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_two_persons_are_served_at_once_and_each_ones_things_one_by_one(hands: Hands) -> None:
    async with asyncio.TaskGroup() as tasks:
        line = OneAtATime(tasks, hands.handle)
        for turn, (person, thing) in enumerate([(1, "a1"), (1, "a2"), (2, "b1")]):
            await line.put(person, turn, thing)
        await settle()
        assert hands.begun == ["a1", "b1"]
        hands.let("a1", "a2", "b1")
        await line.idle()
    assert hands.ended.index("a1") < hands.ended.index("a2")


async def test_what_waits_is_served_in_the_order_of_its_turn(hands: Hands) -> None:
    async with asyncio.TaskGroup() as tasks:
        line = OneAtATime(tasks, hands.handle)
        for turn, thing in [(1, "first"), (4, "third"), (3, "second")]:
            await line.put(1, turn, thing)
        hands.let("first", "second", "third")
        await line.idle()
    assert hands.ended == ["first", "second", "third"]


async def test_a_full_hall_makes_the_bringer_wait(hands: Hands) -> None:
    async with asyncio.TaskGroup() as tasks:
        line = OneAtATime(tasks, hands.handle, room=2)
        await line.put(1, 1, "a")
        await line.put(1, 2, "b")
        third = tasks.create_task(line.put(2, 3, "c"))
        await settle()
        assert not third.done()
        hands.let("a", "b", "c")
        await third
        await line.idle()
    assert sorted(hands.ended) == ["a", "b", "c"]


async def test_what_is_abandoned_stays_undone(hands: Hands) -> None:
    async with asyncio.TaskGroup() as tasks:
        line = OneAtATime(tasks, hands.handle)
        await line.put(1, 1, "a")
        await line.put(1, 2, "b")
        await settle()
        line.abandon()
        await line.idle()
    assert (hands.begun, hands.ended) == (["a"], [])
