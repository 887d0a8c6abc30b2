"""The paper copy of a quote is put into the archive of its sede, or was not after all.

Refuses to know how the copy is made and where the binder stands.
"""

from dataclasses import dataclass

from actions.own_quote import own_quote
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.quotes import Quote
from procedure.visits import Company
from store import paper_copies
from store.history import Hand
from store.paper_copies import Filing


@dataclass(frozen=True, slots=True)
class Copy:
    """A quote's paper copy as it stands now; `filing` is None where it is not in the archive."""

    quote: Quote
    company: Company
    filing: Filing | None


def file_paper(turn: Turn, quote: int) -> Copy:
    """The copy is in the archive, from today (A64). Told twice, the first word stands.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `quote_not_delivered`: the copy is made at the delivery [r.149].
    """
    found, company = own_quote(turn, quote)
    if found.delivered_on is None:
        raise Refusal("quote_not_delivered")
    if paper_copies.filing(turn.tx, quote) is None:
        paper_copies.put_in(turn.tx, quote, turn.today, _hand(turn))
    return Copy(found, company, paper_copies.filing(turn.tx, quote))


def take_paper_out(turn: Turn, quote: int) -> Copy:
    """It was a mistake: the copy is missing again.

    Raises:
        NotAllowed: the quote is not this person's.
    """
    found, company = own_quote(turn, quote)
    if paper_copies.filing(turn.tx, quote):
        paper_copies.take_out(turn.tx, quote, _hand(turn))
    return Copy(found, company, None)


def _hand(turn: Turn) -> Hand:
    return Hand(turn.person.email, turn.now, "chat")
