"""What one row of the list of companies says, or why it says nothing that can be trusted.

Pure. A refused row names its column, the reason and what to do, without the codice fiscale or the name of a
person. Refuses to know files and the database.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeVar

from procedure import register_cells
from procedure.fields import Invalid, RegisterField, explain, normalise_cell, read_field
from procedure.fields.reading import tidy
from procedure.italian import join_it
from procedure.people import Person
from procedure.register_cells import WrongCell
from procedure.register_columns import Cell, Column, Heading, Row, heading
from procedure.visits import Code

T = TypeVar("T")

_NEVER_EMPTY: Final = frozenset({Column.REF, Column.CODE, Column.SERVICES, Column.SITE})
"""The other cells may say nothing."""


@dataclass(frozen=True, slots=True)
class Association:
    """What a row is held against: the sites, those who may be given a company, and the day of the import."""

    sites: tuple[str, ...]
    people: tuple[Person, ...]
    today: date


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A company as the list has it. An empty value is not known to the list."""

    number: int
    ref: str
    name: str
    code: Code
    has_services: bool
    site: str
    trade: str = ""
    joined_on: date | None = None
    assignee: int | None = None
    fields: Mapping[RegisterField, str] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    ceased: bool = False


@dataclass(frozen=True, slots=True, order=True)
class RowRefusal:
    """Why a row is not taken: its number, the column as the file names it, and an Italian sentence."""

    row: int
    column: str
    reason: str


def read_row(head: Heading, row: Row, association: Association) -> RegisterRow | tuple[RowRefusal, ...]:
    """The company that `row` describes, or all that is wrong with it."""
    reader = _RowReader(head, row)
    company = reader.company(association)
    return tuple(reader.refused) if reader.refused else company


def doubles(rows: Iterable[RegisterRow]) -> list[RowRefusal]:
    """A refusal for each row whose internal code or partita IVA another row has too."""
    rows = list(rows)
    by_ref = _shared(rows, lambda row: row.ref, heading(Column.REF))
    by_tax = _shared(
        rows, lambda row: row.fields.get(RegisterField.PARTITA_IVA, ""), heading(RegisterField.PARTITA_IVA)
    )
    return sorted([*by_ref, *by_tax])


def expired_on_arrival(rows: Iterable[RegisterRow], today: date, term: int) -> list[RegisterRow]:
    """New members whose `term` (calendar days from the joining) had gone by before they were loaded (A18)."""
    return [
        row
        for row in rows
        if row.code is Code.NEW_MEMBER and row.joined_on and row.joined_on + timedelta(days=term) < today
    ]


def _shared(
    rows: Sequence[RegisterRow], key: Callable[[RegisterRow], str], column: str
) -> Iterator[RowRefusal]:
    same: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        if value := key(row).casefold():
            same[value].append(row.number)
    for numbers in same.values():
        for number in numbers if len(numbers) > 1 else ():
            others = [str(other) for other in numbers if other != number]
            where = f"alla riga {others[0]}" if len(others) == 1 else f"alle righe {join_it(others)}"
            yield RowRefusal(number, column, f"c'è anche {where}: tieni una riga sola")


class _RowReader:
    """Reads the cells of one row, noting what is wrong with each."""

    def __init__(self, head: Heading, row: Row) -> None:
        self.refused: list[RowRefusal] = []
        self._head = head
        self._row = row

    def company(self, association: Association) -> RegisterRow:
        """The company; its values mean nothing where `refused` says something."""
        self._refuse_surplus()
        known, people = self._fields(), association.people
        code = self._read(Column.CODE, register_cells.code) or Code.MEMBER
        return RegisterRow(
            number=self._row.number,
            ref=self._read(Column.REF, register_cells.ref) or "",
            name=known.pop(RegisterField.NAME, ""),
            code=code,
            has_services=self._read(Column.SERVICES, register_cells.yes_or_no) or False,
            site=self._read(Column.SITE, lambda cell: register_cells.site(cell, association.sites)) or "",
            trade=self._read(Column.TRADE, lambda cell: tidy(register_cells.plain(cell))) or "",
            joined_on=self._joined_on(code, association.today),
            assignee=self._read(Column.ASSIGNEE, lambda cell: register_cells.assignee(cell, people)),
            fields=known,
            partners=self._partners(),
            ceased=self._read(Column.STATUS, register_cells.ceased) or False,
        )

    def _refuse_surplus(self) -> None:
        width = max(self._head.names, default=-1) + 1
        if any(register_cells.plain(cell) for cell in self._row.cells[width:]):
            self._refuse(
                "(in fondo)", "ci sono più valori che colonne: forse un valore contiene il separatore"
            )

    def _fields(self) -> dict[RegisterField, str]:
        found: dict[RegisterField, str] = {}
        for at, target in self._head.targets.items():
            if isinstance(target, RegisterField):
                text = normalise_cell(target, self._cell(at))
                if text or target is RegisterField.NAME:
                    found[target] = self._field(at, target, text)
        return found

    def _field(self, at: int, target: RegisterField, text: str) -> str:
        try:
            return read_field(target, text).value
        except Invalid as wrong:
            self._refuse(self._head.names[at], explain(wrong))
            return ""

    def _read(self, column: Column, read: Callable[[Cell], T]) -> T | None:
        """What `read` makes of the column's cell; None where the cell is missing, wrong or empty."""
        at = next((at for at, target in self._head.targets.items() if target is column), None)
        if at is None:
            return None
        cell = self._cell(at)
        try:
            return read(cell) if register_cells.plain(cell) or column in _NEVER_EMPTY else None
        except WrongCell as wrong:
            self._refuse(self._head.names[at], str(wrong))
            return None

    def _joined_on(self, code: Code, today: date) -> date | None:
        """[r.82]: the joining starts a new member's term, so it must be there."""
        joined_on = self._read(Column.JOINED_ON, lambda cell: register_cells.past_day(cell, today))
        column = self._name_of(Column.JOINED_ON)
        told = any(refusal.column == column for refusal in self.refused)
        if code is Code.NEW_MEMBER and joined_on is None and not told:
            self._refuse(
                column, "con codice 1 serve la data di adesione: da lì partono i giorni per la visita"
            )
        return joined_on

    def _partners(self) -> tuple[str, ...]:
        cells = [self._cell(at) for at, target in self._head.targets.items() if target is Column.PARTNER]
        names = [tidy(name) for cell in cells for name in re.split(r"[;\n]", register_cells.plain(cell))]
        return tuple(dict.fromkeys(name for name in names if name))

    def _cell(self, at: int) -> Cell:
        return self._row.cells[at] if at < len(self._row.cells) else None

    def _name_of(self, column: Column) -> str:
        at = next((at for at, target in self._head.targets.items() if target is column), None)
        return column.value if at is None else self._head.names[at]

    def _refuse(self, column: str, reason: str) -> None:
        self.refused.append(RowRefusal(self._row.number, column, reason))
