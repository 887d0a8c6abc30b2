"""A date told wrongly is put right: which terms move, from when to when, and which dates it would contradict.

All of it before anything is written. Refuses to know who corrects, who may, and who is told.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from procedure.campaign import Terms
from procedure.deadlines import RULES, DeadlineKind, Due, Event, due, is_late
from procedure.explanations import explain_move
from procedure.quotes import Quote
from procedure.workdays import WorkCalendar


class DateField(enum.StrEnum):
    """The dates of a visit and of a quote, in the order that section 10 wants, each with its Italian name.

    The value is the field's name where it is kept.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> "DateField":
        """A member is written with both; `DateField("drafted_on")` finds it by its field alone."""
        field = str.__new__(cls, value)
        field._value_ = value
        field.label = label
        return field

    VISIT = "visited_on", "DATA VISITA"
    DRAFTING = "drafted_on", "data di redazione"
    CONTACT = "contacted_on", "data del contatto"
    DELIVERY = "delivered_on", "DATA PREVENTIVO (consegna)"
    FOLLOW_UP = "followed_up_on", "DATA SOLLECITO"
    CLOSING = "closed_on", "data di chiusura"


OF_QUOTE: Final = tuple(field for field in DateField if field is not DateField.VISIT)
_ORDER: Final = tuple(DateField)
_STARTED_BY: Final = {
    Event.VISIT: DateField.VISIT,
    Event.DRAFTING: DateField.DRAFTING,
    Event.CONTACT: DateField.CONTACT,
    Event.DELIVERY: DateField.DELIVERY,
}
_MET_BY: Final = {
    DeadlineKind.D10: (DateField.DRAFTING, DateField.CLOSING),
    DeadlineKind.D11: (DateField.CONTACT, DateField.DELIVERY, DateField.CLOSING),  # A22b
    DeadlineKind.A22B: (DateField.DELIVERY, DateField.CLOSING),
    DeadlineKind.D13: (DateField.FOLLOW_UP, DateField.CLOSING),
    DeadlineKind.D14: (DateField.CLOSING,),
}
"""The dates of which the first is the proof that a quote's term was met (section 8)."""


@dataclass(frozen=True, slots=True)
class OpenedTerm:
    """A term that was opened. `quote` is None where it is the visit's or the company's own."""

    id: int
    due: Due
    quote: int | None = None
    met_on: date | None = None  # None: it still runs

    @property
    def was_late(self) -> bool:
        """True where it was met, and too late."""
        return self.met_on is not None and is_late(self.due, self.met_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """A visit and its quotes as their dates stand, with every term that hangs on them.

    Args:
        visited_on: DATA VISITA.
        quotes: those that the visit opened.
        terms: those opened by the visit, its quotes, and the company's D1.
        calendar: of the company's site (A5c).
        lengths: of the terms.
        other_visits: the days of the company's other visits; the first of all meets D1 (A36).
    """

    visited_on: date
    quotes: tuple[Quote, ...]
    terms: tuple[OpenedTerm, ...]
    calendar: WorkCalendar
    lengths: Terms
    other_visits: tuple[date, ...] = ()

    def quote(self, which: int | None) -> Quote | None:
        """The quote of this id."""
        return next((quote for quote in self.quotes if quote.id == which), None)

    def day(self, field: DateField, quote: int | None) -> date | None:
        """The date as it stands; None where it is not set."""
        if field is DateField.VISIT:
            return self.visited_on
        found = self.quote(quote)
        day: date | None = getattr(found, field.value) if found else None
        return day


@dataclass(frozen=True, slots=True)
class Redating:
    """The right day of one date; `quote` says whose it is, None for the visit's."""

    field: DateField
    on: date
    quote: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A term before and after."""

    old: OpenedTerm
    new: OpenedTerm

    @property
    def is_open(self) -> bool:
        """True where the duty is still to be done."""
        return self.new.met_on is None

    @property
    def told(self) -> str:
        """The move in a few words of Italian; empty where nobody needs to know."""
        kind = self.new.due.kind
        if RULES[kind].asked:
            return ""
        if self.is_open and self.old.due.due_on != self.new.due.due_on:
            return f"{kind.label}: {explain_move(self.old.due.due_on, self.new.due.due_on)}"
        if self.old.was_late != self.new.was_late:
            return f"{kind.label}: risulta {'in ritardo' if self.new.was_late else 'in tempo'}"
        return ""


def with_day(quote: Quote, field: DateField, on: date) -> Quote:
    """The quote with this date of its own put right."""
    values: dict[str, Any] = {field.value: on}
    return replace(quote, **values)


def redated(standing: Standing, change: Redating) -> Standing:
    """What stands once the date is put right: terms reckoned anew, and met on the day that proves it."""
    new = _with_day(standing, change)
    return replace(new, terms=tuple(_reckoned(term, standing, new) for term in standing.terms))


def moves(standing: Standing, change: Redating) -> tuple[Move, ...]:
    """The terms that the correction moves, the next due first."""
    pairs = zip(standing.terms, redated(standing, change).terms, strict=True)
    moved = [Move(old, new) for old, new in pairs if old != new]
    return tuple(sorted(moved, key=lambda move: (move.new.due.due_on, move.new.id)))


def explain(moved: Iterable[Move]) -> tuple[str, ...]:
    """The moves as lines, each said once: two quotes of one visit move together."""
    return tuple(dict.fromkeys(told for move in moved if (told := move.told)))


def contradicted(standing: Standing, change: Redating) -> tuple[tuple[DateField, date], ...]:
    """The dates that the new day would stand on the wrong side of (section 10); the same day is allowed."""
    rank = _ORDER.index(change.field)
    found = []
    for field, day in _beside(standing, change):
        at = _ORDER.index(field)
        if (at < rank and day > change.on) or (at > rank and day < change.on):
            found.append((field, day))
    return tuple(dict.fromkeys(found))


def _beside(standing: Standing, change: Redating) -> Iterable[tuple[DateField, date]]:
    """The dates that hang together with the one in hand: of its quote, or of every quote of the visit."""
    yield DateField.VISIT, standing.visited_on
    for quote in standing.quotes:
        if change.field is DateField.VISIT or quote.id == change.quote:
            for field in OF_QUOTE:
                if day := standing.day(field, quote.id):
                    yield field, day


def _with_day(standing: Standing, change: Redating) -> Standing:
    if change.field is DateField.VISIT:
        return replace(standing, visited_on=change.on)
    quotes = (with_day(q, change.field, change.on) if q.id == change.quote else q for q in standing.quotes)
    return replace(standing, quotes=tuple(quotes))


def _reckoned(term: OpenedTerm, old: Standing, new: Standing) -> OpenedTerm:
    """The term as it stands after; what does not hang on the date that changed is left as it is."""
    started = _STARTED_BY.get(RULES[term.due.kind].since)
    start = new.day(started, term.quote) if started else None
    if started and start and start != old.day(started, term.quote):
        term = replace(term, due=due(term.due.kind, start, new.calendar, new.lengths))
    if term.met_on is not None and term.met_on == _met_on(term, old):
        term = replace(term, met_on=_met_on(term, new))
    return term


def _met_on(term: OpenedTerm, standing: Standing) -> date | None:
    """The day that proves it was met, as far as the dates tell; None where something else does."""
    if term.due.kind is DeadlineKind.D1:
        return min((standing.visited_on, *standing.other_visits))
    proofs = (standing.day(field, term.quote) for field in _MET_BY.get(term.due.kind, ()))
    return min((day for day in proofs if day), default=None)
