"""Visits as they were told, and what became of their corrections and forms.
Refuses to know what they set in motion.

The register is not touched here: a correction is asked of RA, and `register.set_field` writes our own copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, bindparam, func, select

from procedure.fields import RegisterField
from procedure.visits import (
    Correction,
    CreditOutcome,
    Form,
    FormOutcome,
    FormResult,
    Interest,
    Mood,
    VisitMode,
    VisitReport,
)
from store import history
from store.history import Change, Hand
from store.tables import corrections, forms, interests, visits
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class Closing:
    """How, by whom and when the corrections of a visit were settled (A56)."""

    how: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordedCorrection:
    """A correction as RA has it before them: settled or not; `told`: what RA wrote in place of its value."""

    id: int
    correction: Correction
    closed: Closing | None
    told: str


@dataclass(frozen=True, slots=True)
class RecordedForm:
    """A form of the visit, and how far the paper has come [r.128-134]."""

    id: int
    result: FormResult
    handed_over_on: date | None
    received_on: date | None
    original_to_ra_on: date | None


@dataclass(frozen=True, slots=True)
class RecordedVisit:
    """A visit with all that belongs to it. `completed_at` is when the scheda was complete [r.136]."""

    id: int
    av: int
    report: VisitReport
    completed_at: datetime
    corrections_closed: Closing | None
    forms: tuple[RecordedForm, ...]


@dataclass(frozen=True, slots=True)
class MadeVisit:
    """A visit without what belongs to it."""

    id: int
    av: int


_LAST_MADE = (
    select(visits.c.id, visits.c.av_id)
    .where(visits.c.company_id == bindparam("company"))
    .order_by(visits.c.visited_on.desc(), visits.c.id.desc())
    .limit(1)
)
_LAST_ON = select(func.max(visits.c.visited_on)).where(visits.c.company_id == bindparam("company"))


def record(tx: Transaction, report: VisitReport, *, av: int, completed_at: datetime) -> int:
    """Write the visit and its corrections, forms and interests; its id."""
    visit = tx.insert(visits, _values(report, av, completed_at))
    _insert(tx, corrections, visit, map(_correction_values, report.corrections))
    _insert(tx, forms, visit, map(_form_values, report.forms))
    _insert(tx, interests, visit, map(_interest_values, report.interests))
    return visit


def get(tx: Transaction, visit: int) -> RecordedVisit | None:
    """The visit of this id."""
    row = tx.first(select(visits).where(visits.c.id == visit))
    return _visit(tx, row) if row else None


def of_company(tx: Transaction, company: int) -> list[RecordedVisit]:
    """All visits to a company, the last first (A36)."""
    ordered = select(visits).where(visits.c.company_id == company)
    rows = tx.all(ordered.order_by(visits.c.visited_on.desc(), visits.c.id.desc()))
    return [_visit(tx, row) for row in rows]


def last_on(tx: Transaction, company: int) -> date | None:
    """The day of the last visit to a company; None where there was none."""
    day: date | None = tx.scalar(_LAST_ON, {"company": company})
    return day


def last_made(tx: Transaction, company: int) -> MadeVisit | None:
    """The last visit to a company."""
    row = tx.first(_LAST_MADE, {"company": company})
    return MadeVisit(row.id, row.av_id) if row else None


def set_credit(tx: Transaction, visit: int, credit: CreditOutcome, *, partly: bool, hand: Hand) -> None:
    """Write another outcome Crediti (A8), and what it was.

    Raises:
        KeyError: there is no such visit.
    """
    its = visits.c.id == visit
    old = tx.first(select(visits.c.credit, visits.c.partly_collected).where(its))
    if old is None:
        raise KeyError(visit)
    tx.execute(visits.update().where(its).values(credit=credit.value, partly_collected=partly))
    changes = (
        Change("visits", visit, "credit", old.credit, credit.value, hand),
        Change("visits", visit, "partly_collected", str(old.partly_collected), str(partly), hand),
    )
    history.note(tx, changes)


def corrections_of(tx: Transaction, visit: int) -> list[RecordedCorrection]:
    """The corrections of a visit, each with what became of it."""
    return [
        RecordedCorrection(
            row.id,
            Correction(RegisterField(row.field), row.old, row.new),
            Closing(row.closed_how, row.closed_by, row.closed_at) if row.closed_at else None,
            row.told or "",
        )
        for row in _children(tx, corrections, visit)
    ]


def close_correction(tx: Transaction, correction: int, closing: Closing, told: str = "") -> None:
    """RA has settled this one; `told` where they wrote another value."""
    values = {
        "closed_how": closing.how,
        "closed_by": closing.by,
        "closed_at": closing.at,
        "told": told or None,
    }
    tx.execute(corrections.update().where(corrections.c.id == correction).values(values))


def close_corrections(tx: Transaction, visit: int, *, how: str, by: str, now: datetime) -> bool:
    """RA has settled all corrections. False where they were settled before: the first word stands."""
    still_open = visits.update().where(visits.c.id == visit, visits.c.corrections_closed_at.is_(None))
    closed = still_open.values(
        corrections_closed_how=how, corrections_closed_by=by, corrections_closed_at=now
    )
    return tx.changed(closed) == 1


def hand_over(tx: Transaction, visit: int, kinds: Iterable[Form], on: date) -> int:
    """The signed forms of these kinds were handed over or posted (A11c); how many."""
    return _set_day(tx, visit, kinds, "handed_over_on", on)


def receive(tx: Transaction, visit: int, kinds: Iterable[Form], on: date) -> int:
    """The office has received them; how many."""
    return _set_day(tx, visit, kinds, "received_on", on)


def pass_to_ra(tx: Transaction, visit: int, kinds: Iterable[Form], on: date) -> int:
    """The originals went on to RA [r.130, A10]; how many."""
    return _set_day(tx, visit, kinds, "original_to_ra_on", on)


def _set_day(tx: Transaction, visit: int, kinds: Iterable[Form], column: str, on: date) -> int:
    """The first day told stands."""
    mine = forms.update().where(
        forms.c.visit_id == visit,
        forms.c.form.in_([kind.value for kind in kinds]),
        forms.c.outcome == FormOutcome.SIGNED.value,
        forms.c[column].is_(None),
    )
    return tx.changed(mine.values({column: on}))


def _insert(tx: Transaction, table: Table, visit: int, rows: Iterable[dict[str, Any]]) -> None:
    of_visit = [{"visit_id": visit, **row} for row in rows]
    if of_visit:
        tx.execute(table.insert(), of_visit)


def _values(report: VisitReport, av: int, completed_at: datetime) -> dict[str, Any]:
    return {
        "company_id": report.company,
        "av_id": av,
        "visited_on": report.visited_on,
        "completed_at": completed_at,
        "mode": report.mode.value,
        "credit": report.credit.value,
        "partly_collected": report.partly_collected,
        "no_interest_reason": report.no_interest_reason,
        "next_contact_on": report.next_contact_on,
        "mood": report.mood.value,
        "attendees": report.attendees,
        "complaint": report.complaint,
        "notes": report.notes,
    }


def _correction_values(correction: Correction) -> dict[str, Any]:
    return {"field": correction.field.value, "old": correction.old, "new": correction.new}


def _form_values(result: FormResult) -> dict[str, Any]:
    return {"partner_id": result.partner or None, "form": result.form.value, "outcome": result.outcome.value}


def _interest_values(interest: Interest) -> dict[str, Any]:
    return {"product": interest.product, "need": interest.need}


def _visit(tx: Transaction, row: AnyRow) -> RecordedVisit:
    recorded = tuple(map(_form, _children(tx, forms, row.id)))
    closing = Closing(row.corrections_closed_how, row.corrections_closed_by, row.corrections_closed_at)
    return RecordedVisit(
        id=row.id,
        av=row.av_id,
        report=_report(tx, row, recorded),
        completed_at=row.completed_at,
        corrections_closed=closing if row.corrections_closed_at else None,
        forms=recorded,
    )


def _report(tx: Transaction, row: AnyRow, recorded: tuple[RecordedForm, ...]) -> VisitReport:
    return VisitReport(
        company=row.company_id,
        visited_on=row.visited_on,
        mode=VisitMode(row.mode),
        credit=CreditOutcome(row.credit),
        partly_collected=row.partly_collected,
        corrections=tuple(
            Correction(RegisterField(each.field), each.old, each.new)
            for each in _children(tx, corrections, row.id)
        ),
        forms=tuple(form.result for form in recorded),
        interests=tuple(Interest(each.product, each.need) for each in _children(tx, interests, row.id)),
        no_interest_reason=row.no_interest_reason,
        next_contact_on=row.next_contact_on,
        mood=Mood(row.mood),
        attendees=row.attendees,
        complaint=row.complaint,
        notes=row.notes,
    )


def _form(row: AnyRow) -> RecordedForm:
    result = FormResult(row.partner_id or 0, Form(row.form), FormOutcome(row.outcome))
    return RecordedForm(row.id, result, row.handed_over_on, row.received_on, row.original_to_ra_on)


def _children(tx: Transaction, table: Table, visit: int) -> Iterable[AnyRow]:
    return tx.all(select(table).where(table.c.visit_id == visit).order_by(table.c.id))
