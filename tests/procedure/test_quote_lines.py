"""What the answers to the lines of a quote are worth together (A30)."""

from decimal import Decimal

from procedure.quote_lines import LineOutcome, worth

YES, DEARER = LineOutcome(1, True, Decimal("1200.50")), LineOutcome(2, True, Decimal("99.50"))
NO = LineOutcome(3, False, None, "costa troppo")


def test_the_value_is_the_sum_of_the_accepted_lines() -> None:
    assert worth((YES, NO, DEARER)) == Decimal(1300)
    assert worth((YES, NO)) == Decimal("1200.50")


def test_nothing_accepted_is_worth_nothing_at_all() -> None:
    assert worth((NO,)) is None
    assert worth(()) is None


def test_lines_of_which_only_the_total_is_known_have_no_sum() -> None:
    assert worth((YES, LineOutcome(2, True))) is None


def test_a_line_accepted_for_nothing_is_worth_zero() -> None:
    assert worth((LineOutcome(1, True, Decimal(0)),)) == 0
