"""A quote that changes hands, drawn: to whom it may go, that it went, that it was split; and the messages
that tell of it.

Refuses to know who may.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.pass_on_quote import Asked, Passed
from actions.split_quote import Split
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.people import Person
from procedure.visits import Company

PAGE = 8
LONGEST_WORDS = 300


def draw_candidates(
    quote: int, company: Company, products: str, able: Sequence[Person], offset: int
) -> Screen:
    """To whom the quote may be passed on, a page at a time."""
    lines = [bold(company.name), esc(products), "", esc(say("screen.pass_on.ask"))]
    if not able:
        lines[-1] = esc(say("screen.pass_on.nobody"))
    shown = able[offset : offset + PAGE]
    rows: list[Row] = [(button(one.name, Verb.QUOTE_GIVE, quote, one.id),) for one in shown]
    if offset + PAGE < len(able):
        rows.append((button(say("screen.companies.after") + " ›", Verb.QUOTE_WHOSE, quote, offset + PAGE),))
    return Screen("\n".join(lines), (*rows, (button(say("screen.quote.open"), Verb.QUOTE, quote),)))


def draw_passed(passed: Passed) -> Screen:
    """It has a new owner."""
    said = say("screen.pass_on.done", to=passed.to)
    lines = [bold(passed.company.name), esc(passed.products), "", esc(said)]
    return Screen("\n".join(lines), (_home(),))


def draw_asked(asked: Asked) -> Screen:
    """Somebody is asked whose it is."""
    said = say("screen.pass_on.asked", of=", ".join(asked.of))
    return Screen("\n".join([bold(asked.company.name), esc(asked.products), "", esc(said)]), (_home(),))


def draw_split(split: Split) -> Screen:
    """The catalogue products are a quote of the AV's own."""
    said = say("screen.split.done", products=split.products, owner=split.owner)
    lines = [bold(split.company.name), esc(said)]
    if split.mails:
        lines.append(esc(say("screen.quote.mails", to=", ".join(m.to[0].name for m in split.mails))))
    return Screen("\n".join(lines), ((button(say("screen.quote.open"), Verb.QUOTE, split.quote),), _home()))


def not_mine(context: Mapping[str, Any]) -> Screen:
    """An owner says that a quote is not theirs; one tap leads to whom it may go."""
    said = say("push.not_mine", who=context["who"], products=context["products"])
    words = short(context["words"], LONGEST_WORDS)
    lines = [bold(context["company"]), esc(said), *([f"«{esc(words)}»"] if words else [])]
    rows = (
        (button(say("screen.quote.pass_on"), Verb.QUOTE_WHOSE, context["quote"], 0),),
        (button(say("screen.quote.open"), Verb.QUOTE, context["quote"]),),
    )
    return Screen("\n".join(lines), rows)


def passed(context: Mapping[str, Any]) -> Screen:
    """A quote was passed to the person."""
    said = say("push.passed", by=context["by"], products=context["products"])
    return _opening(context, said)


def split(context: Mapping[str, Any]) -> Screen:
    """Catalogue products left the person's quote."""
    return _opening(context, say("push.split", products=context["products"]))


def _opening(context: Mapping[str, Any], said: str) -> Screen:
    opens = button(say("screen.quote.open"), Verb.QUOTE, context["quote"])
    return Screen(f"{bold(context['company'])}\n{esc(said)}", ((opens,),))


def _home() -> Row:
    return (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)
