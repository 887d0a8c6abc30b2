"""Putting a date right, as it is asked: only the dates that are set, the days nearby, and the last look."""

from dataclasses import replace
from datetime import date

import pytest

from conversations.dialogue import Typed
from conversations.redate import REDATE_QUOTE, REDATE_VISIT, Corrected
from conversations.steps import NotUnderstood
from procedure.redating import DateField, Redating
from tests.conversations.given import asked, result, told
from tests.conversations.redatable import OF_QUOTE, OF_VISIT, QUOTE, STANDING


def test_only_the_dates_that_are_set_are_offered_each_with_its_day() -> None:
    options = asked(REDATE_QUOTE, OF_QUOTE, REDATE_QUOTE.begin()).view.options

    assert [option.label for option in options] == [
        "Visita: gio 12 nov",
        "Redazione: lun 16 nov",
        "Consegna: mar 17 nov",
    ]


def test_where_there_is_only_one_date_it_is_not_asked_which() -> None:
    prompt = asked(REDATE_VISIT, OF_VISIT, REDATE_VISIT.begin()).view.prompt

    assert prompt == (
        "Tessitura Finzioni S.r.l. · Visita\nOra è giovedì 12 novembre 2026. "
        "Qual è il giorno giusto? Tocca, o scrivilo."
    )


def test_the_days_nearby_are_buttons_and_none_is_to_come() -> None:
    options = asked(REDATE_QUOTE, OF_QUOTE, told(REDATE_QUOTE, OF_QUOTE, ["delivered_on"])).view.options

    days = [option.label for option in options]
    assert days == ["sab 14 nov", "dom 15 nov", "lun 16 nov", "mer 18 nov", "Altro giorno…"]


@pytest.mark.parametrize(
    ("typed", "hint"), [("domani", "deve ancora arrivare"), ("1/11/2026", "prima dell'adesione")]
)
def test_a_visit_lies_between_the_joining_and_today(typed: str, hint: str) -> None:
    with pytest.raises(NotUnderstood, match=hint):
        told(REDATE_VISIT, OF_VISIT, [Typed(typed)])


def test_the_last_look_tells_what_moves() -> None:
    draft = told(REDATE_QUOTE, OF_QUOTE, ["delivered_on", "2026-11-18", "heard_later"])

    view = asked(REDATE_QUOTE, OF_QUOTE, draft).view
    assert view.prompt.splitlines() == [
        "Tessitura Finzioni S.r.l. · Consegna",
        "Da martedì 17 novembre 2026 a mercoledì 18 novembre 2026.",
        "Con questa correzione cambia:",
        "• sollecito: da giovedì 26 a venerdì 27 novembre",
        "• chiusura del preventivo: da giovedì 17 a venerdì 18 dicembre",
    ]
    assert [option.label for option in view.options] == ["Salva", "Lascia com'era"]


def test_the_last_look_tells_that_nothing_moves() -> None:
    draft = told(REDATE_QUOTE, OF_QUOTE, ["delivered_on", "2026-11-17", "mistake"])

    assert "Nessuna scadenza si sposta." in asked(REDATE_QUOTE, OF_QUOTE, draft).view.prompt


def test_a_contradiction_is_told_and_may_be_saved_all_the_same() -> None:
    draft = told(REDATE_QUOTE, OF_QUOTE, ["delivered_on", "2026-11-15", "mistake"])

    view = asked(REDATE_QUOTE, OF_QUOTE, draft).view
    assert "⚠ Non torna con Redazione: lunedì 16 novembre 2026." in view.prompt
    assert view.options[0].label == "Salva lo stesso"
    saved = result(REDATE_QUOTE, OF_QUOTE, told(REDATE_QUOTE, OF_QUOTE, ["save"], draft))
    change = Redating(DateField.DELIVERY, date(2026, 11, 15), QUOTE.id)
    assert saved == Corrected(change, "Avevo segnato il giorno sbagliato", saved=True)


def test_it_may_be_left_as_it_was() -> None:
    draft = told(REDATE_VISIT, OF_VISIT, ["2026-11-13", Typed("mi ero sbagliata"), "leave"])

    left = result(REDATE_VISIT, OF_VISIT, draft)
    assert left == Corrected(Redating(DateField.VISIT, date(2026, 11, 13)), "mi ero sbagliata", saved=False)


def test_the_visit_of_a_quote_is_not_the_quote_s_own_date() -> None:
    draft = told(REDATE_QUOTE, OF_QUOTE, ["visited_on", "2026-11-13", "mistake", "save"])

    assert result(REDATE_QUOTE, OF_QUOTE, draft).change == Redating(DateField.VISIT, date(2026, 11, 13))


def test_a_date_told_for_a_day_long_past_is_reached_by_writing_it() -> None:
    facts = replace(OF_VISIT, standing=replace(STANDING, visited_on=date(2026, 11, 3)))

    draft = told(REDATE_VISIT, facts, [Typed("2 novembre"), "mistake", "save"])

    assert result(REDATE_VISIT, facts, draft).change.on == date(2026, 11, 2)
