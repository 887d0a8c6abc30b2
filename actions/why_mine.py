"""Why a company is with whom it is: the rule with its counts, or the person who decided, and when.

Refuses to know the words around it.
"""

import enum
from dataclasses import dataclass
from datetime import date

from actions.attribute import refused
from actions.turn import Turn
from procedure.permissions import may_see
from procedure.visits import Company
from procedure.why import why
from store import people, proposals, register
from store.proposals import Outcome, ProposalRow
from store.transaction import Transaction


class How(enum.StrEnum):
    """In which way it came to them; the phrase is `attribution.why.<value>`."""

    NOBODY = "nobody"  # it is nobody's, and nobody is proposed
    PROPOSED = "proposed"
    LISTED = "listed"  # it came so with the list
    BY_RULE = "by_rule"
    CHANGED = "changed"  # somebody named another than the rule did
    BY_HAND = "by_hand"
    HANDED = "handed"  # by who had it


@dataclass(frozen=True, slots=True)
class Why:
    """The answer. `rule` tells the rule with its counts; `reason` is a person's own; `by` a name."""

    company: Company
    how: How
    to: str = ""
    by: str = ""
    on: date | None = None
    rule: str = ""
    reason: str = ""
    counts_for: str = ""  # whom it was attributed to before it was handed on


_HOW = {
    Outcome.CONFIRMED: How.BY_RULE,
    Outcome.CHANGED: How.CHANGED,
    Outcome.MANUAL: How.BY_HAND,
    Outcome.IMPORTED: How.LISTED,
    Outcome.HANDED: How.HANDED,
}


def why_mine(turn: Turn, company: int) -> Why:
    """Why the company is whose it is.

    Raises:
        NotAllowed: it is not for this person to see.
    """
    found = register.company(turn.tx, company)
    if found is None or not may_see(turn.person, found):
        raise refused(turn, "company", company)
    if found.assignee is None:
        return _not_yet(turn.tx, found)
    holder = people.by_id(turn.tx, found.assignee)
    name, row = holder.name if holder else "", proposals.last_told(turn.tx, company)
    if row is None or row.person != found.assignee:
        return Why(found, How.LISTED, name)
    return _settled(turn.tx, found, row)


def _not_yet(tx: Transaction, company: Company) -> Why:
    row = proposals.open_of(tx, company.id)
    if row is None or row.reason is None:
        return Why(company, How.NOBODY)
    return Why(company, How.PROPOSED, row.person_name, rule=why(row.reason))


def _settled(tx: Transaction, company: Company, row: ProposalRow) -> Why:
    how = _HOW[row.outcome] if row.outcome else How.LISTED
    line = proposals.given(tx, company.id) if how is How.HANDED else None
    by_rule = line or row
    rule = by_rule.outcome is Outcome.CONFIRMED and by_rule.reason
    return Why(
        company,
        how,
        row.person_name,
        by=_named(tx, row.settled_by),
        on=row.settled_at.date() if row.settled_at else None,
        rule=why(rule) if rule else "",
        reason=row.why,
        counts_for=line.person_name if line else "",
    )


def _named(tx: Transaction, who: str) -> str:
    person = people.by_email(tx, who) or people.gone(tx, who)
    return person.name if person else who
