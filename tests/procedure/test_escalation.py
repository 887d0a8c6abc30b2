"""Which late deadline is read of, by whom, from which day: the table of decision 15."""

from datetime import date

import pytest

from procedure.deadlines import DeadlineKind
from procedure.escalation import ESCALATIONS, escalates, is_new_week, is_news, reader
from procedure.people import Role
from procedure.workdays import WorkCalendar

PISTOIA = WorkCalendar((7, 25), "San Jacopo")
FRIDAY = date(2026, 11, 20)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize("kind", ["D1", "D10", "D11", "D13", "D14"])
def test_these_are_read_of_on_the_first_late_morning(kind: str) -> None:
    assert not escalates(DeadlineKind(kind), FRIDAY, FRIDAY, PISTOIA)
    assert escalates(DeadlineKind(kind), FRIDAY, MONDAY, PISTOIA)


@pytest.mark.parametrize("kind", ["D5", "D6", "D7", "D8"])
def test_the_duties_of_the_visit_are_read_of_after_two_working_days(kind: str) -> None:
    assert not escalates(DeadlineKind(kind), FRIDAY, MONDAY, PISTOIA)
    assert escalates(DeadlineKind(kind), FRIDAY, TUESDAY, PISTOIA)


def test_the_days_of_delay_are_those_of_the_company_s_sede() -> None:
    """Due on Monday 24 July 2028; Tuesday is San Jacopo."""
    due, tuesday, wednesday = date(2028, 7, 24), date(2028, 7, 25), date(2028, 7, 26)
    assert not escalates(DeadlineKind.D10, due, tuesday, PISTOIA)
    assert escalates(DeadlineKind.D10, due, wednesday, PISTOIA)


@pytest.mark.parametrize("kind", ["D2", "D3", "D4", "D9", "D12", "D15", "D16", "A22b"])
def test_of_the_others_nobody_reads(kind: str) -> None:
    assert not escalates(DeadlineKind(kind), FRIDAY, date(2027, 3, 1), PISTOIA)


@pytest.mark.parametrize(
    ("kind", "has_services", "late_is_rs", "who"),
    [
        *(("D1", True, False, Role.RPC), ("D1", False, False, Role.RPS), ("D1", False, True, Role.RPS)),
        *(("D6", False, False, Role.RS), ("D6", False, True, Role.RPS), ("D6", True, False, Role.RPC)),
        *(("D8", True, True, Role.RPC), ("D10", True, False, Role.RPS), ("D13", True, True, Role.RPS)),
        *(("D14", True, False, Role.RPC), ("D14", False, False, Role.RPS)),
    ],
)
def test_who_reads(kind: str, has_services: bool, late_is_rs: bool, who: Role) -> None:
    assert reader(DeadlineKind(kind), has_services=has_services, late_is_rs=late_is_rs) is who


def test_only_the_thirty_days_of_a_new_member_wait_for_the_week() -> None:
    """Section 8, D1."""
    assert {kind for kind, rule in ESCALATIONS.items() if rule.weekly} == {DeadlineKind.D1}
    assert not is_news(DeadlineKind.D1, None, MONDAY, whole_week=False)
    assert is_news(DeadlineKind.D1, FRIDAY, MONDAY, whole_week=True)


def test_news_is_what_was_in_no_digest_before_or_in_one_after_this_reader_s_last() -> None:
    assert is_news(DeadlineKind.D10, None, MONDAY, whole_week=False)
    assert is_news(DeadlineKind.D10, TUESDAY, MONDAY, whole_week=False)
    assert not is_news(DeadlineKind.D10, MONDAY, MONDAY, whole_week=False)


def test_a_week_begins_on_monday_and_the_first_digest_is_of_the_whole_week() -> None:
    assert is_new_week(None, TUESDAY)
    assert is_new_week(FRIDAY, MONDAY)
    assert not is_new_week(MONDAY, TUESDAY)
    assert is_new_week(date(2026, 1, 2), date(2026, 12, 28))
