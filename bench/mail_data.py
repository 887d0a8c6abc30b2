"""The mails of the bench: answers as a mail program writes them, text and HTML, our own mail quoted below."""

from collections.abc import Iterator
from datetime import UTC, datetime

from actions.deliver import Minting
from mailer.compose import Envelope, render
from procedure.campaign import Contact
from tests.mailer.samples import SECRET, a_mail

SERVICE = Contact("Dopovisita", "visite@visite.example.com")
MINTING = Minting(SECRET, "visite.example.com")

_WORDS = ("Fatto.", "fatto ieri, grazie", "Aggiornato, manca però la PEC", "ok", "ci penso domani")
_ANSWER = """\
From: Paola Esempi <{sender}>
To: {reply_to}
Subject: Re: Dati da aggiornare: Tessitura {number}
Date: Thu, 19 Nov 2026 09:{minute:02}:00 +0100
Message-ID: <{number}.bench@associazione.example.com>
In-Reply-To: {asked}
References: {asked}
X-Mailer: Microsoft Outlook 16.0
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="----=_{number}"

------=_{number}
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

{words}

Paola Esempi
Ufficio Anagrafica
Tel. 0573 000 100

Da: Dopovisita <visite@visite.example.com>
Inviato: mercoledì 18 novembre 2026 10:00
A: Paola Esempi <ra@associazione.example.com>
Oggetto: Dati da aggiornare: Tessitura {number}

{quoted}

------=_{number}
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit

<html><head><style>p.MsoNormal {{margin:0cm;font-size:11.0pt;font-family:"Calibri",sans-serif}}</style></head>
<body lang="IT"><div class="WordSection1"><p class="MsoNormal">{words}</p>
<p class="MsoNormal">Paola Esempi<br>Ufficio Anagrafica<br>Tel. 0573 000 100</p>
<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">
<b>Da:</b> Dopovisita</p></div><blockquote>{html}</blockquote></div></body></html>

------=_{number}--
"""


def answers(how_many: int) -> Iterator[bytes]:
    """So many answers to as many mails that the service had sent."""
    plain, html = _sent()
    for number in range(how_many):
        token = MINTING.token(key(number))
        text = _ANSWER.format(
            number=number,
            sender=asked_of(number).email,
            minute=number % 60,
            reply_to=f"visite+{token}@visite.example.com",
            asked=f"<{token}@{MINTING.domain}>",
            words=_WORDS[number % len(_WORDS)],
            quoted=plain,
            html=html,
        )
        yield text.replace("\n", "\r\n").encode()


def asked_of(number: int) -> Contact:
    """Whom it was sent to: people enough that nobody writes so much as to be taken for a robot."""
    return Contact("", f"ufficio.{number // 4}@associazione.example.com")


def key(number: int) -> str:
    """Of the mail that the answer of this number answers."""
    return f"E3:visit:{number}"


def _sent() -> tuple[str, str]:
    at = datetime(2026, 11, 18, 10, tzinfo=UTC)
    _, plain, html = render(a_mail(), Envelope("<x@visite.example.com>", SERVICE.email, SERVICE, at))
    return plain, html
