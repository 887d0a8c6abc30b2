"""Mails that came back, invented, in the forms that servers give them. `OURS` is what did not arrive."""

from dataclasses import dataclass

OURS = "<e3abcdefghijklmn@visite.example.com>"
TO = "ra@associazione.example.com"
OTHER = "rpa@associazione.example.com"

HEAD = f"""\
From: Dopovisita <visite@visite.example.com>
To: Paola Sarti <{TO}>
Cc: {OTHER}
Subject: Dati da aggiornare
Message-ID: {OURS}
Date: Thu, 19 Nov 2026 09:30:00 +0100
Auto-Submitted: auto-generated
Content-Type: text/plain; charset=utf-8
"""
COPY = f"{HEAD}\nBuongiorno, ci sono dati da aggiornare.\n"


@dataclass(frozen=True)
class CameBack:
    """A mail, and what is to be read of it: (address, permanent, status) each, and words in the first."""

    raw: str
    told: tuple[tuple[str, bool, str], ...]
    words: str = ""
    ours: str = OURS


def report(words: str, status: str, returned: str = COPY, kind: str = "message/rfc822") -> str:
    return f"""\
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"
MIME-Version: 1.0

This is a MIME-encapsulated message.

--=_b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

{words}

--=_b
Content-Type: message/delivery-status

{status}
--=_b
Content-Type: {kind}

{returned}
--=_b--
"""


POSTFIX = CameBack(
    """\
Return-Path: <>
From: MAILER-DAEMON@mx.visite.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: visite@visite.example.com
Auto-Submitted: auto-replied
"""
    + report(
        f"""\
This is the mail system at host mx.visite.example.com.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{TO}>: host mail.associazione.example.com[192.0.2.7] said: 550 5.1.1
    <{TO}>: Recipient address rejected: User unknown""",
        f"""\
Reporting-MTA: dns; mx.visite.example.com
X-Postfix-Queue-ID: 4F2B31
Arrival-Date: Thu, 19 Nov 2026 09:30:01 +0100 (CET)

Final-Recipient: rfc822; {TO}
Original-Recipient: rfc822;{TO}
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.associazione.example.com
Diagnostic-Code: smtp; 550 5.1.1 <{TO}>: Recipient address rejected:
    User unknown
""",
    ),
    ((TO, True, "5.1.1"),),
    "550 5.1.1",
)

POSTFIX_DELAYED = CameBack(
    """\
From: MAILER-DAEMON@mx.visite.example.com (Mail Delivery System)
Subject: Delayed Mail (still being retried)
Auto-Submitted: auto-replied
"""
    + report(
        "YOU DO NOT NEED TO RESEND YOUR MESSAGE.",
        f"""\
Reporting-MTA: dns; mx.visite.example.com

Final-Recipient: rfc822; {TO}
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mail.associazione.example.com:25: Connection timed out
Will-Retry-Until: Tue, 24 Nov 2026 09:30:01 +0100 (CET)

Final-Recipient: rfc822; {OTHER}
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552 5.2.2 mailbox full
""",
        HEAD,
        "text/rfc822-headers",
    ),
    ((TO, False, "4.4.1"), (OTHER, True, "5.2.2")),
    "connect to",
)

GMAIL = CameBack(
    f"""\
Return-Path: <>
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: visite@visite.example.com
Subject: Delivery Status Notification (Failure)
References: {OURS}
In-Reply-To: {OURS}
X-Failed-Recipients: {TO}
Auto-Submitted: auto-replied
"""
    + report(
        f"""\
** Indirizzo non trovato **

Il tuo messaggio non è stato recapitato a {TO} perché l'indirizzo non è stato trovato o non può
ricevere posta.

La risposta è stata:

550 5.1.1 The email account that you tried to reach does not exist.""",
        f"""\
Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; visite@visite.example.com
Arrival-Date: Thu, 19 Nov 2026 00:30:02 -0800 (PST)
X-Original-Message-ID: {OURS}

Final-Recipient: rfc822; {TO}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
Last-Attempt-Date: Thu, 19 Nov 2026 00:30:03 -0800 (PST)
""",
    ),
    ((TO, True, "5.1.1"),),
    "550-5.1.1 The email account",
)

EXCHANGE = CameBack(
    """\
From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@associazione.example.com>
To: visite@visite.example.com
Subject: Non recapitabile: Dati da aggiornare
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:
"""
    + report(
        "Impossibile recapitare il messaggio ai destinatari o ai gruppi seguenti:",
        f"""\
Reporting-MTA: dns;AM0PR01.eurprd01.prod.outlook.com

Final-Recipient: rfc822;sarti.paola@associazione.onmicrosoft.example.com
Original-Recipient: rfc822;{TO}
Action: failed
Status: 5.7.133
Diagnostic-Code: smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup
X-Display-Name: Paola Sarti
""",
    ),
    ((TO, True, "5.7.133"),),
    "550 5.7.133 RESOLVER",
)

EXCHANGE_IN_WORDS = CameBack(
    f"""\
Return-Path: <>
From: postmaster@associazione.example.com
To: visite@visite.example.com
Subject: =?utf-8?Q?Notifica_di_mancato_recapito:_Dati_da_aggiornare?=
Content-Type: text/html; charset=utf-8

<html><body><p><b>Impossibile recapitare il messaggio ai destinatari o ai gruppi seguenti:</b></p>
<p>Paola Sarti (<a href="mailto:{TO}">{TO}</a>)<br>L'indirizzo di posta elettronica immesso non è stato
trovato. Controllare l'indirizzo e provare a inviare di nuovo il messaggio.</p>
<p><b>Informazioni di diagnostica per gli amministratori:</b></p>
<p>Server di generazione: mail.associazione.example.com</p>
<p>{TO}<br>#550 5.1.10 RESOLVER.ADR.RecipientNotFound ##</p>
<p>Intestazioni originali del messaggio:</p>
<pre>Received: from mx.visite.example.com</pre>
<pre>From: Dopovisita &lt;visite@visite.example.com&gt;</pre>
<pre>Message-ID: &lt;{OURS.strip("<>")}&gt;</pre>
</body></html>
""",
    ((TO, True, "5.1.10"),),
    "L'indirizzo di posta elettronica immesso",
)

QMAIL = CameBack(
    f"""\
Return-Path: <>
From: MAILER-DAEMON@smtp.provider.example.com
To: visite@visite.example.com
Subject: failure notice

Hi. This is the qmail-send program at smtp.provider.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{TO}>:
192.0.2.7 does not like recipient.
Remote host said: 550 sorry, no mailbox here by that name. (#5.1.1)
Giving up on 192.0.2.7.

--- Below this line is a copy of the message.

Return-Path: <visite@visite.example.com>
Received: (qmail 4711 invoked by uid 89); 19 Nov 2026 08:30:02 -0000
{COPY}""",
    ((TO, True, "5.1.1"),),
    "192.0.2.7 does not like recipient.",
)

EXIM = CameBack(
    f"""\
Return-Path: <>
X-Failed-Recipients: {TO},
  {OTHER}
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.visite.example.com>
To: visite@visite.example.com
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {TO}
    host mail.associazione.example.com [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{TO}>:
    550 Unrouteable address
  {OTHER}
    mailbox is full: retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

Return-path: <visite@visite.example.com>
{COPY}""",
    ((TO, True, ""), (OTHER, True, "")),
    "host mail.associazione",
)

EXIM_DELAYED = CameBack(
    f"""\
Auto-Submitted: auto-replied
From: Mail Delivery System <Mailer-Daemon@mx.visite.example.com>
Subject: Warning: message 1kfXyz-0001 delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.visite.example.com.

The message identifier is:     1kfXyz-0001
The subject of the message is: Dati da aggiornare

The address to which the message has not yet been delivered is:

  {TO}
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals.

Message-ID: {OURS}
""",
    ((TO, False, ""),),
    "Delay reason",
)

ARUBA = CameBack(
    f"""\
Return-Path: <>
From: <postmaster@smtpcmd01.provider.example.com>
To: <visite@visite.example.com>
Subject: Mancata consegna del messaggio
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable
In-Reply-To: {OURS}

Attenzione: non =E8 stato possibile consegnare il messaggio al seguente
indirizzo:

{TO}

Motivo: 552 5.2.2 <{TO}> casella piena, utente over quota
""",
    ((TO, True, "5.2.2"),),
    "Motivo: 552 5.2.2",
)

LIBERO = CameBack(
    f"""\
From: Mail Delivery System <mailer-daemon@libero.example.com>
To: visite@visite.example.com
Subject: Messaggio non recapitato: Dati da aggiornare
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8

Il messaggio non è ancora stato recapitato a <{TO}>.
Il sistema riproverà nelle prossime 48 ore; non è necessario reinviarlo.
Risposta del server: 451 4.3.0 temporary problem

--x
Content-Type: text/rfc822-headers

{HEAD}
--x--
""",
    ((TO, False, "4.3.0"),),
    "Il sistema riproverà",
)

ALL = {
    "postfix": POSTFIX, "postfix, delayed": POSTFIX_DELAYED, "gmail": GMAIL, "exchange": EXCHANGE,
    "exchange in words": EXCHANGE_IN_WORDS, "qmail": QMAIL, "exim": EXIM, "exim, delayed": EXIM_DELAYED,
    "aruba": ARUBA, "libero": LIBERO,
}  # fmt: skip

ARRIVED = "From: MAILER-DAEMON@mx.visite.example.com\nSubject: Successful Mail Delivery Report\n" + report(
    "Your message was successfully delivered.",
    f"""\
Reporting-MTA: dns; mx.visite.example.com

Final-Recipient: rfc822; {TO}
Action: relayed
Status: 2.0.0
""",
)
