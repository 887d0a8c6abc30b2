"""What one row of a list of obiettivi says: dal, al, sede, persona, ruolo, visite.

Pure. A refused row names its column, the reason and what to do, as the list of companies does. Refuses to
know files and the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from procedure import register_cells
from procedure.fields.reading import fold
from procedure.italian import join_it
from procedure.people import VISITING, Person, Role
from procedure.register_cells import WrongCell
from procedure.register_columns import Cell, ListError, Row
from procedure.register_rows import RowRefusal
from procedure.targets import MOST_VISITS, Target

T = TypeVar("T")

_NAMES: Final[Mapping[str, str]] = {
    "dal": "dal, da, inizio, dal giorno",
    "al": "al, a, fine, fino al, al giorno",
    "sede": "sede",
    "persona": "persona, addetto, nome, addetto visita",
    "ruolo": "ruolo",
    "visite": "visite, numero visite, n visite, obiettivo, numero",
}
_REQUIRED: Final = ("dal", "al", "visite")
_HEAD_WITHIN: Final = 20  # rows


@dataclass(frozen=True, slots=True)
class Holders:
    """What a row is held against: the sites and the people."""

    sites: tuple[str, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as the list has it."""

    number: int
    target: Target


def read_rows(rows: Sequence[Row], holders: Holders) -> tuple[list[TargetRow], list[RowRefusal]]:
    """The good rows, and all that is wrong with the others.

    Raises:
        ListError: no row names the columns, or none follows it.
    """
    head = next((row for row in rows[:_HEAD_WITHIN] if _columns(row).keys() >= set(_REQUIRED)), None)
    if head is None:
        needed = join_it([f"«{name}»" for name in _REQUIRED])
        raise ListError(f"non trovo i nomi delle colonne: servono {needed}, e sede, persona o ruolo")
    body = [row for row in rows if row.number > head.number]
    if not body:
        raise ListError("sotto i nomi delle colonne non c'è nessun obiettivo")
    return _sorted_out(_columns(head), body, holders)


def _columns(row: Row) -> dict[str, int]:
    """Where each column stands, in a row that may be the one of their names."""
    known = {alias: name for name, aliases in _NAMES.items() for alias in aliases.split(", ")}
    found: dict[str, int] = {}
    for at, cell in enumerate(row.cells):
        if name := known.get(fold(register_cells.plain(cell)).strip(" .")):
            found.setdefault(name, at)
    return found


def _sorted_out(
    columns: Mapping[str, int], body: Iterable[Row], holders: Holders
) -> tuple[list[TargetRow], list[RowRefusal]]:
    good: list[TargetRow] = []
    refused: list[RowRefusal] = []
    for row in body:
        reader = _RowReader(columns, row, holders)
        target = reader.target()
        refused += reader.refused
        if target and not reader.refused:
            good.append(TargetRow(row.number, target))
    refused += _doubles(good)
    bad = {refusal.row for refusal in refused}
    return [row for row in good if row.number not in bad], sorted(refused)


def _doubles(rows: Iterable[TargetRow]) -> list[RowRefusal]:
    """Two numbers for the same people and period: one row must go."""
    seen: dict[tuple[object, ...], int] = {}
    refused = []
    for row in rows:
        target = row.target
        key = (target.first, target.last, target.site, target.person, target.role)
        if key in seen:
            refused.append(
                RowRefusal(row.number, "visite", f"c'è anche alla riga {seen[key]}: tieni una riga")
            )
        seen.setdefault(key, row.number)
    return refused


class _RowReader:
    """Reads the cells of one row, noting what is wrong with each."""

    def __init__(self, columns: Mapping[str, int], row: Row, holders: Holders) -> None:
        self.refused: list[RowRefusal] = []
        self._columns = columns
        self._row = row
        self._holders = holders

    def target(self) -> Target | None:
        """The target; None, or of no meaning, where `refused` says something."""
        people, sites = self._holders.people, self._holders.sites
        first = self._needed("dal", register_cells.any_day)
        last = self._needed("al", register_cells.any_day)
        visits = self._needed("visite", _visits)
        site = self._read("sede", lambda cell: register_cells.site(cell, sites))
        person = self._read("persona", lambda cell: register_cells.assignee(cell, people))
        role = self._read("ruolo", _role)
        if person is not None and role is not None:
            self._refuse("ruolo", "scrivi la persona o il ruolo, non tutti e due")
        if not self.refused and (site, person, role) == (None, None, None):
            self._refuse("sede", "di chi è l'obiettivo? Scrivi almeno la sede, la persona o il ruolo")
        if first is None or last is None or visits is None:
            return None
        if last < first:
            self._refuse("al", "è prima dell'inizio")
        return Target(first, last, visits, site, person, role)

    def _needed(self, column: str, read: Callable[[Cell], T]) -> T | None:
        if not register_cells.plain(self._cell(column)):
            self._refuse(column, "manca")
            return None
        return self._read(column, read)

    def _read(self, column: str, read: Callable[[Cell], T]) -> T | None:
        """What `read` makes of the column's cell; None where the cell is missing, wrong or empty."""
        cell = self._cell(column)
        if not register_cells.plain(cell):
            return None
        try:
            return read(cell)
        except WrongCell as wrong:
            self._refuse(column, str(wrong))
            return None

    def _cell(self, column: str) -> Cell:
        at = self._columns.get(column)
        return self._row.cells[at] if at is not None and at < len(self._row.cells) else None

    def _refuse(self, column: str, reason: str) -> None:
        self.refused.append(RowRefusal(self._row.number, column, reason))


def _visits(cell: Cell) -> int:
    text = register_cells.plain(cell)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:12]) <= MOST_VISITS):
        raise WrongCell(f"scrivi un numero intero, da 1 a {MOST_VISITS}")
    return int(text)


def _role(cell: Cell) -> Role:
    """A role that makes visits, by its short name or in full."""
    known = {fold(name): role for role in VISITING for name in (role.value, role.in_full)}
    written = fold(register_cells.plain(cell))
    if written not in known:
        names = join_it(sorted(role.value for role in VISITING), "o")
        raise WrongCell(f"scrivi un ruolo che fa visite: {names}")
    return known[written]


def past(rows: Iterable[TargetRow], today: date) -> list[TargetRow]:
    """Targets whose period was over before they came: entered, and told."""
    return [row for row in rows if row.target.last < today]
