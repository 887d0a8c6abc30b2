"""What the dialogues about a quote stand on, and which of them its state allows.

Refuses to know the questions.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from actions.own_quote import own_quote, quote_to_accept, visited_for
from actions.turn import Turn
from conversations.quote import Line, QuoteFacts
from procedure.errors import Refusal
from procedure.italian import join_it
from procedure.quote_days import latest_before
from procedure.quotes import AWAITING_ANSWER, NOT_DELIVERED, OPEN_STATES, Quote, QuoteEvent, QuoteState
from procedure.visits import Company
from store import quotes

IN_ONE_TAP: Final[Mapping[QuoteState, tuple[QuoteEvent, ...]]] = MappingProxyType(
    {
        QuoteState.TO_DRAFT: (QuoteEvent.DRAFTED, QuoteEvent.CONTACTED, QuoteEvent.DELIVERED),
        QuoteState.DRAFTED: (QuoteEvent.CONTACTED, QuoteEvent.DELIVERED),
        QuoteState.DELIVERED: (QuoteEvent.THINKING, QuoteEvent.FOLLOWED_UP),
        QuoteState.THINKING: (QuoteEvent.FOLLOWED_UP,),
        QuoteState.FOLLOWED_UP: (QuoteEvent.FOLLOWED_UP,),
    }
)
"""What an owner tells of a quote without being asked anything more, by its state."""

_STATES: Final[Mapping[str, tuple[frozenset[QuoteState], str]]] = MappingProxyType(
    {
        "accept": (AWAITING_ANSWER | {QuoteState.ARCHIVED}, "quote_not_delivered"),
        "refuse": (OPEN_STATES, "quote_not_open"),
        "postpone": (OPEN_STATES, "quote_not_open"),
        "when": (OPEN_STATES, "quote_not_open"),
        "not_mine": (OPEN_STATES, "quote_not_open"),
        "cancel_quote": (NOT_DELIVERED, "quote_delivered_not_cancelled"),
        "correct": (frozenset({QuoteState.ACCEPTED}), "quote_not_accepted"),
        "withdraw": (frozenset({QuoteState.ACCEPTED}), "quote_not_accepted"),
    }
)
"""Flow → the states in which it has something to ask, and what is answered in the others."""


QUOTE_FLOWS: Final = tuple(_STATES)
"""The dialogues about a quote."""


def quote_to_discuss(turn: Turn, quote: int, flow: str) -> tuple[Quote, Company]:
    """The quote and its company, if this person may begin this dialogue about it now.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: its state leaves nothing to ask: `quote_not_open`, `quote_not_delivered`, …
    """
    found, company = quote_to_accept(turn, quote) if flow == "accept" else own_quote(turn, quote)
    states, phrase = _STATES[flow]
    if found.state not in states:
        ended = found.state not in OPEN_STATES and phrase != "quote_not_accepted"
        raise Refusal("quote_not_open" if ended else phrase)
    return found, company


def quote_facts(turn: Turn, quote: Quote, company: Company) -> QuoteFacts:
    """What a script about this quote needs to know."""
    name = turn.office.campaign.product
    lines = quotes.lines(turn.tx, quote.id)
    accepted = quote.state is QuoteState.ACCEPTED
    visited_on = visited_for(turn, quote, company).report.visited_on
    dated = [event for event in QuoteEvent if event is not QuoteEvent.CORRECTED]
    return QuoteFacts(
        today=turn.today,
        company=company.name,
        products=join_it([name(line.product).name for line in lines]),
        lines=tuple(
            Line(line.id, name(line.product).name, line.value)
            for line in lines
            if line.accepted or not accepted
        ),
        archived_on=quote.closed_on if quote.state is QuoteState.ARCHIVED else None,
        events=IN_ONE_TAP.get(quote.state, ()),
        earlier={event: latest_before(quote, event, visited_on) for event in dated},
    )
