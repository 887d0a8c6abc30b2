"""Of which signed forms of a visit a scan went to its office, and when. Refuses to know the scans."""

from collections.abc import Mapping
from datetime import date

from actions.turn import Turn
from procedure.notices import About, Subject
from procedure.visits import Form
from store import enclosures


def scanned_on(turn: Turn, visit: int) -> Mapping[Form, date]:
    """When the first scan of each form came, and went on; whoever calls has checked the person."""
    found: dict[Form, date] = {}
    for kept in enclosures.usable(turn.tx, About(Subject.VISIT, visit)):
        for name in kept.form.split("+"):
            if name in Form.__members__:
                found.setdefault(Form[name], kept.received_at.astimezone(turn.now.tzinfo).date())
    return found
