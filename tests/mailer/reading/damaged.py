"""Mails damaged on their way, each the same for the same number: cut off, mixed up, and made to kill.

How many the tests take, `FUZZ_LETTERS` says; without it so many as a minute's patience allows.
"""

import base64
import os
from collections.abc import Callable
from functools import cache
from random import Random

from mailer.compose import compose
from tests.mailer.reading.came_back import ALL, ARRIVED
from tests.mailer.reading.enveloped import envelope, receipt
from tests.mailer.reading.made import file, multipart, part, text, with_files
from tests.mailer.samples import a_mail, an_envelope

HOW_MANY = int(os.environ.get("FUZZ_LETTERS", "10000"))  # noqa: TID251  no setting of the service

REPLY = b"""\
Return-Path: <ra@associazione.example.com>
Authentication-Results: mx.example.com; dmarc=pass header.from=associazione.example.com
From: "Sarti, Paola" <RA@Associazione.example.com>
To: Dopovisita <visite+abc@visite.example.com>
Subject: =?iso-8859-1?Q?R=3A_Dati_da_aggiornare_perch=E9?=
Date: Thu, 19 Nov 2026 10:00:00 +0100
Message-ID: <r1@associazione.example.com>
In-Reply-To: <o1@visite.example.com>
References: <o0@visite.example.com>
 <o1@visite.example.com>
Content-Type: text/plain; charset=utf-8; format=flowed

Fatto
Grazie

Il giorno gio 19 nov 2026 alle ore 09:30 Dopovisita ha scritto:
> Buongiorno
"""

NASTY = (
    b"\0", b"\xff\xfe", b"\r", b"\n", b"\r\n\r\n", b"\x80\x81\x8d", b"=?utf-8?b?", b"?=", b"=?x?q?=ZZ?=",
    b'"', b"(", b"<", b">", b";", b"--", b"--=_b", b"--=_b--\n", b"\n--=_mixed\n", b"boundary=",
    b"boundary=\"\n\"", b"Content-Type: ", b"Content-Type: multipart/mixed; boundary=\"=_b\"\n\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Transfer-Encoding: quoted-printable\n", b"charset=utf-7", b"charset=\"\0\"",
    b"charset=utf-16", b"filename*0*=utf-8''%FF%00%", b"filename*999999=x", b"X-Ricevuta: ",
    b"X-Trasporto: posta-certificata\n", b"From: ", b"Date: Thu, 99 Nov 99999999 99:99:99 +9999\n", b"MZ",
    b"PK\x03\x04", b"PK\x01\x02", b"\x78\x9f\x3e\x22", b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"&#xD800;", b"&#99999999999;", b"<blockquote>" * 50, b"<!--", b"<style>", b"\xe2\x80\xae",
    b"\xed\xa0\x80", b"a@b" * 90, b"Action: failed\n", b"Final-Recipient: rfc822; a@b.example.com\n",
    b"=" * 200, b"> " * 200, b" " * 1_000, b"(" * 500,
)  # fmt: skip


@cache
def whole() -> tuple[bytes, ...]:
    """One of each form before it is damaged."""
    return (
        REPLY,
        compose(a_mail(), an_envelope()),
        *(sample.raw.encode() for sample in ALL.values()),
        ARRIVED.encode(),
        envelope(),
        envelope(encoding="base64"),
        receipt("avvenuta-consegna", "<consegna>a@pec.example.com</consegna>"),
        with_files(
            file(b"%PDF-1.7", "preventivo.pdf"),
            file(b"MZ", "a.exe"),
            file(b"\x78\x9f\x3e\x22\x01\0\x02\x10\x80\x01\0\x05\0\0\0a.pdf\0\0", "winmail.dat"),
            part(
                base64.b64encode(b"\xff\xd8\xff" * 99),
                "Content-Transfer-Encoding: base64",
                "Content-Type: image/jpeg",
            ),
        ),
        multipart("alternative", [text("Fatto"), text("<p>Fatto</p><img src='cid:a'>", kind="html")]),
    )


def damaged(number: int) -> bytes:
    """The mail of this number."""
    random = Random(number)
    raw = random.choice(whole())
    for _ in range(random.randint(1, 6)):
        raw = random.choice(_DAMAGES)(random, raw)
    return raw


def _cut(random: Random, raw: bytes) -> bytes:
    return raw[: random.randint(0, len(raw))]


def _put_in(random: Random, raw: bytes) -> bytes:
    at = random.randint(0, len(raw))
    return raw[:at] + random.choice(NASTY) * random.choice((1, 1, 1, 30)) + raw[at:]


def _taken_out(random: Random, raw: bytes) -> bytes:
    at = random.randint(0, len(raw))
    return raw[:at] + raw[at + random.randint(1, 80) :]


def _flipped(random: Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(random.randint(1, 20)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _twice(random: Random, raw: bytes) -> bytes:
    at, to = sorted((random.randint(0, len(raw)), random.randint(0, len(raw))))
    return raw[:to] + raw[at:to] + raw[to:]


def _grafted(random: Random, raw: bytes) -> bytes:
    other = random.choice(whole())
    return raw[: random.randint(0, len(raw))] + other[random.randint(0, len(other)) :]


def _shuffled(random: Random, raw: bytes) -> bytes:
    lines = raw.split(b"\n")
    at = random.randrange(len(lines))
    some = lines[at : at + 12]
    random.shuffle(some)
    return b"\n".join(lines[:at] + some + lines[at + 12 :])


def _other_line_ends(random: Random, raw: bytes) -> bytes:
    return raw.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\n ")))


_DAMAGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    _cut, _put_in, _put_in, _put_in, _taken_out, _flipped, _twice, _grafted, _shuffled, _other_line_ends
)  # fmt: skip


def _nested(count: int) -> bytes:
    return b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(count))


def _doubled(raw: bytes, times: int) -> bytes:
    for _ in range(times):
        inner = base64.encodebytes(raw)
        raw = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner
    return raw


def with_body(charset: str, body: bytes, encoding: str = "8bit", subtype: str = "plain") -> bytes:
    """A mail of this one text."""
    head = f"Content-Type: text/{subtype}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode() + body


def bombs() -> dict[str, bytes]:
    """Mails made to kill: by depth, by number, by length, by what a parser does twice."""
    prefixes = b"".join(
        b'Content-Type: multipart/mixed; boundary="%s"\n\n--%s\n' % (b"x" * n, b"x" * n) for n in range(1, 21)
    )
    return {
        "nothing": b"",
        "a byte": b"\0",
        "parentheses": b"To: " + b"(" * 20_000 + b"\n\nFatto",
        "comments in From": b"From: " + b"(a" * 4_000 + b") " * 4_000 + b"\n\nFatto",
        "words": b"Subject: " + b"=?utf-8?q?=C3=A8?= " * 10_000 + b"\n\nFatto",
        "one long word": b"Subject: =?utf-8?q?" + b"=C3=A8" * 33_000 + b"?=\n\nFatto",
        "half words": b"Subject: " + b"=?utf-8?b?" * 20_000 + b"\n\nFatto",
        "headers": b"X: y\n" * 100_000 + b"\nFatto",
        "one header": b"X: " + b"y" * 2_000_000 + b"\n\nFatto",
        "folds": b"X: y" + b"\n y" * 500_000 + b"\n\nFatto",
        "recipients": b"To: " + b"a@b.example.com, " * 50_000 + b"\n\nFatto",
        "references": b"References: " + b"<a@b> " * 50_000 + b"\n\nFatto",
        "parameters": b"Content-Type: text/plain" + b";a=b" * 50_000 + b"\n\nFatto",
        "pieces": b"Content-Type: text/plain" + b"".join(b";a*%d*=%%" % n for n in range(9_999)) + b"\n\n",
        "quotes": b"Content-Type: text/plain;" + b'"' * 8_000 + b"\\" * 8_000 + b"\n\nFatto",
        "parts": b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\nFatto\n" * 100_000,
        "almost parts": b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--xx\n\nFatto\n" * 100_000,
        "boundaries in a line": b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n\n' + b"--x" * 400_000,
        "depth": _nested(10_000),
        "almost too deep": _nested(20) + b"Content-Type: text/plain\n\n" + b"\n--0a" * 100_000,
        "boundaries that begin another": prefixes + b"\n--" + b"\n--".join([b"x" * 30] * 40_000),
        "mails in mails": b"Content-Type: message/rfc822\n\n" * 10_000,
        "base64 of base64": _doubled(REPLY, 12),
        "envelopes in envelopes": b"X-Trasporto: posta-certificata\nContent-Type: message/rfc822\n\n" * 5_000,
        "zeros": b"\0" * 1_000_000,
        "lines": b"From: a@b.example.com\n" + b"\n" * 1_000_000,
        "spaces": with_body("utf-8", b" " * 1_000_000),
        "flowed": b"Content-Type: text/plain; format=flowed\n\n" + b"> a \n" * 200_000,
        "quoted deeply": b"Content-Type: text/plain; format=flowed\n\n" + b">" * 1_000_000,
        "tags": with_body("utf-8", b"<" * 1_000_000, subtype="html"),
        "comments": with_body("utf-8", b"<!--" * 250_000, subtype="html"),
        "quotes in quotes": with_body("utf-8", b"<blockquote>" * 80_000 + b"x", subtype="html"),
        "pictures": with_body("utf-8", b"cid:" * 250_000, subtype="html"),
        "attributions": with_body("utf-8", b"il 1 1 1 1 wrote " * 60_000),
        "telephones": with_body("", (b"Grazie\n\nTel" + b" " * 950 + b"x\n") * 50),
        "one word": with_body("utf-8", b"a" * 1_000_000),
        "addresses": b"From: mailer-daemon@x.example.com\n" + with_body("", b"a@b.example.com " * 60_000),
        "addresses without end": b"X-Failed-Recipients: x\n" + with_body("", b"a" * 500_000 + b"@" * 500_000),
        "recipients of a report": b"Content-Type: message/delivery-status\n\n"
        + b"Final-Recipient: rfc822; a@b.example.com\nAction: failed\n\n" * 20_000,
        "base64 that is none": with_body("utf-8", b"=" * 1_000_000, "base64"),
        "From": b"From: " + b'"' * 8_000 + b"<" * 8_000 + b"\n\n",
        "results": b"Authentication-Results: mx.example.com" + b"; dkim=pass (((" * 9_000 + b"\n\nFatto",
        "entries": with_files(file(b"PK\x03\x04" + b"PK\x01\x02" * 250_000, "a.zip")),
        "attributes": with_files(file(b"\x78\x9f\x3e\x22\0\0" + b"\0" * 1_000_000, "winmail.dat")),
        "daticert": b"X-Ricevuta: x\nContent-Type: text/xml; name=daticert.xml\n\n" + b"<consegna>" * 99_999,
    }  # fmt: skip
