"""The post, as aiosmtplib and aioimaplib meet it."""

import asyncio
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib
import pytest
from aioimaplib import IMAP4  # type: ignore[import-untyped] # it ships no types

from emulator.mailboxes import NotArrivedError
from emulator.world import World
from tests.emulator.conftest import SERVICE, a_world

RA = "ra@associazione.example"


def a_mail(cc: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Assistente <{SERVICE}>"
    mail["To"] = RA
    if cc:
        mail["Cc"] = cc
    mail["Reply-To"] = "assistente+abc123@associazione.example"
    mail["Subject"] = "Visita"
    mail["Message-ID"] = "<visita-1@associazione.example>"
    mail.set_content("Riga uno\nRiga due")
    mail.add_alternative("<p>Riga <b>uno</b></p>", subtype="html")
    return mail


def smtp(world: World, seconds: float = 5) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname="127.0.0.1",
        port=world.mail.smtp.port,
        username="x",
        password="y",
        timeout=seconds,
        start_tls=False,
    )


async def imap(world: World) -> IMAP4:
    client = IMAP4("127.0.0.1", world.mail.imap.port, timeout=5)
    await client.wait_hello_from_server()
    await client.login(SERVICE, "demo")
    return client


async def test_a_mail_lies_in_the_mailbox_of_each_recipient(world: World) -> None:
    async with smtp(world) as client:
        await client.send_message(a_mail(cc="Cc@Azienda.example"))
    letter = await world.mail.mailboxes.arrives(RA, "Visita")
    assert (letter.subject, letter.author, letter.cc) == ("Visita", SERVICE, ["Cc@Azienda.example"])
    assert letter.text == "Riga uno\nRiga due\n"
    assert "<b>uno</b>" in letter.html
    assert letter.headers["Message-ID"] == "<visita-1@associazione.example>"
    assert b"Subject: Visita" in letter.raw
    assert len(world.mail.mailboxes["cc@azienda.example"].messages) == 1


async def test_what_did_not_arrive_is_said_with_what_did(world: World) -> None:
    await world.mail.mailboxes.compose("a@b.example", RA, "Altro", "testo")
    with pytest.raises(NotArrivedError, match=r"(?s)'Visita' did not reach.*Altro"):
        await world.mail.mailboxes.arrives(RA, "Visita", timeout=0.01)


async def test_one_recipient_refused_leaves_the_other(world: World) -> None:
    world.mail.smtp.refuses(RA, 550)
    async with smtp(world) as client:
        refused, _ = await client.send_message(a_mail(cc="cc@azienda.example"))
    assert refused[RA].code == 550
    assert world.mail.mailboxes["cc@azienda.example"].messages


async def test_a_temporary_refusal_ends_after_its_times(world: World) -> None:
    world.mail.smtp.refuses(RA, 451, "4.2.0 greylisted", times=1)
    async with smtp(world) as client:
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
            await client.send_message(a_mail())
        await client.send_message(a_mail())
    assert len(world.mail.mailboxes[RA].messages) == 1


async def test_a_mail_may_be_refused_after_the_dot(world: World) -> None:
    world.mail.smtp.rejects(452)
    async with smtp(world) as client:
        with pytest.raises(aiosmtplib.SMTPDataError):
            await client.send_message(a_mail())
    assert world.mail.smtp.accepted == 0


@pytest.mark.parametrize("keep", [True, False])
async def test_a_cut_after_the_dot_leaves_the_sender_uncertain(world: World, keep: bool) -> None:
    world.mail.smtp.cuts_after_data(keep=keep)
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        async with smtp(world) as client:
            await client.send_message(a_mail())
    assert len(world.mail.mailboxes[RA].messages) == keep


async def test_a_server_may_never_answer_the_dot(world: World) -> None:
    world.mail.smtp.hangs()
    client = smtp(world, seconds=0.2)
    await client.connect()
    with pytest.raises(aiosmtplib.SMTPReadTimeoutError):
        await client.send_message(a_mail())
    client.close()
    assert world.mail.mailboxes[RA].messages == []


async def test_a_reply_is_what_a_mail_program_writes(world: World) -> None:
    async with smtp(world) as client:
        await client.send_message(a_mail())
    letter = await world.mail.mailboxes.arrives(RA)
    await world.mail.mailboxes.reply(RA, letter, "fatto")
    reply = await world.mail.mailboxes.arrives(SERVICE, "Re: Visita")
    assert reply.headers["In-Reply-To"] == reply.headers["References"] == letter.message_id
    assert reply.to == ["assistente+abc123@associazione.example"]
    assert reply.text.startswith("fatto\n\nIl giorno lun 2 mar 2026 alle ore 10:30 ")
    assert "ha scritto:\n\n> Riga uno\n> Riga due\n" in reply.text
    await world.mail.mailboxes.reply(RA, letter, "fatto", quote=False)
    bare = await world.mail.mailboxes.arrives(SERVICE, after=reply)
    assert bare.text == "fatto\n"
    assert bare.message_id != reply.message_id


async def test_idle_tells_at_once_of_a_letter_that_came_before_it_began(world: World) -> None:
    client = await imap(world)
    await client.select()
    await world.mail.mailboxes.compose(RA, SERVICE, "Salve", "Salve")
    idle = await client.idle_start(timeout=10)
    async with asyncio.timeout(5):
        assert b"1 EXISTS" in await client.wait_server_push()
    client.idle_done()
    await asyncio.wait_for(idle, 5)
    await client.logout()


async def test_idle_notices_a_reply_to_the_plus_address(world: World) -> None:
    client = await imap(world)
    await client.select("INBOX")
    idle = await client.idle_start(timeout=10)
    await world.mail.mailboxes.compose(RA, "Assistente+abc@associazione.example", "fatto", "fatto")
    lines: list[bytes] = []
    async with asyncio.timeout(5):
        while not any(line.endswith(b"EXISTS") for line in lines):
            lines += await client.wait_server_push()
    client.idle_done()
    await asyncio.wait_for(idle, 5)
    found = await client.uid_search("UNSEEN", charset=None)
    uid = found.lines[0].decode().split()[-1]
    fetched = await client.uid("fetch", uid, "(BODY.PEEK[])")
    assert b"Subject: fatto" in fetched.lines[1]
    await client.logout()


async def test_uids_validity_and_flags_survive_a_restart(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for subject in ("uno", "due", "tre"):
            await world.mail.mailboxes.compose(RA, SERVICE, subject, "testo")
        client = await imap(world)
        before = (await client.select("INBOX")).lines
        uids = (await client.uid_search("ALL", charset=None)).lines[0].split()
        await client.uid("store", uids[0].decode(), "+FLAGS", r"(\Seen)")
        await client.uid("store", uids[2].decode(), "+FLAGS", r"(\Deleted)")
        await client.expunge()
        await client.logout()
    async with a_world(tmp_path) as world:
        client = await imap(world)
        after = (await client.select("INBOX")).lines
        assert _validity(before) == _validity(after)
        assert (await client.uid_search("ALL", charset=None)).lines[0].split() == uids[:2]
        assert (await client.uid_search("UNSEEN", charset=None)).lines[0].split() == uids[1:2]
        await world.mail.mailboxes.compose(RA, SERVICE, "quattro", "testo")
        await client.noop()
        found = (await client.uid_search("ALL", charset=None)).lines[0].split()
        assert int(found[-1]) == int(uids[-1]) + 1
        await client.logout()


def _validity(lines: list[bytes]) -> bytes:
    return next(line for line in lines if b"UIDVALIDITY" in line)


async def test_a_wrong_password_is_refused(world: World) -> None:
    client = IMAP4("127.0.0.1", world.mail.imap.port, timeout=5)
    await client.wait_hello_from_server()
    assert (await client.login(SERVICE, "wrong")).result == "NO"
    await client.logout()


async def test_letters_are_dated_by_the_worlds_clock(world: World) -> None:
    world.clock.advance(timedelta(days=3))
    await world.mail.mailboxes.compose("a@b.example", RA, "Ciao", "testo")
    [letter] = world.mail.mailboxes[RA].messages
    assert letter.received_at.date().isoformat() == "2026-03-05"
    assert letter.headers["Date"].startswith("Thu, 05 Mar 2026")
