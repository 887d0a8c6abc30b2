"""The short dialogue that sets an obiettivo: of whom, for which period, how many visits [r.84].

Refuses to know who may set one for whom: it offers what it is given.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from conversations.counting import Count
from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice
from conversations.values import Day
from procedure.people import Role
from procedure.targets import MOST_VISITS, Target, month_of, period_name, quarter_of

EVERYWHERE = "*"
NO_SITE = "-"
FEW = 12
"""People offered at once; where there are more, their sede is asked first."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who may be given a target."""

    id: int
    name: str
    site: str | None


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What the questions depend on. `everywhere` is True for who may set a role's target for all sites."""

    today: date
    starts_on: date  # of the campaign
    ends_on: date
    sites: tuple[str, ...]
    people: tuple[Visitor, ...]
    roles: tuple[Role, ...]
    everywhere: bool


def set_target(facts: TargetFacts) -> Dialogue[Target]:
    """Of whom, when, how many."""
    site, person, role = yield from _whose(facts)
    first, last = yield from _period(facts)
    visits = yield from Count("visits", say("target.visits.ask"), MOST_VISITS)
    return Target(first, last, visits, site, person, role)


TARGET = Flow("target", 1, set_target, phrases="target")


def _whose(facts: TargetFacts) -> Dialogue[tuple[str | None, int | None, Role | None]]:
    offered = {"site": facts.sites, "person": facts.people, "role": facts.roles}
    labels = {key: say(f"target.whose.{key}") for key, of in offered.items() if of}
    match (yield from Choice("whose", say("target.whose.ask"), labels, {key: key for key in labels})):
        case "person":
            return None, (yield from _person(facts)), None
        case "role":
            role = yield from _role(facts)
            return (yield from _where(facts)), None, role
    return (yield from _site(facts.sites)), None, None


def _site(sites: tuple[str, ...]) -> Dialogue[str]:
    if len(sites) == 1:
        return sites[0]
    named = {site: site for site in sites}
    return (yield from Choice("site", say("target.site.ask"), named, named))


def _person(facts: TargetFacts) -> Dialogue[int]:
    people = facts.people
    if len(people) > FEW:
        sites = sorted({one.site or NO_SITE for one in people})
        labels = {site: say("target.person_site.none") if site == NO_SITE else site for site in sites}
        asked = Choice("person_site", say("target.person_site.ask"), labels, {site: site for site in sites})
        at = yield from asked
        people = tuple(one for one in people if (one.site or NO_SITE) == at)
    names = {str(one.id): one.name for one in people}
    return (
        yield from Choice("person", say("target.person.ask"), names, {str(one.id): one.id for one in people})
    )


def _role(facts: TargetFacts) -> Dialogue[Role]:
    labels = {role.value: role.in_full for role in facts.roles}
    return (
        yield from Choice("role", say("target.role.ask"), labels, {role.value: role for role in facts.roles})
    )


def _where(facts: TargetFacts) -> Dialogue[str | None]:
    """In which sede those who bear the role make the visits; None for all."""
    if not facts.everywhere:
        return (yield from _site(facts.sites))
    labels = {EVERYWHERE: say("target.role_site.everywhere"), **{site: site for site in facts.sites}}
    values: dict[str, str | None] = {EVERYWHERE: None, **{site: site for site in facts.sites}}
    return (yield from Choice("role_site", say("target.role_site.ask"), labels, values))


def _period(facts: TargetFacts) -> Dialogue[tuple[date, date]]:
    """A likely period by one tap, or two days. A button's key is the period, so that a month's end moves no
    answer.
    """
    likely = (
        month_of(facts.today),
        month_of(month_of(facts.today)[1] + timedelta(days=1)),
        quarter_of(facts.today),
        (facts.starts_on, facts.ends_on),
    )
    values = {f"{first}/{last}": (first, last) for first, last in likely}
    labels = {key: period_name(*period).capitalize() for key, period in values.items()}
    labels[f"{facts.starts_on}/{facts.ends_on}"] = say("target.period.campaign")
    labels["other"] = say("target.period.other")
    other = (date.min, date.min)
    chosen = yield from Choice("period", say("target.period.ask"), labels, {**values, "other": other})
    if chosen != other:
        return chosen
    first = yield from Day("first", say("target.first.ask"), facts.today, {say("button.today"): facts.today})
    last = yield from Day(
        "last", say("target.last.ask"), facts.today, {}, first=first, too_early="hint.ends_before"
    )
    return first, last
