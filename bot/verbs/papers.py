"""What the buttons of papers do: signed forms were handed over; a quote's copy is in the archive, or not;
its cover is wanted.
"""

from typing import Final

from actions.file_paper import Copy, file_paper, take_paper_out
from actions.hand_over import begin_hand_over, hand_over
from actions.send_cover import send_cover
from actions.send_hand_over_list import send_hand_over_list
from actions.send_quote_file import send_quote_file
from actions.turn import Turn
from bot import paperwork, rooms
from bot.buttons import Pressed, Verb
from bot.screens.papers import draw_filed, with_cover_sent, with_file_sent
from bot.screens.screen import Screen, esc
from bot.verbs.shown import Does, Shown
from conversations.phrases import say
from procedure.italian import write_date

FROM_THE_LIST = "l"
"""The button was on the list of missing copies, so that list comes back; else the quote does."""


def _handed_over(turn: Turn, asked: Pressed) -> Shown:
    hand_over(turn, asked.number(0), asked.rest(1))
    landed = rooms.home(turn)
    said = esc(say("screen.forms.handed_done", day=write_date(turn.today)))
    return Screen(f"{said}\n\n{landed.text}", landed.rows)


def _forms(turn: Turn, asked: Pressed) -> Shown:
    return paperwork.forms(turn, asked.number(0))


def _handed_over_when(turn: Turn, asked: Pressed) -> Shown:
    return begin_hand_over(turn, asked.number(0), asked.rest(1))


def _hand_over_list(turn: Turn, asked: Pressed) -> Shown:
    mail = send_hand_over_list(turn, asked.number(0))
    screen = paperwork.forms(turn, asked.number(0))
    said = say("screen.forms.list_sent", to=mail.to[0].email)
    return Screen(f"✉ {esc(said)}\n\n{screen.text}", screen.rows)


def _filed(turn: Turn, asked: Pressed) -> Shown:
    return _after(turn, asked, file_paper(turn, asked.number(0)))


def _not_filed(turn: Turn, asked: Pressed) -> Shown:
    return _after(turn, asked, take_paper_out(turn, asked.number(0)))


def _cover(turn: Turn, asked: Pressed) -> Shown:
    mail = send_cover(turn, asked.number(0))
    return with_cover_sent(_landed(turn, asked), mail.to[0].email)


def _missing(turn: Turn, asked: Pressed) -> Shown:
    return paperwork.missing_copies(turn)


def _quote_file(turn: Turn, asked: Pressed) -> Shown:
    mail = send_quote_file(turn, asked.number(0))
    return with_file_sent(rooms.quote(turn, asked.number(0)), mail.to[0].email)


def _after(turn: Turn, asked: Pressed, done: Copy) -> Screen:
    landed = _landed(turn, asked)
    return draw_filed(done, landed) if asked.rest(1) == FROM_THE_LIST else landed


def _landed(turn: Turn, asked: Pressed) -> Screen:
    if asked.rest(1) == FROM_THE_LIST:
        return paperwork.missing_copies(turn)
    return rooms.quote(turn, asked.number(0))


DOES: Final[Does] = {
    Verb.HANDED_OVER: _handed_over,
    Verb.HANDED_OVER_WHEN: _handed_over_when,
    Verb.HAND_OVER_LIST: _hand_over_list,
    Verb.FORMS: _forms,
    Verb.FILED: _filed,
    Verb.NOT_FILED: _not_filed,
    Verb.COVER: _cover,
    Verb.MISSING_COPIES: _missing,
    Verb.QUOTE_FILE: _quote_file,
}
