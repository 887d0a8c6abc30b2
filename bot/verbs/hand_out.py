"""What the buttons of an RS do who hands companies out, and takes them back [r.86].

Every number comes from outside: the actions check who may.
"""

from typing import Final

from actions.hand_out import hand_out, pick, picked, picking, site_of, take_back, team
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.screens.hand_out import (
    PAGE,
    draw_assign_ask,
    draw_assign_whom,
    draw_back_ask,
    draw_back_whom,
    draw_handed_out,
    draw_taken_back,
    draw_to_assign,
    draw_to_take,
)
from bot.screens.screen import Screen
from bot.verbs.shown import Does, Shown


def to_assign(turn: Turn, offset: int = 0) -> Screen:
    """`/assegna`: what the RS has still to hand out.

    Raises:
        NotAllowed: the person is no RS.
    """
    return draw_to_assign(picking(turn, turn.person.id, offset, PAGE), site_of(turn), turn.today)


def _list(turn: Turn, asked: Pressed) -> Shown:
    return to_assign(turn, asked.number(0))


def _pick(turn: Turn, asked: Pressed) -> Shown:
    pick(turn, turn.person.id, [asked.number(1)])
    return to_assign(turn, asked.number(0))


def _pick_page(turn: Turn, asked: Pressed) -> Shown:
    page = picking(turn, turn.person.id, asked.number(0), PAGE).page
    pick(turn, turn.person.id, [one.id for one in page.items])
    return to_assign(turn, asked.number(0))


def _whom(turn: Turn, asked: Pressed) -> Shown:
    companies = picked(turn, turn.person.id)
    return draw_assign_whom(team(turn), companies, site_of(turn))


def _ask(turn: Turn, asked: Pressed) -> Shown:
    holder = picking(turn, asked.number(0), 0, 0).holder
    load = next((load for person, load in team(turn) if person.id == holder.id), None)
    return draw_assign_ask(holder, load, picked(turn, turn.person.id))


def _surely(turn: Turn, asked: Pressed) -> Shown:
    return draw_handed_out(hand_out(turn, asked.number(0)))


def _back_whom(turn: Turn, asked: Pressed) -> Shown:
    return draw_back_whom(team(turn))


def _back_from(turn: Turn, asked: Pressed) -> Shown:
    return draw_to_take(picking(turn, asked.number(0), asked.number(1), PAGE), turn.today)


def _back_pick(turn: Turn, asked: Pressed) -> Shown:
    pick(turn, asked.number(0), [asked.number(2)])
    return _back_from(turn, asked)


def _back_ask(turn: Turn, asked: Pressed) -> Shown:
    holder = picking(turn, asked.number(0), 0, 0).holder
    return draw_back_ask(holder, picked(turn, holder.id))


def _back_surely(turn: Turn, asked: Pressed) -> Shown:
    return draw_taken_back(take_back(turn, asked.number(0)))


DOES: Final[Does] = {
    Verb.ASSIGN: _list,
    Verb.ASSIGN_PICK: _pick,
    Verb.ASSIGN_PAGE: _pick_page,
    Verb.ASSIGN_WHOM: _whom,
    Verb.ASSIGN_TO: _ask,
    Verb.ASSIGN_SURELY: _surely,
    Verb.BACK_WHOM: _back_whom,
    Verb.BACK_FROM: _back_from,
    Verb.BACK_PICK: _back_pick,
    Verb.BACK_ASK: _back_ask,
    Verb.BACK_SURELY: _back_surely,
}
