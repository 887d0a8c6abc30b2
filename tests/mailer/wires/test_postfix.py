"""Mails on a real server: Postfix."""

import asyncio

import pytest

from mailer.wires.servers import mail_server
from mailer.wires.smtp import Later, Never, SmtpWire, Taken
from tests.mailer.wires.conftest import PUT_OFF, REFUSED
from tests.mailer.wires.servers_here import Postfix

pytestmark = pytest.mark.postfix
US, THEM = "visite@visite.example.com", "ra@associazione.example.com"
RAW = b"Subject: Salve\r\nMessage-ID: <uno@visite.example.com>\r\n\r\nSalve\r\n"


async def send(server: Postfix, *recipients: str, raw: bytes = RAW) -> object:
    wire = SmtpWire(mail_server(server.url), patience=10)
    try:
        return await wire.send(raw, US, recipients)
    finally:
        await wire.leave()


async def test_a_mail_is_taken(postfix: Postfix) -> None:
    assert await send(postfix, THEM) == Taken()


async def test_each_recipient_has_an_answer_of_its_own(postfix: Postfix) -> None:
    outcome = await send(postfix, THEM, REFUSED, PUT_OFF)
    assert isinstance(outcome, Taken)
    assert (list(outcome.refused), list(outcome.put_off)) == ([REFUSED], [PUT_OFF])


async def test_a_mail_for_nobody_else_is_refused_or_put_off(postfix: Postfix) -> None:
    assert isinstance(await send(postfix, REFUSED), Never)
    assert isinstance(await send(postfix, PUT_OFF), Later)


async def test_an_accented_address_and_eight_bits_go_where_the_server_takes_them(postfix: Postfix) -> None:
    assert await send(postfix, "niccolò@società.example.com", raw=RAW + "però\r\n".encode()) == Taken()


async def test_a_mail_too_large_for_the_server_is_not_even_begun(postfix: Postfix) -> None:
    outcome = await send(postfix, THEM, raw=RAW + b"riga\r\n" * 3_500_000)
    assert outcome == Never(
        f"la mail è di {len(RAW) + 21_000_000} byte, il server di posta ne accetta 20000000"
    )


async def test_several_connections_carry_at_once(postfix: Postfix) -> None:
    wires = [SmtpWire(mail_server(postfix.url), patience=10) for _ in range(3)]
    assert all(await asyncio.gather(*(wire.reach() for wire in wires)))
    outcomes = await asyncio.gather(*(wire.send(RAW, US, [THEM]) for wire in wires for _ in range(1)))
    for wire in wires:
        await wire.leave()
    assert outcomes == [Taken()] * 3
