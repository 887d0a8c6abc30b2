"""`dopovisita obiettivi`: what each row becomes, or why it is refused; all of the file, or nothing."""

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dopovisita.__main__ import main
from dopovisita.archive import open_archive
from dopovisita.secret import SecretUrl
from dopovisita.settings import VARIABLES
from dopovisita.variables import PREFIX
from procedure.people import Role
from procedure.targets import Target
from store import people, targets
from store.transaction import Transaction
from tests.dopovisita.conftest import EXAMPLE
from tests.dopovisita.sheets import Value, csv_bytes, xlsx

HEADING = ("Dal", "Al", "Sede", "Persona", "Ruolo", "Visite")
NOVEMBER = ("01/11/2099", "30/11/2099")
SITE = (*NOVEMBER, "Pistoia", "", "", "12")
PERSON = (*NOVEMBER, "", "Esempioli Ada", "", "7")
ROLE = (*NOVEMBER, "Prato", "", "esperto di mestiere", "40")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for variable in VARIABLES:
        monkeypatch.delenv(PREFIX + variable.name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOPOVISITA_DATABASE_URL", f"sqlite:///{tmp_path / 'd.db'}")
    monkeypatch.setenv("DOPOVISITA_CAMPAIGN", str(EXAMPLE))
    return tmp_path


def load(
    home: Path, *rows: Sequence[str], words: Sequence[str] = (), heading: Sequence[str] = HEADING
) -> int:
    (home / "o.csv").write_bytes(csv_bytes([heading, *rows]))
    return main(["obiettivi", "o.csv", *words])


def stored(home: Path) -> list[Target]:
    async def look() -> list[Target]:
        async with open_archive(SecretUrl(f"sqlite:///{home / 'd.db'}")) as store:
            return await store.read(lambda tx: targets.not_over(tx, date(2026, 1, 1)))

    return asyncio.run(look())


def ada(home: Path) -> int:
    def found(tx: Transaction) -> int:
        person = people.by_email(tx, "ada.esempioli@associazione.example.com")
        assert person is not None
        return person.id

    async def look() -> int:
        async with open_archive(SecretUrl(f"sqlite:///{home / 'd.db'}")) as store:
            return await store.read(found)

    return asyncio.run(look())


def test_a_list_becomes_targets_of_a_sede_a_person_and_a_role(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load(home, SITE, PERSON, ROLE) == 0
    assert capsys.readouterr().out == "Obiettivi caricati: 3. Righe rifiutate: 0.\n"
    first, last = date(2099, 11, 1), date(2099, 11, 30)
    assert [(t.first, t.last, t.visits, t.site, t.person, t.role) for t in stored(home)] == [
        (first, last, 12, "Pistoia", None, None),
        (first, last, 7, None, ada(home), None),
        (first, last, 40, "Prato", None, Role.EM),
    ]


def test_an_excel_sheet_with_its_own_dates_and_numbers_reads_the_same(home: Path) -> None:
    rows: list[list[Value]] = [[*HEADING], [date(2099, 11, 1), date(2099, 11, 30), "Pistoia", None, None, 12]]
    (home / "o.xlsx").write_bytes(xlsx(rows))
    assert main(["obiettivi", "o.xlsx"]) == 0
    assert [(t.first, t.visits) for t in stored(home)] == [(date(2099, 11, 1), 12)]


def test_the_same_list_again_changes_only_the_numbers(home: Path) -> None:
    load(home, SITE, PERSON)
    assert load(home, (*SITE[:5], "15"), PERSON) == 0
    assert [target.visits for target in stored(home)] == [15, 7]


BAD_ROWS = [
    (("", *SITE[1:]), "dal: manca"),
    (("31/02/2099", *SITE[1:]), "dal: non è una data"),
    ((SITE[0], "31/10/2099", *SITE[2:]), "al: è prima dell'inizio"),
    ((*NOVEMBER, "Pistioa", "", "", "12"), "sede: questa sede non è nella campagna: forse è «Pistoia»?"),
    ((*NOVEMBER, "", "Nessuno Mai", "", "12"), "persona: questa persona non è nella campagna"),
    ((*NOVEMBER, "", "Ivo Prototipelli", "", "12"), "persona: Ivo Prototipelli non fa visite"),
    ((*NOVEMBER, "", "", "AM", "12"), "ruolo: scrivi un ruolo che fa visite: AV, CS, EA, EM o RS"),
    ((*NOVEMBER, "", "Ada Esempioli", "AV", "12"), "ruolo: scrivi la persona o il ruolo, non tutti e due"),
    ((*NOVEMBER, "", "", "", "12"), "sede: di chi è l'obiettivo?"),
    ((*SITE[:5], ""), "visite: manca"),
    ((*SITE[:5], "molte"), "visite: scrivi un numero intero"),
    ((*SITE[:5], "0"), "visite: scrivi un numero intero"),
    ((*SITE[:5], "2,5"), "visite: scrivi un numero intero"),
]


@pytest.mark.parametrize(("bad", "sentence"), BAD_ROWS)
def test_a_bad_row_is_told_and_nothing_is_written(
    home: Path, capsys: pytest.CaptureFixture[str], bad: Sequence[str], sentence: str
) -> None:
    assert load(home, PERSON, bad) == 1
    out = capsys.readouterr().out
    assert f"riga 3, {sentence}" in out
    assert "Non ho scritto niente: 1 riga da correggere" in out
    assert stored(home) == []


def test_the_same_people_and_period_twice_are_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(home, SITE, (*SITE[:5], "13")) == 1
    assert "riga 3, visite: c'è anche alla riga 2" in capsys.readouterr().out


def test_the_good_rows_go_in_where_one_asks_for_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(home, PERSON, (*SITE[:5], "0"), words=["--salta-errori"]) == 0
    assert "Obiettivi caricati: 1. Righe rifiutate: 1." in capsys.readouterr().out
    assert [target.visits for target in stored(home)] == [7]


def test_a_try_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(home, SITE, words=["--prova"]) == 0
    assert "Prova: obiettivi buoni 1, righe rifiutate 0." in capsys.readouterr().out
    assert load(home, (*SITE[:5], "0"), words=["--prova"]) == 1
    assert stored(home) == []


def test_a_period_that_is_over_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(home, ("01/01/2020", "31/01/2020", *SITE[2:])) == 0
    assert "Il periodo è già finito: riga 2." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("heading", "rows", "sentence"),
    [
        (("Sede", "Visite"), [("Pistoia", "12")], "non trovo i nomi delle colonne"),
        (HEADING, [], "non c'è nessun obiettivo"),
    ],
)
def test_a_file_that_is_no_such_list_ends_in_one_sentence(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    heading: Sequence[str],
    rows: Sequence[Sequence[str]],
    sentence: str,
) -> None:
    assert load(home, *rows, heading=heading) == 1
    assert sentence in capsys.readouterr().err
