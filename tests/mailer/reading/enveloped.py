"""PEC as providers write it (RFC 6109), invented: envelopes and receipts, signed by nobody."""

import base64

OURS = "<e3abcdefghijklmn@visite.example.com>"
PROVIDER = "posta-certificata@pec.provider.example.com"

INNER = """\
From: Tessitura Bianchi <tessitura@pec.example.com>
To: visite@visite.example.com
Subject: R: Dati da aggiornare
Message-ID: <r1@pec.example.com>
In-Reply-To: <e3abcdefghijklmn@visite.example.com>
Date: Thu, 19 Nov 2026 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

Fatto
"""

DATA = """\
<?xml version="1.0" encoding="UTF-8"?>
<postacert tipo="{kind}" errore="nessuno">
<intestazione>
<mittente>visite@visite.example.com</mittente>
<destinatari tipo="certificato">Tessitura@pec.example.com</destinatari>
<destinatari tipo="esterno">altra@ditta.example.com</destinatari>
<risposte>visite@visite.example.com</risposte>
<oggetto>Dati &lt;da&gt; aggiornare</oggetto>
</intestazione>
<dati>
<gestore-emittente>PROVIDER ESEMPIO</gestore-emittente>
<data zona="+0100"><giorno>19/11/2026</giorno><ora>10:00:01</ora></data>
<identificativo>opec1.20261119</identificativo>
<msgid>&lt;{msgid}&gt;</msgid>
{more}</dati>
</postacert>
"""


def data(kind: str, more: str = "") -> str:
    return DATA.format(kind=kind, msgid=OURS.strip("<>"), more=more)


def signed(headers: str, text: str, xml: str, mail: str | None, encoding: str = "7bit") -> bytes:
    """multipart/signed { multipart/mixed { words, daticert.xml, postacert.eml }, smime.p7s }."""
    content = mail or ""
    if encoding == "base64":
        content = base64.encodebytes(content.encode()).decode()
    enclosed = f"""\
--=_mixed
Content-Type: message/rfc822; name="postacert.eml"
Content-Disposition: inline; filename="postacert.eml"
Content-Transfer-Encoding: {encoding}

{content}
"""
    return f"""\
{headers}MIME-Version: 1.0
Content-Type: multipart/signed; protocol="application/x-pkcs7-signature"; micalg=sha-256; boundary="=_signed"

This is an S/MIME signed message

--=_signed
Content-Type: multipart/mixed; boundary="=_mixed"

--=_mixed
Content-Type: multipart/alternative; boundary="=_words"

--=_words
Content-Type: text/plain; charset=utf-8

{text}
--=_words
Content-Type: text/html; charset=utf-8

<p>{text}</p>
--=_words--
--=_mixed
Content-Type: application/xml; name="daticert.xml"
Content-Disposition: inline; filename="daticert.xml"

{xml}
{enclosed if mail is not None else ""}--=_mixed--

--=_signed
Content-Type: application/x-pkcs7-signature; name="smime.p7s"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="smime.p7s"

MIAGCSqGSIb3DQEHAqCAMIA=
--=_signed--
""".encode()


def envelope(
    inner: str | None = INNER, transport: str = "posta-certificata", encoding: str = "7bit"
) -> bytes:
    headers = f"""\
Delivered-To: visite+tok@visite.example.com
Return-Path: <tessitura@pec.example.com>
From: "Per conto di: tessitura@pec.example.com" <{PROVIDER}>
Reply-To: tessitura@pec.example.com
To: visite@visite.example.com
Subject: POSTA CERTIFICATA: R: Dati da aggiornare
Message-ID: <opec1.20261119@pec.provider.example.com>
X-Riferimento-Message-ID: <r1@pec.example.com>
X-TRASPORTO: {transport}
"""
    return signed(headers, "Il giorno 19/11/2026 il messaggio è stato inviato.", data("x"), inner, encoding)


def receipt(kind: str, more: str = "", *, names_it: bool = True, mail: str | None = None) -> bytes:
    headers = f"""\
From: {PROVIDER}
To: visite@visite.example.com
Subject: {kind.upper()}: Dati da aggiornare
X-Ricevuta: {kind}
"""
    if names_it:
        headers += f"X-Riferimento-Message-ID: {OURS}\n"
    return signed(headers, f"Ricevuta di {kind}", data(kind, more), mail)
