"""The quote's states and the moves between them, T1 to T16 of section 10.

Refuses to know who taps or writes.
"""

import enum
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from procedure.campaign import ProductKind
from procedure.errors import Refusal
from procedure.italian import write_date


class QuoteState(enum.StrEnum):
    """States of section 10, verbatim."""

    TO_DRAFT = "DA REDIGERE"
    DRAFTED = "REDATTO"
    DELIVERED = "CONSEGNATO"
    THINKING = "IN RIFLESSIONE"
    FOLLOWED_UP = "SOLLECITATO"
    ACCEPTED = "ACCETTATO"
    ARCHIVED = "ARCHIVIATO"
    CANCELLED = "ANNULLATO"


class QuoteEvent(enum.StrEnum):
    """What an owner may tell of a quote."""

    DRAFTED = "redatto"
    CONTACTED = "contattata"
    DELIVERED = "consegnato"
    THINKING = "ci_pensa"
    FOLLOWED_UP = "sollecitato"
    ACCEPTED = "accettato"
    REFUSED = "non_accettato"


OPEN_STATES = frozenset(
    {
        QuoteState.TO_DRAFT,
        QuoteState.DRAFTED,
        QuoteState.DELIVERED,
        QuoteState.THINKING,
        QuoteState.FOLLOWED_UP,
    }
)
AWAITING_ANSWER = frozenset({QuoteState.DELIVERED, QuoteState.THINKING, QuoteState.FOLLOWED_UP})


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote = visit × owner (A27). `kind` says whether the owner is an AM or the AV."""

    id: int
    visit: int
    company: int
    kind: ProductKind
    owner: int | None  # person id; None where the AM is only a mailbox
    owner_email: str
    state: QuoteState
    opened_on: date
    drafted_on: date | None = None
    contacted_on: date | None = None
    delivered_on: date | None = None  # DATA PREVENTIVO (A21)
    followed_up_on: date | None = None  # DATA SOLLECITO: the first one (A33)
    closed_on: date | None = None
    value: Decimal | None = None  # VALORE PREVENTIVO, euro, net, first year (A31)
    reason: str = ""


def after(
    quote: Quote, event: QuoteEvent, on: date, *, value: Decimal | None = None, reason: str = ""
) -> Quote:
    """The quote once `event` happened on day `on`. What was told before, of the same day, changes nothing.

    Raises:
        Refusal: the event does not fit the state (`quote_not_open`, `quote_not_delivered`), it was told of
            another day (`quote_already_drafted`, `quote_already_delivered`), or an acceptance has no value
            (`quote_value_missing`) [r.157].
    """
    if quote.state not in OPEN_STATES:
        raise Refusal("quote_not_open")
    match event:
        case QuoteEvent.DRAFTED:
            return _told_drafted(quote, on)
        case QuoteEvent.CONTACTED:
            return _contacted(quote, on)
        case QuoteEvent.DELIVERED:
            return _delivered(quote, on)
    if quote.state not in AWAITING_ANSWER:
        raise Refusal("quote_not_delivered")
    match event:
        case QuoteEvent.THINKING:
            return _thinking(quote)
        case QuoteEvent.FOLLOWED_UP:
            first = quote.followed_up_on or on
            return replace(quote, state=QuoteState.FOLLOWED_UP, followed_up_on=first)
        case QuoteEvent.ACCEPTED:
            return _accepted(quote, on, value)
        case QuoteEvent.REFUSED:
            return replace(quote, state=QuoteState.ARCHIVED, closed_on=on, reason=reason)


def _told_drafted(quote: Quote, on: date) -> Quote:
    """T4."""
    if quote.drafted_on not in {None, on}:
        raise Refusal("quote_already_drafted", day=_told(quote.drafted_on))
    return _drafted(quote, on)


def _drafted(quote: Quote, on: date) -> Quote:
    """T4, and T6's "implies T4 same day"."""
    if quote.drafted_on is not None:
        return quote
    return replace(quote, state=QuoteState.DRAFTED, drafted_on=on)


def _contacted(quote: Quote, on: date) -> Quote:
    """T5: the first contact stands (A22b)."""
    if quote.contacted_on is not None:
        return quote
    _must_not_be_delivered(quote)
    return replace(_drafted(quote, on), contacted_on=on)


def _delivered(quote: Quote, on: date) -> Quote:
    """T6: DATA PREVENTIVO is written once, since D13 and D14 run from it."""
    if quote.delivered_on == on:
        return quote
    _must_not_be_delivered(quote)
    return replace(_drafted(quote, on), state=QuoteState.DELIVERED, delivered_on=on)


def _must_not_be_delivered(quote: Quote) -> None:
    if quote.delivered_on is not None:
        raise Refusal("quote_already_delivered", day=_told(quote.delivered_on))


def _thinking(quote: Quote) -> Quote:
    """T9; after the sollecito the company is still undecided (T12)."""
    if quote.state is QuoteState.FOLLOWED_UP:
        return quote
    return replace(quote, state=QuoteState.THINKING)


def _accepted(quote: Quote, on: date, value: Decimal | None) -> Quote:
    """T7."""
    if value is None:
        raise Refusal("quote_value_missing")
    return replace(quote, state=QuoteState.ACCEPTED, closed_on=on, value=value)


def _told(day: date | None) -> str:
    return write_date(day) if day else ""
