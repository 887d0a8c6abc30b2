"""`dopovisita congeda --passa-a`, typed: what passes, what stays, and how to pass it on (A44)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store import people, register
from store.transaction import Transaction
from tests.dopovisita.sheets import GOOD, write_list
from tests.dopovisita.test_command_line import ADA, Said, give, home, look, say

__all__ = ["give", "home", "say"]  # fixtures

BRUNO = "bruno.fintarelli@associazione.example.com"


def of(email: str) -> Callable[[Transaction], int]:
    def count(tx: Transaction) -> int:
        person = people.by_email(tx, email) or people.gone(tx, email)
        assert person is not None
        return register.assigned_to(tx, person.id, offset=0, limit=9).total

    return count


@pytest.fixture
def listed(home: Path, say: Said) -> int:
    """The list is loaded; how many companies are Ada's."""
    assert say("importa", str(write_list(home / "aziende.xlsx", GOOD)))[0] == 0
    return look(home, of(ADA))


def test_what_stays_open_is_said_and_how_to_pass_it_on(home: Path, listed: int, say: Said) -> None:
    code, out, _ = say("congeda", ADA)
    assert code == 0
    assert "Restano a suo nome: " in out
    assert f"dopovisita congeda {ADA} --passa-a EMAIL" in out
    assert look(home, of(ADA)) == listed > 0


def test_everything_passes_to_another_also_afterwards(home: Path, listed: int, say: Said) -> None:
    say("congeda", ADA)
    before = look(home, of(BRUNO))
    code, out, _ = say("congeda", ADA, "--passa-a", BRUNO)
    assert code == 0
    assert "Passano a Bruno Fintarelli, con un avviso: " in out
    assert look(home, of(ADA)) == 0
    assert look(home, of(BRUNO)) == before + listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((ADA, "--passa-a", "chi@altrove.example.com"), "nessuno ha accesso con l'indirizzo chi@altrove"),
        ((ADA, "--passa-a", ADA), "sono la stessa persona"),
        (("chi@altrove.example.com", "--passa-a", BRUNO), "nessuno ha accesso con l'indirizzo chi@altrove"),
        ((ADA, "--ripensaci", "--passa-a", BRUNO), "non vanno insieme"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    home: Path, listed: int, say: Said, words: tuple[str, ...], sentence: str
) -> None:
    code, _, err = say("congeda", *words)
    assert code == 1
    assert sentence in err
    assert look(home, of(ADA)) == listed
