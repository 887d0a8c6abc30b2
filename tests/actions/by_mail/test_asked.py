"""What a person of the house asks for by writing of their own accord; a stranger gets none of it."""

import pytest

from procedure.campaign import Contact
from procedure.correspondence.deciding import Matched, Sent, Unknown, Why
from procedure.correspondence.evidence import Where
from procedure.hours import Place
from procedure.notices import Mail, MailKind
from store import appointments, drafts, outbox, preferences
from store.letters import Letter, Outcome
from tests.actions.by_mail.letters import STRANGER, arrives
from tests.actions.house import CATALOGUE, House, at

ADA = Contact("Chi Sa", "Ada.Esempioli@associazione.example.com")
NOBODYS = Unknown(Why.NO_TOKEN)


def writes(house: House, text: str, subject: str = "", sender: Contact = ADA) -> tuple[Letter, list[Mail]]:
    """A letter that answers no mail of ours; what is written back."""
    before = len(house.mails())
    letter = arrives(house, NOBODYS, text, sender=sender, subject=subject, day=19)
    return letter, house.mails()[before:]


FORMS = [
    ("scheda A001", "", "A001"),
    ("Scheda a001.", "", "A001"),
    ("", "visita Tessitura Finzioni", "A001"),
    ("", "R: scheda forno immaginario", "A003"),
    ("visita a Fornno Imaginario", "", "A003"),
    ("Buongiorno", "Scheda officina", "A004"),
]


@pytest.mark.parametrize(("text", "subject", "ref"), FORMS)
def test_the_form_of_the_one_company_meant_goes_to_the_registered_address(
    house: House, text: str, subject: str, ref: str
) -> None:
    letter, (mail,) = writes(house, text, subject)
    assert (letter.outcome, letter.reason) == (Outcome.RECORDED, "asked: form")
    assert (mail.kind, mail.context["company_ref"]) == (MailKind.VISIT_FORM, ref)
    assert mail.to == (Contact("Ada Esempioli", "ada.esempioli@associazione.example.com"),)
    assert drafts.open_all(house.tx, house.person("ada.esempioli").id) == []


def test_of_several_companies_one_is_chosen_by_its_code(house: House) -> None:
    _, (mail,) = writes(house, "scheda Pistoia")
    assert mail.context["state"] == "which"
    choices = mail.context["choices"]
    assert isinstance(choices, list)
    assert {str(one["ref"]) for one in choices if isinstance(one, dict)} >= {"A003", "A004"}


@pytest.mark.parametrize("words", ["scheda Orafi Fantasma", "scheda B001", "visita gelateria del porto"])
def test_the_company_of_another_is_not_found_and_neither_is_one_that_is_not_there(
    house: House, words: str
) -> None:
    _, (mail,) = writes(house, words)
    assert mail.kind is MailKind.NEWS
    assert "Non troviamo aziende tue" in str(mail.context["text"])
    assert "Orafi" not in str(mail.context["text"]).replace(words, "").replace("orafi fantasma", "")


@pytest.mark.parametrize("text", ["scheda A001", "oggi", "aziende", "aiuto", "preferenze mail"])
def test_a_stranger_learns_nothing(house: House, text: str) -> None:
    letter, mails = writes(house, text, sender=STRANGER)
    assert letter.outcome is Outcome.TO_SORT
    assert {mail.kind for mail in mails} <= {MailKind.WHERE_TO_WRITE}


def test_who_has_left_is_a_stranger(house: House) -> None:
    letter, _ = writes(house, "oggi", sender=Contact("X", "nessuno@associazione.example.com"))
    assert letter.outcome is Outcome.TO_SORT


def test_the_day_comes_as_a_numbered_list(house: House) -> None:
    house.quote(*CATALOGUE)
    letter, (mail,) = writes(house, "Oggi")
    assert letter.reason == "asked: day"
    assert mail.kind is MailKind.MORNING
    assert len(mail.context["numbered"]) == 1  # type: ignore[arg-type]  # a list


def test_companies_and_the_help_come_as_a_text(house: House) -> None:
    _, (listed,) = writes(house, "aziende")
    assert "A001  Tessitura Finzioni S.r.l., Pistoia (ultima visita: mai)" in str(listed.context["text"])
    _, (helped,) = writes(house, "", "aiuto")
    assert "SCHEDA e il codice" in str(helped.context["text"])


def test_quotes_come_numbered(house: House) -> None:
    house.quote(*CATALOGUE)
    _, (mail,) = writes(house, "preventivi")
    assert len(mail.context["numbered"]) == 1  # type: ignore[arg-type]  # a list


def answers(house: House, text: str, day: int = 19) -> tuple[Letter, list[Mail]]:
    """Ada answers the help that she asked for."""
    _, (mail,) = writes(house, "aiuto")
    row = outbox.by_key(house.tx, mail.key)
    assert row is not None
    before = len(house.mails())
    to_it = Matched(Sent(row.id, house.message_id(mail), mail), Where.ADDRESS)
    letter = arrives(house, to_it, text, sender=ADA, day=day)
    return letter, house.mails()[before:]


@pytest.mark.parametrize(
    ("said", "place"),
    [("mail", Place.MAIL), ("Chat", Place.CHAT), ("tutti e due", Place.BOTH), ("chat e mail", Place.BOTH)],
)
def test_where_one_is_written_to_is_chosen_in_answer_to_a_mail(house: House, said: str, place: Place) -> None:
    letter, (mail,) = answers(house, f"PREFERENZE: {said}")
    assert letter.outcome is Outcome.RECORDED
    assert preferences.get(house.tx, house.person("ada.esempioli").id).place is place
    assert mail.kind is MailKind.NEWS


@pytest.mark.parametrize("text", ["PREFERENZE: mail", "APPUNTAMENTO A001 domani alle 15"])
def test_a_forged_from_changes_nothing(house: House, text: str) -> None:
    _, (mail,) = writes(house, text)
    assert f"rispondi a questa mail con la stessa riga: {text}" in str(mail.context["text"])
    assert preferences.get(house.tx, house.person("ada.esempioli").id).place is Place.CHAT
    assert appointments.of_company(house.tx, house.company().id) == []


@pytest.mark.parametrize(
    "line", ["APPUNTAMENTO A001 lunedì alle 15", "Appuntamento con Tessitura Finzioni, lunedì alle 15.00"]
)
def test_an_appointment_is_fixed_in_a_line_and_moved_by_another(house: House, line: str) -> None:
    letter, (mail,) = answers(house, line)
    assert letter.reason == "asked: appointment"
    assert mail.kind is MailKind.APPOINTMENT
    (one,) = appointments.of_company(house.tx, house.company().id)
    assert one.starts_at == at(23, 15)
    answers(house, "appuntamento tessitura martedì alle 9")
    (one,) = appointments.of_company(house.tx, house.company().id)
    assert one.starts_at == at(24, 9)


def test_an_odd_hour_is_asked_back_and_fixed_if_it_is_said_to_be_right(house: House) -> None:
    _, (asked,) = answers(house, "appuntamento A001 domenica alle 15")
    assert "giorno di riposo" in str(asked.context["text"])
    assert appointments.of_company(house.tx, house.company().id) == []
    assert drafts.open_all(house.tx, house.person("ada.esempioli").id) == []
    answers(house, "appuntamento A001 domenica alle 15 confermo")
    assert len(appointments.of_company(house.tx, house.company().id)) == 1


def test_an_appointment_with_nobody_or_at_no_time_is_asked_better(house: House) -> None:
    for line in (
        "appuntamento B001 lunedì alle 15",
        "appuntamento tessitura",
        "appuntamento A001 quando capita",
    ):
        _, (asked,) = answers(house, line)
        assert "con chi e quando" in str(asked.context["text"])


def test_a_place_that_nobody_offers_is_asked_for(house: House) -> None:
    _, (mail,) = answers(house, "preferenze: piccione")
    assert "PREFERENZE tutti e due" in str(mail.context["text"])


@pytest.mark.parametrize(
    "text",
    ["Buongiorno, oggi non ci sono", "la visita", "vorrei sapere la scheda di tutti e poi " * 3, "scheda"],
)
def test_prose_asks_for_nothing(house: House, text: str) -> None:
    letter, _ = writes(house, text)
    assert letter.outcome is Outcome.TO_SORT
