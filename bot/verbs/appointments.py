"""What the buttons of an appointment do: fix, move, give up, check the credit before it."""

from typing import Final

from actions import appoint
from actions.turn import Turn
from bot import diary
from bot.buttons import Pressed, Verb
from bot.verbs.shown import Does, Shown
from conversations.phrases import say


def _appoint(turn: Turn, asked: Pressed) -> Shown:
    return appoint.begin_appointment(turn, asked.number(0))


def _appointment(turn: Turn, asked: Pressed) -> Shown:
    return diary.appointment(turn, asked.number(0))


def _appointments(turn: Turn, asked: Pressed) -> Shown:
    return diary.next_appointments(turn, asked.number(0))


def _move(turn: Turn, asked: Pressed) -> Shown:
    return appoint.begin_moving(turn, asked.number(0))


def _give_up(turn: Turn, asked: Pressed) -> Shown:
    return appoint.begin_giving_up(turn, asked.number(0))


def _credit_checked(turn: Turn, asked: Pressed) -> Shown:
    done = appoint.check_credit(turn, asked.number(0))
    return diary.appointment(turn, done.appointment.id, say("screen.appointment.noted"))


def _credit_later(turn: Turn, asked: Pressed) -> Shown:
    return diary.appointment(turn, asked.number(0), say("screen.appointment.later"))


DOES: Final[Does] = {
    Verb.APPOINT: _appoint,
    Verb.APPOINTMENT: _appointment,
    Verb.APPOINTMENTS: _appointments,
    Verb.APPOINTMENT_MOVE: _move,
    Verb.APPOINTMENT_GIVE_UP: _give_up,
    Verb.CREDIT_CHECKED: _credit_checked,
    Verb.CREDIT_LATER: _credit_later,
}
