"""What comes by itself about attributions: companies that are somebody's now, and what waits for a yes.

Refuses to know who decided.
"""

from collections.abc import Mapping
from typing import Any

from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say

Context = Mapping[str, Any]

SHOWN = 12


def draw_given(context: Context) -> Screen:
    """Companies that are the person's now, or no longer."""
    companies, count = context["companies"][:SHOWN], context["count"]
    lines = [bold(counted(f"attribution.told.{context['how']}", count, by=context["by"]))]
    for one in companies:
        lines.append(f"• {bold(short(one['name'], 80))} · {esc(one['site'])}")
        lines += [f"  {esc(one['term'])}"] if one["term"] else []
    if count > len(companies):
        lines.append(esc(say("attribution.told.more", count=count - len(companies))))
    if context["reason"]:
        lines.append(esc(say("attribution.told.reason", reason=short(context["reason"], 300))))
    is_theirs = not context["how"].startswith("taken")
    rows: list[Row] = [(button(one["name"], Verb.COMPANY, one["id"]),) for one in companies if is_theirs]
    return Screen("\n".join(lines), tuple(rows))


def draw_import_undone(context: Context) -> Screen:
    """To who had been given or had lost companies by a list that was taken back."""
    return Screen(esc(say("attribution.told.undone", on=context["loaded_on"])))


def draw_to_confirm(context: Context) -> Screen:
    """To RPC or RPS: proposals, companies of nobody, changes (A15, A19b)."""
    lines = [bold(say("push.waiting.head"))]
    kinds = ("proposals", "nobody", "changes")
    lines += [esc(counted(f"push.waiting.{what}", context[what])) for what in kinds if context[what]]
    return Screen("\n".join(lines), ((button(say("push.waiting.open"), Verb.PROPOSALS, 0),),))


def counted(key: str, count: int, **more: object) -> str:
    """The sentence for one, or for several."""
    return say(f"{key}_one", count=count, **more) if count == 1 else say(key, count=count, **more)
