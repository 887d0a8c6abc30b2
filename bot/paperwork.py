"""What a person may look at of papers, gathered from the store and drawn: the copies they have still to
file, the signed forms and where they have come to. Looking changes nothing.
"""

from dataclasses import replace

from actions.scanned import scanned_on
from actions.turn import Turn
from bot.buttons import Verb, button
from bot.screens.forms import FormsCard, draw_forms
from bot.screens.papers import draw_missing
from bot.screens.screen import Screen
from conversations.phrases import say
from procedure.deadlines import DeadlineKind
from procedure.errors import NotAllowed
from procedure.notices import About, Subject
from procedure.permissions import may_hand_over, may_see
from store import audit, deadlines, paper_copies, register, signed_forms, visits


def missing_copies(turn: Turn) -> Screen:
    """The paper copies that this person has still to file; of an RS, the whole sede's (A64)."""
    return draw_missing(paper_copies.missing_for(turn.tx, turn.person), turn.person, turn.today)


def forms(turn: Turn, visit: int) -> Screen:
    """The forms signed at a visit (section 12).

    Raises:
        NotAllowed: the company is not for this person to see, or there is no such visit.
    """
    recorded = visits.get(turn.tx, visit)
    company = register.company(turn.tx, recorded.report.company) if recorded else None
    tells = recorded and company and may_hand_over(turn.person, recorded.av, company)
    if not recorded or not company or not (tells or may_see(turn.person, company)):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "visit", "id": visit})
        raise NotAllowed("not_allowed")
    waiting = _waiting(turn, visit) if tells else []
    scanned = scanned_on(turn, visit)
    return draw_forms(FormsCard(recorded, company, turn.today, waiting, tells=bool(tells), scanned=scanned))


def with_forms(turn: Turn, company: int, screen: Screen) -> Screen:
    """A company's card, with the way to the forms that it signed last."""
    visit = signed_forms.last_visit_with(turn.tx, company)
    if visit is None:
        return screen
    way = button(f"📑 {say('screen.forms.button')}", Verb.FORMS, visit)
    return replace(screen, rows=(*screen.rows[:-1], (way,), *screen.rows[-1:]))


def _waiting(turn: Turn, visit: int) -> list[DeadlineKind]:
    rows = deadlines.open_about(turn.tx, About(Subject.VISIT, visit))
    return [row.due.kind for row in rows if row.due.kind in {DeadlineKind.D6, DeadlineKind.D7}]
