"""Obiettivi drawn: how many visits are made of those wanted, and at what pace. Refuses to count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions.set_target import TargetSet
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import plural, write_date, write_date_short
from procedure.targets import Progress, Target, period_name

SHOWN = 20


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target as a person sees it. `pace` is what there will be at its end, where that can be told."""

    progress: Progress
    whose: str
    pace: int | None
    may_drop: bool


def draw_targets(lines: Sequence[TargetLine], today: date, *, may_set: bool) -> Screen:
    """The targets that are the person's, and those of whom they follow."""
    head = [bold(say("screen.targets.head")), esc(say("screen.targets.what")), ""]
    told = [text for line in lines[:SHOWN] for text in _told(line, today)]
    if not lines:
        told = [esc(say("screen.targets.none"))]
    if len(lines) > SHOWN:
        told.append(esc(say("screen.targets.more", count=len(lines) - SHOWN)))
    new: list[Row] = [(button(f"➕ {say('screen.targets.new')}", Verb.SET_TARGET),)] if may_set else []
    drops: list[Row] = [
        (
            button(
                f"✖ {say('screen.targets.drop', name=_name(line))}", Verb.DROP_TARGET, line.progress.target.id
            ),
        )
        for line in lines[:SHOWN]
        if line.may_drop
    ]
    return Screen("\n".join([*head, *told]), (*new, *drops, _home()))


def target_line(progress: Progress) -> str:
    """`Obiettivo novembre 2026: 7 visite su 12`."""
    target, made = progress.target, progress.made
    visits = plural(made, say("screen.targets.visits_one"), say("screen.targets.visits_many"))
    period = period_name(target.first, target.last)
    return say("screen.targets.line", period=period, made=f"{made} {visits}", visits=target.visits)


def ask_to_drop(found: TargetSet) -> Screen:
    """Dropping is asked twice, and by name."""
    which = found.target.id
    rows = (
        (button(say("screen.targets.drop_no"), Verb.TARGETS),),
        (button(say("screen.targets.drop_yes"), Verb.DROP_TARGET_SURELY, which),),
    )
    return Screen(f"{bold(_called(found.target, found.whose))}\n{esc(say('screen.targets.drop_ask'))}", rows)


def draw_target_set(done: TargetSet) -> Screen:
    """It is written down."""
    target = done.target
    visits = plural(target.visits, say("screen.targets.visits_one"), say("screen.targets.visits_many"))
    period = period_name(target.first, target.last)
    said = say("screen.targets.set", count=target.visits, visits=visits, period=period, whose=done.whose)
    rows = ((button(f"🎯 {say('screen.targets.open')}", Verb.TARGETS),), _home())
    return Screen(f"✅ {esc(said)}", rows)


def _told(line: TargetLine, today: date) -> list[str]:
    more = _more(line, today)
    return [
        f"• {bold(line.whose)}",
        f"  {esc(target_line(line.progress))}{esc(f' · {more}' if more else '')}",
    ]


def _more(line: TargetLine, today: date) -> str:
    target = line.progress.target
    if line.progress.reached:
        return say("screen.targets.reached")
    if today < target.first:
        return say("screen.targets.to_come", day=write_date(target.first))
    if line.pace is None:
        return ""
    return say("screen.targets.pace", count=line.pace, day=write_date_short(target.last, today))


def _name(line: TargetLine) -> str:
    return short(_called(line.progress.target, line.whose), 45)


def _called(target: Target, whose: str) -> str:
    return f"{whose}, {period_name(target.first, target.last)}"


def _home() -> Row:
    return (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)
