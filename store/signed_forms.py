"""The signed forms of a company, wherever they have come to. Refuses to write: `store.visits` does."""

from sqlalchemy import bindparam, func, select

from procedure.visits import FormOutcome
from store.tables import forms, visits
from store.transaction import Transaction

_LAST_WITH = (
    select(func.max(visits.c.id))
    .join(forms, forms.c.visit_id == visits.c.id)
    .where(visits.c.company_id == bindparam("company"), forms.c.outcome == FormOutcome.SIGNED.value)
)


def last_visit_with(tx: Transaction, company: int) -> int | None:
    """The last recorded visit at which the company signed something; None where there is none."""
    visit: int | None = tx.scalar(_LAST_WITH, {"company": company})
    return visit
