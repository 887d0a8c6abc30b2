"""A Bot API on loopback that costs little, and the people who talk through it.

Raw asyncio instead of a web framework, so that the bot is what is measured. Each person waits for the screen
that her tap leads to, checks that it is the right one, and taps the next button: a closed loop.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, cast
from urllib.parse import parse_qs

from bench.conversation import Screen, after, data_of

LONG_AGO = 1_770_000_000
VISIBLE = frozenset({"sendMessage", "editMessageText"})


@dataclass(slots=True)
class Walker:
    """One person: the screen that she waits for (its place in the conversation), and since when."""

    chat: int
    greetings: int  # how often she says /start before she goes on
    place: int = 0
    sent_at: float = 0.0
    message_id: int = 0


@dataclass
class Window:
    """What was measured between the first and the last counted answer."""

    wanted: int
    latencies: list[float] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)


class WrongAnswer(AssertionError):
    """A person got something else than the next screen."""


class FastApi:
    """The API and its people."""

    def __init__(self, screens: Sequence[Screen], accounts: Iterable[int]) -> None:
        self.screens = screens
        self.walkers = {chat: Walker(chat, n % len(screens)) for n, chat in enumerate(accounts)}
        self.window = Window(0)
        self.first_poll = asyncio.Event()
        self.first_poll_at = 0.0
        self.wrong: WrongAnswer | None = None
        self._pending: deque[tuple[int, dict[str, Any]]] = deque()
        self._last_update = 0
        self._last_message = 0
        self._poller: asyncio.Future[None] | None = None

    # ---- the people ------------------------------------------------------------------------------

    def start(self) -> None:
        """Everybody says /start, some more often than others, so that not all tap the same button at once."""
        for walker in self.walkers.values():
            self._say(walker, "/start")

    def measure(self, updates: int) -> Window:
        """Count from now on, so many answers."""
        self.window = Window(updates, began=perf_counter())
        return self.window

    def _say(self, walker: Walker, text: str) -> None:
        self._last_message += 1
        message = {"message_id": self._last_message, "date": LONG_AGO, "text": text} | self._where(walker)
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self._add(walker, {"message": message})

    def _tap(self, walker: Walker, words: str, message: dict[str, Any]) -> None:
        data = data_of(words, message["reply_markup"])
        query = {"id": f"{walker.chat}{self._last_update}", "from": self._where(walker)["from"], "data": data}
        self._add(walker, {"callback_query": query | {"message": message, "chat_instance": str(walker.chat)}})

    def _where(self, walker: Walker) -> dict[str, Any]:
        chat = {"id": walker.chat, "type": "private", "first_name": "Ada"}
        return {"chat": chat, "from": {"id": walker.chat, "is_bot": False, "first_name": "Ada"}}

    def _add(self, walker: Walker, content: dict[str, Any]) -> None:
        self._last_update += 1
        walker.sent_at = perf_counter()
        self._pending.append((self._last_update, {"update_id": self._last_update} | content))
        if self._poller and not self._poller.done():
            self._poller.set_result(None)

    def _reads(self, walker: Walker, message: dict[str, Any]) -> None:
        self._count(perf_counter() - walker.sent_at)
        expected = self.screens[walker.place]
        if not expected.is_like(message["text"], message["reply_markup"]):
            self.wrong = WrongAnswer(f"{walker}: {message['text']!r} instead of {expected.text!r}")
            self.window.done.set()
            return
        if walker.greetings:
            walker.greetings -= 1
            self._say(walker, "/start")
            return
        walker.place = after(walker.place, self.screens)
        self._tap(walker, expected.tap, message)

    def _count(self, seconds: float) -> None:
        window = self.window
        if window.done.is_set() or not window.wanted:
            return
        window.latencies.append(seconds)
        if len(window.latencies) == window.wanted:
            window.ended = perf_counter()
            window.done.set()

    # ---- the methods -----------------------------------------------------------------------------

    async def get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        if not self.first_poll.is_set():
            self.first_poll_at = perf_counter()
            self.first_poll.set()
        offset = int(params.get("offset") or 0)
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        if not self._pending and (seconds := float(params.get("timeout") or 0)):
            await self._something(seconds)
        limit = int(params.get("limit") or 100)
        return [update for _, update in list(self._pending)[:limit]]

    async def _something(self, seconds: float) -> None:
        self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await self._poller
        except TimeoutError:
            pass

    def close(self) -> None:
        """Send the waiting getUpdates away."""
        if self._poller and not self._poller.done():
            self._poller.cancel()

    def do(self, method: str, params: dict[str, Any]) -> Any:
        if method in VISIBLE:
            return self._shown(method, params)
        return BOT if method == "getMe" else True

    def _shown(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        walker = self.walkers[int(params["chat_id"])]
        if method == "sendMessage":
            self._last_message += 1
            walker.message_id = self._last_message
        elif int(params["message_id"]) != walker.message_id:
            raise WrongAnswer(f"{walker}: edits message {params['message_id']}")
        markup = params["reply_markup"]
        shown = {
            "message_id": walker.message_id,
            "date": LONG_AGO,
            "text": params["text"],
            "reply_markup": json.loads(markup) if isinstance(markup, str) else markup,
            "chat": self._where(walker)["chat"],
            "from": BOT,
        }
        self._reads(walker, shown)
        return shown


BOT = {"id": 700, "is_bot": True, "first_name": "Prova", "username": "prova_bot", "can_join_groups": False}


class Connection(asyncio.Protocol):
    """One kept connection: requests in, answers out, in order."""

    def __init__(self, api: FastApi, tasks: asyncio.TaskGroup) -> None:
        self._api = api
        self._tasks = tasks
        self._buffer = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            length = _length(head)
            whole = end + 4 + length
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            self._request(head, body)

    def _request(self, head: bytes, body: bytes) -> None:
        method = head[: head.index(b"\r\n")].split(b" ")[1].rsplit(b"/", 1)[-1].decode()
        params = _params(head, body)
        if method == "getUpdates":
            self._tasks.create_task(self._poll(params))
        else:
            self._answer(self._api.do(method, params))

    async def _poll(self, params: dict[str, Any]) -> None:
        self._answer(await self._api.get_updates(params))

    def _answer(self, result: Any) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self._transport.write(head + body)


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def _params(head: bytes, body: bytes) -> dict[str, Any]:
    if not body:
        return {}
    if b"application/json" in head:
        params: dict[str, Any] = json.loads(body)
        return params
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}
