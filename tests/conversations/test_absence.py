"""An absence told in two answers: the days, who stands in."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from conversations.absence import ABSENCE, AbsenceFacts, AbsencePlan, Colleague
from conversations.dialogue import Asking, Complete, Tap, Typed, answer, standing
from conversations.steps import NotUnderstood

TODAY = date(2026, 11, 18)
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
FACTS = AbsenceFacts(
    TODAY,
    colleagues=(Colleague(2, "Bruno Neri"), Colleague(3, "Carla Bianchi", ((MONDAY, MONDAY),))),
    cover="Dina Rossi",
)


def told(*raws: Any, facts: AbsenceFacts = FACTS) -> Any:
    draft = ABSENCE.begin()
    for raw in raws:
        draft = answer(ABSENCE, facts, draft, Typed(raw) if isinstance(raw, str) else raw)
    return standing(ABSENCE, facts, draft)


def labels(state: Any) -> list[str]:
    assert isinstance(state, Asking)
    return [option.label for option in state.view.options]


def test_the_days_and_the_deputy_make_an_absence() -> None:
    done = told("fino a venerdì", "Bruno Neri")
    assert isinstance(done, Complete)
    assert done.result == AbsencePlan(TODAY, FRIDAY, 2)
    assert [answered.told for answered in done.trail] == [
        *("da mercoledì 18 novembre 2026 a venerdì 20 novembre 2026", "Bruno Neri"),
    ]


def test_the_likely_days_are_one_tap() -> None:
    done = told("La settimana prossima", Tap("none"))
    assert done.result == AbsencePlan(MONDAY, date(2026, 11, 27), None)


def test_who_is_away_in_those_days_is_not_offered() -> None:
    assert labels(told("fino a venerdì")) == ["Bruno Neri", "Carla Bianchi", "Nessuno"]
    assert labels(told("lunedì")) == ["Bruno Neri", "Nessuno"]


def test_who_hears_it_without_a_deputy_is_said_before() -> None:
    assert "avviso Dina Rossi" in told("domani").view.prompt


def test_days_that_are_taken_are_refused_kindly() -> None:
    taken = replace(FACTS, taken=((FRIDAY, MONDAY),))
    assert isinstance(told("domani", facts=taken), Asking)
    with pytest.raises(NotUnderstood, match="c'è già un'assenza: da venerdì 20 novembre"):
        told("fino al 25", facts=taken)


@pytest.mark.parametrize("days", ["ieri", "dal 10/11 al 12/11", "boh"])
def test_what_cannot_be_is_asked_again_with_a_hint(days: str) -> None:
    with pytest.raises(NotUnderstood):
        told(days)


def test_an_absence_ends_within_a_year() -> None:
    with pytest.raises(NotUnderstood, match="fra un anno"):
        told("fino al 19 novembre 2027")
    assert isinstance(told("fino al 18 novembre 2027"), Asking)


def test_a_draft_whose_first_day_has_passed_asks_again() -> None:
    draft = answer(ABSENCE, FACTS, ABSENCE.begin(), Typed("oggi"))
    tomorrow = replace(FACTS, today=TODAY + timedelta(days=1))
    state = standing(ABSENCE, tomorrow, draft)
    assert isinstance(state, Asking)
    assert (state.step.key, state.changed) == ("days", True)


def test_a_forged_button_is_no_answer() -> None:
    for option in ("2026-11-20", "x/y", "2026-11-10/2026-11-12", "2026-11-20/2026-11-19"):
        with pytest.raises(NotUnderstood):
            told(Tap(option))
    with pytest.raises(NotUnderstood):
        told("domani", Tap("99"))


def test_what_may_be_two_days_is_asked_back() -> None:
    asked = told("mercoledì")
    assert labels(asked) == ["mercoledì 18 novembre 2026", "mercoledì 25 novembre 2026"]
    assert told("mercoledì", "2", "Nessuno").result.first == date(2026, 11, 25)


def test_of_a_colleague_the_questions_name_them() -> None:
    state = told(facts=replace(FACTS, name="Ada Esempioli"))
    assert "Quando manca Ada Esempioli?" in state.view.prompt
