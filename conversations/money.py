"""Amounts in euro as Italians type and dictate them, because `parse_decimal('1234.50')` says 123450.

A closed grammar: `1.200 €` is twelve hundred, a bare `1.234` could be one and some cents and is asked. Knows
no currency but the euro, no price; `1200 € più IVA` is 1200, and what has VAT in it is made net where
the rate is said.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from conversations.hearing.heard import Heard, NotHeard, certain, even, one_of
from conversations.hearing.number_words import number_of

_CENT: Final = Decimal("0.01")
_TOO_LARGE: Final = Decimal(100_000_000)

_NET: Final = re.compile(
    r"(?: ?\+ ?| piu | oltre | al netto d(?:i|ell ?))(?:l )?(?:i ?)?iva$| iva esclusa$| nett[oi]$| senza iva$"
)
_GROSS: Final = re.compile(r"iva (?:inclusa|compresa)|iva$|lord[oi]")
_AT_A_RATE: Final = re.compile(
    r" ?[,(]? ?(?P<net>\+|piu|oltre)?(?: l)? ?iva(?P<how>(?: (?:inclusa|compresa|esclusa|al|del|a))*)"
    r" ?(?P<rate>\d{1,2}) ?(?:%|per cento)(?: (?P<after>inclusa|compresa|esclusa))?\)?$",
    re.ASCII,
)
_EURO: Final = r"(?:€|eur|euro)"
_CURRENCY: Final = re.compile(rf"^{_EURO} ?|(?<=\d) ?{_EURO}$|(?<=[a-z]) {_EURO}$")

_PLAIN: Final = re.compile(r"(?P<whole>\d{1,12})(?:[.,](?P<cents>\d{1,2}))?", re.ASCII)
_GROUPED: Final = re.compile(
    r"(?P<whole>\d{1,3}(?:(?P<mark>[. ])\d{3})(?:(?P=mark)\d{3})*)(?:,(?P<cents>\d{1,2}))?", re.ASCII
)
_THOUSANDS: Final = re.compile(r"(?P<count>\d{1,6}(?:[.,]\d{1,2})?) ?(?:mila|k)", re.ASCII)
_TWO_WAYS: Final = re.compile(
    r"(?P<whole>\d{1,3})(?P<mark>[.,])(?P<rest>\d{3}(?:(?<=,\d{3})\.\d{1,2})?)", re.ASCII
)


def hear_money(text: str) -> Heard[Decimal]:
    """The amount in euro that `text` names, to the cent, zero allowed.

    Raises:
        NotHeard: `money_not_understood`; `money_negative`; `money_with_vat` (it is wanted net, and the
            rate is not said);
            `money_too_large` (a hundred million or more).
    """
    said = even(text).strip(" .!")
    if rated := _AT_A_RATE.search(said):
        return _net_of(said[: rated.start()], rated)
    net = _NET.sub("", said)
    if net == said and _GROSS.search(said):
        raise NotHeard("money_with_vat")
    return _net(net)


def _net_of(amount: str, rated: re.Match[str]) -> Heard[Decimal]:
    """The amount without the VAT that is said to be in it, at the rate said; or beside which it stands."""
    how = f"{rated['how']} {rated['after']}"
    if rated["net"] or "esclusa" in how:
        return _net(amount)
    if "inclusa" not in how and "compresa" not in how:
        raise NotHeard("money_with_vat")
    whole = 1 + Decimal(rated["rate"]) / 100
    return one_of(tuple(_to_the_cent(gross / whole) for gross in _net(amount).candidates))


def _net(net: str) -> Heard[Decimal]:
    figures = _CURRENCY.sub("", net).strip()
    if re.match(r"[-−–] ?\d|meno ", figures):
        raise NotHeard("money_negative")
    heard = _read(figures, in_euro=figures != net)
    if max(heard.candidates) >= _TOO_LARGE:
        raise NotHeard("money_too_large")
    return heard


def _read(figures: str, *, in_euro: bool) -> Heard[Decimal]:
    """Whoever writes `€ 1.200` writes it the Italian way; bare, the point may be either."""
    if match := _PLAIN.fullmatch(figures):
        return certain(_amount(match["whole"], match["cents"]))
    if match := _THOUSANDS.fullmatch(figures):
        return certain(_to_the_cent(Decimal(match["count"].replace(",", ".")) * 1000))
    two_ways = _TWO_WAYS.fullmatch(figures)
    if two_ways and not (in_euro and two_ways["mark"] == "." and "." not in two_ways["rest"]):
        return _both(two_ways["whole"], two_ways["rest"])
    if match := _GROUPED.fullmatch(figures):
        return certain(_amount(re.sub(r"\D", "", match["whole"]), match["cents"]))
    if (number := number_of(figures.replace(" ", ""))) is not None:
        return certain(_to_the_cent(Decimal(number)))
    raise NotHeard("money_not_understood")


def _both(whole: str, rest: str) -> Heard[Decimal]:
    """`1.234` and `1,234.50`: the mark parts thousands, or it parts cents."""
    thousands = _to_the_cent(Decimal(whole + rest))
    cents = _to_the_cent(Decimal(f"{whole}.{rest.replace('.', '')}"))
    return one_of((thousands, cents))


def _amount(whole: str, cents: str | None) -> Decimal:
    return _to_the_cent(Decimal(f"{whole}.{cents or 0}"))


def _to_the_cent(amount: Decimal) -> Decimal:
    return amount.quantize(_CENT, ROUND_HALF_UP)
