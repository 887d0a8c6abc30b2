"""Appointments with companies, and what became of each. Refuses to know who hears of them, and when.

None is ever deleted: one that was moved says which took its place, so the story of a visit can be read back.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from procedure.appointments import Appointment, Settled
from procedure.deadlines import DeadlineKind
from procedure.notices import Subject
from store.page import Page
from store.tables import appointments, companies, deadlines
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class AppointmentLine:
    """An appointment as a list shows it: with the company's name, and the number to call it at."""

    appointment: Appointment
    company_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a chain of moved appointments began, and how many moves lead from there to this one."""

    first: int
    moves: int


_OPEN = appointments.c.settled_at.is_(None)
_IN_ORDER = select(appointments).order_by(appointments.c.starts_at, appointments.c.id)
_BY_ID = select(appointments).where(appointments.c.id == bindparam("which"))
_BEFORE = select(appointments.c.id).where(
    appointments.c.company_id == bindparam("company"), appointments.c.moved_to_id == bindparam("which")
)
_OF_COMPANY = _IN_ORDER.where(appointments.c.company_id == bindparam("company"), _OPEN)
_MINE = (
    appointments.c.person_id == bindparam("person"),
    appointments.c.starts_at >= bindparam("since"),
    appointments.c.starts_at < bindparam("until"),
    _OPEN,
)
_LINE = (
    select(appointments, companies.c.name.label("company_name"), companies.c.phone, companies.c.mobile)
    .join(companies)
    .order_by(appointments.c.starts_at, appointments.c.id)
)
_OF_PERSON = _LINE.where(*_MINE)
_COUNT = select(func.count()).select_from(appointments).where(*_MINE)
_BETWEEN = _IN_ORDER.where(
    appointments.c.starts_at >= bindparam("since"), appointments.c.starts_at < bindparam("until"), _OPEN
)
_WATCHED = (
    select(deadlines.c.id)
    .where(
        deadlines.c.about_kind == Subject.COMPANY.value,
        deadlines.c.about_id == appointments.c.company_id,
        deadlines.c.kind == DeadlineKind.D8.value,
        deadlines.c.closed_on.is_(None),
    )
    .exists()
)
_UNTOLD = _IN_ORDER.where(appointments.c.starts_at <= bindparam("until"), _OPEN, ~_WATCHED)
_SETTLE = (
    appointments.update()
    .where(appointments.c.id == bindparam("which"), _OPEN)
    .values(
        settled_at=bindparam("now"),
        settled_how=bindparam("how"),
        reason=bindparam("why"),
        moved_to_id=bindparam("successor"),
        cancelled_at=bindparam("ended", type_=appointments.c.cancelled_at.type),
    )
)


def fix(tx: Transaction, *, company: int, person: int, starts_at: datetime, note: str, now: datetime) -> int:
    """Write down an appointment; its id. That there is one a person and company is the caller's to see."""
    values = {
        "company_id": company,
        "person_id": person,
        "starts_at": starts_at,
        "note": note,
        "created_at": now,
    }
    return tx.insert(appointments, values)


def settle(
    tx: Transaction,
    appointment: int,
    how: Settled,
    now: datetime,
    *,
    reason: str = "",
    moved_to: int | None = None,
) -> bool:
    """What became of it. False where that was told before: the first word stands."""
    ended = now if how is Settled.CANCELLED else None
    values = {"which": appointment, "now": now, "how": how.value, "why": reason}
    return tx.changed(_SETTLE, {**values, "successor": moved_to, "ended": ended}) == 1


def check_credit(tx: Transaction, appointment: int, now: datetime) -> None:
    """The person has looked at the portal [r.90]; the first look stands."""
    its = appointments.update().where(
        appointments.c.id == appointment, appointments.c.credit_checked_at.is_(None)
    )
    tx.execute(its.values(credit_checked_at=now))


def pass_on(tx: Transaction, person: int, to: int) -> int:
    """Another person keeps the open appointments of one who leaves (A44); how many."""
    theirs = appointments.update().where(appointments.c.person_id == person, _OPEN)
    return tx.changed(theirs.values(person_id=to))


def get(tx: Transaction, appointment: int) -> Appointment | None:
    """The appointment of this id, whatever became of it."""
    row = tx.first(_BY_ID, {"which": appointment})
    return _appointment(row) if row else None


def of_company(tx: Transaction, company: int) -> list[Appointment]:
    """The open ones with this company, whoever keeps them, the first to come first."""
    return [_appointment(row) for row in tx.all(_OF_COMPANY, {"company": company})]


def open_of(tx: Transaction, company: int, person: int) -> Appointment | None:
    """The one that this person has open with this company."""
    mine = (one for one in of_company(tx, company) if one.person == person)
    return next(mine, None)


def of_person(tx: Transaction, person: int, since: datetime, until: datetime) -> list[AppointmentLine]:
    """The person's open ones from `since` on and before `until`, in their order."""
    rows = tx.all(_OF_PERSON, {"person": person, "since": since, "until": until})
    return [_line(row) for row in rows]


def page_of(
    tx: Transaction, person: int, since: datetime, until: datetime, *, offset: int, limit: int
) -> Page[AppointmentLine]:
    """The same, a page of them."""
    which = {"person": person, "since": since, "until": until}
    rows = tx.all(_OF_PERSON.offset(offset).limit(limit), which)
    return Page(tuple(_line(row) for row in rows), int(tx.scalar(_COUNT, which)), offset)


def between(tx: Transaction, since: datetime, until: datetime) -> list[Appointment]:
    """Everybody's open ones from `since` on and before `until`, in their order."""
    return [_appointment(row) for row in tx.all(_BETWEEN, {"since": since, "until": until})]


def untold(tx: Transaction, until: datetime) -> list[Appointment]:
    """The open ones that began by `until` and of whose company no scheda is waited for yet (D8)."""
    return [_appointment(row) for row in tx.all(_UNTOLD, {"until": until})]


def origin(tx: Transaction, appointment: Appointment) -> Origin:
    """Where its story began: what a calendar knows it by."""
    first, moves = appointment.id, 0
    while (before := tx.scalar(_BEFORE, {"company": appointment.company, "which": first})) is not None:
        first, moves = before, moves + 1
    return Origin(first, moves)


def _line(row: AnyRow) -> AppointmentLine:
    return AppointmentLine(_appointment(row), row.company_name, row.mobile or row.phone)


def _appointment(row: AnyRow) -> Appointment:
    return Appointment(
        id=row.id,
        company=row.company_id,
        person=row.person_id,
        starts_at=row.starts_at,
        created_at=row.created_at,
        note=row.note,
        credit_checked_at=row.credit_checked_at,
        settled_at=row.settled_at,
        settled_how=Settled(row.settled_how) if row.settled_how else None,
        moved_to=row.moved_to_id,
        reason=row.reason,
    )
