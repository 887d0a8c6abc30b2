"""The reader of the mailbox on a real server that is killed again and again: each letter is recorded once."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from actions.by_mail.reply import Reply
from mailer.mailbox import Mailbox
from mailer.wires.imap import Inbox
from mailer.wires.servers import mail_server
from store import letters
from store.engine import Store
from store.letters import Outcome
from store.transaction import Transaction
from tests.mailer.conftest import HandClock
from tests.mailer.samples import SECRET
from tests.mailer.wires.servers_here import Dovecot

pytestmark = pytest.mark.dovecot

LETTERS = 30
KILLED_AT = (1, 2, 7, 14, 29, 30)
"""The letters at which, as they are recorded, the server dies: the first, some within, the last."""


class Register:
    """What was recorded; kills the server as some letters are."""

    def __init__(self, server: Dovecot) -> None:
        self.subjects: list[str] = []
        self._server = server
        self._loop = asyncio.get_running_loop()
        self._one_more = asyncio.Event()
        self._starts: list[threading.Thread] = []

    def record(self, tx: Transaction, reply: Reply, now: datetime) -> None:
        letters.settle(tx, reply.letter, outcome=Outcome.RECORDED, reason="", about=None, now=now)
        self.subjects.append(reply.subject)
        if len(self.subjects) in KILLED_AT:
            for start in self._starts:
                start.join()
            self._server.kill()
            self._starts.append(threading.Thread(target=self._server.start))
            self._starts[-1].start()
        self._loop.call_soon_threadsafe(self._one_more.set)

    async def has(self, count: int) -> None:
        """So many are recorded, and the server is up."""
        while len(self.subjects) < count:
            self._one_more.clear()
            await self._one_more.wait()
        for start in self._starts:
            await asyncio.to_thread(start.join)


@asynccontextmanager
async def reading(mailbox: Mailbox) -> AsyncIterator[None]:
    async with asyncio.timeout(90), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(mailbox.run())
        yield
        task.cancel()


async def test_a_server_killed_as_letters_are_recorded_has_each_recorded_once_and_flagged(
    dovecot: Dovecot, store: Store, clock: HandClock
) -> None:
    register = Register(dovecot)
    mailbox = Mailbox(
        store=store,
        connect=lambda: Inbox(mail_server(dovecot.url), patience=10.0),
        name="INBOX",
        secret=SECRET,
        record=register.record,
        now=clock,
    )
    wanted = [f"Lettera {number}" for number in range(LETTERS + 1)]
    dovecot.deliver(*map(_letter, wanted[: LETTERS // 2]))
    async with reading(mailbox):
        await register.has(LETTERS // 2)
        await asyncio.to_thread(dovecot.deliver, *map(_letter, wanted[LETTERS // 2 : LETTERS]))
        await register.has(LETTERS)
    dovecot.deliver(_letter(wanted[-1]))
    async with reading(mailbox):  # it tells the server of those before, and only then looks for more
        await register.has(LETTERS + 1)
    assert sorted(register.subjects) == sorted(wanted)
    waiting = await store.read(letters.unsettled)  # the last one may be on its way when we stop
    assert [letter.uid for letter in waiting if letter.uid <= LETTERS] == []
    assert len([name for name in (dovecot.inbox / "cur").iterdir() if "S" in _flags(name)]) >= LETTERS


def _letter(subject: str) -> bytes:
    head = f"Subject: {subject}\r\nFrom: a@b.example.com\r\nMessage-ID: <{subject[8:]}@b.example.com>"
    return f"{head}\r\n\r\n{subject}\r\n".encode()


def _flags(path: Path) -> str:
    """A Maildir keeps them at the end of a letter's name."""
    return path.name.partition(":2,")[2]
