"""One kept connection to the server that takes our mails, and what each attempt came to.

All that aiosmtplib raises is judged here, by how far the mail had got. Refuses to know the outbox and the
words of the mail: bytes and addresses are enough.
"""

import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeAlias

import aiosmtplib
from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from mailer.wires.oauth import Tokens
from mailer.wires.servers import MailServer

PATIENCE = 30.0
"""Seconds for the server's answer to one command."""

TOO_LARGE = 552
"""The server's word for a mail that is larger than it takes: the mail's fault, not ours."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The server took it. `refused` never will have it, `put_off` not now: address → the server's words."""

    refused: dict[str, str] = field(default_factory=dict)
    put_off: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing left; it is worth another try."""

    error: str


@dataclass(frozen=True, slots=True)
class Never:
    """Nothing left, and nothing will. `refused`: address → the server's words, where it was of those."""

    error: str
    refused: dict[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The answer to the last word did not come: it may have left."""

    error: str


Outcome: TypeAlias = Taken | Later | Never | Uncertain


class SmtpWire:
    """The connection. Opened at the first mail, kept, opened again when it is lost. Carries one at a time.

    Certificates are checked against the system's authorities unless `trust` says otherwise; with `tokens`
    it signs in by XOAUTH2, with a new token at each connection.
    """

    def __init__(
        self,
        server: MailServer,
        *,
        patience: float = PATIENCE,
        trust: ssl.SSLContext | None = None,
        tokens: Tokens | None = None,
    ) -> None:
        self._tokens = tokens
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=None if tokens else server.password or None,
            oauth_token_generator=tokens.access_token if tokens else None,
            use_tls=server.tls,
            start_tls=server.starttls,
            timeout=patience,
            tls_context=trust,
        )

    async def reach(self) -> bool:
        """Be connected; False where the server wants no connection from us now."""
        if not self._client.is_connected:
            try:
                await self._client.connect()
            except (SMTPException, OSError):
                self._client.close()  # whatever it is: a connection that carries will meet it, and say so
        return self._client.is_connected

    async def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Hand a mail over; never raises what the server or the network does.

        A login or a sender that is refused is the installation's fault and not the mail's: it waits.
        """
        try:
            told = await self._tell(raw, sender, recipients)
        except (SMTPException, OSError) as error:
            return await self._not_told(error)
        except ValueError as error:
            self._client.close()
            return Never(f"indirizzo non valido: {error}")
        if isinstance(told, Never):
            return told
        accepted, errors = told
        if not accepted:
            await self._reset()
            return _nobody(errors)
        return await self._content(raw, errors)

    async def leave(self) -> None:
        """Take leave of a server that is not needed for a while."""
        if self._client.is_connected:
            with suppress(SMTPException, OSError):
                await self._client.quit()
        self._client.close()

    def close(self) -> None:
        """Hang up, whatever is under way."""
        self._client.close()

    async def _tell(
        self, raw: bytes, sender: str, recipients: Sequence[str]
    ) -> tuple[list[str], list[SMTPRecipientRefused]] | Never:
        """The envelope; once more over a new connection, where the old one was closed behind our back."""
        reused = self._client.is_connected
        try:
            return await self._envelope(raw, sender, recipients)
        except (SMTPServerDisconnected, ConnectionError):
            if not reused:
                raise
            self._client.close()  # nothing of the mail was told yet
            return await self._envelope(raw, sender, recipients)

    async def _envelope(
        self, raw: bytes, sender: str, recipients: Sequence[str]
    ) -> tuple[list[str], list[SMTPRecipientRefused]] | Never:
        """Say from whom and to whom; who was accepted, and the refusals."""
        if not self._client.is_connected:
            await self._client.connect()
        needs = _Needs.of(raw, [sender, *recipients])
        if lacking := needs.lacking(self._client):
            return Never(lacking)
        encoding = "utf-8" if needs.utf8 else "ascii"
        await self._client.mail(_on_the_wire(sender), options=needs.options(self._client), encoding=encoding)
        accepted, errors = [], []
        for recipient in recipients:
            try:
                await self._client.rcpt(_on_the_wire(recipient), encoding=encoding)
                accepted.append(recipient)
            except SMTPRecipientRefused as error:
                errors.append(SMTPRecipientRefused(error.code, error.message, recipient))
        return accepted, errors

    async def _not_told(self, error: Exception) -> Outcome:
        if isinstance(error, SMTPSenderRefused) and error.code == TOO_LARGE:
            await self._reset()
            return Never(_said(error))
        if self._tokens and isinstance(error, SMTPAuthenticationError):
            self._tokens.forget()
        self._client.close()
        return Later(f"il server di posta non accetta posta da noi: {_said(error)}")

    async def _content(self, raw: bytes, errors: Sequence[SMTPRecipientRefused]) -> Outcome:
        try:
            await self._client.data(raw)
        except SMTPResponseException as error:
            await self._reset()
            return Later(_said(error)) if error.code < 500 else Never(_said(error))
        except (SMTPException, OSError) as error:
            self._client.close()
            return Uncertain(f"il server di posta non ha confermato: {_said(error)}")
        refused = {error.recipient: _said(error) for error in errors if error.code >= 500}
        put_off = {error.recipient: _said(error) for error in errors if error.code < 500}
        return Taken(refused, put_off)

    async def _reset(self) -> None:
        try:
            await self._client.rset()
        except (SMTPException, OSError):
            self._client.close()


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a mail asks of its server beyond the oldest rules (RFC 6531, 6152, 1870)."""

    utf8: bool
    eight_bit: bool
    size: int

    @classmethod
    def of(cls, raw: bytes, addresses: Sequence[str]) -> "_Needs":
        utf8 = not all(_on_the_wire(address).isascii() for address in addresses)
        return cls(utf8, not raw.isascii(), len(raw))

    def lacking(self, client: aiosmtplib.SMTP) -> str:
        """Why this server cannot take it, in a sentence; empty where it can."""
        if self.utf8 and not client.supports_extension("smtputf8"):
            return "il server di posta non accetta indirizzi con lettere accentate (SMTPUTF8)"
        if self.eight_bit and not client.supports_extension("8bitmime"):
            return "il server di posta accetta solo mail a sette bit (8BITMIME)"
        most = client.esmtp_extensions.get("size", "")
        if most.isdigit() and 0 < int(most) < self.size:
            return f"la mail è di {self.size} byte, il server di posta ne accetta {most}"
        return ""

    def options(self, client: aiosmtplib.SMTP) -> list[str]:
        """Of MAIL FROM, those that the server offers and the mail needs."""
        size = [f"SIZE={self.size}"] if client.supports_extension("size") else []
        return [*size, *["BODY=8BITMIME"] * self.eight_bit, *["SMTPUTF8"] * self.utf8]


def _on_the_wire(address: str) -> str:
    """The address with its domain as DNS has it; what stands before the @ is its owner's own business.

    Raises:
        ValueError: the domain is none.
    """
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.encode('idna').decode()}"


def _nobody(errors: Sequence[SMTPRecipientRefused]) -> Later | Never:
    """All recipients were refused; another try is worth it if only one of them was put off."""
    said = "; ".join(f"{error.recipient}: {_said(error)}" for error in errors)
    if any(error.code < 500 for error in errors):
        return Later(said)
    return Never(said, {error.recipient: _said(error) for error in errors})


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {' '.join(str(error.message).split())}"
    return str(error) or type(error).__name__
