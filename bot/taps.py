"""What each button does.

Its arguments come from outside: every action checks who may, every number is read anew.
"""

from collections.abc import Callable
from typing import TypeAlias

from actions import converse
from actions.confirm_visit import Confirmed
from actions.converse import Talk
from actions.finish import finish
from actions.hand_over import hand_over
from actions.tell_quote import Told, tell_quote
from actions.turn import Turn
from bot import rooms
from bot.buttons import Garbled, Pressed, Verb, read
from bot.incoming import Incoming
from bot.replies import Reply
from bot.screens.confirmed import draw_confirmed
from bot.screens.home import draw_help
from bot.screens.quote import draw_told
from bot.screens.screen import Screen, esc
from bot.screens.talk import ask_to_cancel, draw_talk
from bot.showing import show, toast
from conversations.dialogue import Tap
from conversations.phrases import say
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.quotes import QuoteEvent
from store import chats, drafts
from store.chats import Focus

Shown: TypeAlias = Screen | Talk


def tapped(turn: Turn, incoming: Incoming) -> Reply:
    """Do what the button asks, and show what follows in its place."""
    return pressed(turn, incoming, incoming.data or "", incoming.message_id)


def pressed(turn: Turn, incoming: Incoming, data: str, card: int | None) -> Reply:
    """Do what a button asks, tapped or typed as its number; an old or foreign one leads home."""
    try:
        asked = read(data)
        shown = _DOES[asked.verb](turn, asked)
    except Garbled:
        return _passed(turn, incoming, say("screen.odd.passed"))
    except Refusal as refusal:
        return _passed(turn, incoming, say(f"refusal.{refusal.phrase}", **refusal.values))
    return put_talk(turn, incoming, shown, card) if isinstance(shown, Talk) else put(turn, incoming, shown)


def put(turn: Turn, incoming: Incoming, screen: Screen) -> Reply:
    """Show a screen that asks nothing: what is typed next is one of its numbers, or looks for a company."""
    chats.stand(turn.tx, turn.person.id, Focus(menu=screen.menu))
    return show(incoming, screen)


def put_talk(turn: Turn, incoming: Incoming, talk: Talk, card: int | None, misses: int = 0) -> Reply:
    """Show a dialogue in the place of `card`, else as a new message; what is typed next answers it."""
    screen = draw_talk(talk)
    chats.stand(turn.tx, turn.person.id, Focus(talk.draft, card, misses, screen.menu))
    return show(incoming, screen, card=card, remember={"person": turn.person.id, "draft": talk.draft})


def _passed(turn: Turn, incoming: Incoming, sentence: str) -> Reply:
    landed = rooms.home(turn)
    if incoming.kind == "tap":
        edited, _ = put(turn, incoming, landed)
        return (edited, toast(incoming, sentence))
    return put(turn, incoming, Screen(f"<i>{esc(sentence)}</i>\n\n{landed.text}", landed.rows))


def cancel_standing(turn: Turn) -> Screen:
    """`/annulla`: asks once more about the dialogue in hand, or the last one touched."""
    standing = chats.focus(turn.tx, turn.person.id).draft
    begun = drafts.open_all(turn.tx, turn.person.id)
    draft = standing if standing is not None else (begun[0].id if begun else None)
    return _asked_to_cancel(turn, draft) if draft else Screen(esc(say("screen.odd.nothing_open")))


def _asked_to_cancel(turn: Turn, draft: int) -> Screen:
    talk = converse.resume(turn, draft)
    return ask_to_cancel(talk.draft, talk.company.name)


def _answer(turn: Turn, asked: Pressed) -> Shown:
    draft, seen, option = asked.number(0), asked.number(1), asked.rest(2)
    return converse.tell(turn, draft, Tap(option), seen=seen)


def _back(turn: Turn, asked: Pressed) -> Shown:
    return converse.go_back(turn, asked.number(0), asked.number(1))


def _edit(turn: Turn, asked: Pressed) -> Shown:
    return converse.edit(turn, asked.number(0), asked.number(1), asked.rest(2))


def _confirm(turn: Turn, asked: Pressed) -> Shown:
    draft, seen = asked.number(0), asked.number(1)
    match finish(turn, draft, seen):
        case Told() as told:
            return draw_told(told)
        case Confirmed() as done:
            return draw_confirmed(done)
        case talk:
            return talk


def _resume(turn: Turn, asked: Pressed) -> Shown:
    return converse.resume(turn, asked.number(0))


def _cancel(turn: Turn, asked: Pressed) -> Shown:
    return _asked_to_cancel(turn, asked.number(0))


def _cancel_surely(turn: Turn, asked: Pressed) -> Shown:
    converse.cancel(turn, asked.number(0))
    landed = rooms.home(turn)
    return Screen(f"{esc(say('screen.cancel.done'))}\n\n{landed.text}", landed.rows)


def _home(turn: Turn, asked: Pressed) -> Shown:
    return rooms.home(turn)


def _companies(turn: Turn, asked: Pressed) -> Shown:
    return rooms.companies(turn, asked.number(0))


def _search(turn: Turn, asked: Pressed) -> Shown:
    return rooms.search(turn, asked.rest(1), asked.number(0))


def _company(turn: Turn, asked: Pressed) -> Shown:
    return rooms.company(turn, asked.number(0))


def _visit(turn: Turn, asked: Pressed) -> Shown:
    return converse.begin_visit(turn, asked.number(0))


def _quote(turn: Turn, asked: Pressed) -> Shown:
    return rooms.quote(turn, asked.number(0))


_ASKED_FIRST = frozenset({QuoteEvent.ACCEPTED, QuoteEvent.REFUSED})
"""These go through a dialogue: a value, a reason."""


def _quote_event(turn: Turn, asked: Pressed) -> Shown:
    try:
        event = QuoteEvent(asked.rest(1))
    except ValueError:
        raise Garbled from None
    if event in _ASKED_FIRST:
        raise Garbled
    told = tell_quote(turn, asked.number(0), event, turn.today, channel="chat")
    return draw_told(told)


def _quote_ask(turn: Turn, asked: Pressed) -> Shown:
    flow = asked.rest(1)
    if flow not in {"accept", "refuse", "postpone"}:
        raise Garbled
    return converse.begin_about_quote(turn, asked.number(0), flow)


def _handed_over(turn: Turn, asked: Pressed) -> Shown:
    hand_over(turn, asked.number(0), asked.rest(1))
    landed = rooms.home(turn)
    said = esc(say("screen.forms.handed_done", day=write_date(turn.today)))
    return Screen(f"{said}\n\n{landed.text}", landed.rows)


def _help(turn: Turn, asked: Pressed) -> Shown:
    return draw_help(turn.person)


_DOES: dict[Verb, Callable[[Turn, Pressed], Shown]] = {
    Verb.ANSWER: _answer,
    Verb.BACK: _back,
    Verb.EDIT: _edit,
    Verb.CONFIRM: _confirm,
    Verb.RESUME: _resume,
    Verb.CANCEL: _cancel,
    Verb.CANCEL_SURELY: _cancel_surely,
    Verb.HOME: _home,
    Verb.COMPANIES: _companies,
    Verb.SEARCH: _search,
    Verb.COMPANY: _company,
    Verb.VISIT: _visit,
    Verb.QUOTE: _quote,
    Verb.QUOTE_EVENT: _quote_event,
    Verb.QUOTE_ASK: _quote_ask,
    Verb.HANDED_OVER: _handed_over,
    Verb.HELP: _help,
}
