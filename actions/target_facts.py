"""For whom a person may set an obiettivo: what the dialogue offers. Refuses to know what confirming does."""

from datetime import date

from actions.turn import Turn
from conversations.targets import TargetFacts, Visitor
from procedure.people import VISITING, Role
from procedure.permissions import may_set_target
from procedure.targets import Target
from store import people


def target_facts(turn: Turn) -> TargetFacts:
    """The sites, people and roles that this person may set a target for; empty for who may set none."""
    campaign, person = turn.office.campaign, turn.person
    sites = [site.name for site in campaign.sites]
    visitors = [one for one in people.active(turn.tx) if one.visits]
    everywhere = may_set_target(person, _wanted(turn.today, role=Role.AV), None) or may_set_target(
        person, _wanted(turn.today, role=Role.EM), None
    )
    return TargetFacts(
        today=turn.today,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        sites=tuple(site for site in sites if may_set_target(person, _wanted(turn.today, site), None)),
        people=tuple(
            Visitor(one.id, one.name, one.site)
            for one in visitors
            if may_set_target(person, _wanted(turn.today, of=one.id), one)
        ),
        roles=tuple(role for role in Role if role in VISITING and _may_for(turn, role, sites)),
        everywhere=everywhere,
    )


def _may_for(turn: Turn, role: Role, sites: list[str]) -> bool:
    """True where the person may set a target for this role, in one sede at least."""
    return any(may_set_target(turn.person, _wanted(turn.today, site, role=role), None) for site in sites)


def _wanted(day: date, site: str | None = None, of: int | None = None, role: Role | None = None) -> Target:
    return Target(day, day, 1, site, of, role)
