"""Gmail, Apple, Thunderbird, phones, and the webmails of Italian providers."""

from html import escape

from tests.corpus.programs.mailing import (
    MONTHS,
    Original,
    Said,
    alternative,
    answered_between,
    encoded,
    folded,
    heads,
    html_only,
    paragraphs,
    plain_only,
    quote,
)


def _gmail(original: Original, said: Said, wrote: str) -> bytes:
    signature = f"\n\n-- \n{said.tail.strip()}" if said.tail else ""
    text = f"{said.words}{signature}\n\n\n{folded(wrote)}\n\n{quote(original.plain)}\n>\n"
    signed = (
        '<span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature" '
        f'data-smartmail="gmail_signature">{paragraphs(said.tail.strip())}</div>'
        if said.tail
        else ""
    )
    html = f"""<div dir="ltr">{paragraphs(said.words)}<div><br clear="all"></div>{signed}</div><br>
<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{escape(wrote)}<br></div>
<blockquote class="gmail_quote"
style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">
{original.body}</blockquote></div>"""
    return alternative(heads(original, said), text, html, boundary="0000000000004f1e2d0627a1b2c3")


def gmail(original: Original, said: Said) -> bytes:
    """Gmail in the browser."""
    wrote = f"Il giorno {original.short_day} alle ore {original.clock} {original.from_} ha scritto:"
    return _gmail(original, said, wrote)


def gmail_android(original: Original, said: Said) -> bytes:
    """Gmail on Android, which dates shorter and has no prefix before its signature."""
    wrote = (
        f"Il {original.short_day.replace(' 2026', ' 2026,')} {original.clock} {original.from_} ha scritto:"
    )
    return _gmail(original, said, wrote)


def gmail_html_only(original: Original, said: Said) -> bytes:
    """Gmail through a server that keeps the HTML alone."""
    raw = _gmail(
        original,
        said,
        f"Il giorno {original.short_day} alle ore {original.clock} {original.from_} ha scritto:",
    )
    part = raw.split(b"--0000000000004f1e2d0627a1b2c3\r\n")[2].rsplit(b"\r\n--", 1)[0]
    return heads(original, said).encode() + part


def gmail_between(original: Original, said: Said) -> bytes:
    """Gmail, answered between the quoted lines."""
    wrote = f"Il giorno {original.short_day} alle ore {original.clock} {original.from_} ha scritto:"
    text = f"{said.words}\n\n{folded(wrote)}\n\n{answered_between(original, said)}\n"
    return plain_only(heads(original, said), text, encoding="quoted-printable")


def _apple(original: Original, said: Said, footer: str) -> bytes:
    wrote = f"Il giorno {original.short_day[4:]}, alle ore {original.clock}, {original.from_} ha scritto:"
    text = f"{said.words}{said.tail}\n{footer}\n{quote(wrote)}\n> \n{quote(original.plain)}\n"
    html = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>
<body dir="auto">{paragraphs(said.words + said.tail, "div", ' dir="ltr"')}<br
id="lineBreakAtBeginningOfSignature">
<div dir="ltr">{footer.strip()}</div><div dir="ltr"><br><blockquote type="cite">{escape(wrote)}<br><br>
</blockquote></div>
<blockquote type="cite"><div dir="ltr">{original.body}</div></blockquote></body></html>"""
    head = heads(original, said, more="X-Mailer: Apple Mail (2.3774.600.62)\r\n")
    return alternative(head, text, html, boundary="Apple-Mail-5A8B7C6D-1E2F-4A3B-9C8D-7E6F5A4B3C2D")


def apple_mail(original: Original, said: Said) -> bytes:
    """Mail on a Mac."""
    return _apple(original, said, "")


def iphone(original: Original, said: Said) -> bytes:
    """Mail on an iPhone."""
    return _apple(original, said, "\nInviato da iPhone\n")


def iphone_html_only(original: Original, said: Said) -> bytes:
    """Mail on an iPhone through a server that keeps the HTML alone."""
    wrote = f"Il giorno {original.short_day[4:]}, alle ore {original.clock}, {original.from_} ha scritto:"
    html = f"""<html><head></head><body dir="auto">{paragraphs(said.words + said.tail)}<br>
<div dir="ltr">Inviato dal mio iPhone</div><div dir="ltr"><br><blockquote type="cite">{escape(wrote)}<br><br>
</blockquote></div><blockquote type="cite"><div dir="ltr">{original.body}</div></blockquote></body></html>"""
    return html_only(heads(original, said), html, encoding="7bit" if html.isascii() else "8bit")


_FLOWED = "; format=flowed"
_THUNDERBIRD = "User-Agent: Mozilla Thunderbird\r\nContent-Language: it\r\n"


def _thunderbird_wrote(original: Original) -> str:
    return f"Il {original.at:%d/%m/%Y %H:%M}, {original.sender.name} ha scritto:"


def thunderbird(original: Original, said: Said) -> bytes:
    """Thunderbird, its words above."""
    signature = f"\n-- \n{said.tail.strip()}\n" if said.tail else ""
    text = f"{said.words}\n\n{_thunderbird_wrote(original)}\n{quote(original.plain, '> ')}\n{signature}"
    return plain_only(heads(original, said, more=_THUNDERBIRD), text, more=_FLOWED)


def thunderbird_below(original: Original, said: Said) -> bytes:
    """Thunderbird, its words below, as it comes out of the box."""
    signature = f"\n-- \n{said.tail.strip()}\n" if said.tail else ""
    text = f"{_thunderbird_wrote(original)}\n{quote(original.plain)}\n\n{said.words}\n{signature}"
    return plain_only(heads(original, said, more=_THUNDERBIRD), text, more=_FLOWED)


def thunderbird_html_only(original: Original, said: Said) -> bytes:
    """Thunderbird in HTML."""
    signed = f'<div class="moz-signature">-- <br>{paragraphs(said.tail.strip())}</div>' if said.tail else ""
    html = f"""<!DOCTYPE html><html><head>
<meta http-equiv="content-type" content="text/html; charset=UTF-8"></head>
<body>{paragraphs(said.words, "p")}{signed}<div class="moz-cite-prefix">{_thunderbird_wrote(original)}<br>
</div>
<blockquote type="cite" cite="mid:{escape(original.message_id.strip("<>"))}">{original.body}</blockquote>
</body></html>"""
    return html_only(heads(original, said, more=_THUNDERBIRD), html, encoding="8bit")


def thunderbird_between(original: Original, said: Said) -> bytes:
    """Thunderbird, answered between the quoted lines."""
    text = f"{_thunderbird_wrote(original)}\n{answered_between(original, said)}\n\n{said.words}\n"
    return plain_only(heads(original, said, more=_THUNDERBIRD), text, more=_FLOWED)


def samsung(original: Original, said: Said) -> bytes:
    """Samsung's mail on Android."""
    block = (
        f"-------- Messaggio originale --------\nDa: {original.from_} \n"
        f"Data: {original.at:%d/%m/%y  %H:%M}  (GMT+01:00) \nA: {original.to.email} \nOggetto:"
        f" {original.subject} \n"
    )
    footer = "Inviato dal mio Galaxy"
    text = f"{said.words}{said.tail}\n\n\n{footer}\n\n\n{block}\n{original.plain}"
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head>
<body dir="auto">
{paragraphs(said.words + said.tail, "div", ' dir="auto"')}<div dir="auto"><br></div>
<div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757" dir="auto">{footer}</div>
</div>
<div dir="auto"><br></div><div align="left" dir="auto" style="font-size:100%;color:#000000">
{paragraphs(block.rstrip())}<div><br></div></div>{original.body}</body></html>"""
    head = heads(original, said, more="X-Mailer: Samsung Email\r\n")
    return alternative(
        head, text, html, boundary="--_com.samsung.android.email_8112233445566770", encoding="base64"
    )


def k9(original: Original, said: Said) -> bytes:
    """K-9 on Android."""
    day = f"{original.at.day} {MONTHS[original.at.month - 1]} {original.at.year}"
    wrote = (
        f"Il {day} {original.at:%H:%M:%S} CET, {original.sender.name} <{original.sender.email}> ha scritto:"
    )
    footer = "\n-- \nInviato dal mio dispositivo Android con K-9 Mail. Perdonate la brevità."
    text = f"{said.words}{said.tail}\n\n{wrote}\n{quote(original.plain, '>')}{footer}\n"
    return plain_only(
        heads(original, said, more="User-Agent: K-9 Mail for Android\r\n"), text, encoding="quoted-printable"
    )


def libero(original: Original, said: Said) -> bytes:
    """Libero and Virgilio in the browser (Open-Xchange)."""
    wrote = f"Il {original.at:%d/%m/%Y %H:%M} CET {original.from_} ha scritto:"
    text = f"{said.words}{said.tail}\n\n> {wrote}\n> \n>  \n{quote(original.plain)}\n"
    html = f"""<!doctype html><html><head><meta charset="UTF-8"></head><body>
{paragraphs(said.words + said.tail, "div", ' class="default-style"')}<blockquote type="cite">
<div>{escape(wrote)}</div>
<div><br></div><div><br></div>{original.body}</blockquote></body></html>"""
    head = heads(
        original,
        said,
        more="X-Mailer: Open-Xchange Mailer v7.10.6\r\nX-Originating-Client: open-xchange-appsuite\r\n",
    )
    return alternative(head, text, html, boundary="----=_Part_104275_1840329.1795164012345")


def aruba(original: Original, said: Said) -> bytes:
    """Aruba and Tiscali in the browser (Roundcube)."""
    wrote = f"Il {original.at:%Y-%m-%d %H:%M}, {original.sender.name} ha scritto:"
    text = f"{said.words}{said.tail}\n\n{wrote}\n{quote(original.plain)}\n"
    head = heads(original, said, more="User-Agent: Roundcube Webmail/1.6.9\r\n")
    return plain_only(head, text, more=_FLOWED)


def aruba_fields(original: Original, said: Said) -> bytes:
    """Aruba's own webmail: the fields of the mail answered, each with a dash rule above."""
    text = (
        f'{said.words}{said.tail}\n\n----------------------------------------\nDa: "{original.sender.name}" '
        f"{original.sender.email}\nA: {original.to.email}\nCc: \nData: Thu, 19 Nov 2026 09:30:00 +0100\n"
        f"Oggetto: {original.subject}\n\n{original.plain}"
    )
    return plain_only(heads(original, said, more="X-Mailer: Aruba Webmail\r\n"), text, "utf-8", "base64")


def yahoo(original: Original, said: Said) -> bytes:
    """Yahoo in the browser."""
    wrote = f"    Il {original.day} alle ore {original.at:%H:%M:%S} CET, {original.from_} ha scritto:  "
    text = f" {said.words}{said.tail}\n\n{wrote}\n \n {original.plain}  "
    html = f"""<html><head></head><body>
<div class="ydp1a2b3c4dyahoo-style-wrap">{paragraphs(said.words + said.tail)}
<div><br></div></div><div id="ydp5e6f7a8byahoo_quoted_1234567890" class="ydp5e6f7a8byahoo_quoted">
<div style="font-size:13px;color:#26282a;"><div>{escape(wrote)}</div><div><br></div>{original.body}</div>
</div></body></html>"""
    head = heads(original, said, more="X-Mailer: WebService/1.1.22876 YMailNovation\r\n")
    return alternative(head, text, html, boundary="----=_Part_55_1122334455.1795164012345")


def yahoo_html_only(original: Original, said: Said) -> bytes:
    """Yahoo through a server that keeps the HTML alone."""
    html = f"""<html><body><div class="yahoo-style-wrap">{paragraphs(said.words + said.tail)}</div>
<div id="yahoo_quoted_99" class="yahoo_quoted">{original.body}</div></body></html>"""
    return html_only(heads(original, said), html, "iso-8859-1")


def zimbra(original: Original, said: Said) -> bytes:
    """Zimbra, of many public offices."""
    block = (
        f'Da: "{original.sender.name}" <{original.sender.email}>\n'
        f'A: "{original.to.name}" <{original.to.email}>\n'
        f"Inviato: {original.day.capitalize()} {original.clock}:00\nOggetto: {original.subject}\n"
    )
    text = f"{said.words}{said.tail}\n\n\n{block}\n{original.plain}"
    html = f"""<html><body><div style="font-family: arial, helvetica, sans-serif; font-size: 12pt">
{paragraphs(said.words + said.tail)}<br><hr id="zwchr" data-marker="__DIVIDER__">
<div data-marker="__HEADERS__">
<blockquote style="border-left:2px solid #1010FF;margin-left:5px;padding-left:5px;color:#000;">
{escape(block).replace(chr(10), "<br>")}</blockquote></div><div data-marker="__QUOTED_TEXT__">
<blockquote style="border-left:2px solid #1010FF;margin-left:5px;padding-left:5px;color:#000;">
{original.body}</blockquote>
</div></div></body></html>"""
    head = heads(
        original, said, more="X-Mailer: Zimbra 8.8.15_GA_4545 (ZimbraWebClient - GC130 (Win)/8.8.15)\r\n"
    )
    return alternative(head, text, html, boundary="=_0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d")


def bare(original: Original, said: Said) -> bytes:
    """A program that quotes nothing, as a mailto link opens it on a phone: words and our reference."""
    text = f"{said.words}\n\n[#{original.token}]{said.tail}\n"
    return plain_only(heads(original, said, threads=False), text)


def windows_mail(original: Original, said: Said) -> bytes:
    """Mail of Windows 10: HTML only in effect, a border above Da/Inviato."""
    html = f"""<html><head><style><!-- p.MsoNormal {{margin:0cm}} --></style></head><body lang=IT>
<div class=WordSection1>
{paragraphs(said.words + said.tail, "p", " class=MsoNormal")}<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Inviato da <a
href="https://go.microsoft.com/fwlink/?LinkId=550986">Posta</a> per Windows</p>
<div style='mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal style='border:none;padding:0cm'><b>Da: </b>{escape(original.from_)}<br>
<b>Inviato: </b>{original.day}
{original.clock}<br><b>A: </b>{original.to.email}<br><b>Oggetto: </b>{escape(original.subject)}</p></div>
{original.body}</div></body></html>"""
    return heads(original, said, prefix="R: ").encode() + encoded(html, "html", "utf-8", "quoted-printable")
