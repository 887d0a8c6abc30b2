"""The list of companies enters the register, whole or not at all. Refuses to know the file it was read from.

Rows that were refused are written down with the load, never entered. A new member that comes in starts its
term of 30 days [r.73, r.82] in the same transaction; where nobody is to visit it yet, the term has no owner.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from procedure.campaign import Terms
from procedure.deadlines import DeadlineKind, Due, due
from procedure.notices import About, Json, Subject
from procedure.register_rows import RegisterRow, RowRefusal
from procedure.reminders import OpenDeadline, next_remind_on
from procedure.visits import Code, Company
from procedure.workdays import WorkCalendar
from store import deadlines, imports, loading, people, register
from store.loading import CompanyEntry, Loaded
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RegisterList:
    """What was read of one file."""

    file_name: str
    sha256: str
    rows: Sequence[RegisterRow]
    refused: Sequence[RowRefusal] = ()


def import_register(
    tx: Transaction,
    listed: RegisterList,
    *,
    terms: Terms,
    calendars: Mapping[str, WorkCalendar],
    who: str,
    now: datetime,
    on_row: Callable[[], None] = lambda: None,
) -> Loaded:
    """Bring the rows into the register, open D1 for the new members among them, and write down the load.

    `calendars` are those of the sites by name; `who` is an email address or a part of the house; `on_row` is
    called as each row is taken up.
    """
    newcomers = [row.ref for row in listed.rows if _is_newcomer(tx, row)]
    loaded = loading.upsert(tx, _entries(listed.rows, on_row), who=who, at=now, channel="import")
    for ref in newcomers:
        _open_first_visit(tx, ref, terms, calendars, now)
    imports.note(
        tx,
        at=now,
        who=who,
        file_name=listed.file_name,
        sha256=listed.sha256,
        loaded=loaded,
        refused=[_told(refusal) for refusal in listed.refused],
    )
    return loaded


def _is_newcomer(tx: Transaction, row: RegisterRow) -> bool:
    """A neo associata that the register has not met; one that it knows has had its term already."""
    return row.code is Code.NEW_MEMBER and not row.ceased and register.by_ref(tx, row.ref) is None


def _entries(rows: Iterable[RegisterRow], on_row: Callable[[], None]) -> Iterator[CompanyEntry]:
    for row in rows:
        on_row()
        yield CompanyEntry(
            ref=row.ref,
            name=row.name,
            code=row.code,
            has_services=row.has_services,
            site=row.site,
            trade=row.trade,
            joined_on=row.joined_on,
            assignee=row.assignee,
            fields=row.fields,
            partners=row.partners,
            ceased=row.ceased,
        )


def _open_first_visit(
    tx: Transaction, ref: str, terms: Terms, calendars: Mapping[str, WorkCalendar], now: datetime
) -> None:
    """D1: 30 calendar days from the joining, though the list may come late (A18)."""
    company = register.by_ref(tx, ref)
    if company is None or company.joined_on is None:
        return
    calendar = calendars[company.site]
    term = due(DeadlineKind.D1, company.joined_on, calendar, terms)
    owner = people.by_id(tx, company.assignee) if company.assignee is not None else None
    deadlines.open_deadline(
        tx,
        term,
        about=About(Subject.COMPANY, company.id),
        company=company.id,
        owner=owner.id if owner else None,
        owner_email=owner.email if owner else "",
        remind_on=next_remind_on(_open(term, company), now.date(), calendar),
        now=now,
    )


def _open(term: Due, company: Company) -> OpenDeadline:
    return OpenDeadline(
        id=0,
        kind=term.kind,
        subject=company.name,
        site=company.site,
        owner=company.assignee,
        starts_on=term.starts_on,
        due_on=term.due_on,
        last_useful=term.last_useful,
        on_time_until=term.on_time_until,
    )


def _told(refusal: RowRefusal) -> Json:
    return {"row": refusal.row, "column": refusal.column, "reason": refusal.reason}
