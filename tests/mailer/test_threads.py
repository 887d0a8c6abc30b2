"""Whose a letter is, as the house knows its writer: who stands in, who bears the role, who works beside."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mailer.reading.letter import read
from mailer.threads import recognise
from procedure.correspondence.deciding import As, Colleague, Decision, Matched, Sent, Unknown, Why
from procedure.correspondence.evidence import Where
from procedure.notices import MailKind
from store import absences
from tests.actions.by_mail.test_record_reply import sent
from tests.actions.house import AT, EVERYTHING, House, opened

K = MailKind
TODAY = date(2026, 11, 20)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as furnished:
        furnished.confirms(*EVERYTHING)
        yield furnished


def arrives(house: House, its: Sent, author: str, *, how: str = "", body: str = "Fatto") -> Decision:
    """A letter of this author, with the token wherever `how` says."""
    token = its.message_id.strip("<>").partition("@")[0]
    places = {
        "": f"To: dopovisita+{token}@x.example\r\nSubject: Re: Dati\r\n",
        "thread": f"To: dopovisita@x.example\r\nReferences: <a@b> {its.message_id}\r\nSubject: Re: Dati\r\n",
        "subject": f"To: dopovisita@x.example\r\nSubject: R: cambiato [#{token}]\r\n",
        "forward": "To: dopovisita@x.example\r\nSubject: I: Dati da aggiornare\r\n",
    }
    quoted = f"\r\n\r\n> Riferimento: [#{token}]" if how == "forward" else ""
    raw = f"From: {author}\r\n{places[how]}Message-ID: <1@own.example>\r\n\r\n{body}{quoted}\r\n"
    return recognise(house.tx, house.office.minting.secret, read(raw.encode()), TODAY)


@pytest.mark.parametrize(
    ("how", "where"),
    [
        ("", Where.ADDRESS),
        ("thread", Where.REFERENCES),
        ("subject", Where.SUBJECT),
        ("forward", Where.BODY),
    ],
)
def test_the_addressee_is_matched_wherever_the_token_survives(house: House, how: str, where: Where) -> None:
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    decision = arrives(house, its, its.mail.to[0].email, how=how)
    assert decision == Matched(its, where, As.ADDRESSEE)


def test_who_stands_in_for_an_absent_addressee_answers_in_their_place(house: House) -> None:
    ivo, lia = house.person("ivo.prototipelli"), house.person("lia.segnapostini")
    its = sent(house, K.E7_QUOTE_TO_AM)
    before = arrives(house, its, lia.email)
    assert isinstance(before, Colleague)
    absences.add(house.tx, ivo.id, TODAY, TODAY, lia.id)
    decision = arrives(house, its, lia.email)
    assert isinstance(decision, Matched)
    assert decision.quality is As.STAND_IN


def test_who_bears_the_role_answers_from_an_address_of_their_own(house: House) -> None:
    olga = house.person("olga.bozzettoni")
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    decision = arrives(house, its, olga.email)
    assert isinstance(decision, Matched)
    assert decision.quality in {As.BEARER, As.ADDRESSEE}


def test_any_colleague_of_the_office_waits_for_a_yes(house: House) -> None:
    decision = arrives(house, sent(house, K.E3_CORRECTIONS_TO_RA), f"luca.neri{AT}")
    assert isinstance(decision, Colleague)
    assert decision.quality is As.OFFICE


@pytest.mark.parametrize("how", ["", "thread", "subject", "forward"])
def test_a_stranger_has_no_right_to_our_mail_wherever_they_have_it_from(house: House, how: str) -> None:
    its = sent(house, K.E3_CORRECTIONS_TO_RA)
    assert arrives(house, its, "amico@altrove.example", how=how) == Unknown(Why.SENDER_NOT_ALLOWED)


def test_a_letter_without_a_trace_of_ours_is_nobodys(house: House) -> None:
    raw = b"From: amico@altrove.example\r\nSubject: Ciao\r\n\r\nCome stai?\r\n"
    decision = recognise(house.tx, house.office.minting.secret, read(raw), TODAY)
    assert decision == Unknown(Why.NO_TOKEN)
