"""A list of companies as a file: XLSX, XLS, ODS or CSV become rows of cells. Knows no cell's meaning.

What a file is, its bytes say and not its name. A file that is no list ends in one kind sentence.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from procedure.register_columns import Cell, ListError, Row

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")  # where Excel puts a workbook with a password
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LARGEST_FILE: Final = 50 * 2**20  # bytes: a hundred thousand companies take eleven million
_LARGEST_UNPACKED: Final = 1000 * 2**20  # bytes: beyond this a small file is a trap
_LOCKED: Final = "il file è protetto da una password: toglila e salvalo di nuovo"
_SAVE_AS: Final = "salvalo da Excel come .xlsx, oppure come .csv"


def read_sheet(path: Path) -> list[Row]:
    """Every row of the file's first sheet that is not empty, with the numbers that the spreadsheet shows.

    Raises:
        ListError: there is no such file, or it is no spreadsheet, is empty, too large or has a password.
    """
    raw = _bytes(path)
    if raw.startswith((_ZIP, _OLE)):
        return _workbook_rows(raw)
    return list(_csv_rows(_text(raw)))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ListError(f"«{path.name}» è troppo grande: al massimo 50 MB")
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ListError(f"non trovo il file «{path}»: controlla nome e cartella") from None
    except OSError:
        raise ListError(f"non riesco ad aprire «{path}»: chiudilo in Excel e controlla i permessi") from None
    if not raw.strip():
        raise ListError(f"«{path.name}» è vuoto")
    return raw


def _workbook_rows(raw: bytes) -> list[Row]:
    from python_calamine import (  # noqa: PLC0415 — a CSV does not need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    _must_be_open(raw)
    _must_unpack_small(raw)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            for sheet in book.sheets_metadata:
                rows = _numbered(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
                if rows and sheet.visible is SheetVisibleEnum.Visible:
                    return rows
    except PasswordError:
        raise ListError(_LOCKED) from None
    except CalamineError:
        raise ListError(f"questo file non è un foglio di calcolo che so leggere: {_SAVE_AS}") from None
    raise ListError("tutti i fogli del file sono vuoti")


def _must_be_open(raw: bytes) -> None:
    """A locked workbook is told by what surrounds it: the reader only says that it knows no such file."""
    locked = _ENCRYPTED in raw
    with suppress(zipfile.BadZipFile, KeyError), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        locked |= b"encryption-data" in archive.read("META-INF/manifest.xml")
    if locked:
        raise ListError(_LOCKED)


def _must_unpack_small(raw: bytes) -> None:
    if not raw.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise ListError(f"il file è rovinato o incompleto: {_SAVE_AS}") from None
    if unpacked > _LARGEST_UNPACKED:
        raise ListError("il file, aperto, è troppo grande per essere un elenco di aziende")


def _numbered(rows: Iterable[Iterable[object]]) -> list[Row]:
    cells = (Row(number, [_cell(cell) for cell in row]) for number, row in enumerate(rows, 1))
    return [row for row in cells if not row.blank]


def _cell(value: object) -> Cell:
    match value:
        case datetime():
            return value.date()
        case str() | float() | bool() | date() | None:
            return value
        case int():
            return float(value)
        case time() | timedelta():
            return str(value)
    raise TypeError(f"the spreadsheet reader gave a {type(value)}")


def _text(raw: bytes) -> str:
    """The text of a CSV: UTF-8 where it reads as such, else what Italian Excel writes."""
    if raw.startswith(_UTF16):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw or raw.startswith(b"%PDF"):
        raise ListError(f"questo file non è un foglio di calcolo: {_SAVE_AS}")
    for encoding in ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    raise ListError("il file ha caratteri rovinati: salvalo da Excel come «CSV UTF-8»")


def _csv_rows(text: str) -> Iterator[Row]:
    separator, offset = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, 1 - offset):
            row = Row(number, cells)
            if number > 0 and not row.blank:
                yield row
    except csv.Error:
        raise ListError(
            f"alla riga {reader.line_num} non riesco più a leggere: forse restano aperte delle virgolette"
        ) from None


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and how many rows to leave out: Excel may write `sep=;` in the first."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines[0].startswith("sep=") and len(lines[0]) >= 5:
        return lines[0][4], 1
    sample = "\n".join(lines[:5])
    return max(";\t,|", key=sample.count), 0
