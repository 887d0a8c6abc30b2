"""The short dialogues about a quote: its value when accepted, the reason when not, the day to come back.

Refuses to know the quote's state: whether an event is possible is `procedure.quotes`' matter.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice
from conversations.values import Day, Money, past_days


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What the questions depend on."""

    today: date
    company: str
    products: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Accepted: VALORE PREVENTIVO (net, first year, A31) and the day [r.157]."""

    value: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class Rejection:
    """Not accepted: the reason and the day [r.159]."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Postponement:
    """Remind me later: the deadline itself does not move."""

    until: date
    reason: str


def accept(facts: QuoteFacts) -> Dialogue[Acceptance]:
    """Accepted: how much, and when."""
    value = yield from Money("value", say("quote.value.ask", company=facts.company, products=facts.products))
    return Acceptance(value, (yield from _answered_on(facts)))


def refuse(facts: QuoteFacts) -> Dialogue[Rejection]:
    """Not accepted: why, and when."""
    labels = {key: say(f"quote.why.{key}") for key in ("cost", "other", "not_now", "no_need")}
    asked = say("quote.why.ask", company=facts.company, products=facts.products)
    reason = yield from Choice("why", asked, labels, labels, words=str)
    return Rejection(reason, (yield from _answered_on(facts)))


def postpone(facts: QuoteFacts) -> Dialogue[Postponement]:
    """Remind me later: until when, and why."""
    likely = {say(f"quote.until.{n}"): facts.today + timedelta(days=n) for n in (1, 3, 7)}
    until = yield from Day(
        "until",
        say("quote.until.ask", company=facts.company),
        facts.today,
        likely,
        first=facts.today + timedelta(days=1),
        too_early="hint.in_the_past",
    )
    labels = {key: say(f"quote.postpone_why.{key}") for key in ("absent", "asked", "waiting")}
    reason = yield from Choice("postpone_why", say("quote.postpone_why.ask"), labels, labels, words=str)
    return Postponement(until, reason)


ACCEPT = Flow("accept", 1, accept, phrases="quote")
REFUSE = Flow("refuse", 1, refuse, phrases="quote")
POSTPONE = Flow("postpone", 1, postpone, phrases="quote")


def _answered_on(facts: QuoteFacts) -> Dialogue[date]:
    return (
        yield from Day(
            "answered_on",
            say("quote.answered_on.ask"),
            facts.today,
            {
                say("button.today"): facts.today,
                say("button.yesterday"): facts.today - timedelta(days=1),
            },
            last=facts.today,
            too_late="hint.in_the_future",
            more=past_days(facts.today, None),
        )
    )
