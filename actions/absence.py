"""Who will be away says so, or their RS does: recorded, and the deputy is told at once what awaits (A43).

Terms run on. Refuses to know the questions and how the news looks.
"""

from dataclasses import dataclass, replace
from datetime import date

from actions.absence_facts import cover_of
from actions.converse import Talk, begin
from actions.tell_deputy import tell_absent, tell_deputy, tell_it_is_over
from actions.turn import Turn
from conversations.absence import AbsencePlan
from procedure.absences import LONGEST, Absence
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.people import Person
from procedure.permissions import may_set_absence
from procedure.workdays import ONE_DAY
from store import absences, audit, people
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AbsenceSet:
    """What was recorded; `cover` is who hears what is theirs."""

    absent: Person
    own: bool
    absence: Absence
    cover: str


def begin_absence(turn: Turn, person: int) -> Talk:
    """Begin saying when somebody is away, or resume it.

    Raises:
        NotAllowed: it is not theirs to say.
    """
    return begin(turn, "absence", About(Subject.PERSON, absent_of(turn, person).id))


def record_absence(turn: Turn, talk: Talk, plan: AbsencePlan) -> AbsenceSet:
    """Do what the dialogue says.

    Raises:
        NotAllowed: it is not theirs to say.
        Refusal: as `set_absence`.
    """
    return set_absence(turn, talk.row.about.id, plan)


def set_absence(turn: Turn, person: int, plan: AbsencePlan) -> AbsenceSet:
    """Record that somebody is away, and tell the deputy; the absent too, where another said it.

    Raises:
        NotAllowed: it is not theirs to say.
        Refusal: `absence_past`, `absence_too_long`, `absence_taken`, `absence_deputy_away`.
    """
    absent = absent_of(turn, person)
    _check(turn, absent, plan)
    key = absences.add(turn.tx, absent.id, plan.first, plan.last, plan.deputy)
    absence = Absence(key, absent.id, plan.first, plan.last, plan.deputy)
    _note(turn, "absence_set", absent, absence)
    deputy = people.by_id(turn.tx, plan.deputy) if plan.deputy is not None else None
    cover = deputy.name if deputy else cover_of(turn, absent)
    if deputy:
        tell_deputy(turn, absent, absence, deputy)
    if absent.id != turn.person.id:
        tell_absent(turn, absent, absence, cover)
    return AbsenceSet(absent, absent.id == turn.person.id, absence, cover)


def come_back(turn: Turn, which: int, day: date) -> Person:
    """They are at work again from `day` on: the absence ends the day before, or never was. Gives the person.

    Raises:
        NotAllowed: it is not theirs to say.
        Refusal: `absence_over`: there is none any more, or `day` is past, or after it.
    """
    absence = absences.get(turn.tx, which)
    if absence is None or not turn.today <= day <= absence.last:
        raise Refusal("absence_over")
    absent = absent_of(turn, absence.person)
    shorter = replace(absence, last=max(day, absence.first) - ONE_DAY)
    if shorter.last < absence.first:
        absences.remove(turn.tx, which)
    else:
        absences.change(turn.tx, which, absence.first, shorter.last, absence.deputy)
    _note(turn, "absence_ended", absent, shorter)
    if absence.deputy is not None:
        tell_it_is_over(turn, absent, shorter, absence.deputy, day)
    return absent


def absent_of(turn: Turn, person: int) -> Person:
    """The person of whom somebody may say that they are away.

    Raises:
        NotAllowed: it is not theirs to say, or that person has left.
    """
    found = people.by_id(turn.tx, person)
    if found is None or not people.is_here(turn.tx, person) or not may_set_absence(turn.person, found):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "person", "id": person})
        raise NotAllowed("absence_not_yours")
    return found


def _check(turn: Turn, absent: Person, plan: AbsencePlan) -> None:
    """What the questions asked may have changed since; and a mail asks nothing."""
    if plan.first < turn.today or plan.last < plan.first:
        raise Refusal("absence_past")
    if plan.last - turn.today > LONGEST:
        raise Refusal("absence_too_long")
    if absences.of_person(turn.tx, absent.id, plan.first, plan.last):
        raise Refusal("absence_taken")
    if plan.deputy is not None and not _is_free(turn.tx, absent, plan.deputy, plan):
        raise Refusal("absence_deputy_away")


def _is_free(tx: Transaction, absent: Person, deputy: int, plan: AbsencePlan) -> bool:
    away = absences.of_person(tx, deputy, plan.first, plan.last)
    return deputy != absent.id and people.is_here(tx, deputy) and not away


def _note(turn: Turn, what: str, absent: Person, absence: Absence) -> None:
    days = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    audit.note(
        turn.tx, turn.now, turn.person.email, what, {"of": absent.email, **days, "deputy": absence.deputy}
    )
