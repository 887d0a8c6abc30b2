"""The library's client mended from outside: what it keeps quiet, never answers, or never notices.

A message that came amid another answer is noted as its bytes arrive; the end of the greeting is told; a token
that is refused gets the empty answer that the server waits for; a connection whose other end is gone is found
out by the system. Refuses to know what is asked of the server.
"""

import asyncio
import logging
import socket
from base64 import b64encode
from contextlib import suppress
from typing import Any

import aioimaplib  # type: ignore[import-untyped]  # it has no types

KEEP_ALIVE = (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4))
"""Seconds of silence, seconds between two knocks, knocks unanswered: then the line is dead."""

_log = logging.getLogger(__name__)


class Protocol(aioimaplib.IMAP4ClientProtocol):  # type: ignore[misc]  # it has no types
    """Notes what the library keeps quiet: a message that came amid another answer, the greeting's end."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.told = False
        self.greeted = asyncio.Event()
        self._tail = b""
        self._token: str | None = None

    def connection_made(self, transport: Any) -> None:
        """Have the system look whether the other end still lives; IDLE alone would not know for minutes."""
        super().connection_made(transport)
        line = transport.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in KEEP_ALIVE:
                with suppress(AttributeError, OSError):  # not every system has each of them
                    line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

    async def sign_in(self, user: str, access_token: str) -> Any:
        """XOAUTH2, as both Google and Microsoft write it; the answer, whether or not it lets us in."""
        self._token = b64encode(f"user={user}\1auth=Bearer {access_token}\1\1".encode()).decode()
        ours = ["XOAUTH2", self._token] if "SASL-IR" in self.capabilities else ["XOAUTH2"]
        if len(ours) > 1:
            self._token = None
        response = await self.execute(
            aioimaplib.Command("AUTHENTICATE", self.new_tag(), *ours, loop=self.loop)
        )
        if response.result == "OK":
            self.state = aioimaplib.AUTH
        return response

    def _continuation(self, line: bytes) -> None:
        """While signing in: the token where it is asked for, else the empty line that ends a refusal."""
        waiting = self.pending_sync_command
        if waiting is not None and waiting.name == "AUTHENTICATE":
            token, self._token = self._token or "", None
            self.send(token, scrub=token or None)
        else:
            super()._continuation(line)

    async def welcome(self, command: bytes) -> None:
        """Tells the end of the greeting; the library's own wait for it cannot be cancelled."""
        try:
            await super().welcome(command)
        except aioimaplib.Error as error:
            _log.warning("an odd greeting: %s", error)  # signing in will fail and say so
        finally:
            self.greeted.set()

    def data_received(self, data: bytes) -> None:
        """Note that a message came, whatever else these bytes say."""
        self.told = self.told or b" EXISTS\r\n" in self._tail + data[:16] or b" EXISTS\r\n" in data
        self._tail = data[-16:]
        super().data_received(data)


class Client(aioimaplib.IMAP4):  # type: ignore[misc]  # it has no types
    """The library's client over our protocol, with TLS where a context is given."""

    def create_client(self, host: str, port: int, _loop: Any, conn_lost_cb: Any, ssl_context: Any) -> None:
        """Begin to connect."""
        loop = asyncio.get_running_loop()
        self.protocol = Protocol(loop, conn_lost_cb)
        self._client_task = loop.create_task(
            loop.create_connection(lambda: self.protocol, host, port, ssl=ssl_context)
        )

    @property
    def connecting(self) -> asyncio.Task[Any]:
        """The task that connects."""
        return self._client_task
