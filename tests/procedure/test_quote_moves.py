"""Section 10: every event in every state, and what the dates of a quote always hold."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.campaign import ProductKind
from procedure.errors import Refusal
from procedure.quote_moves import after
from procedure.quotes import AWAITING_ANSWER, NOT_DELIVERED, OPEN_STATES, Quote, QuoteEvent, QuoteState

OPENED = date(2026, 11, 18)
NEW = Quote(3, 9, 5, ProductKind.INTEGRATED, 2, "ivo@x.it", QuoteState.TO_DRAFT, OPENED)
DAYS = {
    QuoteEvent.DRAFTED: OPENED + timedelta(days=1),
    QuoteEvent.CONTACTED: OPENED + timedelta(days=2),
    QuoteEvent.DELIVERED: OPENED + timedelta(days=3),
    QuoteEvent.THINKING: OPENED + timedelta(days=4),
    QuoteEvent.FOLLOWED_UP: OPENED + timedelta(days=5),
    QuoteEvent.ACCEPTED: OPENED + timedelta(days=6),
    QuoteEvent.REFUSED: OPENED + timedelta(days=6),
    QuoteEvent.CANCELLED: OPENED + timedelta(days=6),
    QuoteEvent.CORRECTED: OPENED + timedelta(days=7),
    QuoteEvent.WITHDRAWN: OPENED + timedelta(days=7),
}
E, S = QuoteEvent, QuoteState
VALUE = Decimal("1200.50")


def story(*events: QuoteEvent) -> Quote:
    """The quote after these events, each on its own day."""
    quote = NEW
    for event in events:
        quote = after(quote, event, DAYS[event], value=VALUE, reason="costa")
    return quote


IN = {
    "to draft": (),
    "drafted": (E.DRAFTED,),
    "contacted": (E.DRAFTED, E.CONTACTED),
    "delivered": (E.DRAFTED, E.DELIVERED),
    "thinking": (E.DRAFTED, E.DELIVERED, E.THINKING),
    "followed up": (E.DRAFTED, E.DELIVERED, E.THINKING, E.FOLLOWED_UP),
    "accepted": (E.DRAFTED, E.DELIVERED, E.ACCEPTED),
    "archived": (E.DRAFTED, E.DELIVERED, E.REFUSED),
    "archived undelivered": (E.DRAFTED, E.REFUSED),
    "cancelled": (E.CANCELLED,),
    "withdrawn": (E.DRAFTED, E.DELIVERED, E.ACCEPTED, E.WITHDRAWN),
}
NOT_YET, ALREADY, CLOSED = "quote_not_delivered", "quote_already_delivered", "quote_not_open"
TOO_LATE = "quote_delivered_not_cancelled"  # T14 is of DA REDIGERE and REDATTO alone
NO_ACCEPTANCE = dict.fromkeys((E.CORRECTED, E.WITHDRAWN), "quote_not_accepted")  # T16 is of ACCETTATO alone
BEFORE_DELIVERY = {  # T14: "ANNULLATO (reason) or T8"; A23c
    E.DELIVERED: S.DELIVERED, E.THINKING: NOT_YET, E.FOLLOWED_UP: NOT_YET, E.ACCEPTED: NOT_YET,
    E.REFUSED: S.ARCHIVED, E.CANCELLED: S.CANCELLED, **NO_ACCEPTANCE,
}  # fmt: skip
DELIVERED = {
    E.DRAFTED: "quote_already_drafted", E.CONTACTED: ALREADY, E.DELIVERED: ALREADY,
    E.FOLLOWED_UP: S.FOLLOWED_UP, E.ACCEPTED: S.ACCEPTED, E.REFUSED: S.ARCHIVED, E.CANCELLED: TOO_LATE,
    **NO_ACCEPTANCE,
}  # fmt: skip
A_LATE_YES = {**dict.fromkeys(E, CLOSED), E.ACCEPTED: S.ACCEPTED, **NO_ACCEPTANCE}  # T15
TABLE: dict[str, dict[QuoteEvent, QuoteState | str]] = {
    "to draft": {E.DRAFTED: S.DRAFTED, E.CONTACTED: S.DRAFTED, **BEFORE_DELIVERY},
    "drafted": {E.DRAFTED: "quote_already_drafted", E.CONTACTED: S.DRAFTED, **BEFORE_DELIVERY},
    "contacted": {E.DRAFTED: "quote_already_drafted", E.CONTACTED: S.DRAFTED, **BEFORE_DELIVERY},
    "delivered": {E.THINKING: S.THINKING, **DELIVERED},
    "thinking": {E.THINKING: S.THINKING, **DELIVERED},
    "followed up": {E.THINKING: S.FOLLOWED_UP, **DELIVERED},
    "accepted": {**dict.fromkeys(E, CLOSED), E.CORRECTED: S.ACCEPTED, E.WITHDRAWN: S.ARCHIVED},
    "archived": A_LATE_YES,
    "archived undelivered": A_LATE_YES,
    "cancelled": {**dict.fromkeys(E, CLOSED), **NO_ACCEPTANCE},
    "withdrawn": A_LATE_YES,
}
LATER = OPENED + timedelta(days=20)


@pytest.mark.parametrize(("state", "event"), [(state, event) for state in TABLE for event in E])
def test_every_event_in_every_state_moves_the_quote_or_is_refused(state: str, event: QuoteEvent) -> None:
    before, expected = story(*IN[state]), TABLE[state][event]
    if isinstance(expected, QuoteState):
        assert after(before, event, LATER, value=VALUE, reason="costa").state is expected
    else:
        with pytest.raises(Refusal) as refused:
            after(before, event, LATER, value=VALUE, reason="costa")
        assert refused.value.phrase == expected


def test_delivery_writes_its_day_and_implies_the_drafting() -> None:
    quote = after(NEW, E.DELIVERED, LATER)
    assert (quote.drafted_on, quote.delivered_on, quote.contacted_on) == (LATER, LATER, None)


def test_delivery_keeps_the_day_of_the_drafting() -> None:
    quote = story(E.DRAFTED, E.DELIVERED)
    assert (quote.drafted_on, quote.delivered_on) == (DAYS[E.DRAFTED], DAYS[E.DELIVERED])


@pytest.mark.parametrize("event", [E.DRAFTED, E.CONTACTED, E.DELIVERED, E.THINKING, E.FOLLOWED_UP])
def test_the_same_told_twice_of_the_same_day_changes_nothing(event: QuoteEvent) -> None:
    events = {
        E.DRAFTED: (),
        E.CONTACTED: (E.DRAFTED,),
        E.DELIVERED: (E.DRAFTED,),
        E.THINKING: (E.DRAFTED, E.DELIVERED),
        E.FOLLOWED_UP: (E.DRAFTED, E.DELIVERED),
    }[event]
    once = story(*events, event)
    assert after(once, event, DAYS[event]) == once


def test_a_delivery_told_again_never_moves_data_preventivo() -> None:
    for state in ("delivered", "thinking", "followed up"):
        quote = story(*IN[state])
        with pytest.raises(Refusal) as refused:
            after(quote, E.DELIVERED, LATER)
        assert "sabato 21 novembre 2026" in str(refused.value.values)


def test_a_contact_after_the_delivery_leaves_no_trace_in_the_dates() -> None:
    with pytest.raises(Refusal):
        after(story(E.DRAFTED, E.DELIVERED), E.CONTACTED, LATER)


def test_the_first_contact_and_the_first_sollecito_stand() -> None:
    """A33."""
    contacted = after(story(E.DRAFTED, E.CONTACTED), E.CONTACTED, LATER)
    assert contacted.contacted_on == DAYS[E.CONTACTED]
    again = after(story(*IN["followed up"]), E.FOLLOWED_UP, LATER)
    assert again.followed_up_on == DAYS[E.FOLLOWED_UP]


def test_an_acceptance_has_its_value_and_its_day() -> None:
    quote = story(E.DRAFTED, E.DELIVERED, E.ACCEPTED)
    assert (quote.value, quote.closed_on) == (VALUE, DAYS[E.ACCEPTED])


def test_an_acceptance_without_a_value_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        after(story(E.DRAFTED, E.DELIVERED), E.ACCEPTED, LATER)
    assert refused.value.phrase == "quote_value_missing"


def test_a_refusal_keeps_its_reason_and_no_value() -> None:
    quote = story(E.DRAFTED, E.DELIVERED, E.REFUSED)
    assert (quote.state, quote.reason, quote.closed_on, quote.value) == (
        S.ARCHIVED,
        "costa",
        DAYS[E.REFUSED],
        None,
    )


@pytest.mark.parametrize("state", ["to draft", "drafted", "contacted"])
@pytest.mark.parametrize("event", [E.REFUSED, E.CANCELLED])
def test_what_was_never_delivered_ends_only_with_a_reason(state: str, event: QuoteEvent) -> None:
    """T14, A23c."""
    with pytest.raises(Refusal) as refused:
        after(story(*IN[state]), event, LATER)
    assert refused.value.phrase == "quote_reason_missing"


def test_a_yes_after_the_closing_is_late_and_has_a_new_day() -> None:
    """T15: new closing date."""
    quote = after(story(*IN["archived"]), E.ACCEPTED, LATER, value=VALUE)
    assert (quote.accepted_late, quote.closed_on, quote.value, quote.reason) == (True, LATER, VALUE, "")


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_a_yes_after_the_term_is_late(days: int, late: bool) -> None:
    """A34."""
    quote = story(*IN["delivered"])
    told = after(quote, E.ACCEPTED, LATER + timedelta(days=days), value=VALUE, in_time_until=LATER)
    assert told.accepted_late is late


def test_a_wrong_amount_is_put_right_and_nothing_else_changes() -> None:
    """T16."""
    before = story(*IN["accepted"])
    assert after(before, E.CORRECTED, LATER, value=Decimal(900)) == replace(before, value=Decimal(900))
    with pytest.raises(Refusal):
        after(before, E.CORRECTED, LATER)


def test_an_acceptance_withdrawn_takes_its_value_with_it() -> None:
    """T16, and the invariant: VALORE PREVENTIVO iff ACCETTATO."""
    signed = replace(story(*IN["accepted"]), acceptance_signed=True)
    quote = after(signed, E.WITHDRAWN, LATER, reason="ci ripensa")
    assert (quote.value, quote.closed_on, quote.reason) == (None, LATER, "ci ripensa")
    assert not quote.acceptance_signed
    with pytest.raises(Refusal):
        after(signed, E.WITHDRAWN, LATER)


def test_the_states_are_those_of_the_procedure() -> None:
    assert AWAITING_ANSWER < OPEN_STATES
    assert set(QuoteState) - OPEN_STATES == {S.ACCEPTED, S.ARCHIVED, S.CANCELLED}


FIXED = ("id", "visit", "company", "kind", "owner", "owner_email", "opened_on")


@given(st.lists(st.tuples(st.sampled_from(E), st.integers(0, 3)), max_size=12))
def test_whatever_is_told_in_order_of_time_the_dates_stay_in_order(
    told: list[tuple[QuoteEvent, int]],
) -> None:
    quote, day = NEW, OPENED
    for event, days in told:
        day += timedelta(days=days)
        try:
            quote = after(quote, event, day, value=VALUE, reason="costa")
        except Refusal:
            continue
    dates = [quote.drafted_on, quote.delivered_on, quote.followed_up_on, quote.closed_on]
    known = [day for day in dates if day]
    assert known == sorted(known)
    assert (quote.value is not None) == (quote.state is S.ACCEPTED)
    assert quote.delivered_on is None if quote.state in NOT_DELIVERED else True
    assert quote.delivered_on is not None if quote.state in AWAITING_ANSWER else True
    assert quote.accepted_late <= (quote.state is S.ACCEPTED)
    assert (quote.closed_on is not None) == (quote.state not in OPEN_STATES)
    assert (quote.followed_up_on is None) or quote.delivered_on is not None
    assert [getattr(quote, name) for name in FIXED] == [getattr(NEW, name) for name in FIXED]
    assert set(FIXED) < {field.name for field in fields(Quote)}
