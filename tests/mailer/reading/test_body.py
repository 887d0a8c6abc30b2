import pytest

from mailer.reading.letter import read
from tests.mailer.reading.made import file, multipart, part, text

PNG = b"\x89PNG\r\n\x1a\n"
HTML = "<p>Fatto</p>"


def said(raw: bytes) -> str:
    letter = read(raw)
    assert letter.unreadable == ""
    return letter.text


FLOWED = 'Content-Type: text/plain; charset=utf-8; format="flowed"'


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Ho aggiornato \ntutto ieri.\nGrazie", "Ho aggiornato tutto ieri.\nGrazie"),
        (" >non è una citazione", ">non è una citazione"),
        ("Fatto\n-- \nPaola", "Fatto"),
        ("Fatto \n-- \nPaola", "Fatto"),
        ("Fatto\n\n> una riga \n> lunga\n>> più sotto \n> di nuovo", "Fatto"),
        (" From qui in poi", "From qui in poi"),
    ],
)
def test_a_flowed_text_is_put_together_again(written: str, read_as: str) -> None:
    body = read(part(written, FLOWED)).body
    assert read_as.splitlines()[0] in [line.strip() for line in body.splitlines()]
    if not read_as.startswith(">"):
        assert said(part(written, FLOWED)) == read_as


def test_quoted_lines_are_put_together_in_their_own_level() -> None:
    body = read(part("> una \n> due\n>> tre \n> quattro", FLOWED)).body
    assert body.splitlines() == ["> una due", "> > tre ", "> quattro"]


def test_the_space_that_folds_a_line_goes_where_the_sender_says_so() -> None:
    assert said(part("aggior \nnato", FLOWED + "; DelSp=yes")) == "aggiornato"


def test_a_text_that_is_not_flowed_keeps_its_lines() -> None:
    assert said(part("Fatto \nGrazie", "Content-Type: text/plain")) == "Fatto\nGrazie"


ALTERNATIVE = multipart("alternative", [text("Fatto"), text("<p>Altro</p>", kind="html")], boundary="=_a")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (ALTERNATIVE, "Fatto"),
        (multipart("alternative", [text(" \n"), text(HTML, kind="html")]), "Fatto"),
        (multipart("mixed", [multipart("related", [ALTERNATIVE, file(PNG)], boundary="=_r")]), "Fatto"),
        (multipart("mixed", [text("Sì, fatto"), file(PNG), text("e spedito")]), "Sì, fatto\ne spedito"),
        (multipart("mixed", [text(HTML, kind="html"), file(PNG), text("<p>Poi</p>", kind="html")]),
         "Fatto\n\nPoi"),
        (multipart("mixed", [ALTERNATIVE, text("<p>Avviso del server</p>", kind="html")]), "Fatto"),
        (multipart("mixed", [text(HTML, kind="html"), text("Avviso del server")]),
         "Fatto\n\nAvviso del server"),
        (multipart("signed", [ALTERNATIVE, file(b"x", "smime.p7s", "application/pkcs7-signature")]), "Fatto"),
        (multipart("signed", [text("Fatto"), part("x", "Content-Type: application/pgp-signature")]), "Fatto"),
        (multipart("alternative", [text("Fatto"), part("BEGIN:VCALENDAR", "Content-Type: text/calendar")]),
         "Fatto"),
        (multipart("mixed", [text("Fatto"), part("From: x@y.it\n\nOk", "Content-Type: message/rfc822")]),
         "Fatto"),
        (multipart("digest", [b"From: x@y.it\n\nAccettato\n", b"\nFrom: x@y.it\n\nRicevuto\n"]), ""),
        (multipart("mixed", [text("Fatto"), text("Accettato", "Content-Disposition: attachment")]), "Fatto"),
        (multipart("mixed", [text("Fatto"),
                             text("Accettato", "Content-Disposition: inline; filename=nota.txt")]), "Fatto"),
        (multipart("mixed", [text("Fatto", "Content-Disposition: inline")]), "Fatto"),
        (multipart("mixed", [b"\nFatto"]), "Fatto"),
        (multipart("mixed", [b"Fatto senza intestazioni"]), "Fatto senza intestazioni"),
        (b'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\nFatto\n', "Fatto"),
        (b'Content-Type: multipart/mixed; boundary="b"\n\nprima\n--b  \r\n\r\nFatto\r\n--bb\r\n--b--\r\nPoi',
         "Fatto\n--bb"),
        (b"Content-Type: text/html\n\n<html><style>x{}</style><body>Fatto<br>ieri", "Fatto\nieri"),
        (b"From x@y.it Thu Nov 19 10:00:00 2026\nSubject: a\n\nFatto", "Fatto"),
        (b"Content-Type: nonsense\n\nFatto", "Fatto"),
    ],
)  # fmt: skip
def test_the_parts_that_say_something_are_read_in_their_order(raw: bytes, expected: str) -> None:
    assert said(raw) == expected
    assert said(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")) == expected


@pytest.mark.parametrize(
    ("body", "encoding", "expected"),
    [
        (b"cGVyY2jDqSBzw6w=", "base64", "perché sì"),
        (b"cGVyY2jD\nqSBzw6w", "base64", "perché sì"),
        (b"cGVyY2jDqSBzw6wg!", "base64", "cGVyY2jDqSBzw6wg!"),
        (b"cGVyY2jDqSBz!w", "BASE64 ", "cGVyY2jDqSBz!w"),
        (b"Fatto, grazie mille", "base64", "Fatto, grazie mille"),
        (b"perch=C3=A9 s=C3=AC =\nsubito", "quoted-printable", "perché sì subito"),
        (b"perch=c3=a9 =ZZ 100=", "Quoted-Printable", "perché =ZZ 100"),
        (b"Fatto", "8bit-circa", "Fatto"),
    ],
)
def test_what_was_encoded_badly_is_read_as_far_as_it_goes(body: bytes, encoding: str, expected: str) -> None:
    head = f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
    assert said(head.encode() + body) == expected


@pytest.mark.parametrize(
    "charset", ["utf-16", "utf-16le", "utf-32", "rot13", "hex", "undefined", "\0", "x" * 900]
)
def test_a_charset_that_cannot_be_true_is_not_believed(charset: str) -> None:
    assert said(f"Content-Type: text/plain; charset={charset}\n\nFatto".encode()) == "Fatto"


def test_a_text_of_two_bytes_a_letter_is_read() -> None:
    raw = b"Content-Type: text/plain; charset=utf-16\n\n" + "perché sì".encode("utf-16")
    assert said(raw) == "perché sì"


def test_no_control_character_reaches_the_text_the_names_or_the_subject() -> None:
    letter = read(b"From: Pao\0la <a\0@x.example.com>\nSubject: a\0b\x07c\n\nFat\0to\x1b[0m\x0b")
    shown = letter.text + letter.body + letter.subject + letter.sender + letter.sender_name
    assert all(char.isprintable() or char == "\n" for char in shown)


@pytest.mark.parametrize(
    ("media_type", "unreadable"),
    [
        ('multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', "encrypted"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "sealed"),
        ("multipart/mixed; boundary=altra", "no_parts"),
        ("multipart/mixed", "no_parts"),
    ],
)
def test_a_mail_that_we_cannot_look_into_says_why(media_type: str, unreadable: str) -> None:
    raw = f"Content-Type: {media_type}\n\n--b\nContent-Type: application/octet-stream\n\nFatto\n--b--\n"
    letter = read(raw.encode())
    assert (letter.unreadable, letter.text) == (unreadable, "")
