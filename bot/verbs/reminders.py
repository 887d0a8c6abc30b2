"""What the buttons of a reminder do: it is put off."""

from typing import Final

from actions.put_off import begin_put_off
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.verbs.shown import Does, Shown


def _put_off(turn: Turn, asked: Pressed) -> Shown:
    return begin_put_off(turn, asked.number(0))


DOES: Final[Does] = {Verb.POSTPONE: _put_off}
