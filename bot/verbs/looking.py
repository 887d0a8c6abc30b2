"""What the buttons do that only lead somewhere: home, companies, a card, help."""

from typing import Final

from actions import converse
from actions.turn import Turn
from bot import diary, rooms
from bot.buttons import Pressed, Verb
from bot.screens.home import draw_help
from bot.verbs.shown import Does, Shown


def _home(turn: Turn, asked: Pressed) -> Shown:
    return rooms.home(turn)


def _today(turn: Turn, asked: Pressed) -> Shown:
    return diary.today(turn, asked.number(0))


def _companies(turn: Turn, asked: Pressed) -> Shown:
    return rooms.companies(turn, asked.number(0))


def _search(turn: Turn, asked: Pressed) -> Shown:
    return rooms.search(turn, asked.rest(1), asked.number(0))


def _company(turn: Turn, asked: Pressed) -> Shown:
    return rooms.company(turn, asked.number(0))


def _visit(turn: Turn, asked: Pressed) -> Shown:
    return converse.begin_visit(turn, asked.number(0))


def _help(turn: Turn, asked: Pressed) -> Shown:
    return draw_help(turn.person)


DOES: Final[Does] = {
    Verb.HOME: _home,
    Verb.TODAY: _today,
    Verb.COMPANIES: _companies,
    Verb.SEARCH: _search,
    Verb.COMPANY: _company,
    Verb.VISIT: _visit,
    Verb.HELP: _help,
}
