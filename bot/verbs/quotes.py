"""What the buttons of a quote do: what is told in one tap, and the dialogues about it."""

from typing import Final

from actions import converse
from actions.tell_quote import tell_quote
from actions.turn import Turn
from bot import rooms
from bot.buttons import Garbled, Pressed, Verb
from bot.screens.quote import draw_told
from bot.verbs.shown import Does, Shown
from procedure.quotes import QuoteEvent

_ASKED_FIRST = frozenset({QuoteEvent.ACCEPTED, QuoteEvent.REFUSED})
"""These go through a dialogue: a value, a reason."""


def _quote(turn: Turn, asked: Pressed) -> Shown:
    return rooms.quote(turn, asked.number(0))


def _event(turn: Turn, asked: Pressed) -> Shown:
    try:
        event = QuoteEvent(asked.rest(1))
    except ValueError:
        raise Garbled from None
    if event in _ASKED_FIRST:
        raise Garbled
    return draw_told(tell_quote(turn, asked.number(0), event, turn.today, channel="chat"))


def _ask(turn: Turn, asked: Pressed) -> Shown:
    flow = asked.rest(1)
    if flow not in {"accept", "refuse", "postpone"}:
        raise Garbled
    return converse.begin_about_quote(turn, asked.number(0), flow)


DOES: Final[Does] = {Verb.QUOTE: _quote, Verb.QUOTE_EVENT: _event, Verb.QUOTE_ASK: _ask}
