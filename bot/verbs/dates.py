"""What the buttons do that put a date right: of a quote (and its visit), or of a visit."""

from typing import Final

from actions.correct_date import begin_redating
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.verbs.shown import Does, Shown
from procedure.notices import About, Subject


def _of_quote(turn: Turn, asked: Pressed) -> Shown:
    return begin_redating(turn, About(Subject.QUOTE, asked.number(0)))


def _of_visit(turn: Turn, asked: Pressed) -> Shown:
    return begin_redating(turn, About(Subject.VISIT, asked.number(0)))


DOES: Final[Does] = {Verb.REDATE_QUOTE: _of_quote, Verb.REDATE_VISIT: _of_visit}
"""Verb → what its button does."""
