"""Certificates are checked: a server that nobody vouches for gets neither a mail nor a password."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest

from mailer.wires.imap import Inbox
from mailer.wires.imap_answers import MailboxUnreachable
from mailer.wires.servers import mail_server
from mailer.wires.smtp import Later, SmtpWire, Taken


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that it signed itself, and its key."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("no openssl here to make a certificate with")
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "certificate.pem", folder / "key.pem"
    asked = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([openssl, *asked.split(), "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


@asynccontextmanager
async def a_server(
    certificate: tuple[Path, Path], greeting: str, answers: dict[str, str]
) -> AsyncIterator[tuple[int, list[str]]]:
    """A TLS server that answers a line by its first word (IMAP: its second); its port and what it heard."""
    heard: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, ssl.SSLError), closing(writer):
            writer.write(f"{greeting}\r\n".encode())
            while line := (await reader.readline()).decode().strip():
                heard.append(line)
                tag, _, rest = line.partition(" ")
                answer = answers.get(tag.upper()) or answers.get(rest.partition(" ")[0]) or answers.get("*")
                if answer:
                    writer.write(f"{answer.format(tag=tag)}\r\n".encode())

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1], heard
    finally:
        server.close()
        await asyncio.sleep(0)


SMTP = {
    "EHLO": "250 localhost", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken",
    "QUIT": "221 bye",
}  # fmt: skip
IMAP = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1 IDLE\r\n{tag} OK done",
    "SELECT": "* OK [UIDVALIDITY 5] ok\r\n{tag} OK done",
    "*": "{tag} OK done",
}


@pytest.mark.parametrize("trusted", [False, True])
async def test_a_mail_goes_only_to_a_server_that_someone_vouches_for(
    certificate: tuple[Path, Path], trusted: bool
) -> None:
    trust = ssl.create_default_context(cafile=certificate[0]) if trusted else None
    async with a_server(certificate, "220 hello", SMTP) as (port, heard):
        wire = SmtpWire(mail_server(f"smtps://127.0.0.1:{port}"), patience=5, trust=trust)
        outcome = await wire.send(b"Salve\r\n", "a@b.example.com", ["c@d.example.com"])
        await wire.leave()
    if trusted:
        assert outcome == Taken()
    else:
        assert isinstance(outcome, Later)
        assert "certificate" in outcome.error.lower()
        assert heard == []


@pytest.mark.parametrize("trusted", [False, True])
async def test_a_password_goes_only_to_a_server_that_someone_vouches_for(
    certificate: tuple[Path, Path], trusted: bool
) -> None:
    trust = ssl.create_default_context(cafile=certificate[0]) if trusted else None
    async with a_server(certificate, "* OK hello", IMAP) as (port, heard):
        inbox = Inbox(mail_server(f"imaps://u:segreta@127.0.0.1:{port}"), patience=5, trust=trust)
        with closing(inbox):
            if trusted:
                await inbox.open()
                assert inbox.uidvalidity == 5
            else:
                with pytest.raises(MailboxUnreachable, match="certificate"):
                    await inbox.open()
                assert heard == []
