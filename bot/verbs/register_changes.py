"""What the buttons of a wanted change of the register do (A19b): the list, one of them, yes, no."""

from typing import Final

from actions.attribute import refused
from actions.change_register import accept, look, refuse
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.screens.attribution import PAGE
from bot.screens.register_changes import draw_change, draw_changed, draw_changes, draw_unchanged
from bot.verbs.shown import Does, Shown
from procedure.permissions import attributes
from store import register_changes


def _changes(turn: Turn, asked: Pressed) -> Shown:
    services = attributes(turn.person)
    if not services:
        raise refused(turn, "register_changes", 0)
    return draw_changes(register_changes.waiting(turn.tx, services, offset=asked.number(0), limit=PAGE))


def _change(turn: Turn, asked: Pressed) -> Shown:
    return draw_change(look(turn, asked.number(0)))


def _yes(turn: Turn, asked: Pressed) -> Shown:
    return draw_changed(accept(turn, asked.number(0)))


def _no(turn: Turn, asked: Pressed) -> Shown:
    return draw_unchanged(refuse(turn, asked.number(0)))


DOES: Final[Does] = {
    Verb.CHANGES: _changes,
    Verb.CHANGE: _change,
    Verb.CHANGE_YES: _yes,
    Verb.CHANGE_NO: _no,
}
