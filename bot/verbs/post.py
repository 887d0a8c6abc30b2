"""What the buttons of the sorting room do. Every number comes from outside: `actions.sort_letters` checks who
may.
"""

from typing import Final

from actions import sort_letters
from actions.open_letter import opened
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.screens.post import draw_letter, draw_recorded, draw_undo_asked, draw_waiting
from bot.screens.screen import Screen
from bot.verbs.shown import Does, Shown
from conversations.phrases import say
from procedure.permissions import may_sort_letter


def waiting(turn: Turn, offset: int = 0) -> Screen:
    """`/posta`: what waits for this person to sort.

    Raises:
        NotAllowed: they sort none.
    """
    sees_recorded = may_sort_letter(turn.person, "")
    return draw_waiting(sort_letters.waiting(turn, offset), turn.now, sees_recorded=sees_recorded)


def _waiting(turn: Turn, asked: Pressed) -> Shown:
    return waiting(turn, asked.number(0))


def _recorded(turn: Turn, asked: Pressed) -> Shown:
    return draw_recorded(sort_letters.with_effect(turn, asked.number(0)), turn.now)


def _letter(turn: Turn, asked: Pressed) -> Shown:
    return draw_letter(opened(turn, asked.number(0)), turn.now)


def _original(turn: Turn, asked: Pressed) -> Shown:
    mail = sort_letters.send_original(turn, asked.number(0))
    said = say("screen.post.original_sent", to=mail.to[0].email)
    return draw_letter(opened(turn, asked.number(0)), turn.now, f"✉ {said}")


def _holds(turn: Turn, asked: Pressed) -> Shown:
    after = sort_letters.decide(turn, asked.number(0), asked.number(1))
    return draw_letter(after, turn.now, f"✓ {say('screen.post.decided')}")


def _holds_not(turn: Turn, asked: Pressed) -> Shown:
    after = sort_letters.decide(turn, asked.number(0), None)
    return draw_letter(after, turn.now, say("screen.post.decided_not"))


def _sorted(turn: Turn, asked: Pressed) -> Shown:
    sort_letters.close(turn, asked.number(0))
    return waiting(turn)


def _undo(turn: Turn, asked: Pressed) -> Shown:
    return draw_undo_asked(opened(turn, asked.number(0)), turn.now)


def _undo_surely(turn: Turn, asked: Pressed) -> Shown:
    undone = sort_letters.take_back(turn, asked.number(0))
    said = say("undo.done", what=undone.what)
    return draw_letter(opened(turn, asked.number(0)), turn.now, f"↩ {said}")


DOES: Final[Does] = {
    Verb.LETTERS: _waiting,
    Verb.LETTER: _letter,
    Verb.LETTER_ORIGINAL: _original,
    Verb.LETTER_HOLDS: _holds,
    Verb.LETTER_HOLDS_NOT: _holds_not,
    Verb.LETTER_SORTED: _sorted,
    Verb.LETTERS_RECORDED: _recorded,
    Verb.LETTER_UNDO: _undo,
    Verb.LETTER_UNDO_SURELY: _undo_surely,
}
