"""What the buttons of the outcome Crediti do: it is Riscosso now; or it is asked what it is."""

from typing import Final

from actions.change_credit import begin_changing_credit, change_credit
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.screens.credit import draw_changed
from bot.verbs.shown import Does, Shown
from conversations.credit import CreditChange
from conversations.phrases import say
from procedure.visits import CreditOutcome


def _change(turn: Turn, asked: Pressed) -> Shown:
    return begin_changing_credit(turn, asked.number(0))


def _collected(turn: Turn, asked: Pressed) -> Shown:
    change = CreditChange(CreditOutcome.COLLECTED, partly=False, reason=say("credit.why.later"))
    return draw_changed(change_credit(turn, asked.number(0), change))


DOES: Final[Does] = {Verb.CREDIT_CHANGE: _change, Verb.CREDIT_COLLECTED: _collected}
"""Verb → what its button does."""
