"""`dopovisita termine` as it is typed: section 17's dates, the sentence, and every way to ask wrongly."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dopovisita.__main__ import main
from dopovisita.campaign_file import EXAMPLE
from dopovisita.settings import VARIABLES
from dopovisita.variables import PREFIX

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings, no database, no secret."""
    for variable in VARIABLES:
        monkeypatch.delenv(PREFIX + variable.name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Said:
    def typed(line: str, *more: str) -> tuple[int, str, str]:
        code = main(["termine", *line.split(), *more])
        return code, *capsys.readouterr()

    return typed


def test_a_person_reads_the_three_days_and_why(say: Said) -> None:
    code, out, err = say("D14 --dal 2026-11-27 --sede Prato")

    assert (code, err) == (0, "")
    assert out.splitlines()[:4] == [
        "D14, chiusura del preventivo",
        "Scade:               domenica 27 dicembre 2026",
        "Ultimo giorno utile: giovedì 24 dicembre 2026",
        "In tempo fino a:     lunedì 28 dicembre 2026",
    ]
    assert "Perché: entro domenica 27 dicembre 2026: 30 giorni di calendario dalla consegna" in out


@pytest.mark.parametrize(
    ("line", "due", "last_useful", "on_time_until"),
    [
        ("D10 --dal 2026-11-18 --sede Pistoia", "2026-11-25", "2026-11-25", "2026-11-25"),
        ("d10 --dal 18/11/2026 --sede pistoia", "2026-11-25", "2026-11-25", "2026-11-25"),
        ("D14 --dal 2026-11-27 --sede Pistoia", "2026-12-27", "2026-12-24", "2026-12-28"),
        ("D12 --dal 2026-11-27 --sede Pistoia", "2026-12-27", "2026-12-24", "2026-12-28"),
        ("D1 --dal 2026-06-25 --sede Pistoia", "2026-07-25", "2026-07-24", "2026-07-27"),
        ("D8 --dal 2025-07-24 --sede Pistoia", "2025-07-28", "2025-07-28", "2025-07-28"),
        ("D8 --dal 2025-07-24 --sede Prato", "2025-07-25", "2025-07-25", "2025-07-25"),
    ],
)
def test_the_json_has_section_17_s_last_three_columns(
    line: str, due: str, last_useful: str, on_time_until: str, say: Said
) -> None:
    code, out, err = say(line, "--json")

    told = json.loads(out)
    assert code == 0
    assert list(told) == ["due", "last_useful", "on_time_until", "explanation"]
    assert [told["due"], told["last_useful"], told["on_time_until"]] == [due, last_useful, on_time_until]
    assert "campagna di esempio" in err


def test_the_sentence_names_what_was_skipped(say: Said) -> None:
    _, out, _ = say("D10 --dal 2026-11-18 --sede Pistoia --json")

    assert json.loads(out)["explanation"] == (
        "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita di mercoledì 18; "
        "saltati sabato 21 e domenica 22"
    )


def test_without_a_campaign_the_example_s_is_used_and_said(say: Said) -> None:
    _, out, _ = say("D10 --dal 2026-11-18 --sede Pistoia")

    assert "campagna di esempio: DOPOVISITA_CAMPAIGN manca" in out


def test_the_campaign_s_own_terms_and_closures_count(
    an_empty_folder: Path, say: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = EXAMPLE.read_text("utf-8").replace("redazione = 5", "redazione = 3")
    own = an_empty_folder / "campaign.toml"
    own.write_text(text.replace("dal = 2027-08-09", "dal = 2027-08-04"), "utf-8")
    monkeypatch.setenv("DOPOVISITA_CAMPAIGN", str(own))

    _, out, err = say("D10 --dal 2027-08-02 --sede Pistoia --json")

    assert json.loads(out)["due"] == "2027-08-24"  # Tuesday 3, then Monday 23 and Tuesday 24
    assert "chiusura" in json.loads(out)["explanation"]
    assert "campagna di esempio" not in err


def test_a_sede_that_the_file_does_not_have_is_reckoned_with_its_patron(say: Said) -> None:
    _, with_patron, _ = say("D8 --dal 2027-07-09 --sede Lucca --json --patrono", "12 luglio")
    _, without, _ = say("D8 --dal 2027-07-09 --sede Prato --json")

    assert json.loads(with_patron)["due"] == "2027-07-13"
    assert json.loads(without)["due"] == "2027-07-12"


def test_left_out_the_day_is_today(say: Said) -> None:
    _, today, _ = say("D10 --dal oggi --sede Prato --json")
    code, left_out, _ = say("D10 --sede Prato --json")

    assert code == 0
    assert left_out == today


@pytest.mark.parametrize("kind", ["D2", "D3", "D15", "d16"])
def test_a_duty_without_a_date_says_why(kind: str, say: Said) -> None:
    code, out, err = say(f"{kind} --dal 2026-11-18 --sede Pistoia")

    assert (code, out) == (1, "")
    assert err.startswith(f"{kind.upper()}, ")
    assert "non ha una data da calcolare" in err


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("D99 --sede Pistoia", 2, "i termini sono D1, D4, D5"),
        ("A22b --sede Pistoia", 2, "i termini sono D1, D4, D5"),
        ("D10 --dal boh --sede Pistoia", 2, "scrivilo così: 2026-11-18, 18/11/2026"),
        ("D10 --dal 31/2/2026 --sede Pistoia", 2, "scrivilo così"),
        ("D10 --dal lunedì --sede Pistoia", 2, "scrivi anche l'anno"),
        ("D10 --sede Lucca", 1, "le sedi sono Pistoia, Prato, Montecatini Terme e Agliana"),
        ("D10", 1, "manca --sede: le sedi sono Pistoia"),
        ("D10 --sede Lucca --patrono boh", 2, "«25 luglio»"),
        ("", 2, "manca TERMINE"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_what_to_write(line: str, code: int, says: str, say: Said) -> None:
    got, out, err = say(line)

    assert (got, out) == (code, "")
    assert says in err


def test_the_help_is_italian_and_leaves_nothing_behind(an_empty_folder: Path, say: Said) -> None:
    code, out, _ = say("--aiuto")
    say("D10 --dal 2026-11-18 --sede Pistoia")

    assert code == 0
    assert out.startswith("Uso: dopovisita termine [OPZIONI] TERMINE")
    assert "required" not in out
    assert list(an_empty_folder.iterdir()) == []
