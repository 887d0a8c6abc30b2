"""kill -9 at each commit point: what was acknowledged is there, and nothing is there by halves."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

from store import audit
from store.engine import open_store
from tests.store.doomed import CALLERS, EACH

ROOT = Path(__file__).parents[2]


async def test_nothing_acknowledged_is_lost_at_any_commit_point(database_url: str, tmp_path: Path) -> None:
    promises = tmp_path / "promises"
    promises.mkdir()
    command = [sys.executable, "-m", "tests.store.doomed", database_url, str(promises)]
    child = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    assert await child.wait() == 0
    async with open_store(database_url) as store:
        notes = await store.read(lambda tx: audit.latest(tx, 1_000_000))
    written = Counter(note.who for note in notes)
    promised = [line for file in promises.iterdir() for line in file.read_text().splitlines()]
    assert set(promised) <= written.keys()
    assert set(written.values()) == {2}
    last = max(promises.iterdir(), key=lambda file: int(file.name))
    assert len(last.read_text().splitlines()) == CALLERS * EACH  # the one that lived
    assert int(last.name) >= 2 * EACH  # and as many died before it
