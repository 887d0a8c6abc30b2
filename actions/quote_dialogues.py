"""What a finished dialogue about a quote says is done. Refuses to know how it was asked."""

from functools import partial
from typing import Any

from actions.converse import Talk
from actions.pass_on_quote import say_not_mine
from actions.postpone_quote import postpone_quote
from actions.tell_quote import tell_quote
from actions.turn import Turn
from conversations.quote import Acceptance, Postponement, Rejection
from conversations.quote_changes import Amends, Cancellation, Happened, NotMine, Withdrawal
from procedure.quotes import QuoteEvent

_CHANNEL = "chat"


def done_in_dialogue(turn: Turn, talk: Talk, result: Any) -> Any:
    """Do what a confirmed dialogue about a quote says; an odd day has been asked back in it.

    Raises:
        NotAllowed: the quote is no longer this person's.
        Refusal: the quote's state no longer allows it.
    """
    quote = talk.row.about.id
    tell = partial(tell_quote, turn, quote, channel=_CHANNEL, sure=True)
    match result:
        case Acceptance(lines, on):
            return tell(QuoteEvent.ACCEPTED, on, lines=lines)
        case Rejection(reason, on):
            return tell(QuoteEvent.REFUSED, on, reason=reason)
        case Withdrawal(reason, on):
            return tell(QuoteEvent.WITHDRAWN, on, reason=reason)
        case Happened(event, on):
            return tell(event, on)
        case Cancellation(reason):
            return tell(QuoteEvent.CANCELLED, turn.today, reason=reason)
        case Amends(lines):
            return tell(QuoteEvent.CORRECTED, turn.today, lines=lines)
        case Postponement(until, reason):
            return postpone_quote(turn, quote, until, reason, channel=_CHANNEL)
        case NotMine(words):
            return say_not_mine(turn, quote, words, channel=_CHANNEL)
