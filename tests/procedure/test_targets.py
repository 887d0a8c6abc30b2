from datetime import date

import pytest

from procedure.people import Person, Role
from procedure.permissions import may_see_target, may_set_target
from procedure.targets import Progress, Target, forecast, month_of, period_name, quarter_of
from procedure.workdays import WorkCalendar

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))  # 21 working days
PISTOIA = WorkCalendar((7, 25))


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2026, 12, 5), date(2026, 12, 31)),
    ],
)
def test_a_month_ends_on_its_last_day(day: date, last: date) -> None:
    assert month_of(day) == (day.replace(day=1), last)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 8, 15), date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_three_whole_months(day: date, first: date, last: date) -> None:
    assert quarter_of(day) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (*NOVEMBER, "novembre 2026"),
        (date(2026, 10, 1), date(2026, 12, 31), "quarto trimestre 2026"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (
            date(2026, 11, 3),
            date(2026, 12, 5),
            "da martedì 3 novembre 2026 a sabato 5 dicembre 2026",
        ),
    ],
)
def test_a_period_has_the_name_that_people_give_it(first: date, last: date, name: str) -> None:
    assert period_name(first, last) == name


@pytest.mark.parametrize(
    ("made", "today", "expected"),
    [
        (4, date(2026, 11, 5), None),  # four working days tell nothing yet
        (5, date(2026, 11, 6), 21),  # one each working day
        (7, date(2026, 11, 18), 11),  # 7 in 13 of 21
        (0, date(2026, 11, 18), 0),
        (7, date(2026, 11, 30), None),  # the last day: what is made is made
        (7, date(2026, 12, 1), None),
        (0, date(2026, 10, 30), None),
    ],
)
def test_the_pace_is_of_working_days_gone_by(made: int, today: date, expected: int | None) -> None:
    assert forecast(Progress(Target(*NOVEMBER, 12), made), today, PISTOIA) == expected


def a(role: Role, site: str | None = None, which: int = 1) -> Person:
    return Person(which, "Uno", "uno@x.it", frozenset({role}), site)


AV, EM, CS = a(Role.AV, "Pistoia", 5), a(Role.EM, "Prato", 6), a(Role.CS, None, 7)
WHOSE = {
    "the sede of Pistoia": (Target(*NOVEMBER, 12, "Pistoia"), None),
    "the sede of Prato": (Target(*NOVEMBER, 12, "Prato"), None),
    "an AV of Pistoia": (Target(*NOVEMBER, 12, person=5), AV),
    "an EM of Prato": (Target(*NOVEMBER, 12, person=6), EM),
    "a CS": (Target(*NOVEMBER, 12, person=7), CS),
    "the AVs of Pistoia": (Target(*NOVEMBER, 12, "Pistoia", None, Role.AV), None),
    "all EMs": (Target(*NOVEMBER, 12, None, None, Role.EM), None),
}
MAY_SET = {
    "the RS of Pistoia": (
        a(Role.RS, "Pistoia"),
        {"the sede of Pistoia", "an AV of Pistoia", "the AVs of Pistoia"},
    ),
    "an RS without a sede": (a(Role.RS), set()),
    "RPC": (a(Role.RPC), {"the sede of Pistoia", "the sede of Prato", "an EM of Prato", "all EMs"}),
    "RPS": (
        a(Role.RPS),
        {"the sede of Pistoia", "the sede of Prato", "an AV of Pistoia", "a CS", "the AVs of Pistoia"},
    ),
    "the administrator": (a(Role.ADMIN), set(WHOSE)),
    "an AV": (AV, set()),
    "an AM": (a(Role.AM, "Pistoia"), set()),
}


@pytest.mark.parametrize("who", MAY_SET)
def test_targets_are_set_by_who_answers_for_those_visits(who: str) -> None:
    person, theirs = MAY_SET[who]
    assert {name for name, of in WHOSE.items() if may_set_target(person, *of)} == theirs


def test_the_deputy_of_an_absent_rs_sets_them_too() -> None:
    deputy = Person(9, "Due", "due@x.it", frozenset({Role.AV}), "Prato", stands_for=(a(Role.RS, "Pistoia"),))
    assert may_set_target(deputy, *WHOSE["an AV of Pistoia"])


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (AV, {"an AV of Pistoia", "the AVs of Pistoia"}),
        (a(Role.AV, "Prato", 8), set()),
        (EM, {"an EM of Prato", "all EMs"}),
        (a(Role.RA), set()),
    ],
)
def test_a_person_sees_their_own_and_their_role_s(person: Person, seen: set[str]) -> None:
    assert {name for name, of in WHOSE.items() if may_see_target(person, *of)} == seen
