"""The demo's register: the same each time, right in every digit, with the cases that a demo must show."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from stdnum.it import codicefiscale, iva

from dopovisita.demo_codes import codice_fiscale
from dopovisita.demo_register import demo_register, write_csv
from store.loading import Loaded
from tests.dopovisita.conftest import EXAMPLE, NOW, Archive

ROWS = demo_register(NOW.date())


def test_the_same_day_gives_the_same_register_and_another_day_other_dates() -> None:
    assert demo_register(NOW.date()) == ROWS
    later = demo_register(date(2027, 1, 4))
    assert [row["Ragione sociale"] for row in later] == [row["Ragione sociale"] for row in ROWS]
    assert [row["Data adesione"] for row in later] != [row["Data adesione"] for row in ROWS]


def test_there_are_120_companies_and_no_two_share_a_name_or_a_code() -> None:
    assert len(ROWS) == 120
    for column in ("Cod. interno", "Ragione sociale", "Partita IVA", "Telefono"):
        assert len({row[column] for row in ROWS}) == 120


def test_each_partita_iva_opens_with_7_and_is_valid() -> None:
    assert all(iva.is_valid(row["Partita IVA"]) and row["Partita IVA"][0] == "7" for row in ROWS)


def test_a_sole_trader_has_a_persons_tax_code_and_a_society_its_partita_iva() -> None:
    for row in ROWS:
        sole = row["Forma giuridica"] in {"Ditta individuale", "Impresa familiare"}
        assert codicefiscale.is_valid(row["Codice fiscale"])
        assert (len(row["Codice fiscale"]) == 16) is sole
        assert sole or row["Codice fiscale"] == row["Partita IVA"]


@pytest.mark.parametrize(
    ("surname", "name", "expected"),
    [("Fo", "Ugo", "FOXGUO"), ("Hu", "Shili", "HUXSHL"), ("Esempioli", "Bernardo", "SMPBNR")],
)
def test_short_and_long_names_make_their_letters(surname: str, name: str, expected: str) -> None:
    code = codice_fiscale(surname, name, date(1979, 5, 14), "G713", woman=True)
    assert code.startswith(f"{expected}79E54G713")
    assert codicefiscale.is_valid(code)


def test_every_address_is_nobodys() -> None:
    assert all(row["Email"].endswith(".example.com") for row in ROWS)
    assert all(not row["PEC"] or row["PEC"].endswith(".example.com") for row in ROWS)


def test_each_av_has_15_to_30_companies_and_three_are_nobodys() -> None:
    counts = Counter(row["Attribuita a"] for row in ROWS)
    assert counts.pop("") == 3
    assert all(15 <= count <= 30 for count in counts.values())
    text = EXAMPLE.read_text(encoding="utf-8")
    assert all(f'nome = "{name}"' in text for name in counts)


def test_the_cases_that_a_demo_must_show_are_there() -> None:
    by_ref = {row["Cod. interno"]: row for row in ROWS}
    assert (by_ref["D0001"]["Codice"], by_ref["D0001"]["Data adesione"]) == ("1", "27/10/2026")
    assert (by_ref["D0002"]["Codice"], by_ref["D0002"]["Data adesione"]) == ("1", "09/10/2026")
    assert by_ref["D0003"]["Forma giuridica"] == "S.n.c."
    assert by_ref["D0003"]["Soci"].count(";") == 2
    assert by_ref["D0004"]["Stato"] == "cessata"
    assert by_ref["D0021"]["Cellulare"].startswith("+86")
    kinds = Counter((row["Codice"], row["Servizi"]) for row in ROWS)
    assert all(kinds[code, services] >= 2 for code in "01" for services in ("sì", "no"))


async def test_the_register_enters_by_the_road_of_importa_with_nothing_refused(
    archive: Archive, tmp_path: Path
) -> None:
    write_csv(tmp_path / "aziende.csv", ROWS)
    raw = (tmp_path / "aziende.csv").read_bytes()
    assert raw.startswith(b"Cod. interno;Ragione sociale;")
    assert "sì".encode("cp1252") in raw
    report = await archive.load(tmp_path / "aziende.csv")
    assert (report.loaded, report.refused, report.unused_columns) == (Loaded(added=120), (), ())
    assert [row.ref for row in report.expired] == ["D0002"]
