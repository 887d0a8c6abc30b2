"""Italian number words, because a dictated line says `diciotto novembre` and `milleduecento euro`.

Knows only whole numbers below a million, written as one word; not what they count.
"""

from functools import cache
from typing import Final

_UNITS: Final = (
    *("zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"),
    *("dieci", "undici", "dodici", "tredici", "quattordici", "quindici", "sedici"),
    *("diciassette", "diciotto", "diciannove"),
)
_TENS: Final = ("venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta")
_VOWELS: Final = ("u", "o")  # of uno and otto: venti + uno is ventuno


def number_of(word: str) -> int | None:
    """The number that `word` writes in lower case without accents, or None: `ventitre` is 23, `un` is 1."""
    if word in {"un", "una"}:
        return 1
    word = word.replace("centott", "centoott")  # both spellings are said
    if word in (small := _below_a_thousand()):
        return small[word]
    return _thousands(word)


def _thousands(word: str) -> int | None:
    if word.startswith("mille"):
        count, rest = 1, word.removeprefix("mille")
    else:
        head, mark, rest = word.partition("mila")
        count = _below_a_thousand().get(head, 0) if mark else 0
        if count < 2:
            return None
    below = _below_a_thousand().get(rest, None if rest else 0)
    return None if below is None or rest == "zero" else count * 1000 + below


@cache
def _below_a_thousand() -> dict[str, int]:
    return {_write(n): n for n in range(1000)}


def _write(n: int) -> str:
    if n < 20:
        return _UNITS[n]
    head, rest = (_TENS[n // 10 - 2], n % 10) if n < 100 else (_hundreds(n // 100), n % 100)
    if not rest:
        return head
    tail = _write(rest)
    return (head[:-1] if n < 100 and tail.startswith(_VOWELS) else head) + tail


def _hundreds(n: int) -> str:
    return "cento" if n == 1 else f"{_UNITS[n]}cento"
