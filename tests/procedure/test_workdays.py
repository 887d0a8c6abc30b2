"""The calendar of a site, against the civil calendar and against counting on one's fingers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.campaign import Campaign, Closure, Site, Terms
from procedure.workdays import WorkCalendar, calendars

PISTOIA = WorkCalendar((7, 25), "San Jacopo")
PRATO = WorkCalendar((12, 26), "Santo Stefano")
AUGUST = Closure(date(2026, 8, 10), date(2026, 8, 21), "ferie d'agosto")
CLOSED_IN_AUGUST = WorkCalendar((7, 25), "San Jacopo", (AUGUST,))
SATURDAYS_TOO = WorkCalendar((7, 25), "San Jacopo", saturday_works=True)

CALENDARS = st.sampled_from([PISTOIA, PRATO, CLOSED_IN_AUGUST, SATURDAYS_TOO])
DAYS = st.dates(date(2022, 1, 1), date(2032, 12, 31))
ONE_DAY = timedelta(days=1)


def test_the_fourth_of_october_is_a_holiday_from_2026() -> None:
    monday_of_2021, monday_of_2027 = date(2021, 10, 4), date(2027, 10, 4)

    assert PISTOIA.is_working(monday_of_2021)
    assert not PISTOIA.is_working(monday_of_2027)
    assert "San Francesco" in str(PISTOIA.why_not(monday_of_2027))


@pytest.mark.parametrize("day", [date(2025, 4, 21), date(2026, 4, 6), date(2027, 3, 29), date(2028, 4, 17)])
def test_easter_monday_is_not_worked(day: date) -> None:
    assert PISTOIA.why_not(day) == "Lunedì dell'Angelo"


def test_the_patron_saint_stops_the_work_of_its_own_site_only() -> None:
    san_jacopo = date(2028, 7, 25)

    assert PISTOIA.why_not(san_jacopo) == "San Jacopo, patrono"
    assert PRATO.why_not(san_jacopo) is None


def test_a_patron_without_a_name_is_still_a_patron() -> None:
    assert WorkCalendar((7, 25)).why_not(date(2028, 7, 25)) == "patrono"


def test_a_patron_of_the_29th_of_february_is_kept_in_leap_years() -> None:
    leap = WorkCalendar((2, 29), "San Augusto")

    assert leap.why_not(date(2028, 2, 29)) == "San Augusto, patrono"
    assert leap.is_working(date(2029, 2, 28))


def test_a_site_without_a_patron_works_on_every_ordinary_day() -> None:
    assert WorkCalendar().is_working(date(2028, 7, 25))


def test_a_closure_stops_the_work_from_its_first_to_its_last_day() -> None:
    assert CLOSED_IN_AUGUST.is_working(date(2026, 8, 7))
    assert CLOSED_IN_AUGUST.why_not(AUGUST.first) == "chiusura: ferie d'agosto"
    assert CLOSED_IN_AUGUST.why_not(AUGUST.last) == "chiusura: ferie d'agosto"
    assert CLOSED_IN_AUGUST.is_working(date(2026, 8, 24))


@pytest.mark.parametrize(
    ("reason", "told"),
    [("ponte", "chiusura: ponte"), ("chiusura estiva", "chiusura estiva"), ("", "chiusura")],
)
def test_a_closure_is_told_as_one_and_only_once(reason: str, told: str) -> None:
    closed = WorkCalendar(closures=(Closure(AUGUST.first, AUGUST.last, reason),))

    assert closed.why_not(AUGUST.first) == told


def test_a_closure_across_new_year_counts_in_both_years() -> None:
    closed = WorkCalendar(closures=(Closure(date(2026, 12, 28), date(2027, 1, 8), ""),))

    assert closed.add(date(2026, 12, 24), 1) == date(2027, 1, 11)
    assert closed.last_working(date(2027, 1, 8)) == date(2026, 12, 24)
    assert closed.why_not(date(2026, 12, 29)) == "chiusura"


def test_a_year_without_a_working_day_is_stepped_over() -> None:
    closed = WorkCalendar(closures=(Closure(date(2026, 1, 1), date(2027, 12, 31), "sede chiusa"),))

    assert closed.add(date(2025, 12, 31), 1) == date(2028, 1, 3)
    assert closed.last_working(date(2027, 6, 1)) == date(2025, 12, 31)
    assert closed.between(date(2025, 12, 31), date(2028, 1, 3)) == 1


def test_saturday_is_worked_only_where_the_campaign_says_so() -> None:
    saturday = date(2026, 11, 21)

    assert PISTOIA.why_not(saturday) == "sabato"
    assert SATURDAYS_TOO.why_not(saturday) is None
    assert SATURDAYS_TOO.why_not(date(2026, 11, 22)) == "domenica"


def test_a_holiday_on_a_sunday_is_told_as_a_sunday() -> None:
    assert PISTOIA.why_not(date(2026, 10, 4)) == "domenica"


def test_the_starting_day_is_not_counted() -> None:
    assert PISTOIA.add(date(2026, 11, 18), 1) == date(2026, 11, 19)


def test_a_friday_is_followed_by_monday() -> None:
    assert PISTOIA.add(date(2026, 11, 20), 1) == date(2026, 11, 23)


@pytest.mark.parametrize("n", [0, -1])
def test_a_term_of_no_days_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        PISTOIA.add(date(2026, 11, 18), n)


def test_a_working_day_is_its_own_next_and_last() -> None:
    wednesday = date(2026, 11, 18)

    assert PISTOIA.next_working(wednesday) == wednesday == PISTOIA.last_working(wednesday)


def test_a_day_of_rest_lies_between_its_last_and_its_next() -> None:
    sunday = date(2026, 12, 27)

    assert PISTOIA.last_working(sunday) == date(2026, 12, 24)
    assert PISTOIA.next_working(sunday) == date(2026, 12, 28)


def test_the_skipped_days_leave_out_the_start_and_take_in_the_end() -> None:
    saturday, sunday = date(2026, 11, 21), date(2026, 11, 22)

    assert PISTOIA.skipped(date(2026, 11, 20), sunday) == (saturday, sunday)
    assert PISTOIA.skipped(saturday, date(2026, 11, 23)) == (sunday,)


def test_equal_calendars_are_one_key_whatever_they_have_reckoned() -> None:
    used, fresh = WorkCalendar((7, 25), "San Jacopo"), WorkCalendar((7, 25), "San Jacopo")
    used.add(date(2026, 11, 18), 5)

    assert used == fresh
    assert {used: "Pistoia"}[fresh] == "Pistoia"
    assert fresh != PRATO


def test_every_site_of_a_campaign_has_its_calendar() -> None:
    sites = (
        Site("Pistoia", "PT", "pt@example.com", (7, 25), "San Jacopo"),
        Site("Agenzia", "PT", "a@example.com"),
    )
    terms = Terms(saturday_works=True)
    campaign = Campaign(
        "Prova",
        date(2026, 1, 1),
        date(2026, 12, 31),
        sites,
        roles=(),
        products=(),
        terms=terms,
        closures=(AUGUST,),
    )

    by_site = calendars(campaign)

    assert by_site["Pistoia"] == WorkCalendar((7, 25), "San Jacopo", (AUGUST,), saturday_works=True)
    assert by_site["Agenzia"] == WorkCalendar(None, "", (AUGUST,), saturday_works=True)


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_adding_is_counting_the_working_days_one_by_one(calendar: WorkCalendar, start: date, n: int) -> None:
    day, left = start, n
    while left:
        day += ONE_DAY
        left -= calendar.why_not(day) is None

    assert calendar.add(start, n) == day


@given(CALENDARS, DAYS, DAYS)
def test_between_two_days_each_day_is_either_worked_or_skipped(
    calendar: WorkCalendar, one: date, other: date
) -> None:
    start, end = min(one, other), max(one, other)

    assert calendar.between(start, end) + len(calendar.skipped(start, end)) == (end - start).days
    assert calendar.between(end, start) == -calendar.between(start, end)


@given(CALENDARS, DAYS)
def test_only_days_of_rest_part_a_day_from_its_next_and_last(calendar: WorkCalendar, day: date) -> None:
    last, following = calendar.last_working(day), calendar.next_working(day)

    assert last <= day <= following
    assert calendar.is_working(last)
    assert calendar.is_working(following)
    assert calendar.between(last, following) == (0 if calendar.is_working(day) else 1)
