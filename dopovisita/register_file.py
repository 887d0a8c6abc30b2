"""From a file to the rows that the register may take and those it may not. Writes nothing."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from actions.import_register import RegisterList
from dopovisita.sheet import read_sheet
from procedure.register_columns import Heading, ListError, Row, read_heading
from procedure.register_rows import Association, RegisterRow, RowRefusal, doubles, read_row

Passing: TypeAlias = Callable[[Sequence[Row]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A file as read: what goes to the register, and the columns that were of no use."""

    listed: RegisterList
    unused_columns: tuple[str, ...]


def read_register(path: Path, association: Association, passing: Passing = iter) -> RegisterFile:
    """Every company of the file at `path`; `passing` is handed the rows and gives them back one by one.

    Raises:
        ListError: the file is no list of companies.
    """
    rows = read_sheet(path)
    head = read_heading(rows)
    body = [row for row in rows if row.number > head.row]
    if not body:
        raise ListError("sotto i nomi delle colonne non c'è nessuna azienda")
    good, refused = _sorted_out(head, passing(body), association)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return RegisterFile(RegisterList(path.name, sha256, good, refused), head.unused)


def _sorted_out(
    head: Heading, rows: Iterable[Row], association: Association
) -> tuple[list[RegisterRow], list[RowRefusal]]:
    good: list[RegisterRow] = []
    refused: list[RowRefusal] = []
    for row in rows:
        match read_row(head, row, association):
            case RegisterRow() as company:
                good.append(company)
            case reasons:
                refused.extend(reasons)
    refused.extend(doubles(good))
    bad = {refusal.row for refusal in refused}
    return [company for company in good if company.number not in bad], sorted(refused)
