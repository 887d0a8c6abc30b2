"""A world per test, and the real clients that the service uses."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from emulator.people import Person, Post
from emulator.phone import Phone
from emulator.world import World

TOKEN = "700000001:invented"
SERVICE = "assistente@associazione.example"
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday, 10:30 in Rome

ADA = Person("Ada Rossi", 101, ("Associato visitatore",), start_payload="invito-ada")
RA = Post("ra@associazione.example", "Responsabile amministrativo")


def a_world(directory: Path | None = None, **more: Any) -> World:
    return World(
        directory,
        token=TOKEN,
        service_address=SERVICE,
        people=[ADA, Person("Bruno Neri", 102, ("Ufficio",))],
        mailboxes=[RA],
        start=START,
        **more,
    )


def a_bot(world: World, token: str = TOKEN) -> Bot:
    return Bot(
        token,
        base_url=world.base_url,
        base_file_url=world.base_file_url,
        request=HTTPXRequest(connect_timeout=5.0, read_timeout=5.0),
        get_updates_request=HTTPXRequest(connect_timeout=5.0, read_timeout=5.0),
    )


async def is_polled(world: World) -> None:
    """Wait until a getUpdates is waiting."""
    while not world.telegram.office.updates.is_polled:  # noqa: ASYNC110 -- a few turns of the loop, no clock
        await asyncio.sleep(0)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as opened:
        yield opened


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with a_bot(world) as opened:
        yield opened


@pytest.fixture
def ada(world: World) -> Phone:
    phone = world.telegram.phone(101)
    phone.start("invito-ada")
    return phone
