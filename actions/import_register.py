"""The list of companies enters the register, whole or not at all. Refuses to know the file it was read from.

Rows that were refused are written down with the load, never entered. A new member that comes in starts its
term of 30 days [r.73, r.82] in the same transaction. An attribution that the list brings wins (A12); for who
has none, the rules propose. Servizi, sede and codice of a company that is known wait for a person (A19b).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from actions import attributing, first_visit
from actions.attributing import Given
from actions.first_visit import Days
from actions.propose import Proposed, propose
from procedure import hours
from procedure.attribution import rule_of
from procedure.campaign import Terms
from procedure.notices import Json
from procedure.people import Person
from procedure.register_rows import RegisterRow, RowRefusal
from procedure.visits import Code, Company
from procedure.workdays import WorkCalendar
from store import imports, loading, people, preferences, proposals, register, register_changes
from store.history import Hand, as_text
from store.loading import CompanyEntry, Loaded
from store.proposals import Outcome
from store.register import Standing
from store.register_changes import Field, Wanted
from store.transaction import Transaction

_AT_ONCE: Final = 500  # rows looked up by one statement


@dataclass(frozen=True, slots=True)
class RegisterList:
    """What was read of one file."""

    file_name: str
    sha256: str
    rows: Sequence[RegisterRow]
    refused: Sequence[RowRefusal] = ()


@dataclass(frozen=True, slots=True)
class Entered:
    """What a load did: rows, changes that wait for a person, proposals that wait for one."""

    loaded: Loaded
    wanted: int
    proposed: Proposed


@dataclass
class _Load:
    """A load while its transaction lasts, and what is found on the way."""

    tx: Transaction
    days: Days
    hand: Hand
    number: int
    newcomers: list[str] = field(default_factory=list)  # neo associate that the register has not met
    moved: list[tuple[int, int]] = field(default_factory=list)  # company, and whom the list names for it
    wanted: int = 0
    given: dict[int, list[Given]] = field(default_factory=lambda: defaultdict(list))


def import_register(
    tx: Transaction,
    listed: RegisterList,
    *,
    terms: Terms,
    calendars: Mapping[str, WorkCalendar],
    who: str,
    now: datetime,
    on_row: Callable[[], None] = lambda: None,
) -> Entered:
    """Bring the rows into the register, with all that follows, and write down the load.

    `calendars` are those of the sites by name; `who` is an email address or a part of the house; `on_row` is
    called as each row is taken up.
    """
    number = imports.begin(
        tx,
        at=now,
        who=who,
        file_name=listed.file_name,
        sha256=listed.sha256,
        refused=[_told(refusal) for refusal in listed.refused],
    )
    load = _Load(tx, Days(terms, calendars), Hand(who, now, imports.channel_of(number)), number)
    entries = _entries(load, listed.rows, on_row)
    loaded = loading.upsert(tx, entries, who=who, at=now, channel=load.hand.channel, listed=number)
    imports.done(tx, number, loaded)
    for ref in load.newcomers:
        _open_first_visit(load, ref)
    for company, person in load.moved:
        _attribute_as_listed(load, company, person)
    _tell(load)
    return Entered(loaded, load.wanted, propose(tx, now, who=who))


def _entries(load: _Load, rows: Sequence[RegisterRow], on_row: Callable[[], None]) -> Iterator[CompanyEntry]:
    waiting = register_changes.open_companies(load.tx)
    for start in range(0, len(rows), _AT_ONCE):
        chunk = rows[start : start + _AT_ONCE]
        known = register.standing(load.tx, [row.ref for row in chunk])
        for row in chunk:
            on_row()
            yield _entry(load, row, known.get(row.ref), waiting)


def _entry(load: _Load, row: RegisterRow, stands: Standing | None, waiting: frozenset[int]) -> CompanyEntry:
    """The row as it may enter by itself; the rest of it is noted in `load`."""
    if stands is None:
        if row.code is Code.NEW_MEMBER and not row.ceased:
            load.newcomers.append(row.ref)
    else:
        _want(load, row, stands, waiting)
        if row.assignee is not None and row.assignee != stands.assignee:
            load.moved.append((stands.id, row.assignee))
    return entry_of(row, stands)


def entry_of(row: RegisterRow, stands: Standing | None) -> CompanyEntry:
    """The row as it enters by itself, where the register has the company as it `stands`."""
    return CompanyEntry(
        ref=row.ref,
        name=row.name,
        code=stands.code if stands else row.code,
        has_services=stands.has_services if stands else row.has_services,
        site=stands.site if stands else row.site,
        trade=row.trade,
        joined_on=row.joined_on,
        assignee=None if stands else row.assignee,
        fields=row.fields,
        partners=row.partners,
        ceased=row.ceased,
    )


def wanted_of(row: RegisterRow, stands: Standing) -> list[Wanted]:
    """What the list says otherwise and may not change by itself; code 1 stays 1 for the campaign (A19b)."""
    code = Code.NEW_MEMBER if stands.code is Code.NEW_MEMBER else row.code
    pairs = (
        (Field.SERVICES, stands.has_services, row.has_services),
        (Field.SITE, stands.site, row.site),
        (Field.CODE, int(stands.code), int(code)),
    )
    return [Wanted(stands.id, what, as_text(old), as_text(new)) for what, old, new in pairs if old != new]


def _want(load: _Load, row: RegisterRow, stands: Standing, waiting: frozenset[int]) -> None:
    """What the list says otherwise waits for a person; what it says as the register does waits no more."""
    wanted = wanted_of(row, stands)
    for each in wanted:
        load.wanted += register_changes.want(load.tx, each, load.hand.at)
    if stands.id in waiting:
        for field_ in set(Field) - {each.field for each in wanted}:
            register_changes.withdraw(load.tx, stands.id, field_, load.hand.at)


def _open_first_visit(load: _Load, ref: str) -> None:
    company = register.by_ref(load.tx, ref)
    if company is None or company.joined_on is None:
        return
    owner = people.by_id(load.tx, company.assignee) if company.assignee is not None else None
    row = first_visit.begin(load.tx, load.days, company, owner, load.hand.at)
    if owner:
        load.given[owner.id].append(Given(company, row))


def _attribute_as_listed(load: _Load, which: int, to: int) -> None:
    """The list names another person: it wins (A12). But where it names whom the company was attributed to, it
    says nothing new: what they handed out stays handed out [r.86].
    """
    line = proposals.given(load.tx, which)
    company, person = register.company(load.tx, which), people.by_id(load.tx, to)
    if company is None or person is None or (line and line.person == to and company.assignee is not None):
        return
    proposals.note_given(
        load.tx,
        which,
        to,
        rule=rule_of(company.code, has_services=company.has_services),
        side=attributing.side(load.tx, company, to),
        why="",
        outcome=Outcome.IMPORTED,
        by=load.hand.who,
        now=load.hand.at,
    )
    if company.assignee is not None:
        _tell_former(load, company, person)
    load.given[to].append(attributing.give(load.tx, load.days.calendars, company, person, load.hand))


def _tell(load: _Load) -> None:
    """Each assignee of a neo associata (M1), or of a company that was another's, hears of all at once."""
    for which, companies in load.given.items():
        if person := people.by_id(load.tx, which):
            key = f"given:import:{load.number}:{which}"
            opens, now = _opening(load, person), load.hand.at
            attributing.tell(load.tx, person, "listed", companies, key=key, now=now, due_at=opens)


def _tell_former(load: _Load, company: Company, to: Person) -> None:
    former = people.by_id(load.tx, company.assignee or 0)
    if former is None or not people.is_here(load.tx, former.id):
        return
    now = load.hand.at
    attributing.tell(
        load.tx,
        former,
        "taken_listed",
        [Given(company, None)],
        key=f"taken:import:{load.number}:{company.id}",
        now=now,
        due_at=_opening(load, former),
        by=to.name,
    )


def _opening(load: _Load, person: Person) -> datetime:
    calendar = load.days.calendars.get(person.site or "", WorkCalendar())
    return hours.next_opening(load.hand.at, preferences.get(load.tx, person.id), calendar)


def _told(refusal: RowRefusal) -> Json:
    return {"row": refusal.row, "column": refusal.column, "reason": refusal.reason}
