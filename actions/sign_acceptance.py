"""The acceptance of a quote is signed, on paper that somebody holds: an optional tick (A35).

Refuses to want the paper itself.
"""

from dataclasses import replace

from actions.own_quote import own_quote
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.quotes import QuoteState
from store import quotes


def sign_acceptance(turn: Turn, quote: int, *, signed: bool) -> None:
    """Tick that the acceptance is signed, or take the tick away.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `quote_not_accepted`.
    """
    found, _ = own_quote(turn, quote)
    if found.state is not QuoteState.ACCEPTED:
        raise Refusal("quote_not_accepted")
    if found.acceptance_signed is signed:
        return
    event = "accettazione firmata" if signed else "accettazione non firmata"
    new = replace(found, acceptance_signed=signed)
    quotes.save(turn.tx, new, who=turn.person.email, at=turn.now, channel="chat", event=event)
