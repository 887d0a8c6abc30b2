"""Nothing that strangers send raises, hangs, or takes more memory than its own size allows."""

import re
import sys
import tracemalloc
from hashlib import sha256
from types import FrameType

import pytest

from mailer.reading.letter import Letter, content_of, message_id_of, read
from tests.mailer.reading.damaged import HOW_MANY, bombs, damaged

SLICES = 10
BOMBS = bombs()
WHY = {"", "too_many_parts", "too_deep", "no_parts", "no_postacert", "encrypted", "sealed"}
TRUSTED = "mx.example.com"


def holds(letter: Letter, raw: bytes) -> None:
    """What is true of every letter."""
    assert letter.size == len(raw)
    assert letter.unreadable in WHY, letter.unreadable
    lines = (letter.subject, letter.sender, letter.sender_name, letter.message_id)
    assert all(line.isprintable() for line in lines)
    whole = "".join((*lines, letter.body, letter.text, *letter.recipients, *letter.references))
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", whole)
    assert "\n" not in letter.first_line
    whole.encode()
    for file in letter.enclosures:
        assert file.name
        assert file.name.isprintable()
        assert len(file.name) <= 120
        assert not set(file.name) & set('/\\<>:"|?*')


@pytest.mark.parametrize("part", range(SLICES))
def test_ten_thousand_damaged_mails_are_read(part: int) -> None:
    for number in range(part, HOW_MANY, SLICES):
        raw = damaged(number)
        try:
            holds(read(raw, TRUSTED), raw)
            message_id_of(raw[:500])
        except Exception as fault:
            raise AssertionError(f"the mail of number {number}") from fault


def test_the_files_of_damaged_mails_are_found_again() -> None:
    found = 0
    for number in range(HOW_MANY // 20):
        raw = damaged(number)
        for file in read(raw).enclosures:
            assert sha256(content_of(raw, file.part)).hexdigest() == file.sha256
            found += 1
    assert found > HOW_MANY // 200


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_mail_made_to_kill_is_read_like_any_other(bomb: str) -> None:
    holds(read(BOMBS[bomb], TRUSTED), BOMBS[bomb])


def calls_of(raw: bytes) -> int:
    """How many functions of ours are called to read it: the work, whatever the machine."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        read(raw, TRUSTED)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("bomb", BOMBS)
def test_the_work_grows_no_faster_than_the_bytes(bomb: str) -> None:
    assert calls_of(BOMBS[bomb]) <= 20 * len(BOMBS[bomb]) + 50_000


def peak_of(raw: bytes) -> int:
    """The bytes that are taken beside the mail itself, at most."""
    read(b"")  # what is imported or compiled once does not count
    tracemalloc.start()
    try:
        read(raw, TRUSTED)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "bomb", ["headers", "parts", "depth", "spaces", "folds", "base64 of base64", "entries"]
)
def test_the_memory_is_bounded_by_the_bytes(bomb: str) -> None:
    raw = BOMBS[bomb]
    assert peak_of(raw) <= 20 * min(len(raw), 2_000_000) + 4_000_000


def large(body: bytes, encoding: str) -> bytes:
    head = (
        "From: ra@associazione.example.com\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nFatto\n--x\n"
        f"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: {encoding}\n\n"
    )
    return head.encode() + body + b"\n--x--\n"


@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_a_mail_of_25_mb_is_read_in_a_few_times_its_size(encoding: str) -> None:
    raw = large((b"QUJD" * 19 + b"\n") * 325_000, encoding)
    assert len(raw) > 25_000_000
    assert peak_of(raw) <= 4 * len(raw)
    letter = read(raw)
    holds(letter, raw)
    assert letter.text == "Fatto"
    [file] = letter.enclosures
    assert file.size > 18_000_000


def test_a_mail_of_25_mb_of_empty_lines_takes_no_more_than_its_size() -> None:
    raw = large(b"\n" * 25_000_000, "8bit")
    assert peak_of(raw) <= 1.2 * len(raw)


def test_a_fault_of_ours_leaves_a_letter_for_a_person() -> None:
    raw = b"From: a@b.example.com\nAuthentication-Results: x\n\nFatto"
    letter = read(raw, 1)  # type: ignore[arg-type]  # what no part of it expects
    assert (letter.unreadable, letter.sender, letter.text) == ("AttributeError", "a@b.example.com", "")
