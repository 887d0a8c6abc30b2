"""How dates, amounts and lists are written in Italian, so that a mail, a chat and a reason read the same.

Writing only: what people type is heard in `conversations`. Knows no locale, no clock and no deadline.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

MONTHS: Final = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
WEEKDAYS: Final = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")

_CENT: Final = Decimal("0.01")
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def write_date(day: date) -> str:
    """A date in full: `mercoledì 18 novembre 2026`, and `1 dicembre`, never `1° dicembre`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def write_date_short(day: date, today: date | None = None) -> str:
    """A date for a button or a list: `mer 18 nov`, with the year where it is not that of `today`."""
    short = f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
    return short if today is None or today.year == day.year else f"{short} {day.year}"


def write_money(amount: Decimal) -> str:
    """An amount in euro: `1.234,50 €`, the space unbreakable, the half cent rounded up.

    Raises:
        ValueError: `amount` is infinite or not a number.
    """
    if not amount.is_finite():
        raise ValueError(f"an amount of money is a finite number, not {amount}")
    figures = f"{amount.quantize(_CENT, ROUND_HALF_UP):,f}"
    return figures.translate(str.maketrans(",.", ".,")) + f"{_NO_BREAK}€"


def join_it(items: Sequence[str], last: str = "e") -> str:
    """A list as a person says it: `a, b e c`; `last` may be `o`. Of nothing, nothing."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def plural(n: int, one: str, many: str) -> str:
    """The word that agrees with `n`, without the number: Italian has two forms and zero takes the second."""
    return one if n == 1 else many
