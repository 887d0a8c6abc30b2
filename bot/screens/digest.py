"""A supervisor's digest: what is late, by person and kind. Refuses to know who reads of what."""

from collections.abc import Iterator, Mapping
from typing import Any

from actions.digest import IN_CHAT
from bot.buttons import Verb, button
from bot.screens.screen import Screen, bold, esc, short
from conversations.phrases import say

Context = Mapping[str, Any]

LONGEST_TITLE, LONGEST_WHY, LONGEST_NAME = 80, 60, 50  # characters: what is shown fits into one message


def draw_digest(context: Context) -> Screen:
    """As many lines as a message holds; the others are in the mail."""
    lines = [bold(context["head"]), *_lines(context)]
    hidden = sum(len(one["items"]) for part in context["parts"] for one in part["people"]) - IN_CHAT
    if hidden > 0:
        lines += ["", esc(say("digest.more", count=hidden))]
    return Screen("\n".join(lines), ((button(f"⌂ {say('screen.home.button')}", Verb.HOME),),))


def _lines(context: Context) -> Iterator[str]:
    room = IN_CHAT
    for part in context["parts"]:
        if part["head"] and room > 0:
            yield from ("", f"<i>{esc(part['head'])}</i>")
        for one in part["people"]:
            if room > 0:
                yield from ("", _name(one))
                yield from (_item(item) for item in one["items"][:room])
            room -= len(one["items"])


def _name(one: Context) -> str:
    away = f" ({say('digest.away')})" if one["away"] else ""
    return f"{bold(short(one['name'], LONGEST_NAME))}{esc(away)}"


def _item(item: Context) -> str:
    put_off = f" ({short(item['put_off'], LONGEST_WHY)})" if item["put_off"] else ""
    return f"• {esc(short(item['title'], LONGEST_TITLE))}, {esc(item['late'])}{esc(put_off)}"
