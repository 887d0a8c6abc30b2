"""A tapped button: what it does, and the screen that follows in its place.

Its arguments come from outside: every action checks who may, every number is read anew. Refuses to know what
any button does; each room of `bot.verbs` has its table.
"""

from typing import Final

from actions.converse import Talk
from actions.turn import Turn
from bot import rooms
from bot.buttons import Garbled, read
from bot.incoming import Incoming
from bot.replies import Reply
from bot.screens.screen import Screen, esc
from bot.screens.talk import draw_talk
from bot.showing import show, toast
from bot.verbs import (
    appointments,
    attribution,
    credit,
    dates,
    dialogues,
    hand_out,
    looking,
    papers,
    people,
    post,
    quotes,
    register_changes,
    reminders,
    targets,
)
from bot.verbs.shown import Does
from conversations.phrases import say
from procedure.errors import Refusal
from store import chats
from store.chats import Focus


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


def put(turn: Turn, incoming: Incoming, screen: Screen, card: int | None = None) -> Reply:
    """Show a screen that asks nothing: what is typed next is one of its numbers, or looks for a company."""
    chats.stand(turn.tx, turn.person.id, Focus(menu=screen.menu))
    return show(incoming, screen, card=card)


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


_DOES: Final[Does] = {
    **dialogues.DOES,
    **looking.DOES,
    **quotes.DOES,
    **papers.DOES,
    **targets.DOES,
    **people.DOES,
    **reminders.DOES,
    **appointments.DOES,
    **attribution.DOES,
    **hand_out.DOES,
    **register_changes.DOES,
    **dates.DOES,
    **credit.DOES,
    **post.DOES,
}
