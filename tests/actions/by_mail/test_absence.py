"""`ASSENTE fino al 10`, written under any mail: an absence, and its confirmation (9.1, N8)."""

from datetime import date

from actions.recipient import recipient
from procedure.notices import MailKind
from store import absences
from store.letters import Outcome
from tests.actions.by_mail.test_record_reply import answered, answers
from tests.actions.house import CATALOGUE, INTEGRATED, House

IVO = "ivo.prototipelli"


def test_an_am_answers_that_they_are_absent_and_reads_who_is_told_instead(house: House) -> None:
    house.quote(*INTEGRATED)
    letter = answers(house, MailKind.E7_QUOTE_TO_AM, "ASSENTE fino al 10 dicembre")
    assert letter.outcome is Outcome.RECORDED
    (absence,) = absences.of_person(house.tx, house.person(IVO).id, date(2026, 11, 20))
    assert (absence.first, absence.last, absence.deputy) == (date(2026, 11, 20), date(2026, 12, 10), None)
    confirmation = answered(house, letter)
    assert confirmation.kind is MailKind.REPLY_RECORDED
    told = str(confirmation.context["what"])
    assert "da venerdì 20 novembre 2026 a giovedì 10 dicembre 2026" in told
    assert "avvisiamo Sandro Apocrifelli" in told
    found = recipient(house.tx, house.office, house.person(IVO).id, date(2026, 11, 20))
    assert found.contact.name == "Sandro Apocrifelli"


def test_days_that_are_taken_are_not_understood_and_nothing_changes(house: House) -> None:
    house.quote(*INTEGRATED)
    answers(house, MailKind.E7_QUOTE_TO_AM, "ASSENTE fino al 10 dicembre")
    again = answers(house, MailKind.E7_QUOTE_TO_AM, "ASSENTE fino al 24 novembre")
    assert again.outcome is Outcome.TO_SORT
    assert len(absences.of_person(house.tx, house.person(IVO).id, date(2026, 11, 20))) == 1


def test_who_is_nobody_of_the_house_is_not_absent(house: House) -> None:
    """The persona di riferimento of a product has no row."""
    house.quote(*CATALOGUE)
    letter = answers(house, MailKind.E9_CATALOGUE_TO_REFERENCE, "ASSENTE fino al 10 dicembre")
    assert letter.outcome is Outcome.TO_SORT
    assert absences.between(house.tx, date(2026, 11, 1), date(2026, 12, 31)) == []
