"""What the buttons of a quote do: what is told in one tap, the dialogues, its way to another owner."""

from datetime import date
from typing import Final

from actions import converse
from actions.own_quote import own_quote, products_of
from actions.pass_on_quote import candidates, pass_on
from actions.put_off import begin_put_off, next_of_quote
from actions.quote_facts import QUOTE_FLOWS
from actions.sign_acceptance import sign_acceptance
from actions.split_quote import split_quote
from actions.tell_quote import OddDay, tell_quote
from actions.turn import Turn
from bot import quote_room
from bot.buttons import Garbled, Pressed, Verb
from bot.screens.quote import ask_if_sure, draw_told
from bot.screens.quote_moves import draw_candidates, draw_passed, draw_split
from bot.verbs.shown import Does, Shown
from conversations.phrases import say
from procedure.quotes import QuoteEvent

_IN_ONE_TAP = frozenset(
    {
        QuoteEvent.DRAFTED,
        QuoteEvent.CONTACTED,
        QuoteEvent.DELIVERED,
        QuoteEvent.THINKING,
        QuoteEvent.FOLLOWED_UP,
    }
)
"""The others go through a dialogue: a value, a reason."""

_WITH_A_DAY: Final = "when"
_PUT_OFF: Final = "postpone"
"""A dialogue about the deadline that is told of first; only drafts begun long ago are about the quote."""


def _quote(turn: Turn, asked: Pressed) -> Shown:
    return quote_room.quote(turn, asked.number(0))


def _quotes(turn: Turn, asked: Pressed) -> Shown:
    return quote_room.quotes_in_hand(turn, asked.number(0))


def _event(turn: Turn, asked: Pressed) -> Shown:
    """Today; where that precedes an earlier day of the quote, it is asked back."""
    quote, event = asked.number(0), _its_event(asked.rest(1))
    try:
        return draw_told(tell_quote(turn, quote, event, turn.today, channel="chat"))
    except OddDay as odd:
        return ask_if_sure(quote, products_of(turn, quote), odd)


def _sure(turn: Turn, asked: Pressed) -> Shown:
    quote, event = asked.number(0), _its_event(asked.word(1))
    told = tell_quote(turn, quote, event, _day(asked.word(2)), channel="chat", sure=True)
    return draw_told(told)


def _when(turn: Turn, asked: Pressed) -> Shown:
    event = _its_event(asked.rest(1))
    return converse.begin_about_quote(turn, asked.number(0), _WITH_A_DAY, event=event.value)


def _ask(turn: Turn, asked: Pressed) -> Shown:
    flow = asked.rest(1)
    if flow not in QUOTE_FLOWS or flow == _WITH_A_DAY:
        raise Garbled
    if flow == _PUT_OFF:
        own_quote(turn, asked.number(0))
        return begin_put_off(turn, next_of_quote(turn, asked.number(0)).id)
    return converse.begin_about_quote(turn, asked.number(0), flow)


def _expired(turn: Turn, asked: Pressed) -> Shown:
    """Its term is over, and a person says that nothing came of it: never by itself (A23)."""
    reason = say("quote.expired.reason")
    told = tell_quote(turn, asked.number(0), QuoteEvent.REFUSED, turn.today, channel="chat", reason=reason)
    return draw_told(told)


def _signed(turn: Turn, asked: Pressed) -> Shown:
    quote = asked.number(0)
    sign_acceptance(turn, quote, signed=bool(asked.number(1)))
    return quote_room.quote(turn, quote)


def _pass(turn: Turn, asked: Pressed) -> Shown:
    quote, offset = asked.number(0), asked.number(1)
    _, company, able = candidates(turn, quote)
    return draw_candidates(quote, company, products_of(turn, quote), able, offset)


def _pass_to(turn: Turn, asked: Pressed) -> Shown:
    return draw_passed(pass_on(turn, asked.number(0), asked.number(1)))


def _split(turn: Turn, asked: Pressed) -> Shown:
    return draw_split(split_quote(turn, asked.number(0)))


def _its_event(word: str) -> QuoteEvent:
    try:
        event = QuoteEvent(word)
    except ValueError:
        raise Garbled from None
    if event not in _IN_ONE_TAP:
        raise Garbled
    return event


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Garbled from None


DOES: Final[Does] = {
    Verb.QUOTE: _quote,
    Verb.QUOTES: _quotes,
    Verb.QUOTE_EVENT: _event,
    Verb.QUOTE_SURE: _sure,
    Verb.QUOTE_WHEN: _when,
    Verb.QUOTE_ASK: _ask,
    Verb.QUOTE_EXPIRED: _expired,
    Verb.QUOTE_SIGNED: _signed,
    Verb.QUOTE_WHOSE: _pass,
    Verb.QUOTE_GIVE: _pass_to,
    Verb.QUOTE_SPLIT: _split,
}
