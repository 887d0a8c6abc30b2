"""What the buttons about people do: absences, the return, a colleague's, preferences."""

from datetime import date
from typing import Final

from actions.absence import begin_absence, come_back
from actions.prefer import prefer
from actions.turn import Turn
from bot import people_room
from bot.buttons import Garbled, Pressed, Verb
from bot.screens.screen import Screen, esc
from bot.screens.settings import draw_settings
from bot.verbs.shown import Does, Shown
from conversations.phrases import say
from procedure.hours import CLOSINGS, OPENINGS, Place
from procedure.italian import write_date


def absence(turn: Turn, rest: str) -> Shown:
    """`/assenza`: one's own; with a name, a colleague's."""
    return people_room.colleagues(turn, rest, 0) if rest else people_room.absences_of(turn, turn.person.id)


def _absences(turn: Turn, asked: Pressed) -> Shown:
    return people_room.absences_of(turn, asked.number(0))


def _new(turn: Turn, asked: Pressed) -> Shown:
    return begin_absence(turn, asked.number(0))


def _others(turn: Turn, asked: Pressed) -> Shown:
    return people_room.colleagues(turn, asked.rest(1), asked.number(0))


def _end(turn: Turn, asked: Pressed) -> Shown:
    return people_room.coming_back(turn, asked.number(0))


def _back(turn: Turn, asked: Pressed) -> Shown:
    try:
        day = date.fromisoformat(asked.rest(1))
    except ValueError:
        raise Garbled from None
    absent = come_back(turn, asked.number(0), day)
    landed = people_room.absences_of(turn, absent.id)
    said = esc(say("screen.absence.back_done", name=absent.name, day=write_date(day)))
    return Screen(f"{said}\n\n{landed.text}", landed.rows)


def _setting(turn: Turn, asked: Pressed) -> Shown:
    match asked.args:
        case ("where", where) if where in {*Place}:
            return draw_settings(prefer(turn, place=Place(where)))
        case ("opens", _) if (hour := asked.number(1)) in OPENINGS:
            return draw_settings(prefer(turn, opens=hour))
        case ("closes", _) if (hour := asked.number(1)) in CLOSINGS:
            return draw_settings(prefer(turn, closes=hour))
    raise Garbled


DOES: Final[Does] = {
    Verb.ABSENCES: _absences,
    Verb.ABSENCE_NEW: _new,
    Verb.ABSENCE_OTHERS: _others,
    Verb.ABSENCE_END: _end,
    Verb.ABSENCE_BACK: _back,
    Verb.SETTING: _setting,
}
