"""What the buttons of signed papers do: they were handed over."""

from typing import Final

from actions.hand_over import hand_over
from actions.turn import Turn
from bot import rooms
from bot.buttons import Pressed, Verb
from bot.screens.screen import Screen, esc
from bot.verbs.shown import Does, Shown
from conversations.phrases import say
from procedure.italian import write_date


def _handed_over(turn: Turn, asked: Pressed) -> Shown:
    hand_over(turn, asked.number(0), asked.rest(1))
    landed = rooms.home(turn)
    said = esc(say("screen.forms.handed_done", day=write_date(turn.today)))
    return Screen(f"{said}\n\n{landed.text}", landed.rows)


DOES: Final[Does] = {Verb.HANDED_OVER: _handed_over}
