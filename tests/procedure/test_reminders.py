"""The days on which an owner is reminded, and the hours at which anybody may be written to."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.campaign import Closure, Terms
from procedure.deadlines import RULES, DeadlineKind, due
from procedure.reminders import (
    Level,
    OpenDeadline,
    Reminder,
    level_on,
    may_send,
    next_remind_on,
    next_sending_time,
    plan,
)
from procedure.workdays import WorkCalendar

PISTOIA = WorkCalendar((7, 25), "San Jacopo")
PRATO = WorkCalendar((12, 26), "Santo Stefano")
CLOSING = WorkCalendar(
    (7, 25), "San Jacopo", (Closure(date(2026, 8, 3), date(2026, 8, 28), "ferie d'agosto"),)
)
CALENDARS = {"Pistoia": PISTOIA, "Prato": PRATO, "Montecatini": CLOSING}
ONE_DAY = timedelta(days=1)
ROME_IN_WINTER = timezone(timedelta(hours=1))


def opened(
    kind: str, start: date, *, id_: int = 1, site: str = "Pistoia", remind_on: date | None = None
) -> OpenDeadline:
    term = due(DeadlineKind(kind), start, CALENDARS[site], Terms())
    return OpenDeadline(
        id=id_,
        kind=term.kind,
        subject="Filatura Esempioli",
        site=site,
        owner=7,
        starts_on=term.starts_on,
        due_on=term.due_on,
        last_useful=term.last_useful,
        on_time_until=term.on_time_until,
        remind_on=remind_on,
    )


def schedule(
    deadline: OpenDeadline, until: date, calendar: WorkCalendar = PISTOIA
) -> list[tuple[date, Level]]:
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
    assert plan([validity], validity.due_on, CALENDARS) == ()


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
    """A49: late at once, and from then on as any other that is late by as much."""
    entered_on = date(2026, 11, 18)
    old = opened("D10", date(2026, 6, 3))

    assert next_remind_on(old, entered_on, PISTOIA) == date(2026, 11, 23)
    assert plan([old], entered_on, CALENDARS) == ()


def test_the_plan_of_a_day_has_the_longest_due_first() -> None:
    today = date(2026, 11, 11)
    due_today = opened("D10", date(2026, 11, 4), id_=3)
    late = opened("D11", date(2026, 11, 5), id_=2, site="Prato")
    not_yet = opened("D14", date(2026, 11, 4), id_=1)

    assert plan([due_today, late, not_yet], today, CALENDARS) == (
        Reminder(late, Level.LATE, today),
        Reminder(due_today, Level.DAY, today),
    )


def test_the_same_reminder_has_the_same_key_and_each_day_another() -> None:
    deadline = opened("D10", date(2026, 11, 4), id_=3)
    thursday, friday = date(2026, 11, 12), date(2026, 11, 13)

    keys = [plan([deadline], day, CALENDARS)[0].key for day in (thursday, thursday, friday)]

    assert keys == [(3, "late", thursday), (3, "late", thursday), (3, "late", friday)]


def test_each_deadline_is_planned_on_the_calendar_of_its_site() -> None:
    san_jacopo = date(2028, 7, 25)
    both = [opened("D8", date(2028, 7, 24), site="Pistoia"), opened("D8", date(2028, 7, 24), site="Prato")]

    assert [reminder.deadline.site for reminder in plan(both, san_jacopo, CALENDARS)] == ["Prato"]


def test_a_deadline_of_an_unknown_site_is_a_fault() -> None:
    with pytest.raises(KeyError, match="Pistoia"):
        plan([opened("D8", date(2026, 11, 18))], date(2026, 11, 19), {})


def test_a_weekly_reminder_whose_day_passed_unsent_is_sent_when_found() -> None:
    monday, wednesday = date(2026, 11, 23), date(2026, 11, 25)
    missed = opened("D10", date(2026, 11, 4), remind_on=monday)
    served = opened("D10", date(2026, 11, 4), remind_on=date(2026, 11, 30))

    assert [reminder.level for reminder in plan([missed], wednesday, CALENDARS)] == [Level.LATE]
    assert plan([served], wednesday, CALENDARS) == ()


def test_a_last_useful_day_that_passed_unsent_is_told_while_still_in_time() -> None:
    """Useful until Thursday 24 December 2026, in time until Monday 28."""
    missed = opened("D14", date(2026, 11, 27), remind_on=date(2026, 12, 24))

    assert plan([missed], date(2026, 12, 26), CALENDARS) == ()
    assert [reminder.level for reminder in plan([missed], date(2026, 12, 28), CALENDARS)] == [Level.DAY]


def test_a_stale_day_well_before_the_term_calls_for_nothing() -> None:
    stale = opened("D14", date(2026, 11, 2), remind_on=date(2026, 11, 3))

    assert plan([stale], date(2026, 11, 4), CALENDARS) == ()


REMINDED = st.sampled_from(sorted(kind for kind, rule in RULES.items() if not rule.shown_only))
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
    deadline, calendar = opened(kind, start, site=site, remind_on=start), CALENDARS[site]
    days_of_rest = calendar.skipped(start, start + timedelta(days=90))

    assert all(plan([deadline], day, CALENDARS) == () for day in days_of_rest)


@given(REMINDED, STARTS, SITES)
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


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ROME_IN_WINTER)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        pytest.param(at(18, 7, 59), at(18, 8), id="before opening, the same morning"),
        pytest.param(at(18, 19), at(19, 8), id="at seven in the evening, the next morning"),
        pytest.param(at(20, 23), at(23, 8), id="on Friday night, on Monday"),
        pytest.param(at(21, 7), at(23, 8), id="on Saturday morning, on Monday"),
        pytest.param(at(22, 12), at(23, 8), id="on Sunday, on Monday"),
    ],
)
def test_outside_the_hours_a_message_waits_for_the_morning(now: datetime, first: datetime) -> None:
    assert not may_send(now, PISTOIA)
    assert next_sending_time(now, PISTOIA) == first


@pytest.mark.parametrize("now", [at(18, 8), at(18, 12, 30), at(18, 18, 59)])
def test_within_the_hours_a_message_leaves_at_once(now: datetime) -> None:
    assert may_send(now, PISTOIA)
    assert next_sending_time(now, PISTOIA) == now


def test_the_patron_saint_is_left_in_peace() -> None:
    san_jacopo = datetime(2028, 7, 25, 10, tzinfo=UTC)

    assert not may_send(san_jacopo, PISTOIA)
    assert may_send(san_jacopo, PRATO)
    assert next_sending_time(san_jacopo, PISTOIA) == datetime(2028, 7, 26, 8, tzinfo=UTC)


@given(STARTS, st.times(), SITES)
def test_the_next_sending_time_may_be_sent_and_none_before_it(day: date, hour: time, site: str) -> None:
    now, calendar = datetime.combine(day, hour, tzinfo=ROME_IN_WINTER), CALENDARS[site]
    first = next_sending_time(now, calendar)

    assert first >= now
    assert may_send(first, calendar)
    assert first == now or not may_send(first - timedelta(microseconds=1), calendar)
