"""The order in which the days of a quote stand: which a new one would contradict, and when it expires.

An odd day is asked back, never refused (section 10, invariants). Refuses to know which events are possible.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from procedure.deadlines import Dated, is_late
from procedure.quotes import AWAITING_ANSWER, Quote, QuoteEvent


class QuoteDay(enum.IntEnum):
    """The days of a quote, in their order."""

    VISITED = 0  # DATA VISITA
    DRAFTED = 1
    DELIVERED = 2  # DATA PREVENTIVO
    FOLLOWED_UP = 3  # DATA SOLLECITO
    CLOSED = 4


@dataclass(frozen=True, slots=True)
class Earlier:
    """A day told before, which an event would come too early for."""

    day: QuoteDay
    on: date


_RANKS: Final[Mapping[QuoteEvent, QuoteDay]] = MappingProxyType(
    {
        QuoteEvent.DRAFTED: QuoteDay.DRAFTED,
        QuoteEvent.CONTACTED: QuoteDay.DELIVERED,
        QuoteEvent.DELIVERED: QuoteDay.DELIVERED,
        QuoteEvent.THINKING: QuoteDay.FOLLOWED_UP,
        QuoteEvent.FOLLOWED_UP: QuoteDay.FOLLOWED_UP,
        QuoteEvent.ACCEPTED: QuoteDay.CLOSED,
        QuoteEvent.REFUSED: QuoteDay.CLOSED,
        QuoteEvent.CANCELLED: QuoteDay.CLOSED,
        QuoteEvent.WITHDRAWN: QuoteDay.CLOSED,
    }
)
"""Where the event's day stands; the correction of an amount has none."""


def contradicted(quote: Quote, event: QuoteEvent, on: date, visited_on: date) -> Earlier | None:
    """The latest of the days before the event's own that `on` would precede; None where all is in order.

    Data visita ≤ redazione ≤ DATA PREVENTIVO ≤ DATA SOLLECITO ≤ chiusura, the same day allowed.
    """
    if event not in _RANKS:
        return None
    after = [each for each in known(quote, visited_on) if each.day < _RANKS[event] and each.on > on]
    return max(after, key=lambda each: (each.on, each.day), default=None)


def known(quote: Quote, visited_on: date) -> tuple[Earlier, ...]:
    """The days of the quote that are told, in their order."""
    days = (visited_on, quote.drafted_on, quote.delivered_on, quote.followed_up_on, quote.closed_on)
    return tuple(Earlier(name, day) for name, day in zip(QuoteDay, days, strict=True) if day)


def latest_before(quote: Quote, event: QuoteEvent, visited_on: date) -> Earlier:
    """The last of the days that stand before the event's own: its first likely day."""
    before = [each for each in known(quote, visited_on) if each.day < _RANKS[event]]
    return max(before, key=lambda each: (each.on, each.day))


def is_expired(quote: Quote, closing: Dated, today: date) -> bool:
    """SCADUTO (T13): delivered, its thirty days are over (A4), and nobody has said how it ended (A23)."""
    return quote.state in AWAITING_ANSWER and is_late(closing, today)
