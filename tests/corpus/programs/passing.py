"""What reaches us by others: PEC's envelopes, forwards, and bytes that no person wrote."""

import base64
from email.utils import format_datetime

from tests.corpus.programs.mailing import (
    Original,
    Said,
    contact,
    encoded,
    header,
    heads,
    joined,
    plain_only,
    quote,
)
from tests.corpus.programs.others import aruba


def pec(original: Original, said: Said) -> bytes:
    """A reply by certified mail: the provider's envelope, the mail itself inside as postacert.eml."""
    inner = aruba(original, said)
    day, clock = f"{said.at:%d/%m/%Y}", f"{said.at:%H:%M:%S}"
    told = (
        f"Messaggio di posta certificata\n\nIl giorno {day} alle ore {clock} (+0100) il messaggio\n"
        f'"{original.subject}" è stato inviato da "{said.by.email}"\nindirizzato a:\n{original.reply_to}\n\n'
        "Il messaggio originale è incluso in allegato.\n"
        f"Identificativo messaggio: opec2124.{said.at:%Y%m%d%H%M%S}.00001.111.1.66@pec.example.com\n"
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><postacert tipo="posta-certificata" errore="nessuno">'
        "<intestazione>"
        f'<mittente>{said.by.email}</mittente><destinatari tipo="esterno">{original.reply_to}</destinatari>'
        f"<risposte>{said.by.email}</risposte><oggetto>R</oggetto></intestazione></postacert>"
    )
    attached = (
        b'Content-Type: message/rfc822; name="postacert.eml"\r\n'
        b'Content-Disposition: inline; filename="postacert.eml"\r\n'
        b"Content-Transfer-Encoding: 7bit\r\n\r\n"
    )
    facts = (
        b'Content-Type: application/xml; name="daticert.xml"\r\n'
        b'Content-Disposition: inline; filename="daticert.xml"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    mixed = joined(
        "",
        "mixed",
        "----=_Part_7_pec",
        encoded(told, "plain", "iso-8859-1", "quoted-printable"),
        facts + base64.encodebytes(xml.encode()).replace(b"\n", b"\r\n"),
        attached + inner,
    )
    seal = (
        b'Content-Type: application/x-pkcs7-signature; name="smime.p7s"\r\n'
        b'Content-Disposition: attachment; filename="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n'
        b"\r\nMIIG\r\n"
    )
    head = (
        f"X-Riferimento-Message-ID: <{'a1' * 10}@pec.example.com>\r\nX-Trasporto: posta-certificata\r\n"
        f'From: "Per conto di: {said.by.email}" <posta-certificata@pec.example.com>\r\n'
        f"Reply-To: {said.by.email}\r\nTo: {original.reply_to}\r\n"
        + header("Subject", f"POSTA CERTIFICATA: R: {original.subject}")
        + f"Date: {format_datetime(said.at)}\r\nMessage-ID: <opec2124.{said.at:%d%H%M%S}@pec.example.com>\r\n"
        "MIME-Version: 1.0\r\n"
    )
    return joined(
        head, 'signed; protocol="application/x-pkcs7-signature"; micalg=sha-256', "----pec7", mixed, seal
    )


def _forwarded(original: Original, said: Said, prefix: str, opening: str) -> bytes:
    fields = (
        f"Da: {original.from_}\nInviato: {original.day} {original.clock}\nA: {original.to.email}\n"
        f"Oggetto: {original.subject}\n"
    )
    text = f"{said.words}{said.tail}\n\n{opening}{fields}\n{original.plain}"
    head = heads(original, said, prefix=prefix, to=original.sender.email, threads=False)
    return plain_only(head, text, encoding="quoted-printable")


def forwarded(original: Original, said: Said) -> bytes:
    """Sent on to us by Outlook ("I:"), the words above."""
    return _forwarded(original, said, "I: ", "")


def forwarded_gmail(original: Original, said: Said) -> bytes:
    """Sent on to us by Gmail ("Fwd:"), the words above."""
    return _forwarded(original, said, "Fwd: ", "---------- Forwarded message ---------\n")


def forwarded_apple(original: Original, said: Said) -> bytes:
    """Sent on to us by Apple's mail, quoted with marks."""
    fields = (
        f"Da: {original.from_}\nOggetto: {original.subject}\n"
        f"Data: {original.short_day} alle ore {original.clock}\nA: {original.to.email}\n"
    )
    quoted = f"{quote(fields)}\n> \n{quote(original.plain)}\n"
    text = f"{said.words}{said.tail}\n\nInizio messaggio inoltrato:\n\n{quoted}"
    return plain_only(heads(original, said, prefix="Fwd: ", to=original.sender.email, threads=False), text)


def automatic(original: Original, said: Said) -> bytes:
    """An absence told by the server."""
    more = "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\nPrecedence: bulk\r\n"
    head = heads(original, said, prefix="Risposta automatica: ", more=more)
    return plain_only(head, f"{said.words}{said.tail}\n", encoding="quoted-printable")


def vacation(original: Original, said: Said) -> bytes:
    """An absence told by a server that says so in the subject alone."""
    return plain_only(heads(original, said, prefix="Fuori sede: "), f"{said.words}{said.tail}\n")


def bounced(original: Original, said: Said) -> bytes:
    """A report that the mail was not delivered, with the mail in it."""
    report = (
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        b"Final-Recipient: rfc822; " + original.to.email.encode() + b"\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    )
    ours = (
        f"Content-Type: message/rfc822\r\n\r\nMessage-ID: {original.message_id}\r\n"
        f"Subject: x\r\n\r\n{said.words}\r\n"
    )
    head = (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.com (Mail Delivery System)\r\n"
        f"To: {original.reply_to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        f"Date: {format_datetime(said.at)}\r\nMessage-ID: <bounce1@mx.example.com>\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
    )
    told = encoded(f"This is the mail system.\n\n{said.words}\n", "plain", "us-ascii", "7bit")
    return joined(head, "report; report-type=delivery-status", "mx1", told, report, ours.encode())


def receipt(original: Original, said: Said) -> bytes:
    """A receipt of certified mail."""
    head = (
        "X-Ricevuta: avvenuta-consegna\r\nX-Riferimento-Message-ID: " + original.message_id + "\r\n"
        "From: posta-certificata@pec.example.com\r\n"
        + f"To: {original.reply_to}\r\n"
        + header("Subject", f"CONSEGNA: {original.subject}")
        + f"Date: {format_datetime(said.at)}\r\nMessage-ID: <ric1@pec.example.com>\r\nMIME-Version: 1.0\r\n"
    )
    return plain_only(head, f"Ricevuta di avvenuta consegna\n\n{said.words}\n")


def newsletter(original: Original, said: Said) -> bytes:
    """A mailing list's."""
    more = "List-Unsubscribe: <https://list.example.com/u>\r\nPrecedence: bulk\r\n"
    head = heads(
        original,
        said,
        prefix="",
        subject="Le novità di novembre",
        threads=False,
        more=more,
        to=original.sender.email,
    )
    return plain_only(head, f"{said.words}\n", encoding="base64")


def read_notice(original: Original, said: Said) -> bytes:
    """A notice that the mail was read (MDN)."""
    head = (
        f"From: {contact(said.by)}\r\nTo: {original.reply_to}\r\n"
        + header("Subject", f"Letto: {original.subject}")
        + f"Date: {format_datetime(said.at)}\r\nMessage-ID: <mdn1@associazione.example.com>\r\n"
        f"In-Reply-To: {original.message_id}\r\nMIME-Version: 1.0\r\n"
    )
    note = (
        b"Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;x@x.example\r\n"
        b"Disposition: automatic-action/MDN-sent-automatically; displayed\r\n"
    )
    told = encoded(f"{said.words}\n", "plain", "utf-8", "quoted-printable")
    return joined(head, "report; report-type=disposition-notification", "mdn", told, note)
