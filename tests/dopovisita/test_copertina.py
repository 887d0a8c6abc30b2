"""`dopovisita copertina`, on a database where a quote was delivered."""

from datetime import date
from pathlib import Path

import pytest

from actions.tell_quote import tell_quote
from dopovisita.__main__ import main
from dopovisita.settings import VARIABLES
from dopovisita.variables import PREFIX
from procedure.quotes import QuoteEvent
from tests.actions.house import CATALOGUE, INTEGRATED, at, opened
from tests.dopovisita.conftest import EXAMPLE
from tests.mailer.pdf import text_of

DELIVERED, TO_DRAFT = 1, 2


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with one quote delivered and another to draft, and nothing secret set."""
    with opened(tmp_path) as house:
        quote = house.quote(*CATALOGUE)
        tell_quote(house.turn(at=at(20)), quote, QuoteEvent.DELIVERED, date(2026, 11, 20), channel="chat")
        assert (quote, house.quote(*INTEGRATED, ref="A002")) == (DELIVERED, TO_DRAFT)
    for variable in VARIABLES:
        monkeypatch.delenv(PREFIX + variable.name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOPOVISITA_DATABASE_URL", f"sqlite:///{tmp_path / 'house.db'}")
    monkeypatch.setenv("DOPOVISITA_CAMPAIGN", str(EXAMPLE))
    return tmp_path


def test_the_cover_is_written_where_it_is_wanted(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["copertina", str(DELIVERED), "-o", "fronte.pdf"]) == 0
    assert capsys.readouterr().out == "Scritta la copertina: fronte.pdf\n"
    told = text_of((home / "fronte.pdf").read_bytes())
    for said in ("Tessitura Finzioni S.r.l.", "A001", f"N. {DELIVERED}", "venerdì 20 novembre 2026"):
        assert said in told


def test_left_to_itself_it_is_called_as_the_company_and_the_quote(home: Path) -> None:
    assert main(["copertina", str(DELIVERED)]) == 0
    assert (home / f"copertina-A001-preventivo-{DELIVERED}.pdf").is_file()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["99"], 1, "il preventivo 99 non esiste"),
        ([str(TO_DRAFT)], 1, f"il preventivo {TO_DRAFT} non risulta consegnato"),
        ([str(DELIVERED), "-o", "non/c'è/x.pdf"], 1, "non riesco a scrivere"),
        (["A001"], 2, "scrivi un numero intero"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_sentence(
    words: list[str], code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["copertina", *words]) == code
    assert sentence in capsys.readouterr().err
