"""What a person of the house asks for by writing of their own accord; a stranger gets none of it."""

import pytest

from procedure.campaign import Contact
from procedure.correspondence.deciding import Unknown, Why
from procedure.hours import Place
from procedure.notices import Mail, MailKind
from store import drafts, preferences
from store.letters import Letter, Outcome
from tests.actions.by_mail.letters import STRANGER, arrives
from tests.actions.house import CATALOGUE, House

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


@pytest.mark.parametrize(
    ("said", "place"),
    [("mail", Place.MAIL), ("Chat", Place.CHAT), ("tutti e due", Place.BOTH), ("chat e mail", Place.BOTH)],
)
def test_where_one_is_written_to_is_chosen_by_mail(house: House, said: str, place: Place) -> None:
    letter, (mail,) = writes(house, f"PREFERENZE: {said}")
    assert letter.outcome is Outcome.RECORDED
    assert preferences.get(house.tx, house.person("ada.esempioli").id).place is place
    assert mail.kind is MailKind.NEWS


def test_a_place_that_nobody_offers_is_asked_for(house: House) -> None:
    _, (mail,) = writes(house, "preferenze: piccione")
    assert "PREFERENZE tutti e due" in str(mail.context["text"])


@pytest.mark.parametrize(
    "text",
    ["Buongiorno, oggi non ci sono", "la visita", "vorrei sapere la scheda di tutti e poi " * 3, "scheda"],
)
def test_prose_asks_for_nothing(house: House, text: str) -> None:
    letter, _ = writes(house, text)
    assert letter.outcome is Outcome.TO_SORT
