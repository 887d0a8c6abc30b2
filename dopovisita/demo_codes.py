"""Tax codes that are right in every digit and nobody's: for the demo's companies and their owners.

Partite IVA open with 7, which no office has come to; codici fiscali are of persons with invented surnames.
"""

from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.it import codicefiscale

OFFICES: Final = {"PT": "047", "PO": "100"}
_MONTHS: Final = "ABCDEHLMPRST"
_VOWELS: Final = "AEIOU"


def partita_iva(number: int, province: str) -> str:
    """The valid partita IVA of the `number`-th (0 to 999999) invented firm of a province."""
    body = f"7{number:06d}{OFFICES[province]}"
    return body + luhn.calc_check_digit(body)


def codice_fiscale(surname: str, name: str, born: date, birthplace: str, *, woman: bool) -> str:
    """A person's codice fiscale; `birthplace` is a Belfiore code (Z210: China)."""
    day = born.day + (40 if woman else 0)
    body = f"{_letters(surname)}{_name(name)}{born:%y}{_MONTHS[born.month - 1]}{day:02d}{birthplace}"
    return body + codicefiscale.calc_check_digit(body)


def _letters(word: str) -> str:
    consonants, vowels = _parted(word)
    return f"{consonants}{vowels}XXX"[:3]


def _name(word: str) -> str:
    """As a surname, but of four consonants or more the second is left out."""
    consonants, _ = _parted(word)
    return consonants[0] + consonants[2:4] if len(consonants) > 3 else _letters(word)


def _parted(word: str) -> tuple[str, str]:
    letters = [letter for letter in word.upper() if letter.isalpha()]
    consonants = "".join(letter for letter in letters if letter not in _VOWELS)
    return consonants, "".join(letter for letter in letters if letter in _VOWELS)
