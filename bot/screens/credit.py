"""The outcome Crediti, changed: what is read then, and the push that proposes it. Refuses to know who may."""

from collections.abc import Mapping
from typing import Any

from actions.change_credit import CreditChanged
from bot.buttons import Verb, button
from bot.screens.screen import Screen, bold, esc
from conversations.phrases import say


def draw_changed(done: CreditChanged) -> Screen:
    """What holds now, and who is told."""
    lines = [bold(done.company.name), esc(say("screen.credit.done", outcome=done.outcome))]
    names = ", ".join(dict.fromkeys(mail.to[0].name for mail in done.mails))
    lines.append(esc(say("screen.quote.mails", to=names) if names else say("screen.credit.nobody")))
    return Screen("\n".join(lines), ((button(f"⌂ {say('screen.home.button')}", Verb.HOME),),))


def collected(context: Mapping[str, Any]) -> Screen:
    """Whoever goes after the credit says that it came in: one tap says so in the gestionale's word (9.1)."""
    asked = say("push.credit.collected", who=context["who"])
    yes = button(say("push.credit.yes"), Verb.CREDIT_COLLECTED, context["visit"])
    other = button(say("screen.credit.change"), Verb.CREDIT_CHANGE, context["visit"])
    return Screen(f"{bold(context['company'])}\n{esc(asked)}", ((yes,), (other,)))
