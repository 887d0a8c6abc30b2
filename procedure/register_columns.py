"""Which column of a list of companies is which, known by its name however the office writes it.

Pure. Refuses to know the file's format and what a good value is.
"""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from procedure.errors import Failure
from procedure.fields import RegisterField, label
from procedure.fields.reading import fold
from procedure.italian import join_it, plural

Cell: TypeAlias = str | float | bool | date | None
"""A cell as a spreadsheet gives it: a whole number is a float, a moment is a date."""


class ListError(Failure):
    """The file cannot be a list of companies; one Italian sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. `number` is the one that the spreadsheet shows, from 1."""

    number: int
    cells: Sequence[Cell]

    @property
    def blank(self) -> bool:
        """True where no cell says anything."""
        return not any(cell is not None and str(cell).strip() for cell in self.cells)


class Column(enum.StrEnum):
    """What a row tells beside the fields that a visit may correct; the value is its usual heading."""

    REF = "Cod. interno"
    CODE = "Codice"
    SERVICES = "Servizi"
    SITE = "Sede"
    TRADE = "Mestiere"
    JOINED_ON = "Data adesione"
    ASSIGNEE = "Attribuita a"
    STATUS = "Stato"
    PARTNER = "Socio"


Target: TypeAlias = Column | RegisterField

REQUIRED: Final[tuple[Target, ...]] = (
    Column.REF,
    RegisterField.NAME,
    Column.CODE,
    Column.SERVICES,
    Column.SITE,
)
"""Without these a row says nothing: who it is and to which list it belongs [r.73, r.77]."""

_NAMES: Final[Mapping[Target, str]] = {
    Column.REF: "cod interno, codice interno, codice azienda, cod azienda, codice ditta, matricola",
    Column.CODE: "codice, codice 0 1, cod 0 1, codice campagna, codice fidelizzazione",
    Column.SERVICES: "servizi, con servizi, servizi si no, servizi paghe e contabilita, paghe e contabilita",
    Column.SITE: "sede, sede di riferimento, sede cna, sede cna di riferimento, ufficio",
    Column.TRADE: "mestiere, mestiere unione, mestiere di riferimento, unione",
    Column.JOINED_ON: "data adesione, data di adesione, adesione, data associazione, associata dal",
    Column.ASSIGNEE: "attribuita a, attribuzione, addetto, addetto visita, assegnata a, av",
    Column.STATUS: "stato, stato azienda, stato ditta",
    RegisterField.NAME: "ragione sociale, denominazione, azienda, ditta, nome azienda, impresa",
    RegisterField.PARTITA_IVA: "partita iva, p iva, piva, part iva, p i",
    RegisterField.CODICE_FISCALE: "codice fiscale, cod fiscale, c f, cf",
    RegisterField.PEC: "pec, indirizzo pec, posta certificata",
    RegisterField.EMAIL: "email, e mail, mail, posta elettronica, indirizzo email",
    RegisterField.PHONE: "telefono, tel, telefono fisso, numero di telefono",
    RegisterField.MOBILE: "cellulare, cell, telefono cellulare, mobile",
    RegisterField.CODICE_SDI: "codice sdi, sdi, codice destinatario, cod destinatario, codice univoco",
    RegisterField.ATECO: "codice ateco, ateco, cod ateco",
    RegisterField.ADDRESS: "indirizzo, via, sede legale, indirizzo sede legale",
    RegisterField.CAP: "cap",
    RegisterField.COMUNE: "comune, citta, localita",
    RegisterField.PROVINCE: "provincia, prov, pv",
    RegisterField.CONTACT: "referente, contatto, persona di riferimento",
    RegisterField.LEGAL_FORM: "forma giuridica, forma, natura giuridica",
    RegisterField.WEBSITE: "sito web, sito, sito internet, website",
}
_BY_NAME: Final = {name: target for target, names in _NAMES.items() for name in names.split(", ")}
_PARTNER: Final = re.compile(r"socio(?: \d+)?|soci|titolare|titolare (?:o|e) soci|soci (?:o|e) titolare")
_FIRST_ROW: Final = "la prima riga dev'essere quella con i nomi delle colonne"
_TITLE_ROWS: Final = 10
"""A heading may stand under a title; further down it is not looked for."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns that were recognised, where they stand, and those that are of no use."""

    row: int
    targets: Mapping[int, Target]  # by position, from 0
    names: Mapping[int, str]  # as the file writes them
    unused: tuple[str, ...]


def heading(target: Target) -> str:
    """How a person calls this column."""
    return target.value if isinstance(target, Column) else label(target)


def read_heading(rows: Sequence[Row]) -> Heading:
    """The row of `rows` that names the columns.

    Raises:
        ListError: no row looks like one, a required column is missing, or two columns are the same.
    """
    candidates = [row for row in rows if not row.blank][:_TITLE_ROWS]
    if not candidates:
        raise ListError(f"il file è vuoto: {_FIRST_ROW}")
    found = max((_heading(row) for row in candidates), key=lambda each: len(each.targets))
    _must_be_distinct(found)
    if missing := [heading(target) for target in REQUIRED if target not in found.targets.values()]:
        lacking = plural(len(missing), "manca la colonna", "mancano le colonne")
        raise ListError(f"nel file {lacking} {join_it(missing)}: {_FIRST_ROW}")
    return found


def _heading(row: Row) -> Heading:
    names = {at: " ".join(str(cell).split()) for at, cell in enumerate(row.cells) if _says(cell)}
    targets = {at: target for at, name in names.items() if (target := _target(name)) is not None}
    return Heading(row.number, targets, names, tuple(name for at, name in names.items() if at not in targets))


def _says(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def _target(name: str) -> Target | None:
    folded = fold(name)
    return Column.PARTNER if _PARTNER.fullmatch(folded) else _BY_NAME.get(folded)


def _must_be_distinct(found: Heading) -> None:
    seen: dict[Target, int] = {}
    for at, target in found.targets.items():
        if (first := seen.setdefault(target, at)) != at and target is not Column.PARTNER:
            twice = f"«{found.names[first]}» e «{found.names[at]}»"
            raise ListError(f"le colonne {twice} dicono la stessa cosa: tieni quella giusta")
