"""`dopovisita leggi`, as a process, on a database where an E3 left: what it says; and it writes nothing."""

import json
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from actions.deliver import Minting
from dopovisita.secret import Secret, reply_key
from procedure.notices import MailKind
from store import letters
from store.engine import open_store
from store.letters import Outcome
from store.transaction import Transaction
from tests.actions.house import EVERYTHING, OFFICE, at, opened
from tests.dopovisita.conftest import EXAMPLE

KEY = "una chiave inventata per le prove, lunga abbastanza"
RA = "anagrafica@associazione.example.com"
REPLY = """\
From: {sender}
To: assistente@associazione.example.com
Subject: Re: Dati da aggiornare
Date: Fri, 20 Nov 2026 09:00:00 +0100
Message-ID: <risposta-1@associazione.example.com>
In-Reply-To: {message_id}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
{more}
{text}

Il giorno 19/11/2026 Dopovisita ha scritto:
> nella visita sono emersi dati da correggere. Rispondi FATTO.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An installation from which an E3 left; its Message-ID is in `e3`."""
    with opened(tmp_path) as house:
        house.office = replace(OFFICE, minting=Minting(reply_key(Secret(KEY)), "x.example"))
        house.confirms(*EVERYTHING)
        (e3,) = (mail for mail in house.mails() if mail.kind is MailKind.E3_CORRECTIONS_TO_RA)
        (tmp_path / "e3").write_text(house.message_id(e3), "utf-8")
    return tmp_path


def letter(home: Path, text: str, sender: str = RA, more: str = "", name: str = "risposta.eml") -> Path:
    path = home / name
    message_id = (home / "e3").read_text("utf-8")
    path.write_text(REPLY.format(sender=sender, message_id=message_id, text=text, more=more), "utf-8")
    return path


def leggi(home: Path, *words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, its settings only those of this installation."""
    given = {
        "DOPOVISITA_DATABASE_URL": f"sqlite:///{home / 'house.db'}",
        "DOPOVISITA_CAMPAIGN": str(EXAMPLE),
        "DOPOVISITA_SECRET_KEY": KEY,
        "DOPOVISITA_MAIL_FROM": "Dopovisita <assistente@associazione.example.com>",
        **settings,
    }
    return subprocess.run(  # our own interpreter and words
        [sys.executable, "-m", "dopovisita", "leggi", *map(str, words)],
        cwd=home,
        env={**given, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )


def content(home: Path) -> str:
    return sha256((home / "house.db").read_bytes()).hexdigest()


def test_a_reply_is_told_whole_and_nothing_is_written(home: Path) -> None:
    before = content(home)
    done = leggi(home, letter(home, "Ok, fatto. Grazie"))
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "Scritta da:      una persona",
        "Testo nuovo:     Ok, fatto. Grazie",
        "citazione, piè di pagina, avvertenze",
        "risponde a E3 per Tessitura Finzioni S.r.l. (a anagrafica@associazione.example.com)",
        "nella mail a cui risponde (In-Reply-To), e chi scrive è la persona a cui era stata scritta",
        "Capito:          anagrafica aggiornata («fatto»)",
        "Sarebbe:         registrata (done)",
        "a anagrafica@associazione.example.com: Registrato: Tessitura Finzioni S.r.l. (A001)",
        "anagrafica aggiornata: Telefono",
    ):
        assert said in done.stdout
    assert content(home) == before


def test_what_is_not_understood_says_what_it_would_ask(home: Path) -> None:
    told = leggi(home, letter(home, "lo facciamo domani"), "--json")
    (said,) = map(json.loads, told.stdout.splitlines())
    assert (said["written_by"], said["outcome"], said["outcome_reason"]) == (
        "human",
        "to_sort",
        "not_understood",
    )
    assert (said["commands"], said["guess"], said["note"]) == ([], None, "lo facciamo domani")
    assert said["whose"] == "matched: in_reply_to, addressee"
    assert [mail["kind"] for mail in said["mails"]] == ["N9"]


def test_a_stranger_and_a_machine_have_no_effect_and_it_says_why(home: Path) -> None:
    stranger = letter(home, "fatto", "Uno <uno@altrove.example>", name="1.eml")
    machine = letter(home, "Sono assente", more="Auto-Submitted: auto-replied\n", name="2.eml")
    done = leggi(home, stranger, machine, "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["outcome"], first["outcome_reason"]) == ("to_sort", "sender_not_allowed")
    assert (second["written_by"], second["outcome"]) == ("automatic", "ignored")


def test_without_a_database_it_says_what_stands_in_the_file_and_why_no_more(home: Path) -> None:
    path = letter(home, "fatto")
    done = leggi(home, path, DOPOVISITA_DATABASE_URL=f"sqlite:///{home / 'altrove.db'}")
    assert done.returncode == 0
    assert "Testo nuovo:     fatto" in done.stdout
    assert "Di chi è:        non si può dire" in done.stdout
    assert not (home / "altrove.db").exists()
    assert "DOPOVISITA_SECRET_KEY manca" in leggi(home, path, DOPOVISITA_SECRET_KEY="").stdout


def test_a_file_that_is_no_mail_is_told_kindly_and_hinders_no_other(home: Path) -> None:
    good = letter(home, "fatto")
    (home / "vuoto.eml").write_bytes(b"")
    (home / "rotto.eml").write_bytes(bytes(range(256)) * 40)
    (home / "posta.eml").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)
    names = ("manca.eml", "vuoto.eml", "rotto.eml", "posta.eml")
    done = leggi(home, *names, good, "--json")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    for said in (
        "«manca.eml»",
        "«vuoto.eml» è vuoto",
        "«rotto.eml» non sembra una mail",
        "salvalo come .eml",
    ):
        assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert leggi(home).returncode == 2


async def test_a_letter_that_came_before_is_told_with_what_came_of_it(home: Path) -> None:
    path = letter(home, "fatto")
    async with open_store(f"sqlite:///{home / 'house.db'}") as store:
        await store.run(lambda tx: _settled(tx, path.read_bytes()))
    done = leggi(home, path)
    assert "Già arrivata:    20/11/2026" in done.stdout
    assert "da smistare" in done.stdout
    assert "Sarebbe" not in done.stdout


def _settled(tx: Transaction, raw: bytes) -> None:
    kept = letters.keep(tx, mailbox="INBOX", uidvalidity=1, uid=1, message_id="", raw=raw, now=at(20))
    assert kept is not None
    letters.settle(tx, kept, outcome=Outcome.TO_SORT, reason="not_understood", about=None, now=at(20))
