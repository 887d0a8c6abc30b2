"""Lists of companies as files: CSV, and XLSX and ODS built by hand, as small as a reader takes them."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

HEADING = [
    *("Cod. interno", "Ragione sociale", "Codice", "Servizi", "Sede", "Mestiere", "Data adesione"),
    *("Attribuita a", "Partita IVA", "CAP", "Telefono", "PEC", "Soci"),
]
NAMES = "ref name code services site trade joined who tax cap tel pec soci".split()  # noqa: SIM905 – legible
GOOD = [
    "A1",
    "Panificio Tizietti S.r.l.",
    "0",
    "sì",
    "Pistoia",
    "Alimentare",
    "12/03/2019",
    "Ada Esempioli",
    "70000010473",
    "51100",
    "0573 000001",
    "tizietti@pec.example.com",
    "Aldo Tizietti; Bianca Tizietti",
]
Value = str | int | float | date | None


def row(**changes: str) -> list[str]:
    """A good row with some cells changed, each by its short name in `NAMES`."""
    return [changes.get(name, value) for name, value in zip(NAMES, GOOD, strict=True)]


def csv_bytes(rows: Sequence[Sequence[str]], *, encoding: str = "cp1252", separator: str = ";") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def write_list(path: Path, *rows: Sequence[str], heading: Sequence[str] = tuple(HEADING)) -> Path:
    path.write_bytes(csv_bytes([heading, *rows]))
    return path


def xlsx(rows: Sequence[Sequence[Value]], *, empty_sheet_first: bool = False) -> bytes:
    sheets = [_sheet([])] * empty_sheet_first + [_sheet(rows)]
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(numbers),
        "xl/_rels/workbook.xml.rels": _rels(
            [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
            + [("rId9", "styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)}
    return zipped(parts)


def ods(rows: Sequence[Sequence[str]], *, encrypted: bool = False) -> bytes:
    lock = '<m:encryption-data m:checksum-type="SHA1/1K"/>' if encrypted else ""
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<m:file-entry m:full-path="content.xml" m:media-type="text/xml">{lock}</m:file-entry></m:manifest>'
    )
    manifest = manifest.replace("m:", "manifest:").replace("xmlns:m=", "xmlns:manifest=")
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in each
        )
        + "</table:table-row>"
        for each in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Elenco">'
        f"{cells}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": mime, "META-INF/manifest.xml": manifest, "content.xml": content})


def zipped(parts: dict[str, str]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return raw.getvalue()


def _sheet(rows: Sequence[Sequence[Value]]) -> str:
    lines = "".join(
        f'<row r="{n}">'
        + "".join(_cell(f"{_letter(at)}{n}", value) for at, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, 1)
        if row
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(place: str, value: Value) -> str:
    match value:
        case None:
            return ""
        case date():
            return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        case str():
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        case _:
            return f'<c r="{place}"><v>{value}</v></c>'


def _letter(at: int) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]


def _rels(items: Sequence[tuple[str, str, str]]) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = "".join(f'<Relationship Id="{i}" Type="{office}/{t}" Target="{p}"/>' for i, t, p in items)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def _workbook(numbers: Sequence[int]) -> str:
    sheets = "".join(f'<sheet name="Foglio{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{office}"><sheets>{sheets}</sheets></workbook>'


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_STYLES = f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
