"""The command line as it is typed: what it answers, what it leaves behind, what it never prints."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from dopovisita.__main__ import cli, main
from dopovisita.archive import open_archive
from dopovisita.campaign_file import load_campaign
from dopovisita.secret import SecretUrl
from dopovisita.settings import VARIABLES
from dopovisita.variables import PREFIX
from emulator.world import World
from procedure.people import Person
from store import people, register
from store.transaction import Transaction
from tests.dopovisita.conftest import EXAMPLE
from tests.dopovisita.outside import SERVICE, TOKEN, world_beside
from tests.dopovisita.sheets import GOOD, row, write_list

T = TypeVar("T")
ADA = "ada.esempioli@associazione.example.com"
CLOSED = "127.0.0.1:9"  # the discard port: nobody answers
KEY = "parolasegretissima-0123456789-abcdefghij"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in an empty folder, with its database and campaign and nothing else."""
    for variable in VARIABLES:
        monkeypatch.delenv(PREFIX + variable.name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DOPOVISITA_DATABASE_URL", f"sqlite:///{tmp_path / 'd.db'}")
    monkeypatch.setenv("DOPOVISITA_CAMPAIGN", str(EXAMPLE))
    return tmp_path


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def setting(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(PREFIX + name, value)

    return setting


@pytest.fixture
def world(give: Callable[..., None]) -> Iterator[World]:
    """Everything outside is there, and the settings say where."""
    with world_beside() as opened:
        give(
            TELEGRAM_TOKEN=TOKEN,
            TELEGRAM_BASE_URL=opened.base_url,
            SMTP_URL=opened.smtp_url,
            IMAP_URL=opened.imap_url,
            MAIL_FROM=SERVICE,
            SECRET_KEY=KEY,
        )
        yield opened


@pytest.fixture
def nobody_answers(give: Callable[..., None]) -> None:
    """Settings that are right, and a network that is not there."""
    give(
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_BASE_URL=f"http://{CLOSED}/bot",
        SMTP_URL=f"smtp://posta:parolasegretissima@{CLOSED}",
        IMAP_URL=f"imap://posta:parolasegretissima@{CLOSED}",
        MAIL_FROM=SERVICE,
        SECRET_KEY=KEY,
    )


def look(home: Path, work: Callable[[Transaction], T]) -> T:
    async def reading() -> T:
        async with open_archive(SecretUrl(f"sqlite:///{home / 'd.db'}")) as store:
            return await store.read(work)

    return asyncio.run(reading())


def _ada(tx: Transaction) -> Person | None:
    return people.by_email(tx, ADA)


Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Said:
    """Type a command: its exit code, what it printed, what it complained of."""

    def typed(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capsys.readouterr()
        assert "segretissima" not in out + err
        assert "Traceback" not in err
        return code, out, err

    return typed


ENGLISH = re.compile(r"\b(Usage|Options|Commands|Show this|Error|Try|INTEGER|required|default|Missing)\b")


@pytest.mark.parametrize("words", [[], ["--aiuto"], ["-h"], ["--help"]])
def test_without_a_command_the_help_lists_them_all(words: list[str], say: Said) -> None:
    code, out, _ = say(*words)
    assert code == 0
    assert out.startswith("Uso: dopovisita [OPZIONI] COMANDO")
    for name in ("demo", "run", "verifica", "importa", "invita", "congeda", "migra"):
        assert f"\n  {name} " in out
    assert not ENGLISH.search(out)


@pytest.mark.parametrize("name", ["demo", "run", "verifica", "importa", "invita", "congeda", "migra"])
def test_the_help_of_each_command_is_italian(name: str, say: Said) -> None:
    code, out, _ = say(name, "--aiuto")
    assert code == 0
    assert out.startswith(f"Uso: dopovisita {name} ")
    assert "Mostra questo aiuto." in out
    assert not ENGLISH.search(out)


MISTAKES = [
    (["importta"], "non conosco il comando «importta»: forse volevi scrivere importa"),
    (["xyz"], "non conosco il comando «xyz»"),
    (["--versione"], "non conosco l'opzione --versione"),
    (["importa"], "manca FILE"),
    (["importa", "a.csv", "--salta"], "non conosco l'opzione --salta: forse volevi scrivere --salta-errori"),
    (["importa", "a.csv", "b.csv"], "ci sono parole di troppo"),
    (["invita", "--giorni", "tanti"], "il valore di --giorni non va bene: scrivi un numero intero da 1 a 60"),
    (["invita", "--giorni", "0"], "il valore di --giorni non va bene"),
    (["invita", "--giorni"], "l'opzione --giorni"),
    (["demo", "--azzera=2"], "l'opzione --azzera"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "sentence"), MISTAKES)
def test_a_mistake_on_the_command_line_is_one_italian_sentence(
    words: list[str], sentence: str, say: Said
) -> None:
    code, out, err = say(*words)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert "Per l'aiuto: dopovisita" in err
    assert err.count("\n") == 1
    assert not ENGLISH.search(err)


def test_every_command_of_the_list_can_be_called() -> None:
    context = cli.make_context("dopovisita", ["migra"])
    for name in cli.list_commands(context):
        found = cli.get_command(context, name)
        assert found is not None
        assert found.name == name


def test_the_list_of_commands_imports_none_of_them() -> None:
    script = "import sys; from dopovisita.__main__ import main; main(['--aiuto']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "'sqlalchemy'" not in done.stdout
    assert "'telegram'" not in done.stdout


def test_migra_brings_an_empty_archive_up_to_date_and_then_says_so(say: Said) -> None:
    code, out, _ = say("migra")
    assert code == 0
    assert out.startswith("Archivio aggiornato: da vuoto a ")
    assert "già aggiornato" in say("migra")[1]


def test_importa_loads_a_file_and_says_what_changed(home: Path, say: Said) -> None:
    path = write_list(home / "elenco.csv", GOOD, row(ref="A2", tax="", code="1", joined="01/02/2026"))
    code, out, err = say("importa", str(path))
    assert code == 0
    assert "Aziende nuove: 2. Cambiate: 0. Uguali: 0. Righe rifiutate: 0." in out
    assert "oltre i giorni per la visita:\n  A2 Panificio" in out
    assert "Leggo le aziende" in err
    assert look(home, register.count) == 2
    assert "Uguali: 2" in say("importa", str(path))[1]


def test_importa_with_bad_rows_tells_them_and_writes_nothing(home: Path, say: Said) -> None:
    path = write_list(home / "elenco.csv", GOOD, row(ref="A2", tax="", cap="1"))
    code, out, _ = say("importa", str(path))
    assert code == 1
    assert out.startswith("riga 3, CAP: Il CAP ha 5 cifre")
    assert "Non ho scritto niente: 1 riga da correggere." in out
    assert look(home, register.count) == 0
    code, out, _ = say("importa", str(path), "--salta-errori")
    assert code == 0
    assert "Aziende nuove: 1." in out
    assert look(home, register.count) == 1


def test_importa_of_a_file_that_is_no_list_is_one_sentence(home: Path, say: Said) -> None:
    (home / "foto.xlsx").write_bytes(b"\x89PNG\r\n\x00")
    code, out, err = say("importa", str(home / "foto.xlsx"))
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_a_wrong_campaign_file_stops_a_command_with_its_line(
    home: Path, give: Callable[..., None], say: Said
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("redazione = 5", "redazione = 0")
    (home / "c.toml").write_text(text, encoding="utf-8")
    give(CAMPAIGN=str(home / "c.toml"))
    code, _, err = say("importa", "x.csv")
    assert code == 1
    assert re.match(r"c\.toml, riga \d+: «redazione» dev'essere un numero intero", err)


def test_a_missing_setting_stops_run_with_its_sentence(say: Said) -> None:
    code, _, err = say("run")
    assert code == 1
    assert err.startswith("DOPOVISITA_TELEGRAM_TOKEN manca: ")


def test_a_database_that_does_not_open_is_one_sentence_without_its_password(
    give: Callable[..., None], say: Said
) -> None:
    give(DATABASE_URL=f"postgresql://dopo:parolasegretissima@{CLOSED}/d")
    code, _, err = say("migra")
    assert code == 1
    assert "postgresql://dopo:***@127.0.0.1:9/d" in err
    assert err.count("\n") == 1


def test_a_database_that_is_no_database_is_one_sentence(home: Path, say: Said) -> None:
    (home / "d.db").write_text("non sono un archivio" * 100)
    code, _, err = say("migra")
    assert code == 1
    assert "non riesco ad aprire l'archivio" in err


def test_invita_prints_a_link_of_one_use_its_end_and_a_qr(home: Path, world: World, say: Said) -> None:
    code, out, _ = say("invita", ADA.upper(), "--giorni", "3")
    assert code == 0
    link = re.search(r"https://t\.me/(\w+)\?start=([A-Za-z0-9_-]+)\n", out)
    assert link is not None
    assert 22 <= len(link[2]) <= 64
    assert re.search(r"Vale una volta sola, fino a \w+ \d+ \w+ 20\d\d alle \d\d:\d\d\.", out)
    assert "█" in out
    assert link[2].encode() not in (home / "d.db").read_bytes()


def test_invita_tutti_leaves_out_who_has_telegram(home: Path, world: World, say: Said) -> None:
    say("invita", ADA)

    def bind(tx: Transaction) -> None:
        ada = _ada(tx)
        assert ada is not None
        people.bind_telegram(tx, ada.id, 42)

    async def write() -> None:
        async with open_archive(SecretUrl(f"sqlite:///{home / 'd.db'}")) as store:
            await store.run(bind)

    asyncio.run(write())
    code, out, _ = say("invita", "--tutti")
    assert code == 0
    assert ADA not in out
    assert out.count("https://t.me/") == len(load_campaign(EXAMPLE).persons) - 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["invita"], "scrivi l'indirizzo di una persona, oppure --tutti"),
        (["invita", ADA, "--tutti"], "scrivi l'indirizzo di una persona, oppure --tutti"),
        (["invita", "ada.esempiole@associazione.example.com"], f"forse è {ADA}?"),
        (["invita", "x"], "aggiungi la persona al file della campagna"),
    ],
)
def test_invita_says_whom_it_does_not_know(words: list[str], sentence: str, world: World, say: Said) -> None:
    code, out, err = say(*words)
    assert (code, out) == (1, "")
    assert sentence in err


def test_invita_without_network_is_one_sentence(nobody_answers: None, say: Said) -> None:
    code, _, err = say("invita", ADA)
    assert code == 1
    assert err.startswith("Telegram non risponde: ")


def test_congeda_closes_access_and_no_list_reopens_it(home: Path, world: World, say: Said) -> None:
    say("invita", ADA)
    code, out, _ = say("congeda", ADA)
    assert code == 0
    assert out.startswith("Ada Esempioli non ha più accesso.")
    assert look(home, _ada) is None
    code, _, err = say("congeda", ADA)
    assert code == 1
    assert "nessuno ha accesso" in err
    assert say("invita", ADA)[0] == 1  # though she is still in the campaign's file


def test_who_was_dismissed_by_mistake_is_readmitted(home: Path, world: World, say: Said) -> None:
    say("invita", ADA)
    assert say("congeda", "--ripensaci", ADA)[0] == 1  # she has not left
    say("congeda", ADA)
    code, out, _ = say("congeda", "--ripensaci", ADA)
    assert code == 0
    assert "nuovo invito" in out
    assert say("invita", ADA)[0] == 0


TITLES = ["Impostazioni", "Archivio", "Campagna", "Telegram", "Posta in uscita", "Posta in arrivo"]


def _marks(out: str) -> dict[str, str]:
    return {line[2:].partition(":")[0]: line[0] for line in out.splitlines() if line[:1] in "✓✗"}


def test_verifica_is_content_where_everything_works(world: World, say: Said) -> None:
    say("migra")
    code, out, _ = say("verifica")
    assert _marks(out) == dict.fromkeys(TITLES, "✓"), out
    assert list(_marks(out)) == TITLES
    assert code == 0


def test_verifica_of_an_empty_installation_tells_each_thing_to_do(say: Said) -> None:
    code, out, _ = say("verifica")
    assert code == 1
    assert _marks(out) == {**dict.fromkeys(TITLES, "✗"), "Campagna": "✓"}
    for name in ("TELEGRAM_TOKEN", "SMTP_URL", "IMAP_URL", "MAIL_FROM", "SECRET_KEY"):
        assert out.count(f"DOPOVISITA_{name} manca: ") == 1
    assert "✗ Telegram: prima le impostazioni, vedi sopra" in out
    assert "lancia «dopovisita migra»" in out


def test_verifica_changes_nothing(home: Path, say: Said) -> None:
    say("verifica")
    assert list(home.iterdir()) == []


def test_verifica_without_network_marks_what_does_not_answer(nobody_answers: None, say: Said) -> None:
    say("migra")
    code, out, _ = say("verifica")
    assert code == 1
    assert _marks(out) == {
        **dict.fromkeys(TITLES[:3], "✓"),
        **dict.fromkeys(TITLES[3:], "✗"),
    }


def test_verifica_tells_a_wrong_token_and_a_wrong_password(
    world: World, give: Callable[..., None], say: Said
) -> None:
    say("migra")
    imap = world.imap_url.replace(":demo@", ":parolasegretissima@")
    assert imap != world.imap_url
    give(TELEGRAM_TOKEN="1234567:AAnon-e-questo-il-token", IMAP_URL=imap)
    code, out, _ = say("verifica")
    assert code == 1
    assert "✗ Telegram: Telegram non riconosce il token" in out
    assert _marks(out)["Posta in arrivo"] == "✗"
    assert _marks(out)["Posta in uscita"] == "✓"


def test_the_installed_command_speaks_italian_and_shows_no_traceback(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dopovisita", "importa", "manca.xlsx"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("non trovo il file «manca.xlsx»")
    assert done.stderr.count("\n") == 1
