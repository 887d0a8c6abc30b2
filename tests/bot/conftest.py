"""The Telegram service as it runs, over real sockets, against the emulator; its desk is a notebook."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.application import Hooks, TelegramService
from bot.incoming import Incoming
from bot.push import PutOff, Telling
from bot.replies import Call, Reply
from bot.webhook import Webhook
from emulator.world import World
from procedure.notices import Json
from store.engine import Store, open_store
from store.migrations import migrate
from store.outbox import OutboxRow
from store.transaction import Transaction

TOKEN = "700000001:invented"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ADA, BRUNO = 101, 102


class Office:
    """The rooms above, as the tests want them: an echo that can be told to do otherwise."""

    def __init__(self) -> None:
        self.seen: list[Incoming] = []
        self.answer: Callable[[Incoming], Reply] = echo
        self.remembered: list[tuple[Json, int]] = []
        self.blocked: list[int] = []
        self.failed: list[str] = []
        self.waited: list[float] = []
        self.now = NOW
        self.opens = NOW
        self.has_seen = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    async def pause(self, seconds: float) -> None:
        """What tests wait between two attempts: a turn of the loop."""
        self.waited.append(seconds)
        await asyncio.sleep(0)

    def hooks(self) -> Hooks:
        return Hooks(self.desk, Telling(self.draw, self.on_failed), self.after_send, self.on_blocked)

    def desk(self, tx: Transaction, incoming: Incoming, now: datetime) -> Reply:
        self.seen.append(incoming)
        self._loop.call_soon_threadsafe(self.has_seen.set)  # the desk works in the store's thread
        return self.answer(incoming)

    def draw(self, tx: Transaction, row: OutboxRow, now: datetime) -> Reply | PutOff:
        assert isinstance(row.payload, dict)
        if now < self.opens:
            return PutOff(self.opens)
        return (Call("sendMessage", row.payload),)

    def on_failed(self, tx: Transaction, row: OutboxRow, now: datetime, why: str) -> None:
        self.failed.append(row.key)

    def after_send(self, tx: Transaction, tag: Json, message_id: int) -> None:
        self.remembered.append((tag, message_id))

    def on_blocked(self, tx: Transaction, chat_id: int, now: datetime) -> None:
        self.blocked.append(chat_id)


def text(chat_id: int | None, words: str) -> Call:
    return Call("sendMessage", {"chat_id": chat_id, "text": words})


def asked(chat_id: int | None, words: str) -> Call:
    """A question with one button under it, "Sì"."""
    button: Json = {"inline_keyboard": [[{"text": "Sì", "callback_data": "sì"}]]}
    return Call("sendMessage", {"chat_id": chat_id, "text": words, "reply_markup": button})


def rewritten(incoming: Incoming, words: str) -> Call:
    """The tapped message with other words."""
    where: dict[str, Json] = {"chat_id": incoming.chat_id, "message_id": incoming.message_id}
    return Call("editMessageText", where | {"text": words})


def echo(incoming: Incoming) -> Reply:
    return (text(incoming.chat_id, f"Hai scritto: {incoming.text}"),)


@asynccontextmanager
async def serving(
    world: World,
    store: Store,
    office: Office,
    *,
    webhook: Webhook | None = None,
    token: str = TOKEN,
    seconds_to_end: float = 5.0,
    base_url: str = "",
) -> AsyncIterator[TelegramService]:
    """The service running while the block does; then it is stopped cleanly."""
    service = TelegramService(
        token=token,
        base_url=base_url or world.base_url,
        webhook=webhook,
        store=store,
        hooks=office.hooks(),
        clock=lambda: office.now,
        pause=office.pause,
        seconds_to_end=seconds_to_end,
    )
    async with service, asyncio.TaskGroup() as tasks:
        running = tasks.create_task(service.run(tasks))
        yield service
        service.stop()
        await running


@pytest.fixture
async def world() -> AsyncIterator[World]:
    address = "assistente@associazione.example"
    async with World(None, token=TOKEN, service_address=address, start=NOW) as opened:
        yield opened


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    url = f"sqlite:///{tmp_path}/prova.db"
    await migrate(url)
    async with open_store(url) as opened:
        yield opened


@pytest.fixture
async def office() -> Office:
    return Office()
