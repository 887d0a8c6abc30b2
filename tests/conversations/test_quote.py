"""The short dialogues about a quote: its value, the reason, the day to come back."""

from datetime import date
from decimal import Decimal

import pytest

from conversations.dialogue import Tap, Typed
from conversations.quote import ACCEPT, POSTPONE, REFUSE, Acceptance, Postponement, QuoteFacts, Rejection
from conversations.steps import NotUnderstood
from tests.conversations.given import TODAY, asked, result, told

FACTS = QuoteFacts(TODAY, "Tessitura Finzioni S.r.l.", "Paghe e Sicurezza")


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
    assert told_of == Acceptance(Decimal(value), date(2026, 11, 17))


def test_an_amount_that_may_be_two_is_asked_back() -> None:
    draft = told(ACCEPT, FACTS, [Typed("1.234")])
    options = asked(ACCEPT, FACTS, draft).view.options
    assert [o.label for o in options] == ["1.234,00\N{NO-BREAK SPACE}€", "1,23\N{NO-BREAK SPACE}€"]
    assert result(ACCEPT, FACTS, told(ACCEPT, FACTS, [Typed("1"), Typed("oggi")], draft)).value == 1234


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
