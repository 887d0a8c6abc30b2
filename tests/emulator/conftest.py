"""A world per test, and the real clients that the service uses."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from emulator.people import Person, Post
from emulator.world import World

TOKEN = "700000001:invented"
SERVICE = "assistente@associazione.example"
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday, 10:30 in Rome

ADA = Person("Ada Rossi", 101, ("Associato visitatore",), start_payload="invito-ada")
RA = Post("ra@associazione.example", "Responsabile amministrativo")


def a_world(directory=None, **more):
    return World(
        directory,
        token=TOKEN,
        service_address=SERVICE,
        people=[ADA, Person("Bruno Neri", 102, ("Ufficio",))],
        mailboxes=[RA],
        start=START,
        **more,
    )


def a_bot(world, token=TOKEN):
    quick = {"connect_timeout": 5.0, "read_timeout": 5.0}
    return Bot(
        token,
        base_url=world.base_url,
        base_file_url=world.base_file_url,
        request=HTTPXRequest(**quick),
        get_updates_request=HTTPXRequest(**quick),
    )


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as opened:
        yield opened


@pytest.fixture
async def bot(world) -> AsyncIterator[Bot]:
    async with a_bot(world) as opened:
        yield opened


@pytest.fixture
def ada(world):
    phone = world.telegram.phone(101)
    phone.start("invito-ada")
    return phone
