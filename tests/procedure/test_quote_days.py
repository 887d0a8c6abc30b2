"""The order of a quote's days (section 10, invariants), and what SCADUTO means (T13)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from procedure.campaign import ProductKind, Terms
from procedure.deadlines import DeadlineKind, due
from procedure.quote_days import Earlier, QuoteDay, contradicted, is_expired, latest_before
from procedure.quotes import AWAITING_ANSWER, Quote, QuoteEvent, QuoteState
from procedure.workdays import WorkCalendar

E = QuoteEvent
VISITED, DRAFTED, DELIVERED, ASKED = (date(2026, 11, day) for day in (18, 20, 24, 27))
NEW = Quote(3, 9, 5, ProductKind.INTEGRATED, 2, "ivo@x.it", QuoteState.TO_DRAFT, VISITED)
WHOLE = replace(
    NEW, state=QuoteState.FOLLOWED_UP, drafted_on=DRAFTED, delivered_on=DELIVERED, followed_up_on=ASKED
)

ODD = [
    (NEW, E.DRAFTED, VISITED - timedelta(days=1), Earlier(QuoteDay.VISITED, VISITED)),
    (NEW, E.DELIVERED, VISITED - timedelta(days=9), Earlier(QuoteDay.VISITED, VISITED)),
    (NEW, E.REFUSED, VISITED - timedelta(days=1), Earlier(QuoteDay.VISITED, VISITED)),
    (
        replace(NEW, drafted_on=DRAFTED),
        E.CONTACTED,
        DRAFTED - timedelta(days=1),
        Earlier(QuoteDay.DRAFTED, DRAFTED),
    ),
    (replace(NEW, drafted_on=DRAFTED), E.DELIVERED, VISITED, Earlier(QuoteDay.DRAFTED, DRAFTED)),
    (WHOLE, E.FOLLOWED_UP, DELIVERED - timedelta(days=1), Earlier(QuoteDay.DELIVERED, DELIVERED)),
    (WHOLE, E.ACCEPTED, ASKED - timedelta(days=1), Earlier(QuoteDay.FOLLOWED_UP, ASKED)),
    (WHOLE, E.REFUSED, VISITED - timedelta(days=1), Earlier(QuoteDay.FOLLOWED_UP, ASKED)),
]


@pytest.mark.parametrize(("quote", "event", "on", "before"), ODD)
def test_a_day_before_one_that_comes_earlier_is_odd(
    quote: Quote, event: E, on: date, before: Earlier
) -> None:
    assert contradicted(quote, event, on, VISITED) == before


@pytest.mark.parametrize(("quote", "event", "on", "before"), ODD)
def test_the_same_day_is_allowed(quote: Quote, event: E, on: date, before: Earlier) -> None:
    assert contradicted(quote, event, before.on, VISITED) is None
    assert latest_before(quote, event, VISITED) == before


def test_a_second_sollecito_may_be_of_any_day_after_the_delivery() -> None:
    """A33: the first one fills the field, so it holds no other back."""
    assert contradicted(WHOLE, E.FOLLOWED_UP, DELIVERED, VISITED) is None


def test_a_late_yes_may_be_of_any_day_after_the_sollecito() -> None:
    """T15: the old closing is no day before the new one."""
    archived = replace(WHOLE, state=QuoteState.ARCHIVED, closed_on=date(2026, 12, 24))
    assert contradicted(archived, E.ACCEPTED, date(2026, 12, 1), VISITED) is None


def test_the_correction_of_an_amount_has_no_day() -> None:
    assert contradicted(WHOLE, E.CORRECTED, date(2020, 1, 1), VISITED) is None


@pytest.mark.parametrize("state", QuoteState)
def test_a_quote_expires_where_it_is_delivered_unanswered_and_its_thirty_days_are_over(
    state: QuoteState,
) -> None:
    """T13; the thirtieth day, 24/12, is a Thursday."""
    closing = due(DeadlineKind.D14, DELIVERED, WorkCalendar(), Terms())
    quote = replace(WHOLE, state=state)
    assert closing.on_time_until == date(2026, 12, 24)
    assert not is_expired(quote, closing, date(2026, 12, 24))
    assert is_expired(quote, closing, date(2026, 12, 25)) == (state in AWAITING_ANSWER)


def test_a_term_that_ends_on_a_sunday_leaves_the_monday_too() -> None:
    """Section 17, first row: delivered 27/11, thirty days on Sunday 27/12, late only after Monday 28."""
    closing = due(DeadlineKind.D14, date(2026, 11, 27), WorkCalendar(), Terms())
    assert not is_expired(WHOLE, closing, date(2026, 12, 28))
    assert is_expired(WHOLE, closing, date(2026, 12, 29))
