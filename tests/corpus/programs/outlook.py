"""Outlook on the desktop, in the browser and on phones; and Exchange, which rewrites what passes."""

from html import escape

from tests.corpus.programs.mailing import (
    Original,
    Said,
    alternative,
    answered_between,
    heads,
    html_only,
    paragraphs,
    plain_only,
    quote,
)

_EXCHANGE = (
    "Received: from AM7PR05MB0001.eurprd05.prod.outlook.com (2603:10a6:20b:100::22)\r\n"
    " by DB9PR05MB0002.eurprd05.prod.outlook.com with HTTPS; {date}\r\n"
)
_OFFICE = (
    "Accept-Language: it-IT, en-US\r\nContent-Language: it-IT\r\nX-MS-Has-Attach:\r\n"
    "X-MS-TNEF-Correlator:\r\nX-Auto-Response-Suppress: DR, OOF, AutoReply\r\n"
    "X-MS-Exchange-CrossTenant-AuthAs: Internal\r\nThread-Index: AQHbOmVtcHR5SW5kZXhPZkNvcnB1cw==\r\n"
)


def _block(original: Original, *, with_address: bool = True) -> str:
    """Da, Inviato, A, Oggetto."""
    to = f"{original.to.name} <{original.to.email}>"
    sender = original.from_ if with_address else original.sender.name
    return f"Da: {sender}\nInviato: {original.day} {original.clock}\nA: {to}\nOggetto: {original.subject}\n"


def _html_block(original: Original) -> str:
    lines = _block(original).rstrip("\n").split("\n")
    bold = (f"<b>{name}:</b>{escape(rest)}" for name, _, rest in (line.partition(":") for line in lines))
    return "<br>\n".join(bold)


def _word(original: Original, said: Said) -> str:
    """Word's HTML, Da/Inviato/A/Oggetto below a thin border."""
    normal = paragraphs(said.words + said.tail, "p", " class=MsoNormal").replace(
        "<br></p>", "<o:p>&nbsp;</o:p></p>"
    )
    return f"""<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">
<meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--
p.MsoNormal, li.MsoNormal {{margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}}
--></style><!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit" spidmax="1026" /></xml><![endif]--></head>
<body lang=IT link="#0563C1" vlink="#954F72"><div class=WordSection1>{normal}
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal>{_html_block(original)}<o:p></o:p></p></div></div>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>{original.body}</div></body></html>"""


def desktop(original: Original, said: Said) -> bytes:
    """Outlook for Windows, Latin 1 where it can."""
    text = f"{said.words}{said.tail}\n\n{_block(original)}\n{original.plain}"
    more = _EXCHANGE.format(date="Fri, 20 Nov 2026 09:11:12 +0000") + _OFFICE
    head = heads(original, said, prefix="R: ", more=more)
    boundary = "_000_AM7PR05MB0001A1B2C3D4E5F6AM7PR05MB0001eurp_"
    return alternative(head, text, _word(original, said), boundary=boundary, charset="iso-8859-1")


def desktop_html_only(original: Original, said: Said) -> bytes:
    """The same where a server took the plain text away."""
    return html_only(heads(original, said, prefix="R: ", more=_OFFICE), _word(original, said), "iso-8859-1")


def old_desktop(original: Original, said: Said) -> bytes:
    """Outlook in plain text, as the older ones quote."""
    text = f"{said.words}{said.tail}\n\n\n-----Messaggio originale-----\n{_block(original)}\n{original.plain}"
    head = heads(original, said, prefix="R: ", more="X-Mailer: Microsoft Outlook 16.0\r\n")
    return plain_only(head, text, "iso-8859-1", "quoted-printable")


def web(original: Original, said: Said) -> bytes:
    """Outlook in the browser, and the new Outlook: a rule, appendonsend, divRplyFwdMsg."""
    text = f"{said.words}{said.tail}\n{'_' * 32}\n{_block(original)}\n{original.plain}"
    style = ' class="elementToProof" style="font-family: Aptos, sans-serif; font-size: 12pt;"'
    signed = f'<div id="Signature">{paragraphs(said.tail.strip(), "p")}</div>' if said.tail else ""
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<style type="text/css" style="display:none;"> P {{margin-top:0;margin-bottom:0;}} </style></head>
<body dir="ltr">{paragraphs(said.words, "div", style)}<div><br></div>{signed}
<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">
{_html_block(original)}</font><div>&nbsp;</div></div>{original.body}</body></html>"""
    head = heads(original, said, prefix="R: ", more=_OFFICE)
    return alternative(
        head, text, html, boundary="_000_DB9PR05MB0002F0E1D2C3B4A5DB9PR05MB0002eurp_", encoding="base64"
    )


def phone(original: Original, said: Said) -> bytes:
    """Outlook on iOS and Android."""
    get = "Ottieni Outlook per Android<https://aka.ms/AAb9ysg>"
    text = f"{said.words}{said.tail}\n\n{get}\n{'_' * 32}\n{_block(original)}\n{original.plain}"
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body dir="auto">{paragraphs(said.words + said.tail, "div", ' dir="auto"')}<div dir="auto"><br></div>
<div id="ms-outlook-mobile-signature" dir="auto">Ottieni <a
href="https://aka.ms/AAb9ysg">Outlook per Android</a></div>
<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">
{_html_block(original)}</div><br>{original.body}</body></html>"""
    head = heads(original, said, prefix="Re: ", more=_OFFICE)
    return alternative(head, text, html, boundary="_000_VI1PR05MB0003VI1PR05MB0003eurp_", encoding="base64")


def phone_html_only(original: Original, said: Said) -> bytes:
    """Outlook on a phone through a server that keeps the HTML alone."""
    html = f"""<html><head></head><body dir="auto">{paragraphs(said.words + said.tail, "div", ' dir="auto"')}
<div id="ms-outlook-mobile-signature">Ottieni <a href="https://aka.ms/o0ukef">Outlook per iOS</a></div>
<div id="mail-editor-reference-message-container"><hr><div class="ms-outlook-mobile-reference-message">
{_html_block(original)}</div>{original.body}</div></body></html>"""
    return html_only(heads(original, said, prefix="R: ", more=_OFFICE), html)


def rewritten(original: Original, said: Said) -> bytes:
    """Exchange between us and them: another Message-ID, no In-Reply-To, the bare address, "R: …".

    Only the reference in the quoted text says what is answered.
    """
    text = f"{said.words}{said.tail}\n\n{_block(original)}\n{original.plain}"
    head = heads(
        original,
        said,
        prefix="R: ",
        to=original.sender.email,
        threads=False,
        message_id="<" + "9f8e7d6c" * 4 + "@AM7PR05MB0001.eurprd05.prod.outlook.com>",
        more=_EXCHANGE.format(date="Fri, 20 Nov 2026 10:11:12 +0000") + _OFFICE,
    )
    return plain_only(head, text, "windows-1252", "quoted-printable")


def rewritten_subject(original: Original, said: Said) -> bytes:
    """The same, where nothing is quoted and only the subject's tail says it."""
    head = heads(
        original,
        said,
        prefix="R: ",
        to=original.sender.email,
        threads=False,
        subject=f"{original.subject.partition(' [#')[0]} [#{original.token}]",
        more=_OFFICE,
    )
    return plain_only(head, f"{said.words}{said.tail}\n", "windows-1252", "quoted-printable")


def notes(original: Original, said: Said) -> bytes:
    """Lotus Notes: fields in a table, "Per:" for To."""
    text = (
        f"{said.words}{said.tail}\n\n\n\nDa:     {original.from_}\nPer:    {original.to.email}\n"
        f"Data:   {original.at:%d/%m/%Y %H:%M}\nOggetto:        {original.subject}\n\n\n\n{original.plain}"
    )
    head = heads(original, said, more="X-Mailer: Lotus Notes Release 9.0.1FP10\r\n")
    return plain_only(head, text, "iso-8859-1", "quoted-printable")


def between(original: Original, said: Said) -> bytes:
    """Outlook set to put a mark before each quoted line; answers between them."""
    text = (
        f"{said.words or 'Vedi sotto'}\n\n-----Messaggio originale-----\n"
        f"{quote(_block(original))}\n>\n{answered_between(original, said)}\n"
    )
    return plain_only(
        heads(original, said, prefix="R: ", more=_OFFICE), text, "iso-8859-1", "quoted-printable"
    )
