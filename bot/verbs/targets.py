"""What the buttons of obiettivi do: look, set one, drop one after asking twice."""

from typing import Final

from actions.set_target import begin_target, drop_target, own_target
from actions.turn import Turn
from bot import target_room
from bot.buttons import Pressed, Verb
from bot.screens.screen import Screen, esc
from bot.screens.targets import ask_to_drop
from bot.verbs.shown import Does, Shown
from conversations.phrases import say


def _targets(turn: Turn, asked: Pressed) -> Shown:
    return target_room.targets(turn)


def _set(turn: Turn, asked: Pressed) -> Shown:
    return begin_target(turn)


def _drop(turn: Turn, asked: Pressed) -> Shown:
    return ask_to_drop(own_target(turn, asked.number(0)))


def _drop_surely(turn: Turn, asked: Pressed) -> Shown:
    drop_target(turn, asked.number(0))
    left = target_room.targets(turn)
    return Screen(f"{esc(say('screen.targets.dropped'))}\n\n{left.text}", left.rows)


DOES: Final[Does] = {
    Verb.TARGETS: _targets,
    Verb.SET_TARGET: _set,
    Verb.DROP_TARGET: _drop,
    Verb.DROP_TARGET_SURELY: _drop_surely,
}
