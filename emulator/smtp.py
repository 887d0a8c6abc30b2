"""The SMTP server: takes any sender and any password, and drops what it is given into the mailboxes.

It has its moods on request: refusals, silence, and the cut after the dot that leaves a sender uncertain. It
refuses to know what is in a letter.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from emulator.mailboxes import Mailboxes

_LARGEST = 40 * 1024 * 1024  # bytes


@dataclass(slots=True)
class Mood:
    """Trouble that the next mails meet.

    Attributes:
        kind: "refuse" a recipient with `code`; "hang" after the dot and keep nothing; "cut" the connection
        after
            the dot; "reject" the whole mail after the dot with `code`.
        times: how often; None means until told otherwise.
        address: of the recipient it is about, None for any.
        keep: of a "cut": whether the mail was taken all the same.
    """

    kind: Literal["refuse", "hang", "cut", "reject"]
    times: int | None = 1
    address: str | None = None
    code: int = 550
    text: str = "5.1.1 Mailbox unavailable"
    keep: bool = True


class SmtpServer:
    """One server on loopback.

    Attributes:
        port: of the open server.
        accepted: how many mails were taken.
        most_connections: more are told to come back later.
        utf8: whether it takes addresses beyond ASCII.
    """

    def __init__(self, mailboxes: Mailboxes) -> None:
        self._mailboxes = mailboxes
        self._moods: list[Mood] = []
        self._connections: set[SMTP] = set()
        self._closing = asyncio.Event()
        self.port = 0
        self.accepted = 0
        self.most_connections = 100
        self.utf8 = True

    async def open(self, stack: AsyncExitStack, port: int = 0) -> None:
        """Listen on loopback until the stack unwinds."""
        server = await asyncio.get_running_loop().create_server(self._connection, "127.0.0.1", port)
        self.port = server.sockets[0].getsockname()[1]
        stack.push_async_callback(self._close, server)

    # ---- moods -----------------------------------------------------------------------------------

    def refuses(
        self,
        address: str | None,
        code: int = 550,
        text: str = "5.1.1 Mailbox unavailable",
        *,
        times: int | None = None,
    ) -> None:
        """Refuse a recipient (None: any), for good by default; a `code` below 500 is a "come back later"."""
        self._moods.append(Mood("refuse", times, address.lower() if address else None, code, text))

    def rejects(self, code: int = 451, text: str = "4.3.0 Try again later", *, times: int = 1) -> None:
        """Refuse whole mails after the dot."""
        self._moods.append(Mood("reject", times, None, code, text))

    def hangs(self, times: int = 1) -> None:
        """Never answer the dot, and keep nothing."""
        self._moods.append(Mood("hang", times))

    def cuts_after_data(self, times: int = 1, *, keep: bool = True) -> None:
        """Cut the connection instead of answering the dot; `keep` tells whether the mail was taken."""
        self._moods.append(Mood("cut", times, keep=keep))

    def behaves(self) -> None:
        """Forget all moods."""
        self._moods.clear()

    # ---- aiosmtpd's hooks (their names are its own) ----------------------------------------------

    async def handle_EHLO(  # noqa: N802 -- as below
        self, _: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Greet, or turn away one connection too many."""
        session.host_name = hostname
        if len(self._connections) > self.most_connections:
            return ["421 4.7.0 Too many connections"]
        return responses

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it so
        self, _: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse one recipient."""
        mood = self._meets(("refuse",), address.lower())
        if mood:
            return f"{mood.code} {mood.text}"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- as above
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse the mail."""
        mood = self._meets(("hang", "cut", "reject"))
        if mood and mood.kind == "reject":
            return f"{mood.code} {mood.text}"
        if mood and mood.kind == "hang":
            await self._closing.wait()
        elif mood is None or mood.keep:
            await self._take(envelope)
        if mood and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 2.0.0 OK: queued"

    # ---- inside ----------------------------------------------------------------------------------

    async def _take(self, envelope: Envelope) -> None:
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        await self._mailboxes.deliver(content, envelope.mail_from or "", envelope.rcpt_tos)
        self.accepted += 1

    def _meets(self, kinds: tuple[str, ...], address: str | None = None) -> Mood | None:
        for mood in self._moods:
            if mood.kind in kinds and mood.address in {None, address}:
                if mood.times is not None:
                    mood.times -= 1
                    if mood.times <= 0:
                        self._moods.remove(mood)
                return mood
        return None

    def _connection(self) -> SMTP:
        connection = _Connection(
            self,
            hostname="localhost",
            ident="Dopovisita demo",
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=self.utf8,
            auth_require_tls=False,
            authenticator=_anyone,
            loop=asyncio.get_running_loop(),
        )
        connection.gone = self._connections.discard
        self._connections.add(connection)
        return connection

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        self._closing.set()
        for connection in list(self._connections):
            if isinstance(connection.transport, asyncio.Transport):
                connection.transport.abort()
        await asyncio.sleep(0)
        await server.wait_closed()


class _Connection(SMTP):
    """aiosmtpd's, which tells when it is gone."""

    gone: Callable[[SMTP], None]

    def connection_lost(self, error: Exception | None) -> None:
        """It is gone."""
        super().connection_lost(error)
        self.gone(self)


def _anyone(*_: object) -> AuthResult:
    """Every user name with every password is welcome."""
    return AuthResult(success=True)
