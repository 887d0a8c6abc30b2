"""What is shown about people: who is absent, who stands in, who has left, what each prefers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.recipient import InPlaceOf
from bot.screens.screen import Screen, esc
from conversations.phrases import say
from procedure.italian import write_date

Context = Mapping[str, Any]


def on_behalf(screen: Screen, of: InPlaceOf | None) -> Screen:
    """The screen with whom it was meant for on its first line, where that is another."""
    if of is None:
        return screen
    if of.until is None:
        line = say("push.standing_in.left", name=of.name)
    else:
        line = say("push.standing_in.absent", name=of.name, day=write_date(of.until))
    return replace(screen, text=f"<i>{esc(line)}</i>\n\n{screen.text}")


def draw_chat_refused(context: Context) -> Screen:
    """To an administrator: somebody's chat is closed to us."""
    return Screen(f"⚠ {esc(say('push.chat_refused.text', name=context['name']))}")
