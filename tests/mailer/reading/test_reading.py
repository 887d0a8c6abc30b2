from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailer.compose import compose
from mailer.reading.letter import Letter, read
from mailer.reading.parts import MOST_PARTS
from procedure.correspondence.evidence import Where, evidence
from procedure.correspondence.machines import Automatic
from tests.mailer.reading.damaged import with_body
from tests.mailer.samples import SECRET, a_mail, an_envelope

REPLY = b"""\
Return-Path: <ra@associazione.example.com>
From: "Sarti, Paola" <RA@Associazione.example.com>
To: Dopovisita <visite+abc@visite.example.com>
Cc: altro@associazione.example.com
Subject: =?iso-8859-1?Q?R=3A_Dati_da_aggiornare_perch=E9?=
Date: Thu, 19 Nov 2026 10:00:00 +0100
Message-ID: <r1@associazione.example.com>
In-Reply-To: <o1@visite.example.com>
References: <o0@visite.example.com>
 <o1@visite.example.com>
Content-Type: text/plain; charset=utf-8

Fatto
Grazie

Il giorno gio 19 nov 2026 alle ore 09:30 Dopovisita ha scritto:
> Buongiorno
"""


def test_a_reply_is_read_in_all_its_parts() -> None:
    letter = read(REPLY)
    assert letter == Letter(
        message_id="<r1@associazione.example.com>",
        in_reply_to="<o1@visite.example.com>",
        references=("<o0@visite.example.com>", "<o1@visite.example.com>"),
        sender="ra@associazione.example.com",
        sender_name="Sarti, Paola",
        recipients=("visite+abc@visite.example.com", "altro@associazione.example.com"),
        subject="R: Dati da aggiornare perché",
        date=datetime(2026, 11, 19, 9, tzinfo=UTC),
        body=REPLY.decode().split("\n\n", 1)[1],
        text="Fatto\nGrazie",
        first_line="Fatto",
        machine=None,
        unreadable="",
        size=len(REPLY),
    )


def test_our_own_mail_coming_back_is_a_machines() -> None:
    machine = read(compose(a_mail(), an_envelope())).machine
    assert isinstance(machine, Automatic)
    assert machine.reason == "auto-submitted"


def test_our_token_is_found_in_a_reply_that_quotes_our_mail() -> None:
    ours = read(compose(a_mail(), an_envelope()))
    reply = EmailMessage()
    reply.set_content("Fatto\n\n" + "".join(f"> {line}\n" for line in ours.body.splitlines()))
    [clue] = evidence(SECRET, read(reply.as_bytes()).traces)
    assert (clue.where, clue.token) == (Where.BODY, an_envelope().token)


@pytest.mark.parametrize(
    "raw",
    [
        with_body("utf-8", "perché sì".encode()),
        with_body("iso-8859-1", "perché sì".encode("latin-1")),
        with_body("big5", "perché sì".encode()),
        with_body("utf-8", "perché sì".encode("cp1252")),
        with_body("non-esiste", "perché sì".encode()),
        with_body("idna", "perché sì".encode()),
        with_body("utf-8", b"perch=C3=A9 s=C3=AC", "quoted-printable"),
        with_body("utf-8", b"cGVyY2jDqSBzw6w", "base64"),
        with_body("utf-8", b"perch&eacute; s&#236;", subtype="html"),
        "perché sì".encode().join([b"\n", b""]),
    ],
)
def test_text_is_decoded_as_declared_or_as_it_really_is(raw: bytes) -> None:
    assert read(raw).text == "perché sì"


def test_attached_texts_and_forwarded_mails_are_not_read() -> None:
    reply = EmailMessage()
    reply.set_content("Ecco")
    reply.add_attachment("FATTO", filename="nota.txt")
    reply.add_attachment(a := EmailMessage())
    a.set_content("AGGIORNATO")
    assert read(reply.as_bytes()).text == "Ecco"


def test_the_plain_text_is_preferred_unless_it_is_empty() -> None:
    reply = EmailMessage()
    reply.set_content("\n")
    reply.add_alternative("<p>Fatto</p>", subtype="html")
    assert read(reply.as_bytes()).text == "Fatto"


@pytest.mark.parametrize(
    ("value", "sender"),
    [
        ("a@b.example.com", "a@b.example.com"),
        ("Paola <A@b.example.com>", "a@b.example.com"),
        ('"capo@associazione.example.com" <x@y.example.com>', "x@y.example.com"),
        ('"<capo@associazione.example.com>" <x@y.example.com>', "x@y.example.com"),
        ("capo@associazione.example.com <x@y.example.com>", "x@y.example.com"),
        ("Paola <>", ""),
        ("", ""),
    ],
)
def test_the_sender_is_the_address_and_never_the_name(value: str, sender: str) -> None:
    assert read(f"From: {value}\n\nFatto".encode()).sender == sender


def test_the_address_a_mail_was_delivered_to_comes_before_those_it_names() -> None:
    letter = read(b"To: a@b.example.com\nDelivered-To: visite+T@b.example.com\n\n")
    assert letter.recipients == ("visite+t@b.example.com", "a@b.example.com")


def test_too_many_parts_leave_the_headers_readable() -> None:
    reply = REPLY.replace(b"text/plain; charset=utf-8", b'multipart/mixed; boundary="x"')
    letter = read(reply + b"--x\n\n\n" * (MOST_PARTS + 1))
    assert (letter.unreadable, letter.sender, letter.text) == (
        "too_many_parts", "ra@associazione.example.com", ""
    )  # fmt: skip


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_without_a_fault(raw: bytes) -> None:
    assert read(raw).size == len(raw)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    raw = draw(st.sampled_from([REPLY, compose(a_mail(), an_envelope())]))
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 40))
        raw = raw[:at] + draw(st.binary(max_size=40)) + raw[at + length :]
    return raw[: draw(st.integers(0, len(raw)))] if draw(st.booleans()) else raw


@settings(max_examples=300)
@given(mutated())
def test_a_damaged_mail_is_read_without_a_fault(raw: bytes) -> None:
    letter = read(raw)
    assert letter.size == len(raw)
    assert "\n" not in letter.subject + letter.sender + letter.first_line
