import io
import struct
import zipfile
from hashlib import sha256

import pytest

from mailer.reading.file_names import LONGEST, safe_name
from mailer.reading.letter import content_of, read
from procedure.correspondence.enclosures import LARGEST, MOST, Enclosure, Refused, within_limits
from tests.mailer.reading.made import file, multipart, part, text, with_files

PDF = b"%PDF-1.7\nun preventivo"
JPEG = b"\xff\xd8\xff\xe0 una foto"
PNG = b"\x89PNG\r\n\x1a\n un logo"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def files(raw: bytes) -> tuple[Enclosure, ...]:
    return read(raw).enclosures


def the(raw: bytes) -> Enclosure:
    [only] = files(raw)
    return only


def zipped(*names: str, locked: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "contenuto")
    raw = bytearray(out.getvalue())
    if locked:
        raw[6] |= 1
        raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def winmail(*names: str) -> bytes:
    raw = b"\x78\x9f\x3e\x22\x01\x00"
    for name in names:
        title = name.encode("cp1252") + b"\0"
        raw += b"\x02" + struct.pack("<II", 0x00018010, len(title)) + title + b"\0\0"
    return raw


def test_a_file_is_told_by_name_type_size_and_place() -> None:
    raw = with_files(file(PDF, "preventivo.pdf"))
    assert the(raw) == Enclosure(2, "preventivo.pdf", "application/pdf", len(PDF), sha256(PDF).hexdigest())
    assert content_of(raw, 2) == PDF


@pytest.mark.parametrize("number", [0, 3, -1, 99])
def test_a_part_that_is_no_file_is_not_given(number: int) -> None:
    with pytest.raises(ValueError, match="no file in part"):
        content_of(with_files(file(PDF, "preventivo.pdf")), number)


@pytest.mark.parametrize(
    "disposition",
    [
        'attachment; filename="perché sì.pdf"',
        "attachment; filename*=utf-8''perch%C3%A9%20s%C3%AC.pdf",
        "attachment; filename*=iso-8859-1'it'perch%E9%20s%EC.pdf",
        "attachment; filename*0*=utf-8''perch%C3%A9; filename*1=\" s\"; filename*2*=%C3%AC.pdf",
        "attachment;\n filename*1*=%20s%C3%AC.pdf;\n filename*0*=utf-8''perch%C3%A9",
        'attachment; filename="=?utf-8?q?perch=C3=A9_s=C3=AC=2Epdf?="',
        'attachment; filename="=?utf-8?b?cGVyY2jDqSBz?= =?utf-8?b?w6wucGRm?="',
        'attachment; filename="/tmp/perché sì.pdf"',
        'attachment; filename="\\\\server\\Documenti\\\\perché sì.pdf"',
        'attachment; filename="perché sì.pdf',
        'ATTACHMENT; FILENAME="perché sì"',
    ],
)
def test_a_name_is_read_however_it_was_written(disposition: str) -> None:
    raw = with_files(part(PDF, f"Content-Disposition: {disposition}", "Content-Type: application/pdf"))
    assert the(raw).name == "perché sì.pdf"


def test_a_name_in_the_bytes_of_windows_is_read() -> None:
    head = 'Content-Type: application/pdf; name="perché.pdf"\n\n'.encode("cp1252")
    assert the(with_files(head + PDF)).name == "perché.pdf"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("preventivo.PDF", "preventivo.PDF"),
        ("", "allegato-3.pdf"),
        ("...", "allegato-3.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a\\..\\b.pdf", "b.pdf"),
        ("fattura\u202efdp.exe", "fattura fdp.exe.pdf"),
        ("a\nb\0c\x7f.pdf", "a b c.pdf"),
        ('<a>:"b|c?*.pdf', "_a___b_c__.pdf"),
        ("CON", "_CON.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.x.pdf", "_LPT1.x.pdf"),
        ("nul .pdf", "_nul.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("scansione 12.05.2026", "scansione 12.05.2026.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_a_name_is_made_safe_and_fits_what_the_file_is(name: str, safe: str) -> None:
    made = safe_name(name, 3, ("pdf",))
    assert made == safe
    assert len(made) <= LONGEST
    assert made.isprintable()


@pytest.mark.parametrize(
    ("content", "name", "media_type", "called"),
    [
        (PDF, "a", "application/pdf", "a.pdf"),
        (b"\n \n" + PDF, "a.pdf", "application/pdf", "a.pdf"),
        (PDF, "virus.exe", "application/pdf", "virus.exe.pdf"),
        (JPEG, "IMG_1.JPEG", "image/jpeg", "IMG_1.JPEG"),
        (PNG, "foto.jpg", "image/png", "foto.jpg.png"),
        (b"II*\0", "scan.tiff", "image/tiff", "scan.tiff"),
        (b"\0\0\0\x18ftypheic", "IMG_2.HEIC", "image/heic", "IMG_2.HEIC"),
        (zipped("a.txt"), "a.zip", "application/zip", "a.zip"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.xlsx"),
        (zipped("mimetype", "content.xml"), "a.odt", "application/zip", "a.odt"),
        (OLE + b"WordDocument", "a.doc", "application/octet-stream", "a.doc"),
        (b"codice;nome", "elenco.csv", "application/octet-stream", "elenco.csv"),
        (b"firmato", "contratto.pdf.p7m", "application/octet-stream", "contratto.pdf.p7m"),
    ],
)  # fmt: skip
def test_what_a_file_is_its_first_bytes_say(content: bytes, name: str, media_type: str, called: str) -> None:
    told = the(with_files(file(content, name)))
    assert (told.media_type, told.name, told.refused) == (media_type, called, "")


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"MZ\x90\0", "preventivo.pdf", Refused.TYPE),
        (b"\x7fELF", "a", Refused.TYPE),
        (b"\xcf\xfa\xed\xfe", "a", Refused.TYPE),
        (b"#!/bin/sh", "nota.txt", Refused.TYPE),
        (b"L\0\0\0\x01\x14\x02\0", "a.pdf", Refused.TYPE),
        (b"WScript.Echo", "fattura.js", Refused.TYPE),
        (b"testo", "fattura.pdf.vbs . ", Refused.TYPE),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><script>", "modulo.pdf", Refused.TYPE),
        (zipped("fattura.exe"), "fattura.zip", Refused.TYPE),
        (zipped(*map(str, range(2_100))), "tanti.zip", Refused.TYPE),
        (zipped("[Content_Types].xml", "word/vbaProject.bin"), "a.docx", Refused.TYPE),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docm", Refused.TYPE),
        (OLE + "_VBA_PROJECT".encode("utf-16-le"), "a.xls", Refused.TYPE),
        (OLE, "programma.msi", Refused.TYPE),
        (b"Rar!\x1a\x07\x01\0resto", "a.rar", Refused.TYPE),
        (zipped("a.pdf", locked=True), "a.zip", Refused.ENCRYPTED),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", Refused.ENCRYPTED),
        (b"7z\xbc\xaf\x27\x1c" + b"x" * 90 + b"\x06\xf1\x07\x01", "a.7z", Refused.ENCRYPTED),
        (b"Rar!\x1a\x07\0\0\0\x73\x80\0", "a.rar", Refused.ENCRYPTED),
    ],
)  # fmt: skip
def test_what_a_computer_could_run_and_what_nobody_can_look_into_is_refused(
    content: bytes, name: str, why: Refused
) -> None:
    told = the(with_files(file(content, name)))
    assert told.refused == why
    assert told.size == len(content)


def test_a_pdf_with_a_password_is_taken() -> None:
    assert the(with_files(file(PDF + b"/Encrypt 5 0 R", "a.pdf"))).refused == ""


def test_a_bomb_in_an_archive_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeri.txt", b"\0" * 50_000_000)
    assert the(with_files(file(out.getvalue(), "a.zip"))).size == len(out.getvalue()) < 100_000


def test_the_files_of_a_winmail_are_told_by_their_names_and_refused() -> None:
    raw = with_files(file(winmail("preventivo.pdf", "perché.docx"), "winmail.dat", "application/ms-tnef"))
    assert [(one.name, one.refused) for one in files(raw)] == [
        ("preventivo.pdf", "winmail"), ("perché.docx", "winmail")
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"x", winmail(), winmail("a" * 5_000)[:40], b"\x78\x9f\x3e\x22"])
def test_a_winmail_that_names_nothing_is_told_all_the_same(content: bytes) -> None:
    assert all(
        one.refused == "winmail" and one.name for one in files(with_files(file(content, "winmail.dat")))
    )


def a(size: int, refused: str = "") -> Enclosure:
    return Enclosure(1, "a.pdf", "application/pdf", size, "", refused)


@pytest.mark.parametrize(
    ("sizes", "refused"),
    [
        ([LARGEST, 1], ["", ""]),
        ([LARGEST + 1, 1], ["too_large", ""]),
        ([LARGEST // 2 + 1] * 3, ["", "", "too_large"]),
        ([LARGEST, LARGEST, LARGEST // 2], ["", "too_large", ""]),
        ([1] * (MOST + 2), [""] * MOST + ["too_many"] * 2),
    ],
)
def test_files_have_limits_of_size_and_number(sizes: list[int], refused: list[str]) -> None:
    assert [one.refused for one in within_limits([a(size) for size in sizes])] == refused


def test_what_is_refused_takes_no_place() -> None:
    told = list(within_limits([a(LARGEST, "type"), *[a(1)] * MOST]))
    assert [one.refused for one in told] == ["type", *[""] * MOST]


SHOWN = text('<p>Ecco</p><img src="cid:LOGO@x">', kind="html")


def logo(content: bytes, *more: str) -> bytes:
    return part(content, "Content-Type: image/png; name=logo.png", "Content-ID: <logo@x>", *more)


def test_the_logo_of_a_signature_is_no_file_and_a_photograph_is() -> None:
    assert files(multipart("related", [SHOWN, logo(PNG)])) == ()
    assert the(multipart("related", [SHOWN, logo(PNG * 5_000)])).name == "logo.png"
    assert the(multipart("related", [text("<p>Ecco</p>", kind="html"), logo(PNG)])).name == "logo.png"


def test_a_picture_between_two_texts_is_a_file() -> None:
    picture = part(
        JPEG, "Content-Type: image/jpeg; name=IMG.jpg", "Content-Disposition: inline; filename=IMG.jpg"
    )
    letter = read(multipart("mixed", [text("Ecco il modulo"), picture, text("Inviato da iPhone")]))
    assert [one.name for one in letter.enclosures] == ["IMG.jpg"]
    assert letter.text == "Ecco il modulo"


@pytest.mark.parametrize(
    "raw",
    [
        multipart("signed", [text("Ecco"), file(b"x", "smime.p7s", "application/pkcs7-signature")]),
        multipart("alternative", [text("Ecco"), part("BEGIN:", "Content-Type: text/calendar; name=a.ics")]),
        multipart("mixed", [text("Ecco"), file(b"<p>resto</p>", "ATT00001.htm", "text/html")]),
        text("Ecco"),
        text("<p>Ecco</p>", kind="html"),
        b"",
    ],
)  # fmt: skip
def test_what_only_seals_or_describes_a_mail_is_no_file(raw: bytes) -> None:
    assert files(raw) == ()


def test_a_mail_attached_to_a_mail_is_a_file() -> None:
    raw = with_files(part("From: b@x.example.com\n\nAccettato", "Content-Type: message/rfc822"))
    assert (the(raw).name, the(raw).media_type) == ("messaggio.eml", "message/rfc822")


def test_a_mail_that_is_nothing_but_a_file_has_it() -> None:
    raw = part(PDF, "From: scanner@x.example.com", "Content-Type: application/pdf; name=scan.pdf")
    assert (the(raw).part, the(raw).name) == (0, "scan.pdf")
    assert content_of(raw, 0) == PDF
