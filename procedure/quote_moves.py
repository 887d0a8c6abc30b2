"""The one decision about a quote: what an event makes of it, T4 to T16 of section 10.

Refuses to know who taps or writes, and what the move sets off: terms, mails, history.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.quotes import NOT_DELIVERED, OPEN_STATES, Quote, QuoteEvent, QuoteState


def after(
    quote: Quote,
    event: QuoteEvent,
    on: date,
    *,
    value: Decimal | None = None,
    reason: str = "",
    in_time_until: date | None = None,
) -> Quote:
    """The quote once `event` happened on day `on`. What was told before, of the same day, changes nothing.

    Args:
        quote: as it is.
        event: what is told of it.
        on: the day it happened; whether that day is a likely one is `procedure.quote_days`' matter.
        value: VALORE PREVENTIVO, wanted of an acceptance and of its correction [r.157].
        reason: why it was refused, cancelled or withdrawn.
        in_time_until: the last day on which D14 is met; an acceptance after it is late (A34).

    Raises:
        Refusal: the event does not fit the state (`quote_not_open`, `quote_not_delivered`,
            `quote_delivered_not_cancelled`, `quote_not_accepted`), it was told of another day
            (`quote_already_drafted`, `quote_already_delivered`), or it lacks what it must say
            (`quote_value_missing`, `quote_reason_missing`).
    """
    return _MOVES[event](quote, _Told(on, value, reason, in_time_until))


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of the event."""

    on: date
    value: Decimal | None
    reason: str
    in_time_until: date | None


def _told_drafted(quote: Quote, told: _Told) -> Quote:
    """T4."""
    _must_be_open(quote)
    if quote.drafted_on not in {None, told.on}:
        raise Refusal("quote_already_drafted", day=_day(quote.drafted_on))
    return _drafted(quote, told.on)


def _drafted(quote: Quote, on: date) -> Quote:
    """T4, and T6's "implies T4 same day"."""
    if quote.drafted_on is not None:
        return quote
    return replace(quote, state=QuoteState.DRAFTED, drafted_on=on)


def _contacted(quote: Quote, told: _Told) -> Quote:
    """T5: the first contact stands (A22b)."""
    _must_be_open(quote)
    if quote.contacted_on is not None:
        return quote
    _must_not_be_delivered(quote)
    return replace(_drafted(quote, told.on), contacted_on=told.on)


def _delivered(quote: Quote, told: _Told) -> Quote:
    """T6: DATA PREVENTIVO is written once, since D13 and D14 run from it."""
    _must_be_open(quote)
    if quote.delivered_on == told.on:
        return quote
    _must_not_be_delivered(quote)
    return replace(_drafted(quote, told.on), state=QuoteState.DELIVERED, delivered_on=told.on)


def _thinking(quote: Quote, told: _Told) -> Quote:
    """T9; after the sollecito the company is still undecided (T12)."""
    _must_await_answer(quote)
    if quote.state is QuoteState.FOLLOWED_UP:
        return quote
    return replace(quote, state=QuoteState.THINKING)


def _followed_up(quote: Quote, told: _Told) -> Quote:
    """T11, T12: the first sollecito fills DATA SOLLECITO, those after it stay in the story (A33)."""
    _must_await_answer(quote)
    return replace(quote, state=QuoteState.FOLLOWED_UP, followed_up_on=quote.followed_up_on or told.on)


def _refused(quote: Quote, told: _Told) -> Quote:
    """T8; of one that was never delivered it needs a reason (T14, A23c)."""
    _must_be_open(quote)
    if quote.state in NOT_DELIVERED:
        _must_have_reason(told)
    return replace(quote, state=QuoteState.ARCHIVED, closed_on=told.on, reason=told.reason)


def _cancelled(quote: Quote, told: _Told) -> Quote:
    """T14: only before the delivery; afterwards the company has answered, one way or the other."""
    _must_be_open(quote)
    if quote.state not in NOT_DELIVERED:
        raise Refusal("quote_delivered_not_cancelled")
    _must_have_reason(told)
    return replace(quote, state=QuoteState.CANCELLED, closed_on=told.on, reason=told.reason)


def _accepted(quote: Quote, told: _Told) -> Quote:
    """T7; of an archived one T15: a late yes is not lost (A23, A34)."""
    archived = quote.state is QuoteState.ARCHIVED
    if not archived:
        _must_await_answer(quote)
    late = archived or (told.in_time_until is not None and told.on > told.in_time_until)
    return replace(
        quote,
        state=QuoteState.ACCEPTED,
        closed_on=told.on,
        value=_worth(told),
        reason="",
        accepted_late=late,
    )


def _corrected(quote: Quote, told: _Told) -> Quote:
    """T16: the amount was wrong."""
    _must_be_accepted(quote)
    return replace(quote, value=_worth(told))


def _withdrawn(quote: Quote, told: _Told) -> Quote:
    """T16: VALORE PREVENTIVO and what belongs to an acceptance go with it."""
    _must_be_accepted(quote)
    _must_have_reason(told)
    return replace(
        quote,
        state=QuoteState.ARCHIVED,
        closed_on=told.on,
        value=None,
        reason=told.reason,
        accepted_late=False,
        acceptance_signed=False,
    )


def _must_be_open(quote: Quote) -> None:
    if quote.state not in OPEN_STATES:
        raise Refusal("quote_not_open")


def _must_await_answer(quote: Quote) -> None:
    _must_be_open(quote)
    if quote.state in NOT_DELIVERED:
        raise Refusal("quote_not_delivered")


def _must_not_be_delivered(quote: Quote) -> None:
    if quote.delivered_on is not None:
        raise Refusal("quote_already_delivered", day=_day(quote.delivered_on))


def _must_be_accepted(quote: Quote) -> None:
    if quote.state is not QuoteState.ACCEPTED:
        raise Refusal("quote_not_accepted")


def _must_have_reason(told: _Told) -> None:
    if not told.reason:
        raise Refusal("quote_reason_missing")


def _worth(told: _Told) -> Decimal:
    if told.value is None:
        raise Refusal("quote_value_missing")
    return told.value


def _day(day: date | None) -> str:
    return write_date(day) if day else ""


_MOVES: Final[Mapping[QuoteEvent, Callable[[Quote, _Told], Quote]]] = MappingProxyType(
    {
        QuoteEvent.DRAFTED: _told_drafted,
        QuoteEvent.CONTACTED: _contacted,
        QuoteEvent.DELIVERED: _delivered,
        QuoteEvent.THINKING: _thinking,
        QuoteEvent.FOLLOWED_UP: _followed_up,
        QuoteEvent.ACCEPTED: _accepted,
        QuoteEvent.REFUSED: _refused,
        QuoteEvent.CANCELLED: _cancelled,
        QuoteEvent.CORRECTED: _corrected,
        QuoteEvent.WITHDRAWN: _withdrawn,
    }
)
