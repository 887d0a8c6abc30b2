"""A hundred and fifty taps in flight and `kill -9`: each is answered, none is lost, none is handled twice."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from emulator.world import World
from store import audit, updates
from store.engine import Store
from tests.bot.child import ALL
from tests.bot.conftest import Office, asked, serving

PEOPLE, TAPS = 50, 3
NEVER = 0
ROOT = Path(__file__).parent.parent.parent


@asynccontextmanager
async def child(world: World, database_url: str, die_at: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The service in its own process; killed at the end of the block if it has not died before."""
    command = [sys.executable, "-m", "tests.bot.child", world.base_url, database_url, str(die_at)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.parametrize("die_at", [3, 4, 6, 25])
async def test_a_kill_in_the_middle_of_a_burst_loses_nothing_and_repeats_no_effect(
    world: World, store: Store, office: Office, tmp_path: Path, die_at: int
) -> None:
    database_url = f"sqlite:///{tmp_path}/prova.db"
    phones = [world.telegram.phone(user_id) for user_id in range(1_001, 1_001 + PEOPLE)]
    office.answer = lambda incoming: (asked(incoming.chat_id, "Visto?"),)
    async with serving(world, store, office):
        for phone in phones:
            phone.start()
        questions = [await phone.hears("Visto?") for phone in phones]
    with world.telegram.burst():
        taps = [
            (phone, phone.taps_old(question.message_id, "sì"))
            for _ in range(TAPS)
            for phone, question in zip(phones, questions, strict=True)
        ]
    async with child(world, database_url, die_at) as dying:
        assert await dying.wait() == -9
    async with child(world, database_url, NEVER):
        for phone, tap in taps:
            await phone.is_answered(tap)
    for phone in phones:
        assert [message.text for message in phone.screen[1:]] == [f"Visto {TAPS} volte"]
    notes = await store.read(lambda tx: audit.latest(tx, ALL))
    assert all(row.handled for row in await store.read(updates.open_updates))
    handled = Counter(note.detail["update"] for note in notes)
    assert len(handled) == PEOPLE * TAPS
    assert set(handled.values()) == {1}
