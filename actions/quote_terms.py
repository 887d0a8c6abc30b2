"""What an event does to the terms of a quote: those it meets are closed, those that run from it are opened.

Refuses to know how a day is reckoned and who is reminded.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from actions.turn import Turn
from actions.watch import Owner, open_deadline
from procedure.deadlines import DeadlineKind, Due, due
from procedure.notices import About, Subject
from procedure.quotes import Quote, QuoteEvent
from procedure.visits import Company
from store import deadlines

ALL: Final = (
    *(DeadlineKind.D10, DeadlineKind.D11, DeadlineKind.A22B),
    *(DeadlineKind.D13, DeadlineKind.D14),
)
"""Every term that a quote may have open."""

_UNTIL_DELIVERY: Final = (DeadlineKind.D10, DeadlineKind.D11, DeadlineKind.A22B)

_MEETS: Final[Mapping[QuoteEvent, tuple[DeadlineKind, ...]]] = MappingProxyType(
    {
        QuoteEvent.DRAFTED: (DeadlineKind.D10,),
        QuoteEvent.CONTACTED: (DeadlineKind.D10, DeadlineKind.D11),  # A22b: met by the contact
        QuoteEvent.DELIVERED: _UNTIL_DELIVERY,
        QuoteEvent.THINKING: (),
        QuoteEvent.FOLLOWED_UP: (DeadlineKind.D13,),
        QuoteEvent.ACCEPTED: ALL,
        QuoteEvent.REFUSED: ALL,
        QuoteEvent.CANCELLED: ALL,
        QuoteEvent.CORRECTED: (),
        QuoteEvent.WITHDRAWN: (),
    }
)


def move_terms(
    turn: Turn, change: tuple[Quote, Quote], company: Company, event: QuoteEvent, on: date
) -> tuple[Due, ...]:
    """Close and open terms as `event` of day `on` made the second quote out of the first; those opened."""
    old, new = change
    about = About(Subject.QUOTE, new.id)
    deadlines.close(turn.tx, kinds=list(_MEETS[event]), about=about, on=on, how=event.value)
    terms = tuple(term_of(turn, kind, start, company) for kind, start in _starts(old, new))
    owner = Owner(new.owner, new.owner_email, new.owner_email)
    for term in terms:
        open_deadline(turn.tx, turn.office, term, about=about, company=company, owner=owner, now=turn.now)
    return terms


def term_of(turn: Turn, kind: DeadlineKind, start: date, company: Company) -> Due:
    """The term of this kind that runs from `start`, on the calendar of the company's sede (A5c)."""
    return due(kind, start, turn.office.calendar(company.site), turn.office.campaign.terms)


def _starts(old: Quote, new: Quote) -> list[tuple[DeadlineKind, date]]:
    """D11 runs from the drafting [r.147]; the question for the delivery's day from the contact (A22b); D13
    and D14 from the delivery [r.161, r.165].
    """
    starts = []
    if new.delivered_on is None:
        if old.drafted_on is None and new.drafted_on and new.contacted_on is None:
            starts.append((DeadlineKind.D11, new.drafted_on))
        if old.contacted_on is None and new.contacted_on:
            starts.append((DeadlineKind.A22B, new.contacted_on))
    elif old.delivered_on is None:
        starts += [(DeadlineKind.D13, new.delivered_on), (DeadlineKind.D14, new.delivered_on)]
    return starts
