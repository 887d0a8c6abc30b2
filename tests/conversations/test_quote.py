"""The short dialogues about a quote: its value, the reason, the day to come back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from conversations.answers import Draft
from conversations.dialogue import Tap, Typed
from conversations.quote import (
    ACCEPT,
    POSTPONE,
    REFUSE,
    Acceptance,
    Line,
    Postponement,
    QuoteFacts,
    Rejection,
)
from conversations.quote_changes import (
    CANCEL_QUOTE,
    CORRECT,
    NOT_MINE,
    WHEN,
    WITHDRAW,
    Amends,
    Cancellation,
    Happened,
    NotMine,
    Withdrawal,
)
from conversations.steps import NotUnderstood
from conversations.upgrades import upgraded
from procedure.quote_days import Earlier, QuoteDay
from procedure.quote_lines import LineOutcome
from procedure.quotes import QuoteEvent
from tests.conversations.given import TODAY, asked, result, told

FACTS = QuoteFacts(TODAY, "Tessitura Finzioni S.r.l.", "Paghe e Sicurezza", (Line(1, "Paghe"),))
THREE = replace(FACTS, lines=(Line(1, "Paghe"), Line(2, "Sicurezza"), Line(3, "Privacy")))
YESTERDAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1200", "1200"),
        ("1.200,50", "1200.50"),
        ("€ 1.200", "1200"),
        ("2mila", "2000"),
        ("milleduecento", "1200"),
    ],
)
def test_an_accepted_quote_has_its_value_and_its_day(typed: str, value: str) -> None:
    told_of = result(ACCEPT, FACTS, told(ACCEPT, FACTS, [Typed(typed), "2026-11-17"]))
    assert told_of == Acceptance((LineOutcome(1, True, Decimal(value)),), date(2026, 11, 17))


def test_an_amount_that_may_be_two_is_asked_back() -> None:
    draft = told(ACCEPT, FACTS, [Typed("1.234")])
    options = asked(ACCEPT, FACTS, draft).view.options
    assert [o.label for o in options] == ["1.234,00\N{NO-BREAK SPACE}€", "1,23\N{NO-BREAK SPACE}€"]
    assert result(ACCEPT, FACTS, told(ACCEPT, FACTS, [Typed("1"), Typed("oggi")], draft)).lines == (
        LineOutcome(1, True, Decimal(1234)),
    )


@pytest.mark.parametrize("typed", ["boh", "-5", "1200 iva inclusa", "999999999", ""])
def test_what_is_no_net_amount_is_refused(typed: str) -> None:
    with pytest.raises(NotUnderstood):
        told(ACCEPT, FACTS, [Typed(typed)])


def test_a_forged_amount_is_refused() -> None:
    for draft in (ACCEPT.begin(), told(ACCEPT, FACTS, [Typed("1.234")])):
        with pytest.raises(NotUnderstood):
            told(ACCEPT, FACTS, [Tap("99999")], draft)


def test_an_answer_is_never_of_tomorrow() -> None:
    with pytest.raises(NotUnderstood):
        told(ACCEPT, FACTS, [Typed("1200"), Typed("domani")])


def test_the_question_names_the_company_and_the_products() -> None:
    prompt = asked(ACCEPT, FACTS, ACCEPT.begin()).view.prompt
    assert "Tessitura Finzioni" in prompt
    assert "Paghe e Sicurezza" in prompt


def test_a_refused_quote_has_its_reason_tapped_or_typed() -> None:
    assert result(REFUSE, FACTS, told(REFUSE, FACTS, ["cost", "2026-11-18"])) == Rejection(
        "Costa troppo", TODAY
    )
    own = result(REFUSE, FACTS, told(REFUSE, FACTS, [Typed("cambia città"), "2026-11-18"]))
    assert own.reason == "cambia città"


def test_a_reminder_put_off_has_its_day_and_its_reason() -> None:
    told_of = result(POSTPONE, FACTS, told(POSTPONE, FACTS, ["2026-11-25", "absent"]))
    assert told_of == Postponement(date(2026, 11, 25), "La persona non c'è")


# Several products (A30)


def test_all_products_are_accepted_by_one_tap_and_a_value_each() -> None:
    draft = told(ACCEPT, THREE, ["all", Typed("1200"), Typed("300,50"), Typed("0"), "2026-11-17"])
    values = (Decimal(1200), Decimal("300.50"), Decimal(0))
    outcomes = tuple(LineOutcome(n, True, value) for n, value in enumerate(values, 1))
    assert result(ACCEPT, THREE, draft) == Acceptance(outcomes, YESTERDAY)


def test_of_some_products_the_accepted_have_a_value_and_the_others_a_reason() -> None:
    some = ["some", "line:1", "line:3", "=", Typed("1200"), Typed("80"), "cost", "2026-11-17"]
    assert result(ACCEPT, THREE, told(ACCEPT, THREE, some)) == Acceptance(
        (
            LineOutcome(1, True, Decimal(1200)),
            LineOutcome(3, True, Decimal(80)),
            LineOutcome(2, False, None, "Costa troppo"),
        ),
        YESTERDAY,
    )


def test_none_of_the_products_is_a_refusal() -> None:
    draft = told(ACCEPT, THREE, ["some", "=", "not_now", "2026-11-17"])
    assert result(ACCEPT, THREE, draft) == Rejection("Non è il momento", YESTERDAY)


def test_each_value_and_each_reason_is_asked_by_the_product_s_name() -> None:
    draft = told(ACCEPT, THREE, ["some", "line:2", "="])
    assert "Sicurezza" in asked(ACCEPT, THREE, draft).view.prompt
    assert "Paghe" in asked(ACCEPT, THREE, told(ACCEPT, THREE, [Typed("80")], draft)).view.prompt


def test_a_yes_after_the_closing_is_told_knowingly() -> None:
    """T15."""
    late = replace(FACTS, archived_on=date(2026, 11, 2))
    assert "chiuso lunedì 2 novembre 2026" in asked(ACCEPT, late, ACCEPT.begin()).view.prompt
    draft = told(ACCEPT, late, ["yes", Typed("1200"), "2026-11-17"])
    assert result(ACCEPT, late, draft).lines == (LineOutcome(1, True, Decimal(1200)),)


# An odd day is asked back, never refused (section 10, invariants)

ODD = replace(FACTS, earlier=dict.fromkeys(QuoteEvent, Earlier(QuoteDay.DELIVERED, TODAY)))


def test_an_answer_before_the_delivery_is_asked_back_and_a_yes_keeps_it() -> None:
    draft = told(ACCEPT, ODD, [Typed("1200"), "2026-11-17"])
    doubt = asked(ACCEPT, ODD, draft).view
    assert doubt.prompt == (
        "martedì 17 novembre 2026 è prima della consegna (mercoledì 18 novembre 2026). È giusto?"
    )
    assert result(ACCEPT, ODD, told(ACCEPT, ODD, ["ok"], draft)).on == YESTERDAY


def test_a_no_to_an_odd_day_offers_another_and_the_same_day_needs_no_asking() -> None:
    draft = told(ACCEPT, ODD, [Typed("1200"), Typed("ieri"), "no"])
    assert result(ACCEPT, ODD, told(ACCEPT, ODD, [Typed("oggi")], draft)).on == TODAY


# The rarer things


def test_a_quote_that_is_not_to_be_has_its_reason() -> None:
    """T14."""
    assert result(CANCEL_QUOTE, FACTS, told(CANCEL_QUOTE, FACTS, ["twice"])) == Cancellation("È un doppione")
    own = told(CANCEL_QUOTE, FACTS, [Typed("azienda ceduta")])
    assert result(CANCEL_QUOTE, FACTS, own) == Cancellation("azienda ceduta")


def test_a_wrong_amount_is_asked_beside_what_it_was() -> None:
    """T16."""
    facts = replace(FACTS, lines=(Line(1, "Paghe", Decimal(1200)),))
    assert "1.200,00" in asked(CORRECT, facts, CORRECT.begin()).view.prompt
    draft = told(CORRECT, facts, [Typed("900")])
    assert result(CORRECT, facts, draft) == Amends((LineOutcome(1, True, Decimal(900)),))


def test_a_yes_taken_back_has_its_reason_and_its_day() -> None:
    """T16."""
    draft = told(WITHDRAW, FACTS, ["second_thoughts", "2026-11-17"])
    assert result(WITHDRAW, FACTS, draft) == Withdrawal("L'azienda ci ripensa", YESTERDAY)


def test_what_happened_yesterday_is_one_tap_once_the_button_said_what() -> None:
    facts = replace(FACTS, events=(QuoteEvent.DRAFTED, QuoteEvent.DELIVERED))
    begun = WHEN.begin().with_answer("event", "consegnato")
    assert "Consegnato" in asked(WHEN, facts, begun).view.prompt
    for raw in ("2026-11-17", Typed("ieri"), Typed("17/11")):
        assert result(WHEN, facts, told(WHEN, facts, [raw], begun)) == Happened(
            QuoteEvent.DELIVERED, YESTERDAY
        )
    with pytest.raises(NotUnderstood):
        told(WHEN, facts, [Typed("domani")], begun)


def test_an_event_that_the_state_no_longer_allows_is_asked_again() -> None:
    facts = replace(FACTS, events=(QuoteEvent.FOLLOWED_UP,))
    asking = asked(WHEN, facts, WHEN.begin().with_answer("event", "redatto"))
    assert (asking.step.key, asking.changed) == ("event", True)


def test_somebody_else_s_quote_may_be_said_with_or_without_whose() -> None:
    assert result(NOT_MINE, FACTS, told(NOT_MINE, FACTS, ["-"])) == NotMine("")
    assert result(NOT_MINE, FACTS, told(NOT_MINE, FACTS, [Typed("di Lia")])) == NotMine("di Lia")


def test_an_older_draft_with_one_value_for_several_products_is_asked_product_by_product() -> None:
    """Version 1 had one value a quote; of one product it still is."""
    old = Draft("accept", 1, 2, None, {"value": "1200.00", "answered_on": "2026-11-17"})
    assert asked(ACCEPT, THREE, upgraded(ACCEPT, old)).step.key == "which"
    draft = told(ACCEPT, THREE, ["all", Typed("700"), Typed("300"), Typed("200")], upgraded(ACCEPT, old))
    assert sum(line.value or 0 for line in result(ACCEPT, THREE, draft).lines) == 1200
    assert result(ACCEPT, FACTS, upgraded(ACCEPT, old)).lines == (LineOutcome(1, True, Decimal(1200)),)
