"""Ours beside the bare libraries on the same servers: delivery to recorded, a backlog, sending.

    make bench-mail

Dovecot and Postfix on loopback, started here (`tests/mailer/wires/servers_here.py`). Mails come in by LMTP or
lie in the Maildir; the letters are answers to mails of ours, each is recorded by the service's own action.
"""

import argparse
import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import aioimaplib
import aiosmtplib

from actions.by_mail.record_reply import record_reply
from actions.deliver import put_mail
from actions.office import Office
from bench import mail_data
from bench.mail_report import Run, tell
from dopovisita.campaign_file import load_campaign
from dopovisita.clock import Clock
from dopovisita.loop import run
from mailer.compose import Envelope, compose
from mailer.mailbox import Mailbox
from mailer.postman import Postman
from mailer.wires.imap import BATCH, Inbox
from mailer.wires.servers import mail_server
from mailer.wires.smtp import SmtpWire
from procedure.campaign import Contact
from procedure.workdays import calendars
from store.engine import Store, open_store
from store.migrations import migrate
from store.outbox import Channel, next_due
from store.transaction import Transaction
from tests.journeys.stage import CAMPAIGN
from tests.mailer.samples import a_mail
from tests.mailer.wires import servers_here
from tests.mailer.wires.servers_here import PASSWORD, USER, Dovecot, Postfix

CONNECTIONS = 2  # as the settings have it
PAUSE = 0.02  # between two deliveries whose way is timed, beside what each takes


async def measure(quick: bool) -> Run:
    """All of it once, ours and the bare ones in turn."""
    few, backlog, mails = (40, 1_000, 300) if quick else (150, 10_000, 3_000)
    with servers_here.dovecot() as server:
        bare_notice = await _notices(server, few)
        ours_notice = await _recorded(server, few)
    with servers_here.dovecot() as server:
        _fill(server, backlog)
        bare_fetch = await _bare_fetch(server, backlog)
        kept, recorded = await _backlog(server, backlog)
    with servers_here.postfix() as server_out:
        bare_send = await _bare_send(server_out, mails)
        one = await _send(server_out, mails, 1)
        several = await _send(server_out, mails, CONNECTIONS)
    return Run(bare_notice, ours_notice, bare_fetch, kept, recorded, bare_send, one, several)


# ---- delivery to recorded ------------------------------------------------------------------------------


async def _notices(server: Dovecot, how_many: int) -> list[float]:
    """Milliseconds from the end of each delivery to the notice of a bare IDLE client."""
    client = await _client(server)
    taken = []
    for raw in mail_data.answers(how_many):
        idling = await client.idle_start(60)
        delivered = await asyncio.to_thread(_deliver, server, raw)
        while not any(b"EXISTS" in line for line in await client.wait_server_push()):
            pass
        taken.append((time.perf_counter() - delivered) * 1_000)
        client.idle_done()
        await idling
    client.protocol.transport.abort()
    return taken


async def _recorded(server: Dovecot, how_many: int) -> list[float]:
    """Milliseconds from the end of each delivery to the commit of what it says."""
    taken = []
    async with _a_store() as store:
        await _asked(store, how_many * 2)
        mailbox = _mailbox(store, server)
        raws = list(mail_data.answers(how_many * 2))[how_many:]  # others than the bare client was told of
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(mailbox.run())
            await mailbox.has_settled(how_many)
            for number, raw in enumerate(raws, how_many + 1):
                delivered = await asyncio.to_thread(_deliver, server, raw)
                await mailbox.has_settled(number)
                taken.append((mailbox.settled[-1] - delivered) * 1_000)
                await asyncio.sleep(PAUSE)
            reading.cancel()
    return taken


def _deliver(server: Dovecot, raw: bytes) -> float:
    server.deliver(raw)
    return time.perf_counter()


# ---- the backlog ---------------------------------------------------------------------------------------


def _fill(server: Dovecot, how_many: int) -> None:
    for name in ("cur", "new", "tmp"):
        (server.inbox / name).mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(mail_data.answers(how_many)):
        (server.inbox / "new" / f"17{number:08}.M{number}P1.bench").write_bytes(raw)
    owner = server.folder.stat()
    for path in (server.inbox, *server.inbox.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)


async def _bare_fetch(server: Dovecot, how_many: int) -> float:
    """Messages a second, the same library, the same batches, nothing done with them."""
    client = await _client(server)
    await client.uid("fetch", f"1:{BATCH}", "(UID BODY.PEEK[])")  # the server has now read its index
    began = time.perf_counter()
    for first in range(1, how_many + 1, BATCH):
        await client.uid("fetch", f"{first}:{first + BATCH - 1}", "(UID BODY.PEEK[])")
    taken = time.perf_counter() - began
    client.protocol.transport.abort()
    return how_many / taken


async def _backlog(server: Dovecot, how_many: int) -> tuple[float, float]:
    """Messages a second: on our disk, and recorded with their effects."""
    async with _a_store() as store:
        await _asked(store, how_many)
        mailbox = _mailbox(store, server)
        with closing(Inbox(mail_server(server.url))) as inbox:
            await inbox.open()
            uids = await inbox.uids_after(0, since=date(2020, 1, 1))
            assert len(uids) == how_many
            began = time.perf_counter()
            await mailbox._keep_all(inbox, uids)
            kept = time.perf_counter() - began
            await mailbox._catch_up(inbox)
            recorded = time.perf_counter() - began
        assert len(mailbox.settled) == how_many
    return how_many / kept, how_many / recorded


# ---- sending -------------------------------------------------------------------------------------------


async def _bare_send(server: Postfix, how_many: int) -> float:
    """Mails a second by a bare loop over one kept connection, the bytes ready beforehand."""
    mail = a_mail()
    at = datetime.fromisoformat("2026-11-18T10:00:00+00:00")
    envelope = Envelope("<x@visite.example.com>", mail_data.SERVICE.email, mail_data.SERVICE, at)
    raw = compose(mail, envelope)
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=server.port) as client:
        began = time.perf_counter()
        for number in range(how_many):
            await client.sendmail(mail_data.SERVICE.email, [_address(number)], raw)
        return how_many / (time.perf_counter() - began)


async def _send(server: Postfix, how_many: int, connections: int) -> float:
    """Mails a second from the outbox: claimed, composed, sent, settled, each step committed."""
    clock = Clock()
    async with _a_store() as store:
        await store.run(lambda tx: _queue(tx, how_many, clock.now()))
        wires = [SmtpWire(mail_server(server.url)) for _ in range(connections)]
        postman = Postman(
            store=store,
            wires=wires,
            sender=mail_data.SERVICE,
            minted_by=mail_data.MINTING,
            plus_addresses=True,
            now=clock.now,
        )
        began = time.perf_counter()
        assert await postman.deliver_due() == how_many
        taken = time.perf_counter() - began
        for wire in wires:
            await wire.leave()
        assert await store.read(lambda tx: next_due(tx, Channel.MAIL, clock.now())) is None
    return how_many / taken


def _queue(tx: Transaction, how_many: int, now: datetime) -> None:
    for number in range(how_many):
        mail = a_mail(key=f"bench:{number}", to=(Contact("RA", _address(number)),))
        put_mail(tx, mail, minted_by=mail_data.MINTING, now=now)


def _address(number: int) -> str:
    """Forty offices, as an association may have."""
    return f"ufficio.{number % 40}@associazione.example.com"


# ---- what all need -------------------------------------------------------------------------------------


async def _client(server: Dovecot) -> "aioimaplib.IMAP4":
    client = aioimaplib.IMAP4("127.0.0.1", server.imap_port, timeout=60)
    await client.wait_hello_from_server()
    await client.login(USER, PASSWORD)
    await client.select()
    return client


@asynccontextmanager
async def _a_store() -> AsyncIterator[Store]:
    folder = Path(tempfile.mkdtemp(prefix="bench-mail-"))
    url = f"sqlite:///{folder / 'dopovisita.db'}"
    await migrate(url)
    try:
        async with open_store(url) as store:
            yield store
    finally:
        shutil.rmtree(folder)


async def _asked(store: Store, how_many: int) -> None:
    """The mails that the letters answer, sent already."""

    def work(tx: Transaction) -> None:
        for number in range(how_many):
            mail = a_mail(key=mail_data.key(number), to=(mail_data.asked_of(number),))
            put_mail(tx, mail, minted_by=mail_data.MINTING, now=Clock().now())

    await store.run(work)


class _Timed(Mailbox):
    """The service's, which notes when each letter was settled: after its commit."""

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.settled: list[float] = []
        self._one_more = asyncio.Event()

    async def _settle_one(self, kept: int, raw: bytes) -> None:
        await super()._settle_one(kept, raw)
        self.settled.append(time.perf_counter())
        self._one_more.set()

    async def has_settled(self, how_many: int) -> None:
        while len(self.settled) < how_many:
            self._one_more.clear()
            await self._one_more.wait()


def _mailbox(store: Store, server: Dovecot) -> _Timed:
    campaign = load_campaign(CAMPAIGN).campaign
    office = Office(campaign, calendars(campaign), mail_data.MINTING)
    return _Timed(
        store=store,
        connect=lambda: Inbox(mail_server(server.url)),
        name="bench",
        secret=mail_data.MINTING.secret,
        record=lambda tx, reply, now: record_reply(tx, office, reply, now),
        now=Clock().now,
    )


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--write", action="store_true", help="put the section into bench/README.md")
    asked.add_argument("--quick", action="store_true", help="a first impression; writes nothing")
    asked.add_argument("--rounds", type=int, default=3)
    given = asked.parse_args()
    runs = [run(measure(given.quick)) for _ in range(1 if given.quick else given.rounds)]
    tell(runs, write=given.write and not given.quick)


if __name__ == "__main__":
    main()
