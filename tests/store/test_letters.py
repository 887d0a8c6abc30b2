"""What came by mail is kept once, as it came, until somebody has said what it was."""

from procedure.notices import About, Subject
from store import letters
from store.letters import Outcome
from store.transaction import Transaction
from tests.store.given import NOON, in_one_transaction

RAW = b"Subject: \xe0 r\x00aw\r\n\r\nFATTO\r\n"
ABOUT = About(Subject.VISIT, 3)


def keep(
    tx: Transaction,
    uid: int = 1,
    *,
    raw: bytes = RAW,
    message_id: str = "<a@b>",
    uidvalidity: int = 4_000_000_000,
) -> int | None:
    return letters.keep(
        tx,
        mailbox="assistente@esempio.it",
        uidvalidity=uidvalidity,
        uid=uid,
        message_id=message_id,
        raw=raw,
        now=NOON,
    )


def kept(tx: Transaction, uid: int = 1, raw: bytes = RAW) -> int:
    letter = keep(tx, uid, raw=raw)
    assert letter
    return letter


@in_one_transaction
def test_a_letter_is_kept_as_its_bytes(tx: Transaction) -> None:
    letter = letters.get(tx, kept(tx))
    assert letter
    assert (letter.raw, letter.message_id, letter.received_at) == (RAW, "<a@b>", NOON)
    assert (letter.outcome, letter.about, letter.seen_at) == (None, None, None)


@in_one_transaction
def test_the_same_place_or_the_same_bytes_are_kept_once(tx: Transaction) -> None:
    assert keep(tx, 1)
    assert keep(tx, 1, raw=b"other") is None
    assert keep(tx, 2) is None
    assert keep(tx, 1, uidvalidity=9) is None
    assert keep(tx, 2, raw=b"other")
    assert keep(tx, 3, message_id="<c@d>")


@in_one_transaction
def test_a_letter_waits_until_it_is_settled(tx: Transaction) -> None:
    first, second = kept(tx, 1), kept(tx, 2, b"x")
    assert [letter.id for letter in letters.unsettled(tx)] == [first, second]
    letters.settle(tx, first, outcome=Outcome.RECORDED, reason="FATTO", about=ABOUT, now=NOON)
    letters.settle(tx, second, outcome=Outcome.TO_SORT, reason="ambigua", about=None, now=NOON)
    assert letters.unsettled(tx) == []
    assert [letter.id for letter in letters.to_sort(tx)] == [second]
    found = letters.get(tx, first)
    assert found
    assert (found.outcome, found.reason, found.about) == (Outcome.RECORDED, "FATTO", ABOUT)


@in_one_transaction
def test_a_mailbox_is_told_of_settled_letters_only_and_once(tx: Transaction) -> None:
    first, _second = kept(tx, 7), kept(tx, 8, b"x")
    letters.settle(tx, first, outcome=Outcome.IGNORED, reason="automatica", about=None, now=NOON)
    mailbox = ("assistente@esempio.it", 4_000_000_000)
    assert letters.untold(tx, *mailbox) == [(first, 7, Outcome.IGNORED)]
    letters.told(tx, [first], NOON)
    assert letters.untold(tx, *mailbox) == []


@in_one_transaction
def test_the_last_uid_is_that_of_the_mailbox_under_its_validity(tx: Transaction) -> None:
    kept(tx, 7)
    kept(tx, 5, b"x")
    assert letters.last_uid(tx, "assistente@esempio.it", 4_000_000_000) == 7
    assert letters.last_uid(tx, "assistente@esempio.it", 1) == 0
    assert letters.last_uid(tx, "altra@esempio.it", 4_000_000_000) == 0
