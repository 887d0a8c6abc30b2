"""What an appointment sets off by itself: when, once, and only while it is true (decisions 15 and 22)."""

from datetime import datetime, timedelta

import pytest

from actions.call_for_appointments import call_for_appointments, still_true
from actions.settle_appointment import settle_appointment
from procedure.appointments import Appointment, Settled
from procedure.hours import Preferences
from store import appointments, preferences, tables
from tests.actions.house import WEDNESDAY, House, at

THREE = at(26, 15)  # a Thursday
EVE, ASKED = "appointment_eve", "appointment_asked"


def fixed(house: House, starts_at: datetime = THREE, on: datetime = WEDNESDAY) -> Appointment:
    which = appointments.fix(
        house.tx,
        company=house.company().id,
        person=house.person("ada.esempioli").id,
        starts_at=starts_at,
        note="suonare due volte",
        now=on,
    )
    found = appointments.get(house.tx, which)
    assert found is not None
    return found


def ticks(house: House, since: datetime, until: datetime, every: timedelta = timedelta(minutes=30)) -> None:
    """The clock, tick by tick, both ends included."""
    now = since
    while now <= until:
        call_for_appointments(house.tx, house.office, now)
        now += every


def said(house: House) -> list[tuple[str, datetime]]:
    """The screen of each message, and when it was queued."""
    rows = house.tx.all(tables.outbox.select().where(tables.outbox.c.channel == "chat"))
    return [(row.payload["screen"], row.created_at) for row in rows]


def test_the_evening_before_at_five_then_after_its_hour_then_next_morning(house: House) -> None:
    fixed(house)
    ticks(house, at(18), at(4, month=12))
    assert said(house) == [(EVE, at(25, 17)), (ASKED, at(26, 16)), (ASKED, at(27, 8))]


def test_the_evening_s_message_has_all_that_is_needed_on_the_road(house: House) -> None:
    one = fixed(house)
    ticks(house, at(25, 17), at(25, 17))
    (push,) = house.pushes()
    assert push.person == house.person("ada.esempioli").id
    assert push.context == {
        "appointment": one.id,
        "company": "Tessitura Finzioni S.r.l.",
        "company_id": one.company,
        "when": "giovedì 26 novembre 2026 alle 15:00",
        "hour": "15:00",
        "days_ahead": 1,
        "where": "Pistoia",
        "phones": ["+390573000101"],
        "note": "suonare due volte",
        "checked": False,
    }


def test_the_eve_of_a_monday_is_the_friday(house: House) -> None:
    fixed(house, at(23, 9))
    ticks(house, at(18), at(23, 8, 30))
    assert said(house) == [(EVE, at(20, 17))]


def test_the_eve_of_a_day_after_a_holiday_is_the_last_working_day(house: House) -> None:
    fixed(house, at(9, 9, month=12))  # Tuesday the 8th is a holiday
    ticks(house, at(4, month=12), at(9, 8, 30, month=12))
    assert said(house) == [(EVE, at(7, 17, month=12))]


@pytest.mark.parametrize(
    ("fixed_on", "starts_at", "told"),
    [
        (at(25, 17, 30), at(26, 15), [at(25, 17, 30)]),  # the next day
        (at(26, 10), at(26, 15), [at(26, 10)]),  # the same day
        (at(20, 17, 30), at(23, 9), []),  # on Friday evening for Monday
        (at(25, 20), at(26, 15), [at(26, 8)]),  # nobody is written to at eight in the evening
    ],
)
def test_one_fixed_after_its_eve_is_told_at_once_if_it_is_near(
    house: House, fixed_on: datetime, starts_at: datetime, told: list[datetime]
) -> None:
    fixed(house, starts_at, on=fixed_on)
    ticks(house, fixed_on, starts_at - timedelta(minutes=30))
    assert said(house) == [(EVE, moment) for moment in told]


def test_one_in_the_evening_is_asked_of_on_the_next_morning_only(house: House) -> None:
    fixed(house, at(26, 18, 30))
    ticks(house, at(26, 18, 30), at(30, 18))
    assert said(house) == [(ASKED, at(27, 8))]


def test_on_friday_the_next_morning_is_monday_s(house: House) -> None:
    fixed(house, at(20, 15))
    ticks(house, at(20, 16), at(27, 18))
    assert said(house) == [(ASKED, at(20, 16)), (ASKED, at(23, 8))]


def test_who_closes_at_four_has_the_eve_at_three_and_who_opens_at_ten_the_morning_at_ten(
    house: House,
) -> None:
    preferences.put(house.tx, house.person("ada.esempioli").id, Preferences(opens=10, closes=16))
    fixed(house, at(26, 12))
    ticks(house, at(25), at(27, 18))
    assert said(house) == [(EVE, at(25, 15)), (ASKED, at(26, 13)), (ASKED, at(27, 10))]


def test_a_clock_that_stood_still_sends_only_what_is_still_true(house: House) -> None:
    fixed(house)
    ticks(house, at(26, 9), at(26, 14, 30))
    assert said(house) == [(EVE, at(26, 9))]  # late, and still of use
    ticks(house, at(4, month=12), at(4, 18, month=12))
    assert len(said(house)) == 1  # a week later its deadline speaks, not a backlog


def test_a_tick_more_says_nothing_twice(house: House) -> None:
    fixed(house)
    for _ in range(3):
        ticks(house, at(25, 17), at(27, 18))
    assert len(said(house)) == 3


@pytest.mark.parametrize("how", Settled)
def test_nothing_is_said_once_it_is_told_what_became_of_it(house: House, how: Settled) -> None:
    one = fixed(house)
    settle_appointment(house.turn(at=at(25, 16)), one, how)
    ticks(house, at(25, 16), at(30, 18))
    assert said(house) == []


def test_a_message_that_waits_is_not_carried_once_it_is_no_longer_true(house: House) -> None:
    one = fixed(house)
    ticks(house, at(26, 16), at(26, 16))
    (push,) = house.pushes()
    assert still_true(house.tx, push)
    settle_appointment(house.turn(at=at(26, 16)), one, Settled.DONE)
    assert not still_true(house.tx, push)


def test_a_credit_checked_before_is_not_asked_of(house: House) -> None:
    one = fixed(house)
    appointments.check_credit(house.tx, one.id, at(24))
    ticks(house, at(25, 17), at(25, 17))
    assert house.pushes()[0].context["checked"] is True
