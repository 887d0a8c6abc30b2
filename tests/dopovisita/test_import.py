"""What each bad row gets, and what the register holds after an import: all of it, or nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from procedure.fields import RegisterField
from procedure.notices import About, Subject
from procedure.register_columns import ListError
from procedure.visits import Code, Company
from store import deadlines, imports, people, register
from store.loading import Loaded
from tests.dopovisita.conftest import Archive
from tests.dopovisita.sheets import GOOD, HEADING, Value, csv_bytes, row, write_list, xlsx


async def _company(archive: Archive, ref: str) -> Company:
    found = await archive.store.read(lambda tx: register.by_ref(tx, ref))
    assert found is not None
    return found


async def _count(archive: Archive) -> int:
    return await archive.store.read(register.count)


async def test_a_good_row_becomes_a_company_with_all_it_tells(archive: Archive, tmp_path: Path) -> None:
    report = await archive.load(write_list(tmp_path / "l.csv", GOOD))
    assert report.loaded == Loaded(added=1)
    company = await _company(archive, "A1")
    ada = await archive.store.read(lambda tx: people.by_email(tx, "ada.esempioli@associazione.example.com"))
    assert ada is not None
    assert (company.code, company.has_services, company.site) == (Code.MEMBER, True, "Pistoia")
    assert (company.trade, company.joined_on) == ("Alimentare", date(2019, 3, 12))
    assert company.assignee == ada.id
    assert company.fields[RegisterField.PARTITA_IVA] == "70000010473"
    assert company.fields[RegisterField.PHONE] == "+390573000001"
    assert [partner.name for partner in company.partners] == ["Aldo Tizietti", "Bianca Tizietti"]


# what is changed of the good row, the column that is told, a part of the sentence
BAD_ROWS = [
    ({"ref": ""}, "Cod. interno", "senza il codice interno"),
    ({"ref": "x" * 65}, "Cod. interno", "64 caratteri"),
    ({"name": ""}, "Ragione sociale", "manca il testo"),
    ({"name": "---"}, "Ragione sociale", "parole"),
    ({"code": ""}, "Codice", "scrivi 0 (associata) oppure 1"),
    ({"code": "2"}, "Codice", "scrivi 0 (associata) oppure 1"),
    ({"code": "1", "joined": ""}, "Data adesione", "con codice 1 serve la data di adesione"),
    ({"code": "1", "joined": "12/13/2026"}, "Data adesione", "non è una data"),
    ({"joined": "31/02/2020"}, "Data adesione", "non è una data"),
    ({"joined": "ieri"}, "Data adesione", "non è una data"),
    ({"joined": "24/11/2026"}, "Data adesione", "martedì 24 novembre 2026 deve ancora venire"),
    ({"services": ""}, "Servizi", "scrivi sì"),
    ({"services": "forse"}, "Servizi", "scrivi sì"),
    ({"site": ""}, "Sede", "scrivi Pistoia, Prato, Montecatini Terme o Agliana"),
    ({"site": "Pistioa"}, "Sede", "forse è «Pistoia»"),
    ({"site": "Lucca"}, "Sede", "questa sede non è nella campagna"),
    ({"who": "Ada Sconosciuti"}, "Attribuita a", "questa persona non è nella campagna"),
    ({"who": "nessuno@associazione.example.com"}, "Attribuita a", "questa persona non è nella campagna"),
    ({"who": "Olga Bozzettoni"}, "Attribuita a", "Olga Bozzettoni non fa visite"),
    ({"tax": "70000010474"}, "Partita IVA", "L'ultima cifra"),
    ({"tax": "7000001047"}, "Partita IVA", "11 cifre"),
    ({"tax": "7000001047A"}, "Partita IVA", "sole cifre"),
    ({"tax": "00000000000"}, "Partita IVA", "non può esistere"),
    ({"cap": "511"}, "CAP", "5 cifre"),
    ({"tel": "0573 000001 / 0573 000002"}, "Telefono", "due numeri"),
    ({"tel": "da chiedere"}, "Telefono", "non vedo un numero"),
    ({"pec": "tizietti"}, "PEC", "chiocciola"),
    ({"pec": "a@pec.example.com; b@pec.example.com"}, "PEC", "più di un indirizzo"),
]


@pytest.mark.parametrize(("changes", "column", "sentence"), BAD_ROWS)
async def test_a_bad_row_is_told_and_nothing_is_written(
    changes: dict[str, str], column: str, sentence: str, archive: Archive, tmp_path: Path
) -> None:
    report = await archive.load(write_list(tmp_path / "l.csv", row(ref="B1", tax=""), row(**changes)))
    assert report.loaded is None
    assert [(each.row, each.column) for each in report.refused] == [(3, column)]
    assert sentence in report.refused[0].reason
    assert await _count(archive) == 0


async def test_everything_wrong_in_a_row_is_told_at_once(archive: Archive, tmp_path: Path) -> None:
    report = await archive.load(write_list(tmp_path / "l.csv", row(code="x", site="Lucca", cap="1")))
    assert {each.column for each in report.refused} == {"Codice", "Sede", "CAP"}


async def test_a_code_told_twice_refuses_both_rows_and_names_them(archive: Archive, tmp_path: Path) -> None:
    rows = [row(), row(ref="A2", tax=""), row(ref="a1", tax="")]
    report = await archive.load(write_list(tmp_path / "l.csv", *rows))
    told = {each.row: each.reason for each in report.refused}
    assert told == {
        2: "c'è anche alla riga 4: tieni una riga sola",
        4: "c'è anche alla riga 2: tieni una riga sola",
    }


async def test_a_partita_iva_told_three_times_names_the_other_rows(archive: Archive, tmp_path: Path) -> None:
    rows = [row(ref=ref) for ref in ("A1", "A2", "A3")]
    report = await archive.load(write_list(tmp_path / "l.csv", *rows))
    assert [each.row for each in report.refused] == [2, 3, 4]
    assert {each.column for each in report.refused} == {"Partita IVA"}
    assert "alle righe 3 e 4" in report.refused[0].reason


async def test_a_value_beyond_the_last_column_is_told(archive: Archive, tmp_path: Path) -> None:
    report = await archive.load(write_list(tmp_path / "l.csv", [*GOOD, "di troppo"]))
    assert "più valori che colonne" in report.refused[0].reason


async def test_skipping_the_errors_loads_the_good_rows_and_keeps_the_refusals(
    archive: Archive, tmp_path: Path
) -> None:
    path = write_list(tmp_path / "l.csv", GOOD, row(ref="A2", tax="", code="x"))
    report = await archive.load(path, skip_refused=True)
    assert report.loaded == Loaded(added=1)
    assert await _count(archive) == 1
    noted = await archive.store.read(imports.latest)
    assert noted is not None
    assert (noted.who, noted.file_name, noted.loaded) == ("prova", "l.csv", Loaded(added=1))
    assert [each["row"] for each in noted.refused] == [3]


async def test_a_second_load_says_what_is_new_changed_and_equal(archive: Archive, tmp_path: Path) -> None:
    first = [GOOD, row(ref="A2", tax="")]
    await archive.load(write_list(tmp_path / "l.csv", *first))
    second = [row(cap="51039"), row(ref="A2", tax=""), row(ref="A3", tax="")]
    report = await archive.load(write_list(tmp_path / "m.csv", *second))
    assert report.loaded == Loaded(added=1, changed=1, unchanged=1)
    assert (await _company(archive, "A1")).fields[RegisterField.CAP] == "51039"


async def test_a_new_member_starts_its_thirty_days_once(archive: Archive, tmp_path: Path) -> None:
    path = write_list(tmp_path / "l.csv", row(code="1", joined="02/11/2026"))
    await archive.load(path)
    await archive.load(path)
    company = await _company(archive, "A1")
    about = About(Subject.COMPANY, company.id)
    (term,) = await archive.store.read(lambda tx: deadlines.open_about(tx, about))
    assert (term.due.kind.value, term.due.due_on) == ("D1", date(2026, 12, 2))
    assert term.owner == company.assignee
    assert term.remind_on is not None


async def test_a_new_member_that_nobody_has_waits_without_an_owner(archive: Archive, tmp_path: Path) -> None:
    await archive.load(write_list(tmp_path / "l.csv", row(code="1", joined="02/11/2026", who="")))
    company = await _company(archive, "A1")
    (term,) = await archive.store.read(lambda tx: deadlines.of_company(tx, company.id))
    assert (company.assignee, term.owner) == (None, None)


async def test_a_new_member_that_comes_too_late_is_told(archive: Archive, tmp_path: Path) -> None:
    rows = [
        row(code="1", joined="23/10/2026"),  # thirty days ago and one
        row(ref="A2", tax="", code="1", joined="24/10/2026"),  # due today
    ]
    report = await archive.load(write_list(tmp_path / "l.csv", *rows))
    assert [company.ref for company in report.expired] == ["A1"]


@pytest.mark.parametrize("who", ["esempioli ADA", "Ada  Esempioli", "ADA.ESEMPIOLI@associazione.example.com"])
async def test_a_person_is_known_by_name_in_any_order_or_by_address(
    who: str, archive: Archive, tmp_path: Path
) -> None:
    await archive.load(write_list(tmp_path / "l.csv", row(who=who)))
    assert (await _company(archive, "A1")).assignee is not None


@pytest.mark.parametrize(
    "joined", ["12/03/2019", "12-3-2019", "12.03.19", "2019-03-12", "2019-03-12 00:00:00", "43536"]
)
async def test_a_date_is_read_however_excel_writes_it(joined: str, archive: Archive, tmp_path: Path) -> None:
    await archive.load(write_list(tmp_path / "l.csv", row(joined=joined)))
    assert (await _company(archive, "A1")).joined_on == date(2019, 3, 12)


async def test_a_workbook_gives_back_the_zeros_its_numbers_lost(archive: Archive, tmp_path: Path) -> None:
    heading = [
        "Cod. interno",
        "Denominazione",
        "Codice",
        "Servizi",
        "Sede",
        "P.IVA",
        "CAP",
        "Data di adesione",
    ]
    cells: list[Value] = [12, "Tizietti", 1, "VERO", "PRATO", 743110157, 1234, date(2026, 11, 2)]
    (tmp_path / "l.xlsx").write_bytes(xlsx([heading, cells]))
    report = await archive.load(tmp_path / "l.xlsx")
    assert report.refused == ()
    company = await _company(archive, "12")
    assert company.fields[RegisterField.PARTITA_IVA] == "00743110157"
    assert company.fields[RegisterField.CAP] == "01234"
    assert (company.site, company.joined_on) == ("Prato", date(2026, 11, 2))


async def test_partners_may_have_a_column_each_and_a_company_may_have_ceased(
    archive: Archive, tmp_path: Path
) -> None:
    heading = [*HEADING[:5], "Socio 1", "Socio 2", "Socio 3", "Stato", "Colore"]
    path = write_list(
        tmp_path / "l.csv", [*GOOD[:5], "Aldo", "Bianca", "Aldo", "Cessata", "blu"], heading=heading
    )
    report = await archive.load(path)
    assert report.unused_columns == ("Colore",)
    company = await _company(archive, "A1")
    assert [partner.name for partner in company.partners] == ["Aldo", "Bianca"]
    assert company.ceased


BAD_LISTS: list[tuple[list[Sequence[str]], str]] = [
    ([HEADING], "non c'è nessuna azienda"),
    ([[*HEADING[:2], *HEADING[3:]], GOOD], "manca la colonna Codice"),
    ([["Nome", "Cognome"], ["Ada", "Esempioli"]], "mancano le colonne Cod. interno, Ragione sociale"),
    ([[*HEADING, "Denominazione"], GOOD], "«Ragione sociale» e «Denominazione» dicono la stessa cosa"),
    ([["1", "2"], ["3", "4"]], "la prima riga dev'essere quella con i nomi delle colonne"),
]


@pytest.mark.parametrize(("rows", "sentence"), BAD_LISTS)
async def test_a_list_without_its_columns_is_refused_whole(
    rows: list[Sequence[str]], sentence: str, archive: Archive, tmp_path: Path
) -> None:
    (tmp_path / "l.csv").write_bytes(csv_bytes(rows))
    with pytest.raises(ListError) as told:
        await archive.load(tmp_path / "l.csv")
    assert sentence in str(told.value)


async def test_a_title_above_the_heading_is_stepped_over(archive: Archive, tmp_path: Path) -> None:
    title = ["Elenco aziende al 23 novembre 2026"]
    (tmp_path / "l.csv").write_bytes(csv_bytes([title, HEADING, row(code="x")]))
    report = await archive.load(tmp_path / "l.csv")
    assert [each.row for each in report.refused] == [3]
