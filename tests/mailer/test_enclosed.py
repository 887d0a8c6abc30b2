import email
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256

import pytest

from actions.deliver import Minting, put_mail
from emulator.mail import Mail as Post
from mailer.compose import compose
from mailer.papers.enclosed import MOST_BYTES, file_of, whole
from mailer.papers.paper import Paper
from mailer.postman import Postman
from procedure.correspondence.enclosures import Enclosure
from procedure.notices import Enclosed, Mail
from store import enclosures, letters, outbox
from store.engine import Store
from store.outbox import State
from store.transaction import Transaction
from tests.mailer.conftest import HandClock
from tests.mailer.samples import a_mail, an_envelope

RA = "ra@associazione.example.com"
SCAN = bytes(range(256)) * 300


def a_letter(*files: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "ada@associazione.example.com", "Moduli"
    message.set_content("Ecco i moduli.")
    for name, content in files:
        message.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    return message.as_bytes()


def a_file(part: int, content: bytes, name: str = "delega.jpg", media_type: str = "image/jpeg") -> Enclosure:
    return Enclosure(part, name, media_type, len(content), sha256(content).hexdigest())


def attached(raw: bytes) -> list[EmailMessage]:
    return list(email.message_from_bytes(raw, policy=default).iter_attachments())


def test_a_file_is_taken_out_of_its_letter_byte_for_byte() -> None:
    raw = a_letter(("uno.jpg", b"uno"), ("due.jpg", SCAN))
    assert file_of(raw, a_file(3, SCAN, "due.jpg")) == Paper("due.jpg", SCAN, "image", "jpeg")


def test_a_part_that_is_not_there_is_said() -> None:
    with pytest.raises(ValueError, match="no file in part 9"):
        file_of(a_letter(), a_file(9, b""))


@pytest.mark.parametrize("told", ["multipart/mixed", "message/rfc822", "x", "text/html; a=b", "a/b\r\nX: y"])
def test_a_media_type_that_would_change_the_mail_is_not_believed(told: str) -> None:
    paper = file_of(a_letter(("uno.jpg", b"uno")), a_file(2, b"uno", media_type=told))
    assert (paper.maintype, paper.subtype) == ("application", "octet-stream")


def test_enclosed_files_arrive_as_they_are_under_any_name() -> None:
    names = ["perché no? è la délega.jpg", "x" * 180 + ".pdf", 'a"b;c.pdf']
    papers = [Paper(name, SCAN) for name in names]
    parts = attached(compose(a_mail(), an_envelope(), papers))
    assert [part.get_filename() for part in parts] == names
    assert [part.get_content() for part in parts] == [SCAN] * 3


def test_a_whole_letter_goes_as_the_message_it_was() -> None:
    raw = a_letter(("uno.jpg", SCAN))
    [part] = attached(compose(a_mail(), an_envelope(), [whole(raw)]))
    assert part.get_content_type() == "message/rfc822"
    [file] = part.get_content().iter_attachments()
    assert (part.get_content()["Subject"], file.get_content()) == ("Moduli", SCAN)


@pytest.mark.parametrize(
    "raw",
    ["Subject: è\r\n\r\nperché".encode(), b"Subject: x\r\n\r\n" + b"y" * 2000, b"Subject: x\r\n\r\na\rb\0"],
)
def test_a_letter_that_no_server_may_carry_as_it_is_goes_as_a_file(raw: bytes) -> None:
    [part] = attached(compose(a_mail(), an_envelope(), [whole(raw)]))
    assert (part.get_content_type(), part.get_content()) == ("application/octet-stream", raw)


def test_what_is_too_large_for_a_mail_stays_and_the_mail_says_so() -> None:
    papers = [Paper("uno.pdf", b"x" * (MOST_BYTES - 10)), Paper("due <b>.pdf", b"y" * 11)]
    message = email.message_from_bytes(compose(a_mail(), an_envelope(), papers), policy=default)
    assert [part.get_filename() for part in message.iter_attachments()] == ["uno.pdf"]
    for kind, name in (("plain", "- due <b>.pdf"), ("html", "due &lt;b&gt;.pdf")):
        body = message.get_body((kind,))
        assert body is not None
        text = body.get_content()
        assert "restano custoditi da Dopovisita" in text
        assert name in text


def test_the_same_mail_with_the_same_files_is_the_same_bytes() -> None:
    papers = [Paper("uno.pdf", SCAN), whole(a_letter())]
    assert compose(a_mail(), an_envelope(), papers) == compose(a_mail(), an_envelope(), papers)


def _kept(tx: Transaction, raw: bytes, *files: Enclosure) -> int:
    letter = letters.keep(
        tx, mailbox="x", uidvalidity=1, uid=1, message_id="", raw=raw, now=datetime(2026, 11, 19, tzinfo=UTC)
    )
    assert letter is not None
    enclosures.keep(tx, letter, files)
    return letter


async def test_a_scan_of_twenty_megabytes_is_carried_from_the_letter_to_the_office(
    store: Store, post: Post, minting: Minting, clock: HandClock, a_postman: Callable[..., Postman]
) -> None:
    scan = SCAN * 261  # 20 MB
    raw = a_letter(("foto.jpg", scan))
    letter = await store.run(lambda tx: _kept(tx, raw, a_file(2, scan, "foto.jpg")))
    mail = _enclosing(Enclosed(letter, 2))
    await store.run(lambda tx: put_mail(tx, mail, minted_by=minting, now=clock()))
    await a_postman(patience=60.0).deliver_due()
    [arrived] = post.mailboxes[RA].messages
    [part] = attached(arrived.raw)
    assert (len(scan) > 20_000_000, part.get_filename()) == (True, "foto.jpg")
    assert sha256(part.get_content()).hexdigest() == sha256(scan).hexdigest()


@pytest.mark.parametrize("wanted", [Enclosed(99), Enclosed(1, 7), Enclosed(1, 3)])
async def test_a_mail_whose_file_is_missing_or_refused_fails_and_others_go_on(
    wanted: Enclosed,
    *,
    store: Store,
    post: Post,
    minting: Minting,
    clock: HandClock,
    a_postman: Callable[..., Postman],
) -> None:
    refused = Enclosure(3, "virus.exe", "application/octet-stream", 3, "", "type")
    await store.run(lambda tx: _kept(tx, a_letter(("a.jpg", b"a"), ("b.exe", b"b")), refused))
    for mail in (_enclosing(wanted), a_mail(key="other")):
        await store.run(lambda tx, mail=mail: put_mail(tx, mail, minted_by=minting, now=clock()))  # type: ignore[misc]  # bound by its default
    await a_postman().deliver_due()
    row = await store.read(lambda tx: outbox.by_key(tx, "E3:visit:7"))
    assert row is not None
    assert (row.state, row.last_error.startswith("mail non componibile")) == (State.FAILED, True)
    assert len(post.mailboxes[RA].messages) == 1


def _enclosing(*files: Enclosed) -> Mail:
    mail = a_mail()
    return Mail(mail.key, mail.kind, mail.about, mail.to, context=mail.context, encloses=files)
