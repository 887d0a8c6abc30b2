"""Putting a reminder off: three likely days, any typed one to come, and a reason."""

from datetime import date, timedelta

import pytest

from conversations.dialogue import Asking, Complete, Tap, Typed, answer, standing
from conversations.put_off import PUT_OFF, PutOff, PutOffFacts
from conversations.steps import NotUnderstood
from tests.conversations.given import TODAY

LIKELY = {1: TODAY + timedelta(days=1), 2: TODAY + timedelta(days=2), 5: TODAY + timedelta(days=7)}
FACTS = PutOffFacts(TODAY, "Tessitura Finzioni S.r.l.", "redazione del preventivo", "entro oggi", LIKELY)


def told(*raws: Tap | Typed) -> Asking | Complete[PutOff]:
    draft = PUT_OFF.begin()
    for raw in raws:
        draft = answer(PUT_OFF, FACTS, draft, raw)
    return standing(PUT_OFF, FACTS, draft)


def test_the_question_names_the_term_and_offers_one_two_and_five_working_days() -> None:
    asked = told()
    assert isinstance(asked, Asking)
    assert "La scadenza resta la stessa: entro oggi." in asked.view.prompt
    assert [option.key for option in asked.view.options] == [day.isoformat() for day in LIKELY.values()]


def test_a_likely_day_and_a_reason_put_it_off() -> None:
    done = told(Tap(LIKELY[5].isoformat()), Tap("waiting"))
    assert isinstance(done, Complete)
    assert done.result == PutOff(LIKELY[5], "Aspetto un documento")


def test_any_day_to_come_and_any_reason_may_be_typed() -> None:
    done = told(Typed("7/1/2027"), Typed("torna dopo l'Epifania"))
    assert isinstance(done, Complete)
    assert done.result == PutOff(date(2027, 1, 7), "torna dopo l'Epifania")


def test_today_is_not_later() -> None:
    with pytest.raises(NotUnderstood):
        told(Typed("oggi"))
