"""A migrated SQLite store, and the emulator's post: real sockets, an invented clock."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.deliver import Minting
from emulator.feed import Feed
from emulator.mail import Mail as Post
from emulator.state import Journal
from mailer.postman import Postman
from mailer.wires.servers import mail_server
from mailer.wires.smtp import SmtpWire
from procedure.campaign import Contact
from store.engine import Store, open_store
from store.migrations import migrate
from tests.mailer.samples import SECRET

SERVICE = "visite@visite.example.com"
PASSWORD = "una parola / con @ e spazi"


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 19, 8, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def move(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mailer") / "empty.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
async def store(empty: Path, tmp_path: Path) -> AsyncIterator[Store]:
    async with open_store(f"sqlite:///{shutil.copy(empty, tmp_path / 'store.db')}") as opened:
        yield opened


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def minting() -> Minting:
    return Minting(SECRET, "visite.example.com")


@pytest.fixture
async def post(clock: HandClock) -> AsyncIterator[Post]:
    async with AsyncExitStack() as stack:
        opened = Post(SERVICE, Journal(None), Feed(), clock, password=PASSWORD)
        await opened.open(stack)
        yield opened


@pytest.fixture
def a_postman(store: Store, post: Post, clock: HandClock, minting: Minting) -> Callable[..., Postman]:
    def make(url: str = "", *, plus: bool = True, patience: float = 5.0, wires: int = 1) -> Postman:
        server = mail_server(url or f"smtp://127.0.0.1:{post.smtp.port}")
        return Postman(
            store=store,
            wires=[SmtpWire(server, patience=patience) for _ in range(wires)],
            sender=Contact("Dopovisita", SERVICE),
            minted_by=minting,
            plus_addresses=plus,
            now=clock,
        )

    return make
