"""What a company answers to each product of a quote, and what the answers are worth together (A30).

Refuses to know the products' names and where lines are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """One line's answer: accepted at `value` (euro, net, first year; None where only a total was told), or
    refused for `reason`.
    """

    line: int
    accepted: bool
    value: Decimal | None = None
    reason: str = ""


def worth(outcomes: Iterable[LineOutcome]) -> Decimal | None:
    """VALORE PREVENTIVO: the sum of the accepted lines; None where none is, or one has no value."""
    values = [outcome.value for outcome in outcomes if outcome.accepted]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(values) else None
