"""A date is put right: the field, its history with the reason, every term that hangs on it, and who hears.

All in one transaction. Refuses to know how it was asked and how the people concerned are written to.
"""

from dataclasses import dataclass
from datetime import date

from actions.converse import Talk, begin
from actions.redate_facts import Redatable, redatable
from actions.tell_corrected import Corrected, tell_corrected
from actions.turn import Turn
from actions.watch import replan
from conversations import redate
from procedure.errors import Refusal
from procedure.notices import About
from procedure.redating import DateField, Move, Redating, explain, moves
from procedure.visits import Company
from store import audit, dates, deadlines
from store.dates import RightDay
from store.history import Hand


@dataclass(frozen=True, slots=True)
class DateCorrected:
    """What the person is answered: the date, what moved, who hears. Not `saved`: nothing was done."""

    company: Company
    about: About
    field: DateField
    on: date
    moved: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    saved: bool = True


def begin_redating(turn: Turn, about: About) -> Talk:
    """Begin putting a date right, or resume it.

    Raises:
        NotAllowed: it is not this person's to put right.
        Refusal: `no_date_to_correct`.
    """
    found = redatable(turn, about)
    flow = redate.REDATE_QUOTE if found.quote else redate.REDATE_VISIT
    return begin(turn, flow.name, found.about, company=found.company.id)


def done_in_dialogue(turn: Turn, talk: Talk, result: redate.Corrected) -> DateCorrected:
    """Do what the dialogue decided.

    Raises:
        NotAllowed, Refusal: as `correct_date`.
    """
    if result.saved:
        return correct_date(turn, talk.row.about, result.change, result.reason)
    found = redatable(turn, talk.row.about)
    return DateCorrected(found.company, found.about, result.change.field, result.change.on, saved=False)


def correct_date(turn: Turn, about: About, change: Redating, reason: str) -> DateCorrected:
    """Put the date right (A51): what is stored of it, and the terms that run from it or were met by it.

    Raises:
        NotAllowed: it is not this person's to put right.
        Refusal: `day_to_come`, `day_before_joining`; `no_date_to_correct`: it is not set.
    """
    found = redatable(turn, about)
    old = found.standing.day(change.field, change.quote)
    if old is None or change.field not in found.fields:
        raise Refusal("no_date_to_correct")
    _must_be_possible(turn, found.company, change)
    moved = moves(found.standing, change)
    if old == change.on:
        return DateCorrected(found.company, found.about, change.field, old)
    _write(turn, found, change, reason)
    _move(turn, found, moved)
    told = tell_corrected(turn, found, Corrected(change, old, moved, reason))
    return DateCorrected(found.company, found.about, change.field, change.on, explain(moved), told)


def _must_be_possible(turn: Turn, company: Company, change: Redating) -> None:
    """No date lies in the future, no visit before the joining; what is only odd was asked (section 10)."""
    if change.on > turn.today:
        raise Refusal("day_to_come")
    if change.field is DateField.VISIT and company.joined_on and change.on < company.joined_on:
        raise Refusal("day_before_joining")


def _write(turn: Turn, found: Redatable, change: Redating, reason: str) -> None:
    right = RightDay(change.on, Hand(turn.person.email, turn.now, "chat"), reason)
    if change.field is DateField.VISIT:
        dates.of_visit(turn.tx, found.visit.id, right)
    elif found.quote is not None:
        dates.of_quote(turn.tx, found.quote.id, change.field.value, right)
    detail = {"what": change.field.value, "about": found.about.kind.value, "id": found.about.id}
    audit.note(turn.tx, turn.now, turn.person.email, "date_corrected", {**detail, "reason": reason})


def _move(turn: Turn, found: Redatable, moved: tuple[Move, ...]) -> None:
    for each in moved:
        row = found.rows[each.old.id]
        if each.new.due != each.old.due:
            replan(turn.tx, turn.office, row, each.new.due, turn.now)
        if each.new.met_on is not None and each.new.met_on != each.old.met_on:
            deadlines.met_on(turn.tx, row.id, each.new.met_on)
