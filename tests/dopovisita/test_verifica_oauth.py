"""What `verifica` says of a sign-in without a password, and how what the provider renews is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dopovisita.checks import look_at_imap, look_at_smtp
from dopovisita.mail_tokens import mail_tokens
from dopovisita.sealing import seal, unseal
from dopovisita.secret import Secret
from dopovisita.settings import OAuth
from procedure.errors import Failure
from store.engine import open_store
from store.migrations import migrate
from tests.mailer.wires.provider import a_provider

KEY = "una chiave di prova, lunga quanto basta 0123456789"


async def _given(folder: Path, provider: str, smtp: int, imap: int) -> dict[str, str]:
    url = f"sqlite:///{folder / 'dopovisita.db'}"
    await migrate(url)
    named = {
        "DATABASE_URL": url,
        "SECRET_KEY": KEY,
        "MAIL_FROM": "visite@visite.example.com",
        "SMTP_URL": f"smtp://visite@127.0.0.1:{smtp}",
        "IMAP_URL": f"imap://visite@127.0.0.1:{imap}",
        "MAIL_OAUTH_TOKEN_URL": f"{provider}/token",
        "MAIL_OAUTH_CLIENT_ID": "applicazione",
        "MAIL_OAUTH_REFRESH_TOKEN": "primo",
    }
    return {f"DOPOVISITA_{name}": value for name, value in named.items()}


async def _smtp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As far as a sender comes before he signs in."""
    with closing(writer):
        writer.write(b"220 hello\r\n")
        while await reader.readline():
            writer.write(b"250-hello\r\n250 AUTH XOAUTH2\r\n")


async def _imap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """As far as a reader comes before he signs in."""
    with closing(writer):
        writer.write(b"* OK hello\r\n")
        while line := (await reader.readline()).decode():
            writer.write(f"* CAPABILITY IMAP4rev1 SASL-IR\r\n{line.partition(' ')[0]} OK\r\n".encode())


@pytest.mark.parametrize(("look", "door"), [(look_at_smtp, _smtp), (look_at_imap, _imap)])
async def test_a_provider_that_refuses_is_told_in_one_line(
    tmp_path: Path,
    look: Callable[[Mapping[str, str]], Awaitable[str]],
    door: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> None:
    server = await asyncio.start_server(door, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with a_provider() as provider:
        provider.fails = (400, {"error": "invalid_grant"})
        given = await _given(tmp_path, provider.url, port, port)
        with pytest.raises(
            Failure, match="non dà un token: 400 invalid_grant: controlla DOPOVISITA_MAIL_OAU"
        ):
            await look(given)
    server.close()


async def test_what_the_provider_renews_is_kept_sealed_and_used_after_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'dopovisita.db'}"
    await migrate(url)
    async with a_provider() as provider, open_store(url) as store:
        provider.rotates = True
        its = OAuth(f"{provider.url}/token", "applicazione", None, Secret("primo"), "")
        for number in (1, 2, 3):
            tokens = mail_tokens(its, Secret(KEY), store, lambda: datetime(2026, 11, 19, tzinfo=UTC))
            assert await tokens.access_token() == f"accesso-{number}"
    assert b"ruotato" not in (tmp_path / "dopovisita.db").read_bytes()


def test_what_is_sealed_opens_with_its_key_only() -> None:
    for secret in ("", "x", "un segreto più lungo di un blocco " * 9):
        sealed = seal(b"chiave", secret)
        assert unseal(b"chiave", sealed) == secret
        assert sealed != seal(b"chiave", secret)
        assert unseal(b"altra", sealed) is None
    for spoiled in ("", "èèè", "AAAA", sealed[:-8], sealed[:50] + "A" * 8 + sealed[58:]):
        assert unseal(b"chiave", spoiled) is None
