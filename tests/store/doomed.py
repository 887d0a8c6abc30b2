"""Run by test_crash: dies at one commit point of the store after another, telling what was acknowledged.

    python -m tests.store.doomed URL FOLDER

One child for each point, forked from here so that the imports are paid once: child n dies at point n.
The last child, past all points, lives. Each writes to FOLDER/n what was acknowledged to it before going on.
"""

import asyncio
import os
import signal
import sys
from functools import partial
from pathlib import Path

from store import audit
from store.engine import Store, open_store
from store.transaction import Transaction
from tests.store.given import NOON

CALLERS = 3
EACH = 4


def main(url: str, folder: Path) -> None:
    """Fork children until one survives."""
    for point in range(1, 2 * CALLERS * EACH + 2):
        child = os.fork()
        if child == 0:
            asyncio.run(_live(url, point, folder / str(point)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            sys.exit(os.WEXITSTATUS(status))


async def _live(url: str, last: int, promises: Path) -> None:
    def die(point: int) -> None:
        if point == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with promises.open("a") as file:
        async with open_store(url, on_commit=die) as store, asyncio.TaskGroup() as group:
            for caller in range(CALLERS):
                group.create_task(_work(store, f"{last}.{caller}", file.fileno()))


async def _work(store: Store, name: str, promises: int) -> None:
    for number in range(EACH):
        line = f"{name}.{number}"
        await store.run(partial(_two_halves, line=line))
        os.write(promises, f"{line}\n".encode())


def _two_halves(tx: Transaction, line: str) -> None:
    """Two rows that only make sense together."""
    audit.note(tx, NOON, line, "first half")
    audit.note(tx, NOON, line, "second half")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
