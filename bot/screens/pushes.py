"""The messages that come by themselves: the morning, the sollecito, a
reply that arrived, a mail that could not leave.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.buttons import Button, Verb, button
from bot.screens.home import due_button
from bot.screens.people import draw_chat_refused
from bot.screens.quote import answer_rows
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.deadlines import DeadlineKind
from procedure.notices import Subject

Context = Mapping[str, Any]

SHOWN = 15
"""Terms in one morning's message; the home screen leads to the others."""

LONGEST_LINE = 300


def draw_push(screen: str, context: Context) -> Screen:
    """The message named `screen`.

    Raises:
        KeyError: there is none of this name: a fault of the code.
    """
    return _SCREENS[screen](context)


def _morning(context: Context) -> Screen:
    items = sorted(context["items"], key=lambda item: not item["late"])
    lines = [bold(say("push.morning.head", day=context["day"]))]
    for item in items[:SHOWN]:
        late = f" {say('screen.late')}" if item["late"] else ""
        lines += [f"• {bold(item['title'])}{esc(late)}", f"  {esc(item['explanation'])}"]
    if len(items) > SHOWN:
        lines.append(esc(say("screen.home.more", count=len(items) - SHOWN)))
    rows: list[Row] = [(_item_button(item),) for item in items[:SHOWN]]
    return Screen("\n".join(lines), tuple(rows))


def _item_button(item: Context) -> Button:
    label = f"{item['company']} · {DeadlineKind(item['kind']).label}"
    return due_button(Subject(item["about_kind"]), item["about_id"], item["kind"], label)


def _follow_up(context: Context) -> Screen:
    """The sollecito and the four buttons that finish it [r.161]."""
    quote = context["about_id"]
    lines = [bold(say("push.follow_up.head", company=context["company"])), esc(context["explanation"])]
    if context["late"]:
        lines.append(esc(say("screen.late")))
    rows: list[Row] = [
        (button(f"✓ {say('push.follow_up.done')}", Verb.QUOTE_EVENT, quote, "sollecitato"),),
        *answer_rows(quote),
        (button(f"⏰ {say('screen.quote.postpone')}", Verb.QUOTE_ASK, quote, "postpone"),),
    ]
    return Screen("\n".join(lines), tuple(rows))


def _reply_recorded(context: Context) -> Screen:
    said = say("push.reply.recorded", who=context["who"], what=context["what"])
    return Screen(f"{bold(context['company'])}\n{esc(said)}")


def _reply_to_read(context: Context) -> Screen:
    line = short(context["first_line"], LONGEST_LINE)
    said = say("push.reply.to_read", who=context["who"], line=line)
    return Screen(f"{bold(context['company'])}\n{esc(said)}")


def _quote_closed(context: Context) -> Screen:
    """How the quote of another ended (A32)."""
    said = say("push.quote.closed", state=context["state"], products=context["products"])
    return Screen(f"{bold(context['company'])}\n{esc(said)}")


def _mail_failed(context: Context) -> Screen:
    error = short(context["error"], LONGEST_LINE)
    said = say("push.mail_failed", to=context["to"], what=context["what"], error=error)
    return Screen(f"⚠ {esc(said)}")


_SCREENS: dict[str, Callable[[Context], Screen]] = {
    "morning": _morning,
    "follow_up": _follow_up,
    "reply_recorded": _reply_recorded,
    "reply_to_read": _reply_to_read,
    "quote_closed": _quote_closed,
    "mail_failed": _mail_failed,
    "chat_refused": draw_chat_refused,
}
"""Every message that an action may queue; tests/bot/test_screens.py draws each."""
