"""One connection to the mailbox, with every trap of aioimaplib guarded, so that nobody else has to trust it.

What the library does, and what stands against it: a lost connection wakes no waiter (each call stands in a
scope that the loss ends); a silent server says nothing (each call has its patience); after any fault the
connection is thrown away, never used again; long answers end in RecursionError (batches); an EXISTS that
comes with another answer is dropped (noted as the bytes arrive); the wait for the greeting cannot be
cancelled (one of our own). Refuses to know what a message is and where it is kept.
"""

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

import aioimaplib  # type: ignore[import-untyped]  # it has no types

from mailer.wires.cancelling import heed_cancellation
from mailer.wires.servers import MailServer
from procedure.errors import Failure

BATCH = 50
"""Messages asked for together: the fastest, and far from what the library's recursion bears."""

MOST_BYTES = 16_000_000
"""Of one answer, save that one message may be larger."""

LARGEST = 40_000_000
"""Of a message; of a larger one only the beginning is fetched."""

HEAD = 65_536

PATIENCE = 60.0
"""Seconds for the server's next word."""

POLL = 30.0
"""Seconds between looks where the server has no IDLE."""

_log = logging.getLogger(__name__)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxUnreachable(Failure):
    """The connection is lost or never was; open another."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A message as it lies in the mailbox. `whole` is False where only its beginning was fetched."""

    uid: int
    raw: bytes
    whole: bool = True


class Inbox:
    """The connection, signed in, its folder selected. Use it in one task; after a fault open another.

    Certificates are checked against the system's authorities unless `trust` says otherwise.
    """

    def __init__(
        self, server: MailServer, *, patience: float = PATIENCE, trust: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._patience = patience
        self._trust = trust
        self._client: Any = None
        self._scope: asyncio.Timeout | None = None
        self._lost = False
        self.uidvalidity = 0

    async def open(self) -> None:
        """Connect, sign in, select.

        Raises:
            MailboxUnreachable: any of it failed; its words say what.
        """
        async with self._within(self._patience):
            self._client = _Client(
                self._server.host,
                self._server.port,
                timeout=self._patience,
                conn_lost_cb=self._on_lost,
                ssl_context=(self._trust or ssl.create_default_context()) if self._server.tls else None,
            )
            await self._client.connecting
            await self._client.protocol.greeted.wait()
            _must(await self._client.login(_quoted(self._server.user), self._server.password))
            await self._client.protocol.capability()  # signing in may have changed it
            lines = _must(await self._client.select(_quoted(self._server.folder)))
            self.uidvalidity = _uidvalidity(lines)

    def close(self) -> None:
        """Throw the connection away, with all that still waits on it."""
        self._lost = True
        if self._client is None:
            return
        for task in (*self._client.tasks, *self._client.protocol.tasks, self._client.connecting):
            task.cancel()
        if self._client.protocol.transport is not None:
            self._client.protocol.transport.abort()

    async def uids_after(self, last: int, *, since: date) -> list[int]:
        """The UIDs above `last`, in order; with no `last` those unseen or come in since that day."""
        self._client.protocol.told = False
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        criteria = ("UID", f"{last + 1}:*") if last else ("OR", "UNSEEN", "SINCE", day)
        async with self._within(self._patience):
            lines = _must(await self._client.uid_search(*criteria, charset=None))
        found = {int(word) for line in lines[:-1] for word in bytes(line).split() if word.isdigit()}
        return sorted(uid for uid in found if uid > last)

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[list[Fetched]]:
        """The messages of these UIDs, in order and in batches; one that went away meanwhile is left out."""
        for at in range(0, len(uids), BATCH):
            sizes = await self._sizes(uids[at : at + BATCH])
            for group in _groups(sizes):
                yield await self._bodies(group)
            for uid in (uid for uid, size in sizes.items() if size > LARGEST):
                heads = await self._bodies([uid], f"BODY.PEEK[]<0.{HEAD}>")
                yield [Fetched(head.uid, head.raw, whole=False) for head in heads]

    async def flag_seen(self, uids: Sequence[int]) -> None:
        r"""Flag these messages \Seen."""
        for at in range(0, len(uids), BATCH):
            async with self._within(self._patience):
                some = _set(uids[at : at + BATCH])
                _must(await self._client.uid("store", some, "+FLAGS.SILENT", r"(\Seen)"))

    async def wait(self, seconds: float) -> None:
        """Return when a message has come in, and after `seconds` at the latest (IDLE is renewed so)."""
        if self._client.protocol.told:
            return
        if not self._client.has_capability("IDLE"):
            await self._pause(min(seconds, POLL))
            return
        async with self._within(self._patience):
            idling = await self._client.idle_start(seconds)
        async with self._within(seconds + self._patience):
            while not self._client.protocol.told:
                pushed = await self._client.wait_server_push(seconds + self._patience)
                if pushed == aioimaplib.STOP_WAIT_SERVER_PUSH:
                    break
        async with self._within(self._patience):
            self._client.idle_done()
            await idling
        self._forget_pushes()

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        async with self._within(self._patience):
            _must(await self._client.noop())

    def _forget_pushes(self) -> None:
        queue = self._client.protocol.idle_queue
        while not queue.empty():
            queue.get_nowait()

    async def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        async with self._within(self._patience):
            lines = _must(await self._client.uid("fetch", _set(uids), "(UID RFC822.SIZE)"))
        asked, sizes = set(uids), {}
        for line in lines:
            uid, size = re.search(rb"\bUID (\d+)", line), re.search(rb"RFC822\.SIZE (\d+)", line)
            if uid and size and int(uid[1]) in asked:
                sizes[int(uid[1])] = int(size[1])
        return dict(sorted(sizes.items()))

    async def _bodies(self, uids: Sequence[int], part: str = "BODY.PEEK[]") -> list[Fetched]:
        async with self._within(self._patience):  # the library's own timer starts anew at each chunk
            lines = _must(await self._client.uid("fetch", _set(uids), f"(UID {part})"))
        asked = set(uids)
        return sorted((one for one in _messages(lines) if one.uid in asked), key=lambda one: one.uid)

    @asynccontextmanager
    async def _within(self, seconds: float) -> AsyncIterator[None]:
        """A scope for one call of the library: ends with it, with the connection, or after `seconds`.

        Raises:
            MailboxUnreachable: whatever went wrong; the connection is thrown away.
        """
        try:
            self._must_be_there()
            async with asyncio.timeout(seconds) as self._scope:
                yield
        except MailboxUnreachable:
            self.close()
            raise
        except Exception as error:  # whatever the library raises, this connection has had its day
            told = "connection lost" if self._lost else f"{type(error).__name__}: {error}"
            self.close()
            raise MailboxUnreachable(told) from error
        finally:
            self._scope = None
        heed_cancellation()

    def _must_be_there(self) -> None:
        if self._lost:
            raise MailboxUnreachable("connection lost")

    def _on_lost(self, _error: Exception | None) -> None:
        self._lost = True
        if self._scope is not None:
            with suppress(RuntimeError):  # it is ending already
                self._scope.reschedule(0)


class _Protocol(aioimaplib.IMAP4ClientProtocol):  # type: ignore[misc]  # it has no types
    """Notes what the library keeps quiet: a message that came amid another answer, the greeting's end."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.told = False
        self.greeted = asyncio.Event()
        self._tail = b""

    async def welcome(self, command: bytes) -> None:
        """Tells the end of the greeting; the library's own wait for it cannot be cancelled."""
        try:
            await super().welcome(command)
        except aioimaplib.Error as error:
            _log.warning("an odd greeting: %s", error)  # signing in will fail and say so
        finally:
            self.greeted.set()

    def data_received(self, data: bytes) -> None:
        self.told = self.told or b" EXISTS\r\n" in self._tail + data[:16] or b" EXISTS\r\n" in data
        self._tail = data[-16:]
        super().data_received(data)


class _Client(aioimaplib.IMAP4):  # type: ignore[misc]  # it has no types
    """The library's client over our protocol, with TLS where a context is given."""

    def create_client(self, host: str, port: int, _loop: Any, conn_lost_cb: Any, ssl_context: Any) -> None:
        loop = asyncio.get_running_loop()
        self.protocol = _Protocol(loop, conn_lost_cb)
        self._client_task = loop.create_task(
            loop.create_connection(lambda: self.protocol, host, port, ssl=ssl_context)
        )

    @property
    def connecting(self) -> asyncio.Task[Any]:
        """The task that connects."""
        return self._client_task


def _must(response: Any) -> list[Any]:
    """The lines of an answer that says OK.

    Raises:
        MailboxUnreachable: it says NO or BAD.
    """
    if response.result != "OK":
        said = b" ".join(line for line in response.lines[-1:] if isinstance(line, bytes))
        raise MailboxUnreachable(f"{response.result} {said.decode('utf-8', 'replace')}")
    return list(response.lines)


def _uidvalidity(lines: Iterable[Any]) -> int:
    found = re.search(rb"\[UIDVALIDITY (\d+)\]", b"\n".join(map(bytes, lines)))
    if found is None:
        raise MailboxUnreachable("no UIDVALIDITY")
    return int(found[1])


def _messages(lines: Iterable[Any]) -> Iterator[Fetched]:
    """The messages in a FETCH answer. The flag changes of other clients, mixed in, have no literal."""
    told, raw = b"", None
    for line in lines:
        if isinstance(line, bytearray):
            raw = bytes(line)
        elif re.match(rb"\d+ FETCH \(", line):
            told, raw = line, None
        else:
            told += line
        uid = re.search(rb"\bUID (\d+)", told)
        if raw is not None and uid is not None:
            yield Fetched(int(uid[1]), raw)
            told, raw = b"", None


def _groups(sizes: dict[int, int]) -> Iterator[list[int]]:
    """The UIDs in groups of at most MOST_BYTES; those above LARGEST left out."""
    group: list[int] = []
    room = MOST_BYTES
    for uid, size in sizes.items():
        if size > LARGEST:
            continue
        if group and size > room:
            yield group
            group, room = [], MOST_BYTES
        group.append(uid)
        room -= size
    if group:
        yield group


def _set(uids: Iterable[int]) -> str:
    return ",".join(map(str, uids))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
