"""D8: the scheda that a visit owes by the next working day, from the day it seems to have been made [r.136].

With it go `Crediti`, the corrected data and the catalogue requests (D4, D5, D9; A8b): one dialogue tells them
all. A visit seems made once the hour of an appointment has passed untold, or a dialogue says its day and was
left there. Refuses to know the appointment's messages and the reminders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from actions.office import Office
from actions.watch import Owner, open_deadline
from conversations.visit import VISIT
from procedure.appointments import LENGTH, next_morning
from procedure.deadlines import DeadlineKind, due
from procedure.notices import About, Subject
from store import appointments, deadlines, drafts, people, register
from store.transaction import Transaction

VISITED_ON: Final = "visited_on"
"""The question of the visit's dialogue that says its day."""

LEFT_AFTER: Final = timedelta(hours=1)
"""A dialogue untouched for so long was left; until then it is being told, and nobody is late."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A visit that seems to have been made. `heard_on`: until that day its person hears of it otherwise."""

    company: int
    person: int
    on: date
    heard_on: date


def watch_reports(tx: Transaction, office: Office, now: datetime) -> int:
    """Open D8 for each visit that seems made and is not told; how many. Nothing is queued here."""
    seen: set[int] = set()
    made = sorted((*_held(tx, office, now), *_begun(tx, now)), key=lambda one: one.on)
    for one in made:
        if one.company not in seen:
            seen.add(one.company)
            _watch(tx, office, one, now)
    return 0


def report_settled(tx: Transaction, company: int, on: date, how: str) -> bool:
    """The scheda is there, or will not come: D8 closes. False where none was waited for."""
    about = About(Subject.COMPANY, company)
    return deadlines.close(tx, kinds=[DeadlineKind.D8], about=about, on=on, how=how) > 0


def report_dropped(tx: Transaction, company: int, now: datetime) -> None:
    """The dialogue that was telling the visit is thrown away; nothing closes while an appointment waits."""
    waiting = any(one.is_over(now) for one in appointments.of_company(tx, company))
    if not waiting:
        report_settled(tx, company, now.date(), "bozza annullata")


def _held(tx: Transaction, office: Office, now: datetime) -> Iterator[_Made]:
    """Appointments whose hour has passed; until the next morning their own message asks."""
    for one in appointments.untold(tx, now - LENGTH):
        day = one.starts_at.astimezone(now.tzinfo).date()
        person = people.by_id(tx, one.person)
        calendar = office.days_of(person.site if person else None)
        yield _Made(one.company, one.person, day, next_morning(day, calendar))


def _begun(tx: Transaction, now: datetime) -> Iterator[_Made]:
    """Dialogues that have come to the day of the visit, and were left."""
    for row in drafts.left(tx, VISIT.name, now - LEFT_AFTER):
        day = row.draft.answers.get(VISITED_ON)
        if isinstance(day, str):
            touched_on = row.touched_at.astimezone(now.tzinfo).date()
            yield _Made(row.about.id, row.person, date.fromisoformat(day), touched_on)


def _watch(tx: Transaction, office: Office, made: _Made, now: datetime) -> None:
    about = About(Subject.COMPANY, made.company)
    company, person = register.company(tx, made.company), people.by_id(tx, made.person)
    if company is None or person is None or company.ceased or not _is_free(tx, about, made, now):
        return
    open_deadline(
        tx,
        office,
        due(DeadlineKind.D8, made.on, office.calendar(company.site), office.campaign.terms),
        about=about,
        company=company,
        owner=Owner(person.id, person.email, person.name),
        now=now,
        heard_on=made.heard_on,
    )


def _is_free(tx: Transaction, about: About, made: _Made, now: datetime) -> bool:
    """True where no scheda is waited for; also where its day was corrected in the dialogue since: that one is
    closed, to begin anew.
    """
    standing = [row for row in deadlines.open_about(tx, about) if row.due.kind is DeadlineKind.D8]
    if not standing:
        return True
    day = standing[0].due.starts_on
    held = {one.starts_at.astimezone(now.tzinfo).date() for one in appointments.of_company(tx, about.id)}
    if day == made.on or day in held or standing[0].owner != made.person:
        return False
    return report_settled(tx, about.id, now.date(), "data della visita corretta")
