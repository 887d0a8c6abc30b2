"""A duty as a line and as a button, the same wherever it is listed. Refuses to know which duties there are.

The button says the duty first, whole; what is cut to fit is the company's name.
"""

from datetime import date

from bot.buttons import Button, Verb, button
from bot.screens.screen import bold, esc, fitted, short
from conversations.phrases import say
from procedure.deadlines import RULES, DeadlineKind, is_late
from procedure.italian import write_date_short
from procedure.notices import Subject
from store.agenda import Duty
from store.deadlines import DeadlineRow

LONGEST_NAME = 80

_PAPERS = {DeadlineKind.D6: "forms", DeadlineKind.D7: "rid"}


def duty_button(row: DeadlineRow) -> Button:
    """From a duty to what meets it, in one tap."""
    kind, name = row.due.kind, row.company_name
    if row.about.kind is Subject.VISIT and kind in _PAPERS:
        said = say("screen.today.handed", what=say(f"screen.today.{_PAPERS[kind]}"))
        return button(fitted(f"✓ {said}", name), Verb.HANDED_OVER, row.about.id, kind.value)
    if row.about.kind is Subject.QUOTE:
        return button(fitted(kind.label, name), Verb.QUOTE, row.about.id)
    if kind is DeadlineKind.D8:
        return button(fitted(f"✍ {kind.label}", name), Verb.VISIT, row.company)
    return button(fitted(kind.label, name), Verb.COMPANY, row.company)


def duty_line(duty: Duty, today: date) -> str:
    """What, of whom, by when; and the credit that was not collected."""
    row = duty.row
    parts = [_by(row, today), *([say("screen.today.uncollected")] if duty.uncollected else [])]
    head = f"{bold(row.due.kind.label)}: {esc(short(row.company_name, LONGEST_NAME))}"
    return f"• {head}\n  {esc(', '.join(parts))}"


def is_asked(row: DeadlineRow) -> bool:
    """True for what has no term: it is asked again, and nobody is late (A45)."""
    return RULES[row.due.kind].asked


def _by(row: DeadlineRow, today: date) -> str:
    if is_asked(row):
        return say("screen.today.since", day=write_date_short(row.due.starts_on, today))
    late = f" {say('screen.late')}" if is_late(row.due, today) else ""
    return say("screen.today.by", day=write_date_short(row.due.due_on, today)) + late
