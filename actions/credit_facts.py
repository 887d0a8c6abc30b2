"""A visit brought out for whoever changes its outcome Crediti. Refuses to know what it is changed to."""

from actions.turn import Turn
from conversations.credit import CreditFacts
from procedure.errors import NotAllowed
from procedure.permissions import may_visit
from procedure.visits import Company
from store import audit, register, visits
from store.visits import RecordedVisit


def own_visit(turn: Turn, visit: int) -> tuple[RecordedVisit, Company]:
    """The visit and its company, if the person made it, or may visit in place of who did (A50).

    Raises:
        NotAllowed: they did not and may not, or there is none.
    """
    recorded = visits.get(turn.tx, visit)
    company = register.company(turn.tx, recorded.report.company) if recorded else None
    if not recorded or not company or not (recorded.av == turn.person.id or may_visit(turn.person, company)):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "visit", "id": visit})
        raise NotAllowed("not_allowed")
    return recorded, company


def credit_facts(turn: Turn, visit: int) -> CreditFacts:
    """What the script needs to know.

    Raises:
        NotAllowed: the visit is not this person's.
    """
    recorded, company = own_visit(turn, visit)
    return CreditFacts(company.name, recorded.report.credit, recorded.report.partly_collected)
