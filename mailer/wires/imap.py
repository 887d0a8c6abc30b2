"""One connection to the mailbox, with every trap of aioimaplib guarded, so that nobody else has to trust it.

What the library does, and what stands against it: a lost connection wakes no waiter (each call stands in a
scope that the loss ends); a silent server says nothing (each call has its patience); after any fault the
connection is thrown away, never used again; long answers end in RecursionError (batches). Refuses to know
what a message is and where it is kept.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import date
from itertools import groupby
from typing import Any

import aioimaplib  # type: ignore[import-untyped]  # it has no types

from mailer.wires.cancelling import heed_cancellation
from mailer.wires.imap_answers import (
    Declined,
    Fetched,
    MailboxUnreachable,
    delimiter_of,
    folder_name,
    groups,
    messages_of,
    must,
    quoted,
    sizes_of,
    uid_set,
    uidvalidity_of,
)
from mailer.wires.imap_client import Client
from mailer.wires.oauth import Tokens
from mailer.wires.servers import MailServer

BATCH = 50
"""Messages asked for together: the fastest, and far from what the library's recursion bears."""

MOST_BYTES = 16_000_000
"""Of one answer, save that one message may be larger."""

LARGEST = 40_000_000
"""Of a message; of a larger one only the beginning is fetched."""

HEAD = 65_536

PATIENCE = 60.0
"""Seconds for the server's next word."""

SLOWEST = 100_000
"""Bytes a second; a line that is slower is taken for dead."""

POLL = 30.0
"""Seconds between looks where the server has no IDLE."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_log = logging.getLogger(__name__)


class Inbox:
    """The connection, signed in, its folder selected. Use it in one task; after a fault open another.

    Certificates are checked against the system's authorities unless `trust` says otherwise; with `tokens` it
    signs in by XOAUTH2.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        patience: float = PATIENCE,
        trust: ssl.SSLContext | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        self._server = server
        self._patience = patience
        self._trust = trust
        self._tokens = tokens
        self._client: Any = None
        self._scope: asyncio.Timeout | None = None
        self._lost = False
        self._folders: dict[str, str] = {}
        self.uidvalidity = 0

    async def open(self) -> None:
        """Connect, sign in, select.

        Raises:
            MailboxUnreachable: any of it failed; its words say what.
        """
        async with self._within(self._patience):
            self._client = Client(
                self._server.host,
                self._server.port,
                timeout=self._patience,
                conn_lost_cb=self._on_lost,
                ssl_context=(self._trust or ssl.create_default_context()) if self._server.tls else None,
            )
            await self._client.connecting
            await self._client.protocol.greeted.wait()
            await self._sign_in()
            await self._client.protocol.capability()  # signing in may have changed it
            self.uidvalidity = uidvalidity_of(must(await self._client.select(quoted(self._server.folder))))

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
        return sorted(uid for uid in await self._found(*criteria) if uid > last)

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[list[Fetched]]:
        """The messages of these UIDs, in order and in batches; one that went away meanwhile is left out."""
        large = await self._large(uids)
        for is_large, some in groupby(uids, large.__contains__):
            alike = list(some)
            for at in range(0, len(alike), BATCH):
                asked = alike[at : at + BATCH]
                if not is_large:
                    yield await self._bodies(asked, MOST_BYTES)
                    continue
                async for batch in self._fetch_large(asked):
                    yield batch

    async def _large(self, uids: Sequence[int]) -> frozenset[int]:
        """Those of which a batch might be too much at once: one question for all."""
        if not uids:
            return frozenset()
        within = f"{uids[0]}:{uids[-1]}"
        return await self._found("UID", within, "LARGER", str(MOST_BYTES // BATCH))

    async def _fetch_large(self, uids: Sequence[int]) -> AsyncIterator[list[Fetched]]:
        sizes = sizes_of(await self._fetched(uids, "RFC822.SIZE"), uids)
        for group in groups(sizes, MOST_BYTES, LARGEST):
            yield await self._bodies(group, sum(map(sizes.__getitem__, group)))
        for uid in (uid for uid, size in sizes.items() if size > LARGEST):
            heads = await self._bodies([uid], HEAD, f"BODY.PEEK[]<0.{HEAD}>")
            yield [Fetched(head.uid, head.raw, whole=False) for head in heads]

    async def _found(self, *criteria: str) -> frozenset[int]:
        lines = await self._said(self._client.uid_search, *criteria, charset=None)
        return frozenset(int(word) for line in lines[:-1] for word in bytes(line).split() if word.isdigit())

    async def flag_seen(self, uids: Sequence[int]) -> None:
        r"""Flag these messages \Seen. One that somebody has taken away is nobody's fault."""
        for at in range(0, len(uids), BATCH):
            await self._try("store", uid_set(uids[at : at + BATCH]), "+FLAGS.SILENT", r"(\Seen)")

    async def file(self, uids: Sequence[int], folder: str) -> None:
        """Put these messages, flagged seen, into a folder written with slashes; it is made if it is missing.

        What the server will not do is logged, and the messages stay where they are.
        """
        await self.flag_seen(uids)
        name = quoted(await self._made(folder))
        for at in range(0, len(uids), BATCH):
            some = uid_set(uids[at : at + BATCH])
            if self._client.has_capability("MOVE"):
                await self._try("move", some, name)
            elif await self._try("copy", some, name):
                await self._try("store", some, "+FLAGS.SILENT", r"(\Deleted)")
                if self._client.has_capability("UIDPLUS"):  # a bare EXPUNGE would take others' mail as well
                    await self._try("expunge", some)

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

    async def _sign_in(self) -> None:
        if self._tokens is None:
            must(await self._client.login(quoted(self._server.user), self._server.password))
            return
        token = await self._tokens.access_token()
        try:
            must(await self._client.protocol.sign_in(self._server.user, token))
        except Declined:
            self._tokens.forget()
            raise

    async def _made(self, folder: str) -> str:
        """The folder's name on this server, once it is there."""
        if folder not in self._folders:
            delimiter = delimiter_of(await self._said(self._client.list, '""', '""'))
            name = folder_name(folder, delimiter)
            beneath = f"INBOX{delimiter}{name}"  # where some servers want all of them
            for one in (name, beneath):
                if await self._is_there(one) or await self._create(one):
                    self._folders[folder] = one
                    break
            else:
                _log.warning("the folder %s cannot be made", folder)
                self._folders[folder] = name
        return self._folders[folder]

    async def _is_there(self, name: str) -> bool:
        async with self._within(self._patience):
            found = await self._client.protocol.simple_command("LIST", '""', quoted(name))
        return any(b"(" in bytes(line) for line in found.lines[:-1])

    async def _create(self, name: str) -> bool:
        async with self._within(self._patience):
            return bool((await self._client.create(quoted(name))).result == "OK")

    async def _pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._said(self._client.noop)

    def _forget_pushes(self) -> None:
        queue = self._client.protocol.idle_queue
        while not queue.empty():
            queue.get_nowait()

    async def _fetched(self, uids: Sequence[int], what: str, size: int = 0) -> list[Any]:
        seconds = (
            self._patience + size / SLOWEST
        )  # for all of it; the library's own begins anew at each chunk
        return await self._said(self._client.uid, "fetch", uid_set(uids), f"(UID {what})", within=seconds)

    async def _bodies(self, uids: Sequence[int], size: int, part: str = "BODY.PEEK[]") -> list[Fetched]:
        asked, lines = set(uids), await self._fetched(uids, part, size)
        return sorted((one for one in messages_of(lines) if one.uid in asked), key=lambda one: one.uid)

    async def _said(
        self, ask: Callable[..., Awaitable[Any]], *arguments: str, within: float = 0.0, **more: Any
    ) -> list[Any]:
        async with self._within(within or self._patience):
            return must(await ask(*arguments, **more))
        raise AssertionError  # the scope lets nothing pass

    async def _try(self, command: str, *arguments: str) -> bool:
        """A command that a server may decline without our being the worse for it."""
        async with self._within(self._patience):
            response = await self._client.uid(command, *arguments)
        if response.result != "OK":
            _log.warning("the mailbox declines %s: %s", command, response.result)
        return bool(response.result == "OK")

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
        except (MailboxUnreachable, Declined) as error:
            self.close()
            raise MailboxUnreachable(str(error)) from error
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
