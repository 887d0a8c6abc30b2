"""`dopovisita attribuisci`: nothing written before --applica; then all, in the administrator's name."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from dopovisita.__main__ import main
from dopovisita.archive import open_archive
from dopovisita.secret import SecretUrl
from dopovisita.settings import VARIABLES
from dopovisita.variables import PREFIX
from store import audit, history, people, proposals, register
from store.transaction import Transaction
from tests.dopovisita.conftest import EXAMPLE
from tests.dopovisita.sheets import row, write_list

T = TypeVar("T")
Said = Callable[..., tuple[int, str, str]]
AT = "@associazione.example.com"
SETTINGS = {
    "CAMPAIGN": str(EXAMPLE),
    "TELEGRAM_TOKEN": "700000001:" + "prova" * 7,
    "SMTP_URL": "smtp://posta:segreto@127.0.0.1:9",
    "IMAP_URL": "imap://posta:segreto@127.0.0.1:9/INBOX",
    "MAIL_FROM": f"assistente{AT}",
    "SECRET_KEY": "una chiave di prova, lunga quanto basta 0123456789",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with three companies that are nobody's; nothing outside answers."""
    for variable in VARIABLES:
        monkeypatch.delenv(PREFIX + variable.name, raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in {**SETTINGS, "DATABASE_URL": f"sqlite:///{tmp_path / 'd.db'}"}.items():
        monkeypatch.setenv(PREFIX + name, value)
    rows = (
        row(ref="A1", who="", services="no"),
        row(ref="A2", who="", tax=""),
        row(ref="A3", who="", tax="", code="1", trade="Orafi"),
    )
    assert main(["importa", str(write_list(tmp_path / "elenco.csv", *rows))]) == 0
    return tmp_path


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Type a command: its exit code, what it printed, what it complained of."""

    def typed(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(words)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return typed


def look(home: Path, work: Callable[[Transaction], T]) -> T:
    async def reading() -> T:
        async with open_archive(SecretUrl(f"sqlite:///{home / 'd.db'}")) as store:
            return await store.read(work)

    return asyncio.run(reading())


def assignee(home: Path, ref: str) -> str:
    def named(tx: Transaction) -> str:
        company = register.by_ref(tx, ref)
        person = people.by_id(tx, company.assignee or 0) if company else None
        return person.name if person else ""

    return look(home, named)


def test_an_import_says_what_waits(home: Path, say: Said) -> None:
    path = write_list(home / "altro.csv", row(ref="B1", who="", tax=""), row(ref="A1", services="sì"))
    _, out, _ = say("importa", str(path))
    assert "Attribuzioni proposte, da confermare: 1." in out
    assert "Cambi di servizi, sede o codice da confermare: 1." in out
    assert "Senza nessuno a cui attribuirle: 1" in out


def test_the_simulation_tells_each_company_and_its_reason_and_writes_nothing(home: Path, say: Said) -> None:
    before = look(home, proposals.newest)
    code, out, _ = say("attribuisci")
    assert code == 0
    assert "A1 Panificio Tizietti S.r.l. (Pistoia) → Carla Immaginelli: Associata senza servizi" in out
    assert "A2 Panificio Tizietti S.r.l. (Pistoia) → Mauro Stampigliotti: Associata con servizi" in out
    assert "→ nessuno: non c'è un EM per il mestiere Orafi" in out
    assert "Proposte: 2. Senza nessuno a cui attribuirle: 1." in out
    assert "Non ho scritto niente" in out
    assert look(home, proposals.newest) == before
    assert assignee(home, "A1") == ""


def test_applica_confirms_all_in_the_administrator_s_name(home: Path, say: Said) -> None:
    code, out, _ = say("attribuisci", "--applica")
    assert code == 0
    assert "2 aziende attribuite, a nome di Zeno Modellucci" in out
    assert (assignee(home, "A1"), assignee(home, "A3")) == ("Carla Immaginelli", "")
    company = look(home, lambda tx: register.by_ref(tx, "A1"))
    assert company is not None
    (line,) = look(home, lambda tx: history.changes(tx, "companies", company.id))
    assert (line.hand.who, line.hand.channel) == (f"zeno.modellucci{AT}", "cli")
    assert "attributed" in [note.what for note in look(home, lambda tx: audit.latest(tx, 9))]
    assert "0 aziende attribuite" in say("attribuisci", "--applica")[1]


def test_one_company_passes_by_hand_with_its_reason(home: Path, say: Said) -> None:
    asked = ("attribuisci", "--azienda", "A1", "--motivo", "conosce il titolare", "--a")
    code, out, _ = say(*asked, f"ada.esempioli{AT}")
    assert code == 0
    assert "Panificio Tizietti S.r.l. ora è di Ada Esempioli" in out
    assert assignee(home, "A1") == "Ada Esempioli"
    for to, words in (
        ("ada.esempioli", "Ada Esempioli ha già questa azienda"),
        ("olga.bozzettoni", "Olga Bozzettoni non fa visite"),
        ("nessuno", "nessuno ha l'indirizzo nessuno"),
    ):
        code, _, err = say(*asked, to + AT)
        assert code == 1
        assert words in err


@pytest.mark.parametrize(
    "words",
    [
        ("--azienda", "A1"),
        ("--a", "x@y.it"),
        ("--applica", "--azienda", "A1", "--a", "x@y.it", "--motivo", "x"),
    ],
)
def test_half_an_order_is_told_what_is_missing(say: Said, words: tuple[str, ...]) -> None:
    code, _, err = say("attribuisci", *words)
    assert code == 1
    assert "servono --azienda, --a e --motivo" in err


def test_an_unknown_company_is_one_sentence(say: Said) -> None:
    code, _, err = say("attribuisci", "--azienda", "Z9", "--a", f"ada.esempioli{AT}", "--motivo", "x")
    assert code == 1
    assert "nessuna azienda ha il codice Z9" in err
