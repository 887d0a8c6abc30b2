"""What each file gets: its rows, or one kind sentence."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from dopovisita.sheet import read_sheet
from procedure.register_columns import ListError
from tests.dopovisita.sheets import GOOD, HEADING, csv_bytes, ods, xlsx, zipped

ROWS = [HEADING, GOOD]
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def _cells(path: Path, raw: bytes) -> list[list[object]]:
    path.write_bytes(raw)
    return [list(row.cells) for row in read_sheet(path)]


@pytest.mark.parametrize(
    "raw",
    [
        csv_bytes(ROWS),
        csv_bytes(ROWS, encoding="utf-8-sig"),
        csv_bytes(ROWS, encoding="utf-8"),
        csv_bytes(ROWS, encoding="utf-16", separator="\t"),
        csv_bytes(ROWS, separator=","),
        csv_bytes(ROWS, separator="\t"),
        b"sep=;\r\n" + csv_bytes(ROWS),
        xlsx(ROWS),
        xlsx(ROWS, empty_sheet_first=True),
        ods(ROWS),
    ],
    ids=["excel", "bom", "utf8", "utf16", "commas", "tabs", "sep", "xlsx", "second-sheet", "ods"],
)
def test_the_same_list_is_read_from_every_format_whatever_its_name(raw: bytes, tmp_path: Path) -> None:
    assert _cells(tmp_path / "elenco.dat", raw) == [HEADING, GOOD]


def test_row_numbers_are_those_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "elenco"
    path.write_bytes(xlsx([[], HEADING, [], GOOD]))
    assert [row.number for row in read_sheet(path)] == [2, 4]
    path.write_bytes(b"\r\n" + csv_bytes([HEADING]) + b"\r\n;;;\r\n" + csv_bytes([GOOD]))
    assert [row.number for row in read_sheet(path)] == [2, 5]
    path.write_bytes(b"sep=;\r\n" + csv_bytes(ROWS))
    assert [row.number for row in read_sheet(path)] == [1, 2]


def test_numbers_and_dates_of_a_workbook_keep_their_kind(tmp_path: Path) -> None:
    cells = _cells(tmp_path / "x", xlsx([["a", "b", "c"], [1, date(2026, 3, 12), None]]))
    assert cells[1] == [1.0, date(2026, 3, 12), ""]


def test_a_quoted_cell_may_hold_the_separator_and_a_new_line(tmp_path: Path) -> None:
    assert _cells(tmp_path / "x", b'a;b\r\n"x;y\r\nz";w\r\n')[1] == ["x;y\r\nz", "w"]


BAD = [
    (b"", "è vuoto"),
    (b" \r\n \r\n", "è vuoto"),
    (b"%PDF-1.7 finto", "non è un foglio di calcolo"),
    (b"\x89PNG\r\n\x00\x00", "non è un foglio di calcolo"),
    (b"PK\x03\x04 troncato", "rovinato o incompleto"),
    (zipped({"leggimi.txt": "ciao"}), "non è un foglio di calcolo che so leggere"),
    (OLE + b"\0" * 2000, "non è un foglio di calcolo che so leggere"),
    (OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le"), "protetto da una password"),
    (ods(ROWS, encrypted=True), "protetto da una password"),
    (xlsx([]), "tutti i fogli del file sono vuoti"),
    (b'a;b\r\n"aperta;1\r\n2;3\r\n', "virgolette"),
    (b"a;b\r\n\x81\x8d;1\r\n", "caratteri rovinati"),
]


@pytest.mark.parametrize(("raw", "sentence"), BAD)
def test_a_file_that_is_no_list_ends_in_one_sentence(raw: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "elenco.xlsx"
    path.write_bytes(raw)
    with pytest.raises(ListError) as told:
        read_sheet(path)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "poco")
        archive.infolist()[0].file_size = 2**30  # what its directory promises
    (tmp_path / "bomba.xlsx").write_bytes(raw.getvalue())
    with pytest.raises(ListError, match="troppo grande"):
        read_sheet(tmp_path / "bomba.xlsx")


def test_a_file_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="non trovo il file"):
        read_sheet(tmp_path / "manca.xlsx")
    with pytest.raises(ListError, match="non riesco ad aprire"):
        read_sheet(tmp_path)
