"""The obiettivi that a person may look at, gathered from the store and drawn. Looking changes nothing."""

from actions.set_target import whose
from actions.target_facts import target_facts
from actions.turn import Turn
from bot.screens.screen import Screen
from bot.screens.targets import TargetLine, draw_targets, target_line
from procedure.people import Person
from procedure.permissions import may_see_target, may_set_target
from procedure.targets import Target, forecast
from store import people
from store import targets as stored


def targets(turn: Turn) -> Screen:
    """One's own, and those of whom one follows; over ones are the report's."""
    lines = [_line(turn, target, holder) for target, holder in _in_sight(turn)]
    facts = target_facts(turn)
    return draw_targets(lines, turn.today, may_set=bool(facts.sites or facts.people or facts.roles))


def own_line(turn: Turn) -> str:
    """`Obiettivo novembre 2026: 7 visite su 12`: the person's own target that ends first; empty for none."""
    running = stored.of_person(turn.tx, turn.person.id, turn.today)
    return target_line(stored.progress(turn.tx, running[0])) if running else ""


def _in_sight(turn: Turn) -> list[tuple[Target, Person | None]]:
    found = []
    for target in stored.not_over(turn.tx, turn.today):
        holder = people.by_id(turn.tx, target.person) if target.person else None
        if may_see_target(turn.person, target, holder):
            found.append((target, holder))
    return found


def _line(turn: Turn, target: Target, holder: Person | None) -> TargetLine:
    progress = stored.progress(turn.tx, target)
    site = target.site or (holder.site if holder else None) or ""
    pace = forecast(progress, turn.today, turn.office.days_of(site))
    return TargetLine(progress, whose(turn, target), pace, may_set_target(turn.person, target, holder))
