"""Loading the register from a list, again and again: what is new comes in, what changed goes to the history.

What an entry leaves empty is not known to the list, and stays as it is. Refuses to know the file's format.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select

from procedure.fields import RegisterField
from procedure.visits import Code
from store import history
from store.history import Change, Hand
from store.register import COLUMNS, search_text
from store.tables import companies, partners
from store.transaction import AnyRow, Transaction

AT_ONCE = 500
"""Rows looked up by one statement."""


@dataclass(frozen=True, slots=True)
class CompanyEntry:
    """One row of the list, known by `ref`. `fields` holds what the row tells; `name` wins over its field."""

    ref: str
    name: str
    code: Code
    has_services: bool
    site: str
    trade: str
    joined_on: date | None = None
    assignee: int | None = None
    fields: Mapping[RegisterField, str] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    ceased: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries were new, how many changed something, how many nothing."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged
        )


def upsert(
    tx: Transaction, entries: Iterable[CompanyEntry], *, who: str, at: datetime, channel: str
) -> Loaded:
    """Bring these companies into the register; a `ref` comes once in the list.

    Raises:
        sqlalchemy.exc.IntegrityError: a `ref` comes twice.
    """
    hand = Hand(who, at, channel)
    return sum((_load(tx, some, hand) for some in _chunks(entries)), Loaded())


def _load(tx: Transaction, entries: Sequence[CompanyEntry], hand: Hand) -> Loaded:
    known = {row.ref: row for row in tx.all(select(companies).where(companies.c.ref.in_(_refs(entries))))}
    new = [entry for entry in entries if entry.ref not in known]
    if new:
        tx.execute(companies.insert(), [_new_row(entry) for entry in new])
    changed = [
        entry for entry in entries if entry.ref in known and _change(tx, known[entry.ref], entry, hand)
    ]
    replaced = _set_partners(tx, entries)
    touched = {entry.ref for entry in changed} | (replaced & known.keys())
    return Loaded(len(new), len(touched), len(known) - len(touched))


def _change(tx: Transaction, row: AnyRow, entry: CompanyEntry, hand: Hand) -> bool:
    """Write what differs; True where something did."""
    before = row._mapping
    told = {name: value for name, value in _values(entry).items() if value not in ("", None)}
    differing = {name: value for name, value in told.items() if value != before[name]}
    if not differing:
        return False
    after = {**before, **differing}
    changed = companies.update().where(companies.c.id == row.id)
    tx.execute(changed.values(**differing, search_text=search_text(after)))
    texts = {name: (history.as_text(before[name]), history.as_text(differing[name])) for name in differing}
    history.note(
        tx, (Change("companies", row.id, name, old, new, hand) for name, (old, new) in texts.items())
    )
    return True


def _set_partners(tx: Transaction, entries: Sequence[CompanyEntry]) -> set[str]:
    """Make the active partners those of the list, where it names any; the refs of companies that changed.

    One who went away is kept, inactive, under the forms he signed, and comes back under the same id.
    """
    listed = [entry for entry in entries if entry.partners]
    ids = {row.ref: row.id for row in tx.all(_IDS, {"refs": _refs(listed)})}
    known: dict[int, dict[str, AnyRow]] = {company_id: {} for company_id in ids.values()}
    for row in tx.all(select(partners).where(partners.c.company_id.in_(known))):
        known[row.company_id][row.name] = row
    new: list[dict[str, Any]] = []
    flipped: list[dict[str, Any]] = []
    for entry in listed:
        here = known[ids[entry.ref]]
        names = dict.fromkeys(entry.partners)
        new += [
            {"company_id": ids[entry.ref], "name": name, "active": True} for name in names if name not in here
        ]
        flipped += [
            {"partner": row.id, "now_active": name in names, "company": row.company_id}
            for name, row in here.items()
            if row.active is not (name in names)
        ]
    _write_partners(tx, new, flipped)
    changed = {row["company_id"] for row in new} | {row["company"] for row in flipped}
    return {ref for ref, company_id in ids.items() if company_id in changed}


_IDS = select(companies.c.id, companies.c.ref).where(companies.c.ref.in_(bindparam("refs", expanding=True)))
_FLIP = partners.update().where(partners.c.id == bindparam("partner")).values(active=bindparam("now_active"))


def _write_partners(tx: Transaction, new: list[dict[str, Any]], flipped: list[dict[str, Any]]) -> None:
    if new:
        tx.execute(partners.insert(), new)
    if flipped:
        tx.execute(_FLIP, [{"partner": row["partner"], "now_active": row["now_active"]} for row in flipped])


def _new_row(entry: CompanyEntry) -> dict[str, Any]:
    values = {**{column.name: "" for column in COLUMNS.values()}, **_values(entry)}
    return {**values, "search_text": search_text(values)}


def _values(entry: CompanyEntry) -> dict[str, Any]:
    told = {COLUMNS[each].name: value.strip() for each, value in entry.fields.items()}
    return {
        **told,
        "ref": entry.ref,
        "name": entry.name,
        "code": entry.code.value,
        "has_services": entry.has_services,
        "site": entry.site,
        "trade": entry.trade,
        "joined_on": entry.joined_on,
        "assignee_id": entry.assignee,
        "ceased": entry.ceased,
    }


def _refs(entries: Iterable[CompanyEntry]) -> list[str]:
    return [entry.ref for entry in entries]


def _chunks(entries: Iterable[CompanyEntry]) -> Iterator[list[CompanyEntry]]:
    rest = iter(entries)
    while chunk := list(islice(rest, AT_ONCE)):
        yield chunk
