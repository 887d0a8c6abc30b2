"""What the dialogue about the day of a hand-over stands on.

Refuses to know who may, and what confirming does.
"""

from types import MappingProxyType
from typing import Final

from actions.turn import Turn
from conversations.handing_over import HandOverFacts
from conversations.phrases import say
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from store import register, visits

HAND_OVER_FLOWS: Final = MappingProxyType(
    {"hand_over_forms": DeadlineKind.D6, "hand_over_rid": DeadlineKind.D7}
)
"""The dialogue that asks for the day of each hand-over."""


def hand_over_facts(turn: Turn, visit: int, flow: str) -> HandOverFacts:
    """The facts of one of the two dialogues.

    Raises:
        Refusal: `draft_closed`: the visit is gone, and with it what was being told.
    """
    recorded = visits.get(turn.tx, visit)
    company = register.company(turn.tx, recorded.report.company) if recorded else None
    if recorded is None or company is None:
        raise Refusal("draft_closed")
    forms = say(f"screen.forms.kind.{HAND_OVER_FLOWS[flow].value}")
    return HandOverFacts(turn.today, recorded.report.visited_on, company.name, forms)
