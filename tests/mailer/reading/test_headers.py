import pytest

from mailer.reading.addresses import recipients_of, sender_of
from mailer.reading.charsets import text_of_bytes
from mailer.reading.headers import Headers, head_and_body, without_comments
from mailer.reading.letter import message_id_of, read
from mailer.reading.parameters import valued


def headers(text: str) -> Headers:
    return Headers(text.encode())


@pytest.mark.parametrize(
    ("raw", "names", "body"),
    [
        (b"A: 1\nB: 2\n\nFatto", 2, b"Fatto"),
        (b"A: 1\r\nB:\t2\r\n\r\nFatto", 2, b"Fatto"),
        (b"A: 1\n folded\n\tagain\n\nFatto", 1, b"Fatto"),
        (b"From x@y Thu Nov 19\nA: 1\n\nFatto", 1, b"Fatto"),
        (b"A: 1\nFatto\n\nB: 2", 1, b"Fatto\n\nB: 2"),
        (b"\nFatto", 0, b"Fatto"),
        (b"Fatto", 0, b"Fatto"),
        (b"A: 1", 1, b""),
        (b"", 0, b""),
        (b"A: 1\n" * 100_000 + b"\nFatto", 1, b"Fatto"),
    ],
)
def test_headers_end_at_the_first_line_that_is_none(raw: bytes, names: int, body: bytes) -> None:
    found, at = head_and_body(raw, 0, len(raw))
    assert (len(found), raw[at:]) == (names, body)


def test_a_header_is_found_whatever_its_case_and_the_topmost_first() -> None:
    found = headers("TO: a@b.it\nTo : c@d.it\nto:\n  e@f.it\n")
    assert found.every("to") == ["a@b.it", "c@d.it", "e@f.it"]
    assert found.plain("to") == "a@b.it"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("=?utf-8?q?perch=C3=A9_s=C3=AC?=", "perché sì"),
        ("=?UTF-8?B?cGVyY2jD?= =?UTF-8?B?qSBzw6w=?=", "perché sì"),
        ("=?iso-8859-1?q?perch=E9?= =?utf-8?q?_s=C3=AC?=", "perché sì"),
        ("perché sì", "perché sì"),
        ("=?big5?q?perch=C3=A9?= sì", "perché sì"),
        ("=?x-unknown?q?perch=C3=A9_s=C3=AC?=", "perché sì"),
        ("perché =?utf-8?q?=ZZ", "perché =?utf-8?q?=ZZ"),
        ("=?utf-8?b?!!!?=", ""),
        ("a =?utf-8?q?=0D=0ABcc:_x=40y.it?=", "a Bcc: x@y.it"),
        ("a\u202eb\u200b", "a b"),
    ],
)
def test_a_header_is_decoded_as_far_as_it_goes_and_stays_one_line(written: str, read_as: str) -> None:
    assert headers(f"Subject: {written}\n").decoded("subject") == read_as


def test_a_header_in_the_bytes_of_windows_is_read() -> None:
    assert Headers("Subject: perché\n".encode("cp1252")).decoded("subject") == "perché"


@pytest.mark.parametrize("raw", [bytes(range(256)), b"\x81\x8d\x8f\x90\x9d", b"\xff\xfe\0", b"\xed\xa0\x80"])
@pytest.mark.parametrize("charset", ["", "utf-8", "ascii", "utf-7", "utf-16", "cp1252", "unicode_escape"])
def test_any_bytes_are_some_text_without_control_characters(raw: bytes, charset: str) -> None:
    text = text_of_bytes(raw, charset)
    text.encode()
    assert all(char in "\t\r\n" or not 0 <= ord(char) < 32 for char in text)


@pytest.mark.parametrize(
    ("value", "sender"),
    [
        ("x@y.example.com (Paola)", "x@y.example.com"),
        ("(capo@associazione.example.com) x@y.example.com", "x@y.example.com"),
        ("Paola (RA <ra@x.example.com>", "ra@x.example.com"),
        ("=?utf-8?q?capo=40associazione.example.com?= <x@y.example.com>", "x@y.example.com"),
        ("x@y.example.com =?utf-8?q?=3Ccapo=40associazione.example.com=3E?=", "x@y.example.com"),
        ("A <a@x.example.com>, B <b@x.example.com>", ""),
        ("A <a@x.example.com> <b@x.example.com>", ""),
        ("<non un indirizzo> capo@associazione.example.com", ""),
    ],
)
def test_neither_comment_nor_name_nor_a_second_address_passes_for_the_sender(value: str, sender: str) -> None:
    assert sender_of(headers(f"From: {value}\n"))[1] == sender


def test_recipients_are_told_once_and_not_without_end() -> None:
    many = headers("To: " + "".join(f"<a{n}@b.it>," for n in range(300)) + "\nCc: A1@B.it\n")
    found = recipients_of(many)
    assert len(found) == len(set(found)) == 100


@pytest.mark.parametrize(
    ("value", "rest"),
    [
        ("a (b) c", "a   c"),
        ("a (b (c) d) e", "a   e"),
        ('"a (b)" c', '"a (b)" c'),
        ("a (b", "a (b"),
        ("(" * 4_000, "(" * 4_000),
    ],
)
def test_comments_are_left_out_unless_quoted_or_open(value: str, rest: str) -> None:
    assert without_comments(value) == rest


@pytest.mark.parametrize(
    ("value", "name", "said"),
    [
        ("text/plain; charset=utf-8", "charset", "utf-8"),
        ('Text/Plain; Charset="UTF-8" ; format=flowed', "format", "flowed"),
        (r'a; b="c\"d\\e"', "b", r'c"d\e'),
        ("a; b=c; b=d", "b", "c"),
        ("a; b=", "b", ""),
        ("a; b*0=c; b*1=d; b*2*=%65", "b", "cde"),
        ("a; b*=''%C3%A8", "b", "è"),
        ("a; b*=no%C3%A8", "b", "noè"),
    ],
)
def test_a_parameter_is_read_however_it_was_written(value: str, name: str, said: str) -> None:
    assert valued(value).parameters[name] == said


def test_a_message_id_is_known_from_the_beginning_of_a_mail() -> None:
    assert message_id_of(b"Subject: a\nMessage-Id:\n <a@b.it>\n\n" + b"x" * 99) == "<a@b.it>"
    assert message_id_of(b"Message-ID: senza\n\n") == ""


@pytest.mark.parametrize(
    "head",
    [
        "Subject: a\r\nMessage-ID: <a@b.it>\r\nFrom: x@y.it\r\n",
        "Subject: a\r\n e b\r\nMESSAGE-ID: <a@b.it>\r\n",
        "Message-ID: <a@b.it>\r\n\t<c@d.it>\r\n",
        "Message-ID: <a@b.it>\r\nMessage-ID: <c@d.it>\r\n",
        "Message-ID:\r\n <a@b.it>\r\n",
        "Message-ID: senza\r\nMessage-ID: <c@d.it>\r\n",
        "X-Message-ID: <a@b.it>\r\nMessage-ID: <c@d.it>\r\n",
        "Subject: perché\r\nMessage-ID: <a@b.it>\r\n",
        "Subject: a\r\n\r\nMessage-ID: <a@b.it>\r\n",
        "Message-ID: <a@b.it> (commento)\r\n",
        "Message-ID: <a b@c.it>\r\n",
    ],
)
def test_the_short_way_to_the_id_finds_what_the_long_one_finds(head: str) -> None:
    raw = f"{head}\r\nCiao\r\n".encode()
    assert message_id_of(raw) == read(raw).message_id
