import pytest

from mailer.reading.delivery_status import undelivered_of
from mailer.reading.letter import read
from procedure.correspondence.machines import Automatic, Bounced
from tests.mailer.reading.came_back import ALL, ARRIVED, COPY, HEAD, OURS, TO, CameBack


@pytest.fixture(params=ALL.values(), ids=list(ALL))
def sample(request: pytest.FixtureRequest) -> CameBack:
    came_back: CameBack = request.param
    return came_back


def bounce(raw: str) -> Bounced:
    machine = read(raw.encode()).machine
    assert isinstance(machine, Bounced)
    return machine


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_mail_that_came_back_tells_which_addresses_for_good_or_not_and_why(
    sample: CameBack, line_end: str
) -> None:
    told = bounce(sample.raw.replace("\n", line_end)).undelivered
    assert tuple((one.address, one.permanent, one.status) for one in told) == sample.told
    assert told[0].words.startswith(sample.words)


def test_a_mail_that_came_back_tells_which_of_ours_it_was(sample: CameBack) -> None:
    assert bounce(sample.raw).message_id == sample.ours


def test_the_headers_of_what_came_back_are_in_the_body_where_tokens_are_looked_for() -> None:
    letter = read(ALL["postfix"].raw.encode())
    assert OURS in letter.body
    assert OURS not in letter.text


def test_a_report_that_all_has_arrived_is_no_bounce() -> None:
    assert read(ARRIVED.encode()).machine == Automatic("report", "Your message was successfully delivered.")


def test_a_receipt_of_having_read_is_no_bounce() -> None:
    raw = (
        "From: ra@associazione.example.com\nSubject: Letto: Dati da aggiornare\n"
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n"
        "--x\n\nIl messaggio è stato letto.\n--x\nContent-Type: message/disposition-notification\n\n"
        f"Final-Recipient: rfc822; {TO}\nDisposition: manual-action/MDN-sent-manually; displayed\n--x--\n"
    )
    assert read(raw.encode()).machine == Automatic("report", "Il messaggio è stato letto.")


@pytest.mark.parametrize(
    "subject",
    [
        "I: Impossibile recapitare: Dati da aggiornare",
        "R: Mancata consegna del messaggio",
        "Re: Undelivered Mail Returned to Sender",
    ],
)
def test_a_person_who_writes_of_a_bounce_is_a_person(subject: str) -> None:
    raw = (
        f"From: Paola <{TO}>\nSubject: {subject}\n\nIl mio indirizzo è sconosciuto? Non è stato recapitato.\n"
    )
    assert read(raw.encode()).machine is None


def test_a_person_who_forwards_a_report_is_a_person() -> None:
    forwarded = ALL["postfix"].raw.split("\n\n", 1)[1]
    head = f'From: {TO}\nSubject: Fwd: Undelivered Mail\nContent-Type: multipart/mixed; boundary="=_b"\n\n'
    assert read((head + forwarded).encode()).machine is None


def test_a_subject_alone_makes_no_bounce_of_an_address() -> None:
    raw = f"From: Paola <{TO}>\nSubject: Mancata consegna\n\nNon ho ricevuto {TO}, è inesistente.\n"
    assert read(raw.encode()).machine == Automatic("subject", f"Non ho ricevuto {TO}, è inesistente.")


def test_who_is_away_is_not_taken_for_a_bounce() -> None:
    raw = (
        f"Return-Path: <>\nFrom: Paola <{TO}>\nSubject: Risposta automatica: Dati da aggiornare\n"
        "Auto-Submitted: auto-replied\n\nSono fuori sede fino al 10 dicembre.\n"
    )
    assert read(raw.encode()).machine == Automatic("auto-submitted", "Sono fuori sede fino al 10 dicembre.")


def test_the_servers_own_addresses_and_ours_are_never_those_that_failed() -> None:
    raw = (
        "From: postmaster@mx.example.com\nTo: visite@visite.example.com\nSubject: failure notice\n\n"
        "visite@visite.example.com: your message could not be delivered. Ask postmaster@mx.example.com.\n"
    )
    assert bounce(raw) == Bounced("bounce")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (f"Original-Recipient: rfc822;ra+2Bposta@x.example.com\nFinal-Recipient: rfc822;{TO}\nAction: failed",
         [("ra+posta@x.example.com", True, "")]),
        (f"Final-Recipient: RFC822; <{TO.upper()}>\nAction: Failed (bad address)\nStatus: 5.1.1 (unknown)",
         [(TO, True, "5.1.1")]),
        (f"Final-Recipient: {TO}\nStatus: 4.2.2", [(TO, False, "4.2.2")]),
        (f"Final-Recipient: {TO}\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.7.1 no",
         [(TO, True, "5.7.1")]),
        (f"Final-Recipient: {TO}\nAction: failed\nStatus: 4.4.7", [(TO, True, "4.4.7")]),
        (f"Final-Recipient: {TO}\nAction: delivered", []),
        ("Final-Recipient: system;unknown\nAction: failed", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_report_is_read_recipient_by_recipient(fields: str, told: list[tuple[str, bool, str]]) -> None:
    content = f"Reporting-MTA: dns; mx.example.com\r\n\r\n{fields}\r\n".encode()
    assert [(one.address, one.permanent, one.status) for one in undelivered_of(content)] == told


def test_a_report_without_end_is_read_so_far() -> None:
    one = b"Final-Recipient: rfc822; a@b.example.com\nAction: failed\n\n"
    assert len(undelivered_of(one * 10_000)) == 101


def test_a_forwarded_mail_of_ours_is_not_what_came_back() -> None:
    raw = (
        f"From: Paola <{TO}>\nSubject: I: Dati da aggiornare\nContent-Type: multipart/mixed; boundary=x\n\n"
        f"--x\n\nGuarda qui\n--x\nContent-Type: message/rfc822\n\n{COPY}\n--x--\n"
    )
    letter = read(raw.encode())
    assert (letter.machine, letter.text) == (None, "Guarda qui")
    assert HEAD.split("\n", 1)[0] not in letter.body
