"""Signing in without a password, against a provider over HTTP and servers that look at the token."""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import timedelta

import pytest

from mailer.wires.imap_answers import MailboxUnreachable
from mailer.wires.oauth import NoTokenError, Provider, Tokens
from mailer.wires.servers import mail_server
from mailer.wires.smtp import Later, SmtpWire, Taken
from tests.mailer.conftest import HandClock
from tests.mailer.wires.provider import TokenProvider, a_provider
from tests.mailer.wires.test_imap import Turn, Wire, a_server, obedient

ATokens = Callable[[], Tokens]


@pytest.fixture
async def provider() -> AsyncIterator[TokenProvider]:
    async with a_provider() as running:
        yield running


@pytest.fixture
def kept() -> list[str]:
    return []


@pytest.fixture
def tokens(provider: TokenProvider, clock: HandClock, kept: list[str]) -> ATokens:
    async def keep(token: str) -> None:
        kept.append(token)

    async def last() -> str | None:
        return kept[-1] if kept else None

    def make() -> Tokens:
        its = Provider(f"{provider.url}/token", "applicazione", "segreto", "primo", "posta")
        return Tokens(its, kept=last, keep=keep, now=clock)

    return make


async def test_a_token_is_asked_for_once_and_again_before_it_ends(
    tokens: ATokens, provider: TokenProvider, clock: HandClock
) -> None:
    ours = tokens()
    assert [await ours.access_token() for _ in range(3)] == ["accesso-1"] * 3
    clock.move(timedelta(minutes=54))
    assert await ours.access_token() == "accesso-1"
    clock.move(timedelta(minutes=2))
    assert await ours.access_token() == "accesso-2"
    assert provider.asked[0] == {
        "grant_type": "refresh_token",
        "refresh_token": "primo",
        "client_id": "applicazione",
        "client_secret": "segreto",
        "scope": "posta",
    }


async def test_both_wires_at_once_ask_once(tokens: ATokens, provider: TokenProvider) -> None:
    ours = tokens()
    await asyncio.gather(*(ours.access_token() for _ in range(5)))
    assert len(provider.asked) == 1


async def test_a_rotated_refresh_token_is_kept_and_used_by_whoever_starts_next(
    tokens: ATokens, provider: TokenProvider, kept: list[str]
) -> None:
    provider.rotates = True
    await tokens().access_token()
    assert await tokens().access_token() == "accesso-2"
    assert kept == ["ruotato-1", "ruotato-2"]


async def test_a_token_that_a_server_refused_is_not_shown_to_it_again(tokens: ATokens) -> None:
    ours = tokens()
    await ours.access_token()
    ours.forget()
    assert await ours.access_token() == "accesso-2"


@pytest.mark.parametrize("answer", [{"error": "invalid_grant"}, {}, "no", None, {"access_token": 7}])
async def test_a_provider_that_gives_none_is_told_without_its_secrets(
    tokens: ATokens, provider: TokenProvider, answer: object
) -> None:
    provider.fails = (400, answer)
    with pytest.raises(NoTokenError) as told:
        await tokens().access_token()
    assert str(told.value).startswith("il fornitore della posta non dà un token: 400")
    assert "segreto" not in str(told.value)


async def test_a_provider_that_is_not_there_is_told(clock: HandClock, unused_tcp_port: int) -> None:
    async def nothing(_: str = "") -> None:
        return None

    its = Provider(f"http://127.0.0.1:{unused_tcp_port}/token", "a", "", "b")
    with pytest.raises(NoTokenError, match="non dà un token"):
        await Tokens(its, kept=nothing, keep=nothing, now=clock).access_token()


@pytest.mark.parametrize("lasts", [None, "presto", "120"])
async def test_how_long_a_token_lasts_may_be_missing_or_odd(
    tokens: ATokens, provider: TokenProvider, lasts: object
) -> None:
    provider.lasts = lasts
    assert await tokens().access_token() == "accesso-1"


def _shown(line: str) -> str:
    """The token in the answer to AUTH XOAUTH2."""
    user, bearer, *_ = b64decode(line.rpartition(" ")[2]).decode().split("\1")
    assert user == "user=u"
    return bearer.removeprefix("auth=Bearer ")


def _checking(provider: TokenProvider, *, at_once: bool) -> Turn:
    """An IMAP server that looks at the token; one that is bad waits for an empty line, then hears NO."""

    async def turn(wire: Wire, tag: str, command: str) -> None:
        if command.startswith("CAPABILITY"):
            wire.say(f"* CAPABILITY IMAP4rev1 IDLE {'SASL-IR ' * at_once}AUTH=XOAUTH2", f"{tag} OK done")
            return
        if not command.startswith("AUTHENTICATE"):
            await obedient(wire, tag, command)
            return
        if not at_once:
            wire.say("+ ")
        if _shown(command if at_once else await wire.hear()) in provider.good:
            wire.say(f"{tag} OK done")
            return
        wire.say("+ " + b64encode(b'{"status":"400"}').decode())
        heard = await wire.reader.readline()
        wire.say(f"{tag} {'NO refused' if heard.strip() == b'' else 'BAD what?'}")

    return turn


@pytest.mark.parametrize("at_once", [True, False])
async def test_the_mailbox_opens_by_token(tokens: ATokens, provider: TokenProvider, at_once: bool) -> None:
    async with a_server(_checking(provider, at_once=at_once), tokens=tokens()) as inbox:
        await inbox.open()
        assert inbox.uidvalidity == 77


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_refused_token_is_told_at_once_and_the_next_try_brings_a_new_one(
    tokens: ATokens, provider: TokenProvider, at_once: bool
) -> None:
    ours = tokens()
    await ours.access_token()
    provider.good.clear()
    async with a_server(_checking(provider, at_once=at_once), tokens=ours) as inbox:
        with pytest.raises(MailboxUnreachable, match="NO refused"):
            await inbox.open()
    async with a_server(_checking(provider, at_once=at_once), tokens=ours) as inbox:
        await inbox.open()


async def _smtp(provider: TokenProvider, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A submission server that takes mail only from who shows a good token."""
    with closing(writer):
        writer.write(b"220 hello\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.partition(" ")[0].upper()
            if verb == "AUTH" and _shown(line) not in provider.good:
                writer.write(b"334 eyJzdGF0dXMiOiI0MDAifQ==\r\n")
                await reader.readline()
                writer.write(b"535 5.7.8 refused\r\n")
                continue
            writer.write(_ANSWERS.get(verb, b"250 ok\r\n"))
            if verb == "DATA":
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(b"250 taken\r\n")


_ANSWERS = {"EHLO": b"250-hello\r\n250 AUTH XOAUTH2\r\n", "AUTH": b"235 ok\r\n", "DATA": b"354 go on\r\n"}


async def test_a_mail_leaves_by_token_and_waits_for_a_new_one_where_it_is_refused(
    tokens: ATokens, provider: TokenProvider
) -> None:
    server = await asyncio.start_server(lambda r, w: _smtp(provider, r, w), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    ours = tokens()
    await ours.access_token()
    provider.good.clear()
    wire = SmtpWire(mail_server(f"smtp://u@127.0.0.1:{port}"), patience=5, tokens=ours)
    mail = (b"Subject: x\r\n\r\nSalve\r\n", "a@b.example.com", ["c@d.example.com"])
    refused = await wire.send(*mail)
    assert isinstance(refused, Later)
    assert "535" in refused.error
    assert await wire.send(*mail) == Taken()
    await wire.leave()
    server.close()


async def test_without_a_token_a_mail_waits_and_says_why(tokens: ATokens, provider: TokenProvider) -> None:
    server = await asyncio.start_server(lambda r, w: _smtp(provider, r, w), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    provider.fails = (503, {})
    wire = SmtpWire(mail_server(f"smtp://u@127.0.0.1:{port}"), patience=5, tokens=tokens())
    outcome = await wire.send(b"x", "a@b.example.com", ["c@d.example.com"])
    wire.close()
    server.close()
    assert isinstance(outcome, Later)
    assert "non dà un token: 503" in outcome.error
