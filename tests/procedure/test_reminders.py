"""The days on which an owner is reminded, and how near or late it then is."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from procedure.campaign import Closure, Terms
from procedure.deadlines import RULES, DeadlineKind, Due, due
from procedure.reminders import Level, first_remind_on, level_on, next_remind_on, owed
from procedure.workdays import WorkCalendar

PISTOIA = WorkCalendar((7, 25), "San Jacopo")
PRATO = WorkCalendar((12, 26), "Santo Stefano")
CLOSING = WorkCalendar(
    (7, 25), "San Jacopo", (Closure(date(2026, 8, 3), date(2026, 8, 28), "ferie d'agosto"),)
)
CALENDARS = {"Pistoia": PISTOIA, "Prato": PRATO, "Montecatini": CLOSING}


def opened(kind: str, start: date, *, site: str = "Pistoia") -> Due:
    return due(DeadlineKind(kind), start, CALENDARS[site], Terms())


def schedule(deadline: Due, until: date, calendar: WorkCalendar = PISTOIA) -> list[tuple[date, Level]]:
    """Every day from the start to `until` that has a reminder, asked one day after the other."""
    days = (deadline.starts_on + timedelta(days=n) for n in range((until - deadline.starts_on).days + 1))
    return [(day, level) for day in days if (level := level_on(deadline, day, calendar))]


def november(*days: int) -> list[date]:
    return [date(2026, 11, day) for day in days]


def test_a_quote_to_draft_is_reminded_on_the_eve_on_the_day_and_then_when_late() -> None:
    """Visited on Wednesday 4 November 2026, due on Wednesday 11."""
    drafting = opened("D10", date(2026, 11, 4))

    assert schedule(drafting, date(2026, 11, 30)) == list(
        zip(
            november(10, 11, 12, 13, 16, 23, 30),
            [Level.EVE, Level.DAY, Level.LATE, Level.LATE, Level.LATE, Level.LATE, Level.LATE],
            strict=True,
        )
    )


def test_a_duty_of_the_next_day_has_its_eve_on_the_day_of_the_visit() -> None:
    scheda = opened("D8", date(2026, 11, 18))

    assert schedule(scheda, date(2026, 11, 19)) == [
        (date(2026, 11, 18), Level.EVE),
        (date(2026, 11, 19), Level.DAY),
    ]


def test_a_duty_is_not_reminded_before_it_has_begun() -> None:
    saturday_visit = opened("D8", date(2026, 11, 21))

    assert level_on(saturday_visit, date(2026, 11, 20), PISTOIA) is None
    assert next_remind_on(saturday_visit, date(2026, 11, 1), PISTOIA) == date(2026, 11, 23)


def test_a_sollecito_is_reminded_on_the_fifth_and_on_the_seventh_day() -> None:
    """Delivered on Monday 2 November 2026: the fifth working day is Monday 9, the seventh Wednesday 11."""
    assert schedule(opened("D13", date(2026, 11, 2)), date(2026, 11, 11)) == [
        (date(2026, 11, 3), Level.ASK),
        (date(2026, 11, 9), Level.EARLY),
        (date(2026, 11, 10), Level.EVE),
        (date(2026, 11, 11), Level.DAY),
    ]


def test_a_term_that_ends_on_a_sunday_is_reminded_on_the_last_useful_day() -> None:
    """Closing due on Sunday 27 December 2026: useful until Thursday 24, in time until Monday 28."""
    assert schedule(opened("D14", date(2026, 11, 27)), date(2026, 12, 29)) == [
        (date(2026, 12, 23), Level.EVE),
        (date(2026, 12, 24), Level.DAY),
        (date(2026, 12, 29), Level.LATE),
    ]


def test_a_holiday_puts_the_weekly_reminder_off_to_the_next_working_day() -> None:
    """Late from Thursday 19 March 2026 and reminded on Mondays from the 23rd; 6 April is Easter Monday."""
    told = schedule(opened("D10", date(2026, 3, 11)), date(2026, 4, 14))

    assert [day for day, level in told if level is Level.LATE] == [
        *(date(2026, 3, day) for day in (19, 20, 23, 30)),
        *(date(2026, 4, day) for day in (7, 14)),
    ]


def test_the_weeks_of_a_closure_are_not_made_up_for_when_it_ends() -> None:
    """Late from Friday 24 July 2026; closed from 3 to 28 August, the last reminder before it on 28 July."""
    told = schedule(opened("D10", date(2026, 7, 16), site="Montecatini"), date(2026, 9, 10), CLOSING)

    assert [day for day, _ in told if day > date(2026, 7, 28)] == [date(2026, 9, 1), date(2026, 9, 8)]


def test_where_saturday_is_worked_a_week_of_delay_has_six_days() -> None:
    saturdays_too = WorkCalendar(saturday_works=True)
    told = schedule(opened("D10", date(2026, 11, 4)), date(2026, 12, 1), saturdays_too)

    assert [day for day, level in told if level is Level.LATE] == november(12, 13, 14, 21, 28)


def test_a_validity_is_shown_and_never_reminded() -> None:
    validity = opened("D12", date(2026, 11, 2))

    assert schedule(validity, date(2027, 2, 1)) == []
    assert next_remind_on(validity, date(2026, 11, 2), PISTOIA) is None


def test_a_closure_declared_later_moves_the_reminder_of_the_last_day_before_it() -> None:
    drafting = opened("D10", date(2026, 11, 4))
    closed_on_the_day = WorkCalendar(
        (7, 25), closures=(Closure(date(2026, 11, 11), date(2026, 11, 11), "sciopero"),)
    )

    assert schedule(drafting, date(2026, 11, 12), closed_on_the_day) == [
        (date(2026, 11, 9), Level.EVE),
        (date(2026, 11, 10), Level.DAY),
        (date(2026, 11, 12), Level.LATE),
    ]


def test_an_old_visit_entered_late_calls_for_no_chain_of_alarms() -> None:
    """A49: told once on the next working day, and from then on as any other that is late by as much."""
    entered_on = date(2026, 11, 18)
    old = opened("D10", date(2026, 6, 3))

    assert level_on(old, entered_on, PISTOIA) is None
    assert first_remind_on(old, entered_on, PISTOIA) == date(2026, 11, 19)
    assert next_remind_on(old, date(2026, 11, 19), PISTOIA) == date(2026, 11, 23)


def test_what_is_opened_in_time_is_first_told_of_by_its_rhythm() -> None:
    visited_today = opened("D10", date(2026, 11, 18))

    assert first_remind_on(visited_today, date(2026, 11, 18), PISTOIA) == date(2026, 11, 24)


def test_each_deadline_has_its_days_on_the_calendar_of_its_site() -> None:
    san_jacopo = date(2028, 7, 25)

    assert level_on(opened("D8", date(2028, 7, 24), site="Prato"), san_jacopo, PRATO) is Level.DAY
    assert level_on(opened("D8", date(2028, 7, 24)), san_jacopo, PISTOIA) is None


def test_the_scheda_is_told_of_on_every_working_day_of_delay() -> None:
    """Section 8, D8: visited on Wednesday 4 November 2026, due on Thursday 5."""
    told = schedule(opened("D8", date(2026, 11, 4)), date(2026, 11, 20))

    assert [day for day, level in told if level is Level.LATE] == november(6, *range(9, 14), *range(16, 21))


def test_the_outcome_is_asked_on_the_working_day_after_a_delivery() -> None:
    """T10: delivered on Friday 6 November 2026."""
    assert schedule(opened("D13", date(2026, 11, 6)), date(2026, 11, 12))[0] == (
        date(2026, 11, 9),
        Level.ASK,
    )


def test_a_short_sollecito_is_not_asked_of_when_its_reminders_are_near() -> None:
    short = due(DeadlineKind.D13, date(2026, 11, 2), PISTOIA, Terms(follow_up=2))

    assert schedule(short, date(2026, 11, 4)) == [
        (date(2026, 11, 2), Level.EARLY),
        (date(2026, 11, 3), Level.EVE),
        (date(2026, 11, 4), Level.DAY),
    ]


def test_the_day_of_delivery_is_asked_every_fifth_working_day_and_is_never_late() -> None:
    """A22b, A23c: contacted on Monday 23 November 2026; 8 December is a holiday."""
    told = schedule(opened("A22b", date(2026, 11, 23)), date(2026, 12, 23))

    assert told == [
        (date(2026, 11, 30), Level.ASK),
        (date(2026, 12, 7), Level.ASK),
        (date(2026, 12, 15), Level.ASK),
        (date(2026, 12, 22), Level.ASK),
    ]


def test_what_was_not_told_on_its_day_is_told_as_it_stands_when_it_is() -> None:
    """Due on Wednesday 11 November 2026, its eve on Tuesday."""
    drafting = opened("D10", date(2026, 11, 4))
    levels = [owed(drafting, date(2026, 11, day), PISTOIA) for day in (5, 9, 10, 11, 12, 18)]

    assert levels == [Level.EARLY, Level.EARLY, Level.EVE, Level.DAY, Level.LATE, Level.LATE]


def test_between_the_last_useful_day_and_delay_it_is_still_the_day() -> None:
    """Useful until Thursday 24 December 2026, in time until Monday 28."""
    closing = opened("D14", date(2026, 11, 27))

    assert [owed(closing, date(2026, 12, day), PISTOIA) for day in (24, 26, 28, 29)] == [
        *[Level.DAY] * 3,
        Level.LATE,
    ]


def test_an_outcome_not_asked_on_its_day_is_asked_until_the_sollecito_comes_near() -> None:
    """Delivered on Monday 2 November 2026: early on Monday 9, the eve on Tuesday."""
    follow_up = opened("D13", date(2026, 11, 2))

    assert [owed(follow_up, date(2026, 11, day), PISTOIA) for day in (3, 6, 9, 10, 11)] == [
        *(Level.ASK, Level.ASK, Level.EARLY, Level.EVE, Level.DAY)
    ]
    assert owed(opened("A22b", date(2026, 11, 2)), date(2026, 11, 4), PISTOIA) is Level.ASK


REMINDED = st.sampled_from(sorted(kind for kind, rule in RULES.items() if not rule.shown_only))
_TERMS = sorted(kind for kind, rule in RULES.items() if not (rule.shown_only or rule.asked))
WITH_A_TERM = st.sampled_from([kind for kind in _TERMS if kind != DeadlineKind.D8])
STARTS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
SITES = st.sampled_from(sorted(CALENDARS))


@given(REMINDED, STARTS, SITES, st.integers(-10, 60))
def test_following_the_next_day_gives_exactly_the_days_that_have_a_level(
    kind: str, start: date, site: str, offset: int
) -> None:
    deadline, calendar = opened(kind, start, site=site), CALENDARS[site]
    after = start + timedelta(days=offset)
    until = after + timedelta(days=90)

    followed = []
    day = next_remind_on(deadline, after, calendar)
    while day is not None and day <= until:
        followed.append(day)
        day = next_remind_on(deadline, day, calendar)

    assert followed == [day for day, _ in schedule(deadline, until, calendar) if day > after]


@given(REMINDED, STARTS, SITES)
def test_nobody_is_reminded_on_a_day_of_rest(kind: str, start: date, site: str) -> None:
    deadline, calendar = opened(kind, start, site=site), CALENDARS[site]
    days_of_rest = calendar.skipped(start, start + timedelta(days=90))

    assert all(level_on(deadline, day, calendar) is None for day in days_of_rest)


@given(REMINDED, STARTS, SITES)
def test_on_a_day_of_the_rhythm_the_truth_is_what_the_rhythm_says(kind: str, start: date, site: str) -> None:
    deadline, calendar = opened(kind, start, site=site), CALENDARS[site]

    assert all(
        owed(deadline, day, calendar) is level
        for day, level in schedule(deadline, start + timedelta(days=60), calendar)
    )


@given(WITH_A_TERM, STARTS, SITES)
def test_a_deadline_has_one_last_day_three_days_of_delay_and_then_a_week_between_reminders(
    kind: str, start: date, site: str
) -> None:
    deadline, calendar = opened(kind, start, site=site), CALENDARS[site]
    told = schedule(deadline, deadline.on_time_until + timedelta(days=120), calendar)
    late = [day for day, level in told if level is Level.LATE]

    assert [level for _, level in told].count(Level.DAY) == 1
    assert [level for _, level in told].count(Level.EVE) <= 1
    assert late[:3] == [calendar.add(deadline.on_time_until, n) for n in (1, 2, 3)]
    assert all(following - day >= timedelta(days=7) for day, following in pairwise(late[2:]))
