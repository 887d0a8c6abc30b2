"""The signed forms have been handed over: what the AV records is when (A11c).

Refuses to know the forms' contents.
"""

from actions.standing_in import note_standing_in
from actions.turn import Turn
from procedure.deadlines import DeadlineKind
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_hand_over
from procedure.routing import OFFICE_FORMS
from procedure.visits import Form
from store import audit, deadlines, register, visits

_FORMS = {DeadlineKind.D6.value: OFFICE_FORMS, DeadlineKind.D7.value: (Form.RID,)}


def hand_over(turn: Turn, visit: int, kind: str) -> None:
    """Record that the forms of D6 (Ufficio Essere Impresa [r.128]) or D7 (the RID, RPA [r.132]) were
    handed over today.

    Raises:
        NotAllowed: the visit is not this person's.
        Refusal: `draft_closed`: no such forms, or handed over already.
    """
    recorded = visits.get(turn.tx, visit)
    company = register.company(turn.tx, recorded.report.company) if recorded else None
    if not recorded or not company or not may_hand_over(turn.person, recorded.av, company):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "visit", "id": visit})
        raise NotAllowed("not_allowed")
    note_standing_in(turn, "visit", visit, lambda one: may_hand_over(one, recorded.av, company))
    if kind not in _FORMS:
        raise Refusal("draft_closed")
    about = About(Subject.VISIT, visit)
    met = deadlines.close(turn.tx, kinds=[DeadlineKind(kind)], about=about, on=turn.today, how="consegnato")
    if not met:
        raise Refusal("draft_closed")
    visits.hand_over(turn.tx, visit, _FORMS[kind], turn.today)
