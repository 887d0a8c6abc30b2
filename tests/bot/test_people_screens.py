"""The screens about people, within Telegram's limits with the longest data there is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.absence import AbsenceSet
from actions.recipient import InPlaceOf
from bot.screens.people import (
    Absences,
    Named,
    draw_absence_set,
    draw_absences,
    draw_colleagues,
    draw_coming_back,
    on_behalf,
)
from bot.screens.screen import Screen
from bot.screens.settings import draw_settings
from procedure.absences import Absence
from procedure.hours import CLOSINGS, OPENINGS, Preferences
from store.page import Page
from tests.bot.test_screens import ADA, LARGEST, LONG, check

TODAY = date(2026, 11, 18)
MANY = [
    Named(Absence(LARGEST - n, LARGEST, date(2026, 11, 1 + n), date(2026, 12, 1 + n), 5), LONG, LONG)
    for n in range(28)
]


@pytest.mark.parametrize("planned", [[], MANY[:1], MANY])
@pytest.mark.parametrize("own", [True, False])
def test_the_absences_of_a_person(planned: list[Named], own: bool) -> None:
    screen = draw_absences(Absences(ADA, own, TODAY, planned, stands_in=planned, for_others=True))
    check(screen)
    assert ("Per un collega" in str(screen.markup)) is own


def test_the_days_of_the_return() -> None:
    days = [date(2026, 11, 18 + n) for n in range(6)]
    check(draw_coming_back(MANY[0], own=False, days=days, today=TODAY))
    check(draw_coming_back(MANY[20], own=True, days=[MANY[20].absence.first], today=TODAY))


@pytest.mark.parametrize(("offset", "total"), [(0, 0), (0, 8), (8, 999)])
def test_the_colleagues_a_page_at_a_time(offset: int, total: int) -> None:
    people = tuple(replace(ADA, id=LARGEST - n) for n in range(min(total, 8)))
    check(draw_colleagues(Page(people, total, offset), LONG))


@pytest.mark.parametrize("own", [True, False])
def test_what_is_read_once_it_is_written_down(own: bool) -> None:
    check(draw_absence_set(AbsenceSet(ADA, own, MANY[0].absence, LONG)))


@pytest.mark.parametrize("opens", OPENINGS)
@pytest.mark.parametrize("closes", CLOSINGS)
@pytest.mark.parametrize("by_mail", [True, False])
def test_the_present_choices_are_marked(opens: int, closes: int, by_mail: bool) -> None:
    screen = draw_settings(Preferences(opens, closes, by_mail))
    check(screen)
    labels: Any = screen.markup["inline_keyboard"]
    marked = [one["text"].split("✓ ")[1] for row in labels for one in row if "✓" in one["text"]]
    assert marked == [f"Mattino {opens}", f"Stop {closes}", "Per mail" if by_mail else "In chat"]


@pytest.mark.parametrize("until", [None, date(2026, 11, 30)])
def test_whom_it_was_meant_for_stands_on_the_first_line(until: date | None) -> None:
    screen = on_behalf(Screen("<b>ciao</b>"), InPlaceOf(1, LONG, until))
    check(screen)
    assert screen.text.endswith("\n\n<b>ciao</b>")
    assert on_behalf(Screen("ciao"), None) == Screen("ciao")
