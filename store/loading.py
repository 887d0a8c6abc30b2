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
from store.history import Change, Hand, as_text
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


@dataclass(frozen=True, slots=True)
class Difference:
    """What an entry tells otherwise of a known company: each column's old and new value, as the history has
    them; the names of the active soci stand under `SOCI`.
    """

    company: int
    ref: str
    name: str
    changes: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a list would bring: refs that are new, what would change, how many entries say nothing new."""

    new: tuple[str, ...] = ()
    changed: tuple[Difference, ...] = ()
    unchanged: int = 0


SOCI = "partners"
"""The name in the history of a company's active soci, several parted by `BETWEEN`."""

BETWEEN = "; "


def compare(tx: Transaction, entries: Iterable[CompanyEntry]) -> Compared:
    """What `upsert` would do with these; nothing is written."""
    new: list[str] = []
    changed: list[Difference] = []
    unchanged = 0
    for some in _chunks(entries):
        for each in _looked_up(tx, some):
            if each.row is None:
                new.append(each.entry.ref)
            elif each.texts:
                changed.append(Difference(each.row.id, each.row.ref, each.row.name, each.texts))
            else:
                unchanged += 1
    return Compared(tuple(new), tuple(changed), unchanged)


def upsert(
    tx: Transaction,
    entries: Iterable[CompanyEntry],
    *,
    who: str,
    at: datetime,
    channel: str,
    listed: int | None = None,
) -> Loaded:
    """Bring these companies into the register; a `ref` comes once in the list. `listed` is the load's id.

    Raises:
        sqlalchemy.exc.IntegrityError: a `ref` comes twice.
    """
    hand = Hand(who, at, channel)
    return sum((_load(tx, some, hand, listed) for some in _chunks(entries)), Loaded())


@dataclass(frozen=True, slots=True)
class _Looked:
    """An entry beside its company, None where it is new, and the soci of the company by name."""

    entry: CompanyEntry
    row: AnyRow | None
    partners: Mapping[str, AnyRow]

    @property
    def differing(self) -> dict[str, Any]:
        """The columns that the entry tells otherwise. What it leaves empty it does not know."""
        if self.row is None:
            return {}
        told = {name: value for name, value in _values(self.entry).items() if value not in ("", None)}
        return {name: value for name, value in told.items() if value != self.row._mapping[name]}

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """All that changes of a known company, as the history has it."""
        if self.row is None:
            return {}
        before = self.row._mapping
        texts = {name: (as_text(before[name]), as_text(new)) for name, new in self.differing.items()}
        old, new = self._soci()
        return texts if old == new else {**texts, SOCI: (BETWEEN.join(old), BETWEEN.join(new))}

    def _soci(self) -> tuple[list[str], list[str]]:
        """The active ones before and after; the list sets them where it names any."""
        active = sorted(name for name, row in self.partners.items() if row.active)
        return active, sorted(set(self.entry.partners)) or active


def _looked_up(tx: Transaction, entries: Sequence[CompanyEntry]) -> list[_Looked]:
    known = {row.ref: row for row in tx.all(select(companies).where(companies.c.ref.in_(_refs(entries))))}
    soci: dict[int, dict[str, AnyRow]] = {row.id: {} for row in known.values()}
    listing = [known[entry.ref].id for entry in entries if entry.partners and entry.ref in known]
    for row in tx.all(select(partners).where(partners.c.company_id.in_(listing))):
        soci[row.company_id][row.name] = row
    return [
        _Looked(entry, row, soci[row.id] if row else {})
        for entry in entries
        for row in [known.get(entry.ref)]
    ]


def _load(tx: Transaction, entries: Sequence[CompanyEntry], hand: Hand, listed: int | None) -> Loaded:
    looked = _looked_up(tx, entries)
    new = [each.entry for each in looked if each.row is None]
    changed = [each for each in looked if each.texts]
    if new:
        _enter(tx, new, listed)
    _change(tx, changed, hand)
    _set_partners(tx, changed)
    return Loaded(len(new), len(changed), len(looked) - len(new) - len(changed))


def _enter(tx: Transaction, entries: Sequence[CompanyEntry], listed: int | None) -> None:
    """New companies, with their soci."""
    tx.execute(companies.insert(), [{**_new_row(entry), "import_id": listed} for entry in entries])
    naming = [entry for entry in entries if entry.partners]
    ids = {row.ref: row.id for row in tx.all(_IDS, {"refs": _refs(naming)})}
    soci = [
        {"company_id": ids[entry.ref], "name": name, "active": True}
        for entry in naming
        for name in dict.fromkeys(entry.partners)
    ]
    if soci:
        tx.execute(partners.insert(), soci)


def _change(tx: Transaction, changed: Sequence[_Looked], hand: Hand) -> None:
    """Write what differs, with its history."""
    told = [(each.row, each.differing, each.texts) for each in changed if each.row is not None]
    rewrite(tx, ((row, differing) for row, differing, _ in told if differing))
    history.note(
        tx,
        (
            Change("companies", row.id, name, old, new, hand)
            for row, _, texts in told
            for name, (old, new) in texts.items()
        ),
    )


def rewrite(tx: Transaction, rows: Iterable[tuple[AnyRow, Mapping[str, Any]]]) -> None:
    """Write these columns of these companies; those of which the same columns change go at once."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row, values in rows:
        after = {**values, "search_text": search_text({**row._mapping, **values})}
        bound = {f"new_{name}": value for name, value in after.items()}
        alike.setdefault(tuple(after), []).append({"company": row.id, **bound})
    for names, some in alike.items():
        changed = companies.update().where(companies.c.id == bindparam("company"))
        tx.execute(changed.values({name: bindparam(f"new_{name}") for name in names}), some)


_IDS = select(companies.c.id, companies.c.ref).where(companies.c.ref.in_(bindparam("refs", expanding=True)))
_FLIP = partners.update().where(partners.c.id == bindparam("partner")).values(active=bindparam("now_active"))


def _set_partners(tx: Transaction, changed: Sequence[_Looked]) -> None:
    """Make the active soci those of the list.

    One who went away is kept, inactive, under the forms he signed, and comes back under the same id.
    """
    for each in changed:
        if each.row is not None and each.entry.partners:
            set_partners(tx, each.row.id, each.entry.partners, each.partners)


def set_partners(tx: Transaction, company: int, names: Iterable[str], known: Mapping[str, AnyRow]) -> None:
    """Make these the active soci of a company; `known` are its rows by name. Writes no history."""
    wanted = dict.fromkeys(names)
    new = [{"company_id": company, "name": name, "active": True} for name in wanted if name not in known]
    flipped = [
        {"partner": row.id, "now_active": name in wanted}
        for name, row in known.items()
        if row.active is not (name in wanted)
    ]
    if new:
        tx.execute(partners.insert(), new)
    if flipped:
        tx.execute(_FLIP, flipped)


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
