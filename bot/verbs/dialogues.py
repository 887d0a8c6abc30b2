"""What the buttons of a guided dialogue do: answer, back, edit, confirm, resume, cancel."""

from typing import Final

from actions import converse
from actions.finish import finish
from actions.turn import Turn
from bot import rooms
from bot.buttons import Pressed, Verb
from bot.screens.done import draw_done
from bot.screens.screen import Screen, esc
from bot.screens.talk import ask_to_cancel
from bot.verbs.shown import Does, Shown
from conversations.dialogue import Complete, Tap
from conversations.phrases import say
from store import chats, drafts


def cancel_standing(turn: Turn) -> Screen:
    """`/annulla`: asks once more about the dialogue in hand, or the last one touched."""
    standing = chats.focus(turn.tx, turn.person.id).draft
    begun = drafts.open_all(turn.tx, turn.person.id)
    draft = standing if standing is not None else (begun[0].id if begun else None)
    return _asked_to_cancel(turn, draft) if draft else Screen(esc(say("screen.odd.nothing_open")))


def _asked_to_cancel(turn: Turn, draft: int) -> Screen:
    talk = converse.resume(turn, draft)
    return ask_to_cancel(talk.draft, talk.title)


def answered(turn: Turn, talk: converse.Talk) -> Shown:
    """What follows an answer: the next question; or, where a dialogue is `at_once`, what its last one did."""
    if talk.flow.at_once and isinstance(talk.state, Complete):
        return _finished(turn, talk.draft, talk.revision)
    return talk


def _answer(turn: Turn, asked: Pressed) -> Shown:
    draft, seen, option = asked.number(0), asked.number(1), asked.rest(2)
    return answered(turn, converse.tell(turn, draft, Tap(option), seen=seen))


def _back(turn: Turn, asked: Pressed) -> Shown:
    return converse.go_back(turn, asked.number(0), asked.number(1))


def _edit(turn: Turn, asked: Pressed) -> Shown:
    return converse.edit(turn, asked.number(0), asked.number(1), asked.rest(2))


def _confirm(turn: Turn, asked: Pressed) -> Shown:
    return _finished(turn, asked.number(0), asked.number(1))


def _finished(turn: Turn, draft: int, seen: int) -> Shown:
    done = finish(turn, draft, seen)
    return done if isinstance(done, converse.Talk) else draw_done(done)


def _resume(turn: Turn, asked: Pressed) -> Shown:
    return converse.resume(turn, asked.number(0))


def _cancel(turn: Turn, asked: Pressed) -> Shown:
    return _asked_to_cancel(turn, asked.number(0))


def _cancel_surely(turn: Turn, asked: Pressed) -> Shown:
    converse.cancel(turn, asked.number(0))
    landed = rooms.home(turn)
    return Screen(f"{esc(say('screen.cancel.done'))}\n\n{landed.text}", landed.rows)


DOES: Final[Does] = {
    Verb.ANSWER: _answer,
    Verb.BACK: _back,
    Verb.EDIT: _edit,
    Verb.CONFIRM: _confirm,
    Verb.RESUME: _resume,
    Verb.CANCEL: _cancel,
    Verb.CANCEL_SURELY: _cancel_surely,
}
