"""The signed forms have been handed over: what the AV records is when (A11c).

Refuses to know the forms' contents.
"""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from actions import converse
from actions.converse import Talk
from actions.hand_over_facts import HAND_OVER_FLOWS
from actions.standing_in import note_standing_in
from actions.turn import Turn
from procedure.deadlines import DeadlineKind
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_hand_over
from procedure.routing import OFFICE_FORMS
from procedure.visits import Company, Form
from store import audit, deadlines, register, visits
from store.visits import RecordedVisit

FORMS: Final = MappingProxyType({DeadlineKind.D6.value: OFFICE_FORMS, DeadlineKind.D7.value: (Form.RID,)})
"""Which forms each hand-over is of: D6 to Ufficio Essere Impresa [r.128], D7 the RID to RPA [r.132]."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was written down: which forms of which visit, and the day."""

    visit: int
    company: Company
    kind: DeadlineKind
    on: date


def hand_over(turn: Turn, visit: int, kind: str, on: date | None = None) -> HandedOver:
    """Record that the forms of D6 or D7 were handed over on day `on`, today where it is not said.

    Raises:
        NotAllowed: the visit is not this person's.
        Refusal: `draft_closed`: no such forms, or handed over already; `day_to_come`, `before_the_visit`.
    """
    day = on or turn.today
    recorded, company = own_visit(turn, visit)
    note_standing_in(turn, "visit", visit, lambda one: may_hand_over(one, recorded.av, company))
    if kind not in FORMS:
        raise Refusal("draft_closed")
    if day > turn.today:
        raise Refusal("day_to_come")
    if day < recorded.report.visited_on:
        raise Refusal("before_the_visit")
    about = About(Subject.VISIT, visit)
    if not deadlines.close(turn.tx, kinds=[DeadlineKind(kind)], about=about, on=day, how="consegnato"):
        raise Refusal("draft_closed")
    visits.hand_over(turn.tx, visit, FORMS[kind], day)
    return HandedOver(visit, company, DeadlineKind(kind), day)


def begin_hand_over(turn: Turn, visit: int, kind: str) -> Talk:
    """Begin the dialogue that asks on which day the forms of D6 or D7 were handed over.

    Raises:
        NotAllowed: the visit is not this person's.
        Refusal: `draft_closed`: none of them is waiting.
    """
    _, company = own_visit(turn, visit)
    flow = next((name for name, of in HAND_OVER_FLOWS.items() if of.value == kind), None)
    about = About(Subject.VISIT, visit)
    if flow is None or HAND_OVER_FLOWS[flow] not in {
        row.due.kind for row in deadlines.open_about(turn.tx, about)
    }:
        raise Refusal("draft_closed")
    return converse.begin(turn, flow, about, company=company.id)


def handed_over_in_dialogue(turn: Turn, talk: Talk, on: date) -> HandedOver:
    """Do what a confirmed dialogue says.

    Raises:
        NotAllowed, Refusal: as `hand_over`.
    """
    return hand_over(turn, talk.row.about.id, HAND_OVER_FLOWS[talk.flow.name].value, on)


def own_visit(turn: Turn, visit: int) -> tuple[RecordedVisit, Company]:
    """The visit and its company, if the person may hand over its forms.

    Raises:
        NotAllowed: they may not, or there is none.
    """
    recorded = visits.get(turn.tx, visit)
    company = register.company(turn.tx, recorded.report.company) if recorded else None
    if not recorded or not company or not may_hand_over(turn.person, recorded.av, company):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "visit", "id": visit})
        raise NotAllowed("not_allowed")
    return recorded, company
