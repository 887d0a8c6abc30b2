"""Who might visit the companies that nobody visits: worked out by the rules and written down, until somebody
says yes or no (A15).

What is proposed counts at once, so the next list goes on from it. Refuses to know who decides.
"""

from dataclasses import dataclass
from datetime import datetime

from actions.attributing import candidates
from procedure.attribution import Outcome, Proposal, Unattributable, attribute
from store import audit, proposals
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules said: whom they propose, and for which companies they name nobody."""

    made: tuple[Proposal, ...] = ()
    nobody: tuple[Unattributable, ...] = ()


def propose(tx: Transaction, now: datetime, *, who: str) -> Proposed:
    """Write down a proposal for each company that waits for one; what nothing can come of now is closed.

    Done twice it does nothing the second time. `who` is an address or a part of the house, for the audit.
    """
    proposals.settle_overtaken(tx, now)
    outcomes = simulate(tx)
    made = tuple(one for one in outcomes if isinstance(one, Proposal))
    proposals.put(tx, made, now)
    if made:
        audit.note(tx, now, who, "proposed", {"companies": len(made)})
    return Proposed(made, tuple(one for one in outcomes if isinstance(one, Unattributable)))


def simulate(tx: Transaction) -> list[Outcome]:
    """What the rules say of the companies that wait, in their order; nothing is written."""
    waiting = proposals.unassigned(tx)
    return list(attribute(waiting, candidates(tx), proposals.held(tx))) if waiting else []
