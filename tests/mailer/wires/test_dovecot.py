"""The mailbox on a real server: Dovecot."""

import asyncio
import imaplib
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import date

import pytest

from mailer.wires import imap
from mailer.wires.imap import Inbox
from mailer.wires.imap_answers import MailboxUnreachable
from mailer.wires.oauth import Provider, Tokens
from mailer.wires.servers import mail_server
from tests.mailer.conftest import HandClock
from tests.mailer.wires import servers_here
from tests.mailer.wires.provider import TokenProvider, a_provider
from tests.mailer.wires.servers_here import PASSWORD, USER, CouldNotStartError, Dovecot

pytestmark = pytest.mark.dovecot
SINCE = date(2020, 1, 1)


def mail(words: str, size: int = 0) -> bytes:
    return f"Subject: {words}\r\nFrom: a@b.example.com\r\n\r\n{words}\r\n".encode() + b"riga\r\n" * (
        size // 6
    )


def as_a_human(server: Dovecot) -> imaplib.IMAP4:
    """Somebody else's mail program on the same mailbox."""
    client = imaplib.IMAP4("127.0.0.1", server.imap_port)
    client.login(USER, PASSWORD)
    client.select()
    return client


async def opened(server: Dovecot, patience: float = 10.0) -> Inbox:
    inbox = Inbox(mail_server(server.url), patience=patience)
    await inbox.open()
    return inbox


async def bodies(inbox: Inbox, uids: list[int]) -> dict[int, bytes]:
    return {one.uid: one.raw async for batch in inbox.fetch(uids) for one in batch}


async def test_what_was_delivered_is_fetched_byte_for_byte(dovecot: Dovecot) -> None:
    dovecot.deliver(*(mail(f"Lettera {number}") for number in range(imap.BATCH + 5)))
    with closing(await opened(dovecot)) as inbox:
        uids = await inbox.uids_after(0, since=SINCE)
        found = await bodies(inbox, uids)
    assert len(uids) == imap.BATCH + 5
    assert all(found[uid].endswith(mail(f"Lettera {uid - 1}")) for uid in uids)


async def test_a_message_of_25_megabytes_comes_whole(dovecot: Dovecot) -> None:
    dovecot.deliver(mail("Grande", 25_000_000), mail("Piccola"))
    with closing(await opened(dovecot, 60.0)) as inbox:
        found = await bodies(inbox, await inbox.uids_after(0, since=SINCE))
    assert len(found[1]) > 25_000_000
    assert found[2].endswith(mail("Piccola"))


async def test_idle_tells_of_a_delivery_and_of_nothing_else(dovecot: Dovecot) -> None:
    with closing(await opened(dovecot)) as inbox:
        assert await inbox.uids_after(0, since=SINCE) == []
        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            tasks.create_task(inbox.wait(300))
            await asyncio.to_thread(dovecot.deliver, mail("Salve"))
        assert await inbox.uids_after(0, since=SINCE) == [1]


async def test_mail_between_the_look_and_idle_is_told_at_once(dovecot: Dovecot) -> None:
    with closing(await opened(dovecot)) as inbox:
        assert await inbox.uids_after(0, since=SINCE) == []
        await asyncio.to_thread(dovecot.deliver, mail("Salve"))
        async with asyncio.timeout(10):
            await inbox.wait(300)


async def test_a_letter_that_somebody_took_away_between_look_and_fetch_is_left_out(dovecot: Dovecot) -> None:
    dovecot.deliver(mail("Prima"), mail("Seconda"), mail("Terza"))
    with closing(await opened(dovecot)) as inbox:
        uids = await inbox.uids_after(0, since=SINCE)
        with as_a_human(dovecot) as human:
            human.store("2", "+FLAGS", r"(\Deleted)")
            human.expunge()
        assert sorted(await bodies(inbox, uids)) == [1, 3]
        await inbox.flag_seen(uids)
        await inbox.file(uids, "Dopovisita/Registrate")
        assert await inbox.uids_after(0, since=SINCE) == []


async def test_letters_are_filed_in_a_folder_with_accents_made_for_them(dovecot: Dovecot) -> None:
    dovecot.deliver(mail("Prima"), mail("Seconda"))
    with closing(await opened(dovecot)) as inbox:
        await inbox.file([1], "Dopovisita/Già fatte & viste")
        assert await inbox.uids_after(0, since=SINCE) == [2]
    with as_a_human(dovecot) as human:
        assert human.select('"Dopovisita.Gi&AOA- fatte &- viste"') == ("OK", [b"1"])
        assert b"\\Seen" in human.fetch("1", "(FLAGS)")[1][0]  # type: ignore[operator]  # a line of bytes


async def test_without_move_they_are_copied_and_only_they_are_expunged(dovecot: Dovecot) -> None:
    dovecot.deliver(mail("Prima"), mail("Seconda"), mail("Terza"))
    with as_a_human(dovecot) as human:
        human.store("3", "+FLAGS", r"(\Deleted)")
    with closing(await opened(dovecot)) as inbox:
        inbox._client.protocol.capabilities.discard("MOVE")
        await inbox.file([1], "Fatte")
        assert await inbox.uids_after(0, since=SINCE) == [2, 3]
    with as_a_human(dovecot) as human:
        assert human.select("Fatte") == ("OK", [b"1"])


async def test_a_server_killed_while_we_idle_or_fetch_is_noticed_and_comes_back(dovecot: Dovecot) -> None:
    dovecot.deliver(*(mail(f"Lettera {number}", 200_000) for number in range(60)))
    with closing(await opened(dovecot, 5.0)) as inbox:
        fetching = inbox.fetch(await inbox.uids_after(0, since=SINCE))
        await anext(fetching)
        dovecot.kill()
        with pytest.raises(MailboxUnreachable):
            async for _ in fetching:
                pass
    dovecot.start()
    with closing(await opened(dovecot, 5.0)) as inbox:
        assert len(await inbox.uids_after(0, since=SINCE)) == 60
        with pytest.raises(MailboxUnreachable):
            await asyncio.gather(inbox.wait(300), asyncio.to_thread(dovecot.kill))


async def test_a_wrong_password_is_told_in_the_servers_words(dovecot: Dovecot) -> None:
    inbox = Inbox(mail_server(dovecot.url.replace("prova", "sbagliata")), patience=10)
    with pytest.raises(MailboxUnreachable, match="Authentication failed"):
        await inbox.open()


async def none(_: str = "") -> None:
    """No other token than the first is kept."""


@pytest.fixture
async def provider() -> AsyncIterator[TokenProvider]:
    async with a_provider() as running:
        yield running


@pytest.fixture
def asking(provider: TokenProvider) -> Iterator[Dovecot]:
    """A Dovecot that asks the provider whose a token is."""
    try:
        with servers_here.dovecot(f"{provider.url}/introspect") as server:
            yield server
    except CouldNotStartError as reason:
        pytest.skip(f"Dovecot could not start: {reason}")


@pytest.mark.parametrize("vouched", [True, False])
async def test_a_bearer_that_the_provider_vouches_for_opens_it(
    provider: TokenProvider, asking: Dovecot, vouched: bool, clock: HandClock
) -> None:
    tokens = Tokens(
        Provider(f"{provider.url}/token", "applicazione", "", "primo"), kept=none, keep=none, now=clock
    )
    await tokens.access_token()
    if not vouched:
        provider.good.clear()
    with closing(Inbox(mail_server(asking.url), patience=10, tokens=tokens)) as inbox:
        if vouched:
            await inbox.open()
        else:
            with pytest.raises(MailboxUnreachable, match="NO"):
                await inbox.open()
