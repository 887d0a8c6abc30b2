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
from aiosmtplib import SMTPException, SMTPRecipientRefused, SMTPResponseException, SMTPServerDisconnected

from mailer.wires.servers import MailServer

PATIENCE = 30.0
"""Seconds for the server's answer to one command."""


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
    """Nothing left, and nothing will."""

    error: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The answer to the last word did not come: it may have left."""

    error: str


Outcome: TypeAlias = Taken | Later | Never | Uncertain


class SmtpWire:
    """The connection. Opened at the first mail, kept, opened again when it is lost. Carries one at a time.

    Certificates are checked against the system's authorities unless `trust` says otherwise.
    """

    def __init__(
        self, server: MailServer, *, patience: float = PATIENCE, trust: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.tls,
            start_tls=server.starttls,
            timeout=patience,
            tls_context=trust,
        )

    async def send(self, raw: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Hand a mail over; never raises what the server or the network does.

        A login or a sender that is refused is the installation's fault and not the mail's: it waits.
        """
        try:
            reused = self._client.is_connected
            try:
                accepted, errors = await self._envelope(sender, recipients)
            except (SMTPServerDisconnected, ConnectionError):
                if not reused:
                    raise
                self._client.close()  # it had been closed behind our back; nothing of the mail was told yet
                accepted, errors = await self._envelope(sender, recipients)
        except (SMTPException, OSError) as error:
            self._client.close()
            return Later(f"il server di posta non accetta posta da noi: {_said(error)}")
        except ValueError as error:
            self._client.close()
            return Never(f"indirizzo non valido: {error}")
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

    async def _envelope(
        self, sender: str, recipients: Sequence[str]
    ) -> tuple[list[str], list[SMTPRecipientRefused]]:
        """Say from whom and to whom; who was accepted, and the refusals."""
        if not self._client.is_connected:
            await self._client.connect()
        await self._client.mail(sender)
        accepted, errors = [], []
        for recipient in recipients:
            try:
                await self._client.rcpt(recipient)
                accepted.append(recipient)
            except SMTPRecipientRefused as error:
                errors.append(error)
        return accepted, errors

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


def _nobody(errors: Sequence[SMTPRecipientRefused]) -> Later | Never:
    """All recipients were refused; another try is worth it if only one of them was put off."""
    said = "; ".join(f"{error.recipient}: {_said(error)}" for error in errors)
    return Later(said) if any(error.code < 500 for error in errors) else Never(said)


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.code} {' '.join(str(error.message).split())}"
    return str(error) or type(error).__name__
