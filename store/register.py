"""The register of companies, as one looks it up and corrects it. Refuses to know the files it is loaded from.

Each `RegisterField` has a column named as its member; an empty one is not known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select

from procedure.fields import RegisterField
from procedure.permissions import Sight
from procedure.visits import Code, Company, Partner
from store import history
from store.folding import folded
from store.history import Change, Hand
from store.page import Page
from store.tables import companies, deadlines, partners, visits
from store.transaction import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """A company as a list shows it."""

    id: int
    ref: str
    name: str
    comune: str
    code: Code
    last_visit_on: date | None
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a company a list may not change by itself (A19b)."""

    id: int
    code: Code
    has_services: bool
    site: str
    assignee: int | None


@dataclass(frozen=True, slots=True)
class Twin:
    """A company told of under `ref` with the tax code that `known` has, another one of the register."""

    ref: str
    field: RegisterField
    value: str
    known: str
    known_name: str


COLUMNS = {field: companies.c[field.name.lower()] for field in RegisterField}
_BESIDE = (
    *("id", "ref", "code", "has_services", "site", "trade", "joined_on", "assignee_id", "ceased"),
    "not_visitable",
)
SEARCHED = ("ref", "name", "partita_iva", "comune")

_WHOLE = (  # a row for each partner: every step of a dialogue asks for the company
    select(
        *COLUMNS.values(),
        *(companies.c[name] for name in _BESIDE),
        partners.c.id.label("partner"),
        partners.c.name.label("partner_name"),
    )
    .outerjoin(partners, and_(partners.c.company_id == companies.c.id, partners.c.active))
    .order_by(partners.c.id)
)
_BY_ID = _WHOLE.where(companies.c.id == bindparam("company"))
_BY_REF = _WHOLE.where(companies.c.ref == bindparam("code"))
_STANDING = select(
    companies.c.ref,
    companies.c.id,
    companies.c.code,
    companies.c.has_services,
    companies.c.site,
    companies.c.assignee_id,
).where(companies.c.ref.in_(bindparam("refs", expanding=True)))
_LAST_VISIT = (
    select(func.max(visits.c.visited_on)).where(visits.c.company_id == companies.c.id).scalar_subquery()
)
_NEXT_DUE = (
    select(func.min(deadlines.c.due_on))
    .where(deadlines.c.company_id == companies.c.id, deadlines.c.closed_on.is_(None))
    .scalar_subquery()
)
_LINE = select(
    companies.c.id,
    companies.c.ref,
    companies.c.name,
    companies.c.comune,
    companies.c.code,
    _LAST_VISIT,
    _NEXT_DUE,
)


def company(tx: Transaction, company_id: int) -> Company | None:
    """The company of this id, with its partners; `fields` holds what is known."""
    return _company(tx.all(_BY_ID, {"company": company_id}))


def by_ref(tx: Transaction, ref: str) -> Company | None:
    """The company of this internal code."""
    return _company(tx.all(_BY_REF, {"code": ref}))


def count(tx: Transaction) -> int:
    """How many companies there are, the ceased ones included."""
    return int(tx.scalar(select(func.count()).select_from(companies)))


def assigned_to(tx: Transaction, person: int, *, offset: int, limit: int) -> Page[CompanyLine]:
    """The companies attributed to this person that can be visited, by name (A47)."""
    return _page(tx, [_of(person), companies.c.not_visitable == ""], offset, limit)


def lines_of(tx: Transaction, some: Sequence[int]) -> tuple[CompanyLine, ...]:
    """These companies, in this order."""
    lines = {row.id: _line(row) for row in tx.all(_LINE.where(companies.c.id.in_(list(some))))}
    return tuple(lines[which] for which in some)


def seen_by(by: Sight) -> ColumnElement[bool]:
    """The condition of the companies in this sight."""
    theirs = (
        (companies.c.assignee_id, by.assignees),
        (companies.c.site, by.sites),
        (companies.c.has_services, by.services),
    )
    return or_(false(), *(column.in_(some) for column, some in theirs if some))


def set_field(
    tx: Transaction,
    company_id: int,
    field: RegisterField,
    new: str,
    *,
    who: str,
    at: datetime,
    channel: str,
) -> str:
    """Correct one field, with its history; the old value.

    Raises:
        KeyError: there is no such company.
    """
    row = tx.first(_BY_ID, {"company": company_id})
    if row is None:
        raise KeyError(company_id)
    name = COLUMNS[field].name
    old: str = row._mapping[name]
    after = {**row._mapping, name: new}
    _update(tx, company_id, {name: new, "search_text": search_text(after)})
    history.note(tx, [Change("companies", company_id, name, old, new, Hand(who, at, channel))])
    return old


def assign(
    tx: Transaction, company_id: int, person: int | None, *, who: str, at: datetime, channel: str
) -> None:
    """Attribute the company to a person, or to nobody, with its history."""
    old = tx.scalar(select(companies.c.assignee_id).where(companies.c.id == company_id))
    _update(tx, company_id, {"assignee_id": person})
    texts = history.as_text(old), history.as_text(person)
    history.note(tx, [Change("companies", company_id, "assignee_id", *texts, Hand(who, at, channel))])


def standing(tx: Transaction, refs: Sequence[str]) -> dict[str, Standing]:
    """The companies of these internal codes that the register knows."""
    rows = tx.all(_STANDING, {"refs": list(refs)})
    return {ref: Standing(key, Code(code), *rest) for ref, key, code, *rest in rows}


def active_names(tx: Transaction) -> dict[str, str]:
    """The name of each company that has not ceased, by its internal code."""
    there = select(companies.c.ref, companies.c.name).where(companies.c.ceased.is_(False))
    return {row.ref: row.name for row in tx.all(there)}


def twins(tx: Transaction, told: Mapping[str, Mapping[RegisterField, str]]) -> Iterator[Twin]:
    """Those of these companies, by internal code, whose tax code another company has that has not ceased."""
    for field in (RegisterField.PARTITA_IVA, RegisterField.CODICE_FISCALE):
        refs = {value: ref for ref, fields in told.items() if (value := fields.get(field, ""))}
        column = COLUMNS[field]
        same = select(companies.c.ref, companies.c.name, column).where(
            column.in_(list(refs)), companies.c.ceased.is_(False)
        )
        for known, name, value in tx.all(same):
            if known != refs[value]:
                yield Twin(refs[value], field, value, known, name)


def set_standing(tx: Transaction, company_id: int, column: str, new: Any, hand: Hand) -> None:
    """Write one of these, or `not_visitable`, with its history; not the assignee, whom `assign` writes."""
    old = tx.scalar(select(companies.c[column]).where(companies.c.id == company_id))
    _update(tx, company_id, {column: new})
    texts = history.as_text(old), history.as_text(new)
    history.note(tx, [Change("companies", company_id, column, *texts, hand)])


def set_not_visitable(tx: Transaction, company_id: int, reason: str, day: date, hand: Hand) -> None:
    """Why a company cannot be visited, from this day on; empty: it can be again (A47)."""
    set_standing(tx, company_id, "not_visitable", reason, hand)
    _update(tx, company_id, {"not_visitable_on": day if reason else None})


def search_text(values: Any) -> str:
    """What `store.finding` looks into, from a company's row."""
    return folded(" ".join(values[name] for name in SEARCHED))


def _of(person: int) -> ColumnElement[bool]:
    return companies.c.assignee_id == person


def _page(
    tx: Transaction, conditions: Sequence[ColumnElement[bool]], offset: int, limit: int
) -> Page[CompanyLine]:
    narrowed = [companies.c.ceased.is_(False), *conditions]
    total = tx.scalar(select(func.count()).select_from(companies).where(*narrowed))
    ordered: Select[*tuple[Any, ...]] = _LINE.where(*narrowed).order_by(companies.c.name, companies.c.id)
    rows = tx.all(ordered.offset(offset).limit(limit))
    return Page(tuple(_line(row) for row in rows), total, offset)


def _line(row: AnyRow) -> CompanyLine:
    company_id, ref, name, comune, code, last_visit_on, next_due_on = row
    return CompanyLine(company_id, ref, name, comune, Code(code), last_visit_on, next_due_on)


def _company(rows: Sequence[AnyRow]) -> Company | None:
    if not rows:
        return None
    row = rows[0]
    return Company(
        id=row.id,
        ref=row.ref,
        name=row.name,
        code=Code(row.code),
        has_services=row.has_services,
        site=row.site,
        trade=row.trade,
        joined_on=row.joined_on,
        assignee=row.assignee_id,
        fields={field: known for field, known in zip(COLUMNS, row, strict=False) if known},
        partners=tuple(Partner(each.partner, each.partner_name) for each in rows if each.partner),
        ceased=row.ceased,
        not_visitable=row.not_visitable,
    )


def _update(tx: Transaction, company_id: int, values: dict[str, Any]) -> None:
    tx.execute(companies.update().where(companies.c.id == company_id).values(values))
