"""A quote's reminder is put off: only the reminder moves, never the deadline.

Refuses to know who hears of it.
"""

from datetime import date

from actions.own_quote import own_quote, products_of
from actions.put_off import next_of_quote, put_off
from actions.tell_quote import Told
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.quotes import OPEN_STATES


def postpone_quote(turn: Turn, quote: int, until: date, reason: str, *, channel: str) -> Told:
    """Remind of this quote on `until`, or on the working day after it; kept in the quote's history.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `quote_not_open`, `quote_nothing_due`.
    """
    found, company = own_quote(turn, quote)
    if found.state not in OPEN_STATES:
        raise Refusal("quote_not_open")
    done = put_off(turn, next_of_quote(turn, quote).id, until, reason, channel=channel)
    return Told(found, company, products_of(turn, quote), (), turn.today, postponed_to=done.until)
