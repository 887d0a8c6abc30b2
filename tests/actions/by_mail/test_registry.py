"""RA's words about each corrected field: what is in is written, the rest stays open to be answered later."""

import pytest

from conversations.dialogue import Typed
from procedure.correspondence.commands import Command, FieldSaid, Verb
from procedure.correspondence.deciding import Matched
from procedure.correspondence.evidence import Where
from procedure.fields import RegisterField
from procedure.notices import MailKind
from store import visits
from store.letters import Letter, Outcome
from store.visits import RecordedCorrection
from tests.actions.by_mail.test_record_reply import answered, arrives, sent
from tests.actions.house import PLAIN, House

F = RegisterField
E3 = MailKind.E3_CORRECTIONS_TO_RA
TOLD = {F.EMAIL: "nuova@finzioni.example.com", F.PHONE: "+390573000999"}
TWO = (*PLAIN[:3], *TOLD, "=", *map(Typed, TOLD.values()), *PLAIN[4:])


def says(house: House, *fields: FieldSaid, line: str = "Fatto", day: int = 20) -> Letter:
    command = Command(Verb.DONE, line, fields=fields)
    return arrives(house, Matched(sent(house, E3), Where.ADDRESS), line, command, day)


def corrections(house: House, visit: int) -> dict[RegisterField, RecordedCorrection]:
    return {one.correction.field: one for one in visits.corrections_of(house.tx, visit)}


def is_closed(house: House, visit: int) -> bool:
    found = visits.get(house.tx, visit)
    assert found is not None
    return found.corrections_closed is not None


def known(house: House, field: RegisterField) -> str | None:
    return house.company().fields.get(field)


def test_a_field_that_is_not_in_stays_open_and_the_others_are_written(house: House) -> None:
    visit = house.confirms(*TWO).visit
    letter = says(house, FieldSaid(F.EMAIL, False, words="rimbalza"))
    assert letter.outcome is Outcome.RECORDED
    assert (known(house, F.PHONE), known(house, F.EMAIL)) == (TOLD[F.PHONE], None)
    assert {field: one.closed is not None for field, one in corrections(house, visit).items()} == {
        F.PHONE: True,
        F.EMAIL: False,
    }
    assert not is_closed(house, visit)
    told = str(answered(house, letter).context["what"])
    assert told == "anagrafica aggiornata: Telefono; restano da fare: Email (rimbalza)"


def test_that_nothing_is_in_is_news_for_the_av_and_no_repetition(house: House) -> None:
    visit = house.confirms(*TWO).visit
    letter = says(house, *(FieldSaid(field, False) for field in TOLD))
    assert (letter.outcome, letter.reason) == (Outcome.RECORDED, "done")
    assert house.pushes()[-1].context["what"] == "restano da fare: Email e Telefono"
    assert not is_closed(house, visit)


def test_what_stayed_open_is_answered_later_and_closes_them_all(house: House) -> None:
    visit = house.confirms(*TWO).visit
    says(house, FieldSaid(F.EMAIL, False))
    letter = says(house, day=23)
    assert known(house, F.EMAIL) == TOLD[F.EMAIL]
    assert is_closed(house, visit)
    assert str(answered(house, letter).context["what"]) == "anagrafica aggiornata: Email"


def test_a_value_of_ra_s_own_is_written_and_the_av_reads_both(house: House) -> None:
    visit = house.confirms(*TWO).visit
    says(house, FieldSaid(F.EMAIL, False, "INFO@Finzioni.example.com "))
    assert known(house, F.EMAIL) == "info@finzioni.example.com"
    assert corrections(house, visit)[F.EMAIL].told == "info@finzioni.example.com"
    assert is_closed(house, visit)
    push = house.pushes()[-1]
    assert (push.screen, push.person) == ("reply_recorded", house.person("ada.esempioli").id)
    assert "Email: scritto info@finzioni.example.com, non nuova@finzioni.example.com" in str(
        push.context["what"]
    )


def test_the_same_value_written_otherwise_is_the_av_s(house: House) -> None:
    visit = house.confirms(*TWO).visit
    says(house, FieldSaid(F.PHONE, True, "0573 000 999"))
    assert corrections(house, visit)[F.PHONE].told == ""
    assert known(house, F.PHONE) == TOLD[F.PHONE]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (FieldSaid(F.EMAIL, False, "non è un indirizzo"), "non va bene per Email"),
        (FieldSaid(F.PEC, False, "a@pec.example.com"), "PEC non era fra i dati"),
    ],
)
def test_what_cannot_be_written_writes_nothing_and_says_why(house: House, said: FieldSaid, why: str) -> None:
    visit = house.confirms(*TWO).visit
    letter = says(house, said)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "refused")
    assert why in str(answered(house, letter).context["why"])
    assert not any(one.closed for one in corrections(house, visit).values())
    assert known(house, F.PHONE) != TOLD[F.PHONE]


def test_a_field_told_once_all_is_settled_waits_for_a_person(house: House) -> None:
    house.confirms(*TWO)
    says(house)
    letter = says(house, FieldSaid(F.EMAIL, False, "altra@finzioni.example.com"), day=23)
    assert (letter.outcome, letter.reason) == (Outcome.TO_SORT, "closed")
    assert known(house, F.EMAIL) == TOLD[F.EMAIL]
