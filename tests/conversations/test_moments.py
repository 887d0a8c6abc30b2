"""When an appointment is to be: by taps, and as Italians write it. It is ten of Wednesday 18 November."""

from datetime import datetime
from typing import Any

import pytest

from conversations.appointment import CANCEL, FIX, MOVE, NOT_HELD, AppointmentFacts, Fixing, GivingUp
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed, answer, back, standing
from conversations.moments import Taken
from conversations.steps import NotUnderstood
from procedure.workdays import WorkCalendar

NOW = datetime(2026, 11, 18, 10, 0)  # noqa: DTZ001 – a dialogue has local time, naive
FACTS = AppointmentFacts(NOW, "Tessitura Finzioni S.r.l.", WorkCalendar(patron=(11, 24)))


def state_after(*raws: str | Tap | Typed, flow: Flow[Any, Any] = FIX, facts: Any = FACTS) -> Any:
    draft = flow.begin()
    for raw in raws:
        draft = answer(flow, facts, draft, Typed(raw) if isinstance(raw, str) else raw)
    return standing(flow, facts, draft)


def fixed(*raws: str | Tap | Typed) -> str:
    state = state_after(*raws, Tap("-"))
    assert isinstance(state, Complete), state
    told: Fixing = state.result
    return told.starts_at.isoformat(timespec="minutes")


def labels(state: Any) -> list[str]:
    assert isinstance(state, Asking)
    return [option.label for option in state.view.options]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("giovedì alle 15", "2026-11-19T15:00"),
        ("domani 9.30", "2026-11-19T09:30"),
        ("il 3/12 alle 15 e 30", "2026-12-03T15:30"),
        ("oggi alle 17", "2026-11-18T17:00"),
        ("mercoledì alle 9", "2026-11-25T09:00"),  # nine of today is past
        ("domani alle 3", "2026-11-19T15:00"),  # nobody is visited at three in the night
        ("alle 15 di lunedì", "2026-11-23T15:00"),
        ("lunedì 30 novembre ore 11", "2026-11-30T11:00"),
    ],
)
def test_one_line_says_day_and_hour(text: str, moment: str) -> None:
    assert fixed(text) == moment


def test_two_taps_say_day_and_hour() -> None:
    assert fixed(Tap("2026-11-19"), Tap("2026-11-19T15:00")) == "2026-11-19T15:00"


def test_the_days_offered_are_worked_and_the_hours_of_today_still_to_come() -> None:
    days = labels(state_after())
    assert days[:3] == ["Oggi, mer 18 nov", "Domani, gio 19 nov", "ven 20 nov"]
    assert days[3:5] == ["lun 23 nov", "mer 25 nov"]  # the 24th is the patron's
    assert labels(state_after(Tap("2026-11-18")))[:2] == ["11:00", "12:00"]


def test_late_in_the_evening_today_is_not_offered() -> None:
    late = AppointmentFacts(NOW.replace(hour=19), FACTS.company, FACTS.calendar)
    assert labels(state_after(facts=late))[0] == "Domani, gio 19 nov"


def test_a_day_alone_asks_its_hour_and_an_hour_alone_is_of_that_day() -> None:
    assert labels(state_after("venerdì"))[0] == "09:00"
    assert fixed("venerdì", "alle 15 e 30") == "2026-11-20T15:30"
    assert fixed("venerdì", "lunedì alle 9") == "2026-11-23T09:00"


def test_the_other_day_leads_back_to_the_days() -> None:
    assert "Domani, gio 19 nov" in labels(state_after("venerdì", Tap("+")))


def test_an_hour_that_could_be_two_is_asked() -> None:
    asked = state_after("domani alle 7")
    assert len(labels(asked)) == 2
    assert fixed("domani alle 7", Tap("2026-11-19T19:00")) == "2026-11-19T19:00"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("domenica alle 10", "domenica"),
        ("martedì alle 10", "patrono"),
        ("8/12 alle 10", "Immacolata"),
        ("domani alle 22", "insolita"),
    ],
)
def test_a_day_of_rest_is_asked_back_and_never_refused(text: str, why: str) -> None:
    asked = state_after(text)
    assert isinstance(asked, Asking)
    assert why in asked.view.prompt
    assert isinstance(state_after(text, Tap("ok"), Tap("-")), Complete)
    assert "Domani, gio 19 nov" in labels(state_after(text, Tap("+")))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("oggi alle 9", "già passato"),
        ("18/11/2025 alle 15", "già passato"),
        ("ieri", "già passato"),
        ("20/11/2028 alle 15", "due anni"),
        ("quando capita", "giovedì alle 15"),
        ("31/2 alle 15", "giovedì alle 15"),
    ],
)
def test_what_cannot_be_meets_a_kind_hint_and_changes_nothing(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood) as not_understood:
        state_after(text)
    assert hint in not_understood.value.sentence


@pytest.mark.parametrize("option", ["2026-11-17", "2029-01-01", "x", "2026-11-18T09:00", "ok", ""])
def test_a_forged_button_is_not_understood(option: str) -> None:
    with pytest.raises(NotUnderstood):
        state_after(Tap(option))


def test_an_answer_that_has_passed_meanwhile_is_asked_again() -> None:
    draft = answer(FIX, FACTS, FIX.begin(), Typed("oggi alle 11"))
    later = AppointmentFacts(NOW.replace(hour=12), FACTS.company, FACTS.calendar)
    state = standing(FIX, later, draft)
    assert isinstance(state, Asking)
    assert state.changed


def test_another_appointment_at_that_hour_is_named_in_the_recap() -> None:
    taken = (Taken(datetime(2026, 11, 19, 14, 30), "Forno Immaginario"),)  # noqa: DTZ001 – as above
    facts = AppointmentFacts(NOW, FACTS.company, FACTS.calendar, taken)
    warned = state_after("giovedì alle 15", Tap("-"), facts=facts)
    assert warned.trail[0].told == (
        "giovedì 19 novembre 2026 alle 15:00 ⚠ Si sovrappone a: Forno Immaginario, 14:30"
    )
    free = state_after("giovedì alle 15:30", Tap("-"), facts=facts)
    assert free.trail[0].told == "giovedì 19 novembre 2026 alle 15:30"


def test_a_note_goes_with_it_or_not() -> None:
    told = state_after("giovedì alle 15", "chiedere della sig.ra Finzioni")
    assert told.result.note == "chiedere della sig.ra Finzioni"
    assert state_after("giovedì alle 15", Tap("-")).result.note == ""


def test_moving_asks_only_when() -> None:
    state = state_after("venerdì alle 9", flow=MOVE)
    assert state.result.starts_at.day == 20


@pytest.mark.parametrize("flow", [CANCEL, NOT_HELD])
def test_giving_up_asks_why_by_button_or_words(flow: Flow[Any, Any]) -> None:
    first = state_after(flow=flow).view.options[0]
    assert state_after(Tap(first.key), flow=flow).result == GivingUp(first.label)
    assert state_after("era chiuso per lutto", flow=flow).result == GivingUp("era chiuso per lutto")


def test_going_back_from_a_doubt_asks_plainly() -> None:
    draft = answer(FIX, FACTS, FIX.begin(), Typed("domenica alle 10"))
    state = standing(FIX, FACTS, back(FIX, FACTS, draft))
    assert "Domani, gio 19 nov" in labels(state)
