"""What the dialogue that passes a company on needs to know: whose it is, and who may have it.

Refuses to know the questions.
"""

from typing import Final

from actions.turn import Turn
from conversations.passing import PassingFacts
from procedure.people import Person
from procedure.permissions import may_pass_on
from procedure.visits import Company
from store import people

MOST: Final = 60
"""Persons offered: those of the company's sede first."""


def passing_facts(turn: Turn, company: Company) -> PassingFacts:
    """The facts, for this person."""
    holder = people.by_id(turn.tx, company.assignee) if company.assignee is not None else None
    offered = [
        one
        for one in people.active(turn.tx)
        if one.id != company.assignee and may_pass_on(turn.person, company, holder, one)
    ]
    nearest = sorted(offered, key=lambda one: (one.site != company.site, one.name))[:MOST]
    labels = {one.id: label(one) for one in nearest}
    return PassingFacts(company.name, holder.name if holder else "", labels)


def label(person: Person) -> str:
    """A person among others: name, what they visit as, where."""
    roles = ", ".join(sorted(role.value for role in person.roles))
    return f"{person.name} ({roles}{f', {person.site}' if person.site else ''})"
