"""Dates, amounts and lists as people read them."""

from datetime import date
from decimal import Decimal

import pytest

from procedure.italian import join_it, plural, write_date, write_date_short, write_money


def test_a_date_is_written_in_full_with_its_weekday() -> None:
    assert write_date(date(2026, 11, 18)) == "mercoledì 18 novembre 2026"


def test_the_first_of_the_month_is_a_plain_number() -> None:
    assert write_date(date(2026, 12, 1)) == "martedì 1 dicembre 2026"


def test_a_short_date_names_the_year_only_where_it_is_another() -> None:
    today = date(2026, 11, 18)
    assert write_date_short(today) == "mer 18 nov"
    assert write_date_short(today, today) == "mer 18 nov"
    assert write_date_short(date(2027, 1, 4), today) == "lun 4 gen 2027"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1234.5", "1.234,50\N{NO-BREAK SPACE}€"),
        ("0", "0,00\N{NO-BREAK SPACE}€"),
        ("1234567.895", "1.234.567,90\N{NO-BREAK SPACE}€"),
        ("-5", "-5,00\N{NO-BREAK SPACE}€"),
    ],
)
def test_an_amount_is_written_with_dots_a_comma_and_an_unbreakable_space(amount: str, written: str) -> None:
    assert write_money(Decimal(amount)) == written


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_what_is_not_an_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        write_money(Decimal(amount))


@pytest.mark.parametrize(
    ("items", "written"), [([], ""), (["a"], "a"), (["a", "b"], "a e b"), (["a", "b", "c"], "a, b e c")]
)
def test_a_list_ends_with_and(items: list[str], written: str) -> None:
    assert join_it(items) == written


def test_a_list_of_alternatives_ends_with_or() -> None:
    assert join_it(["oggi", "ieri"], last="o") == "oggi o ieri"


@pytest.mark.parametrize(("n", "word"), [(0, "giorni"), (1, "giorno"), (2, "giorni"), (21, "giorni")])
def test_only_one_is_singular(n: int, word: str) -> None:
    assert plural(n, "giorno", "giorni") == word
