"""A quote's reminder is put off: only the reminder moves, never the deadline.

Refuses to know who hears of it.
"""

from datetime import date

from actions.own_quote import own_quote, products_of
from actions.tell_quote import Told
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.quotes import OPEN_STATES
from store import deadlines, quotes


def postpone_quote(turn: Turn, quote: int, until: date, reason: str, *, channel: str) -> Told:
    """Remind of this quote on `until`, or on the working day after it; kept in the quote's history.

    What would have been said later than that is still said then; where nothing would, the next term speaks.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `quote_not_open`, `quote_nothing_due`.
    """
    found, company = own_quote(turn, quote)
    day = turn.office.calendar(company.site).next_working(until)
    waiting = deadlines.of_quote(turn.tx, quote)
    if not waiting:
        raise Refusal("quote_not_open" if found.state not in OPEN_STATES else "quote_nothing_due")
    sooner = [row for row in waiting if row.remind_on is not None and row.remind_on <= day]
    for row in sooner or waiting[:1]:
        deadlines.set_remind_on(turn.tx, row.id, day)
    quotes.remember(
        turn.tx, found, event=f"rinvia: {reason}", who=turn.person.email, at=turn.now, channel=channel
    )
    return Told(found, company, products_of(turn, quote), (), postponed_to=day)
