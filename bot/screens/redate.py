"""A date put right, drawn: what is read once it is saved, and what the people concerned read.

Refuses to know what moved and why.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from actions.correct_date import DateCorrected
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import join_it, write_date
from procedure.notices import Subject

LONGEST_REASON, LONGEST_LINE = 200, 220


def draw_corrected(done: DateCorrected) -> Screen:
    """What was written, what moved, who hears."""
    if not done.saved:
        return Screen(f"{bold(done.company.name)}\n{esc(say('screen.redate.left'))}", _ways_on(done))
    said = say("screen.redate.done", field=done.field.label, day=write_date(done.on))
    lines = [bold(done.company.name), f"✅ {esc(said)}", *_moved(done.moved)]
    if done.told:
        lines += ["", esc(say("screen.redate.told", to=join_it(done.told)))]
    return Screen("\n".join(lines), _ways_on(done))


def draw_date_corrected(context: Mapping[str, Any]) -> Screen:
    """To who is concerned: was, is, what moves, why."""
    lines = [
        bold(context["company"]),
        esc(say("push.date_corrected.head", who=context["who"], field=context["field"])),
        esc(say("push.date_corrected.change", old=context["old"], new=context["new"])),
        *_moved(context["moves"]),
        esc(say("push.date_corrected.why", reason=short(context["reason"], LONGEST_REASON))),
    ]
    return Screen("\n".join(lines), ((button("⌂", Verb.HOME),),))


def draw_terms_moved(context: Mapping[str, Any]) -> Screen:
    """To the owner of terms that another calendar has moved: which, from when to when."""
    head, *lines = context["lines"]
    told = [bold(head), *(esc(short(line, LONGEST_LINE)) for line in lines)]
    return Screen("\n".join(told), ((button(f"⌂ {say('screen.home.button')}", Verb.HOME),),))


def _moved(moves: Iterable[str]) -> list[str]:
    lines = [f"• {esc(line)}" for line in moves]
    return [esc(say("screen.redate.moves")), *lines] if lines else []


def _ways_on(done: DateCorrected) -> tuple[Row, ...]:
    home = (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)
    if done.about.kind is Subject.QUOTE:
        return ((button(say("screen.quote.open"), Verb.QUOTE, done.about.id),), home)
    return ((button(done.company.name, Verb.COMPANY, done.company.id),), home)
