"""D12: thirty days from the delivery, shown while the company has the quote in hand."""

from dataclasses import replace
from datetime import date

import pytest

from procedure.campaign import ProductKind, Terms
from procedure.deadlines import DeadlineKind
from procedure.quotes import AWAITING_ANSWER, Quote, QuoteState
from procedure.validity import valid_until, validity_at
from procedure.workdays import WorkCalendar

FRIDAY = date(2026, 11, 27)
QUOTE = Quote(
    id=1,
    visit=1,
    company=7,
    kind=ProductKind.INTEGRATED,
    owner=2,
    owner_email="ivo@esempio.it",
    state=QuoteState.DELIVERED,
    opened_on=FRIDAY,
    drafted_on=FRIDAY,
    delivered_on=FRIDAY,
)


def test_a_delivered_quote_is_valid_for_thirty_calendar_days() -> None:
    validity = valid_until(QUOTE, WorkCalendar(), Terms())

    assert validity is not None
    assert validity.due_on == date(2026, 12, 27)
    assert validity.explanation.startswith("valido fino a domenica 27 dicembre 2026")


@pytest.mark.parametrize("state", QuoteState)
def test_it_is_told_only_while_an_answer_is_awaited(state: QuoteState) -> None:
    told = valid_until(replace(QUOTE, state=state), WorkCalendar(), Terms())

    assert (told is not None) == (state in AWAITING_ANSWER)


def test_before_the_delivery_nothing_is_valid() -> None:
    assert valid_until(replace(QUOTE, delivered_on=None), WorkCalendar(), Terms()) is None


def test_beside_the_terms_of_the_delivery_its_last_day_is_told_as_long_as_the_campaign_wants() -> None:
    told = {kind: validity_at(kind, FRIDAY, Terms(validity=60)) for kind in DeadlineKind}

    assert {kind for kind, day in told.items() if day} == {DeadlineKind.D13, DeadlineKind.D14}
    assert told[DeadlineKind.D14] == date(2027, 1, 26)
