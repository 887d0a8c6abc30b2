"""What is heard in an amount, and what is honestly not."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.hearing import Heard, NotHeard
from conversations.money import hear_money
from procedure.italian import write_money


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.50"),
        ("1234.50", "1234.50"),
        ("12.5", "12.50"),
        ("1 234,50", "1234.50"),
        ("1.234.567", "1234567"),
        ("€ 1.200", "1200"),
        ("€1.200", "1200"),
        ("1.200 €", "1200"),
        ("1.200,00 EUR", "1200"),
        ("1200 euro", "1200"),
        ("1200 Euro.", "1200"),
        ("1200", "1200"),
        ("0", "0"),
        ("2mila", "2000"),
        ("2 mila euro", "2000"),
        ("2,5 mila", "2500"),
        ("1,5k", "1500"),
        ("10k", "10000"),
        ("mille", "1000"),
        ("milleduecento", "1200"),
        ("milleduecento euro", "1200"),
        ("duemila cinquecento", "2500"),
        ("centottanta euro", "180"),
        ("1200 € più IVA", "1200"),
        ("1200 + iva", "1200"),
        ("1200+IVA", "1200"),
        ("1.200 € oltre IVA", "1200"),
        ("1200 euro più l'iva", "1200"),
        ("1200 € iva esclusa", "1200"),
        ("1200 euro netti", "1200"),
        ("1.464 € iva 22% compresa", "1200"),
        ("1.464 euro IVA inclusa al 22%", "1200"),
        ("€ 1.100,00 (iva al 10 per cento inclusa)", "1000"),
        ("1200 € + IVA 22%", "1200"),
        ("1200 € iva 22% esclusa", "1200"),
    ],
)
def test_a_plain_amount_is_certain(text: str, amount: str) -> None:
    heard = hear_money(text)
    assert (heard.value, heard.ambiguous) == (Decimal(amount), False)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("1.234", ("1234.00", "1.23")),
        ("1,234", ("1234.00", "1.23")),
        ("1,234.50", ("1234.50", "1.23")),
        ("€ 1,234.50", ("1234.50", "1.23")),
        ("1.234 più iva", ("1234.00", "1.23")),
    ],
)
def test_an_amount_with_two_readings_is_asked(text: str, candidates: tuple[str, ...]) -> None:
    readings = tuple(map(Decimal, candidates))
    assert hear_money(text) == Heard(readings[0], ambiguous=True, candidates=readings)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "money_negative"),
        ("- 5 €", "money_negative"),
        ("€ -5", "money_negative"),
        ("meno dieci", "money_negative"),
        ("1200 iva inclusa", "money_with_vat"),
        ("1200 iva compresa", "money_with_vat"),
        ("1200 € lordi", "money_with_vat"),
        ("100000000", "money_too_large"),
        ("NaN", "money_not_understood"),
        ("inf", "money_not_understood"),
        ("1e5", "money_not_understood"),
        ("circa 1200", "money_not_understood"),
        ("100 o 200", "money_not_understood"),
        ("1200² €", "money_not_understood"),
        ("1.234.5", "money_not_understood"),
        ("12.34.56", "money_not_understood"),
        ("1234,567", "money_not_understood"),
        ("$ 1200", "money_not_understood"),
        ("euro", "money_not_understood"),
        ("", "money_not_understood"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotHeard) as refused:
        hear_money(text)
    assert refused.value.reason == reason


@settings(deadline=None)  # a busy machine is not a failure
@given(amount=st.decimals(0, 99_999_999, places=2))
def test_a_written_amount_is_heard_back(amount: Decimal) -> None:
    heard = hear_money(write_money(amount))
    assert (heard.value, heard.ambiguous) == (amount, False)


@settings(deadline=None)  # a busy machine is not a failure
@given(text=st.text() | st.text(alphabet="0123456789.,- €kmila+v"))
def test_no_text_does_worse_than_not_being_heard(text: str) -> None:
    with suppress(NotHeard):
        assert hear_money(text).value >= 0
