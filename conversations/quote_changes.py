"""The rarer things told of a quote: that it was never to be, that an amount was wrong, that the company takes
its yes back, that something happened on another day, that it is somebody else's.

Refuses to know the quote's state: whether an event is possible is `procedure.quote_moves`' matter.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.quote import QuoteFacts, answered_on, doubt
from conversations.steps import Choice, Words
from conversations.values import Day, Money, past_days
from procedure.italian import write_date_short, write_money
from procedure.quote_lines import LineOutcome
from procedure.quotes import QuoteEvent


@dataclass(frozen=True, slots=True)
class Cancellation:
    """It is not to be drafted after all: why (T14)."""

    reason: str


@dataclass(frozen=True, slots=True)
class Amends:
    """What was accepted is worth something else (T16)."""

    lines: tuple[LineOutcome, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The company takes its yes back: why, and when (T16)."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that is told in one tap, of another day than today."""

    event: QuoteEvent
    on: date


@dataclass(frozen=True, slots=True)
class NotMine:
    """The owner says that it is somebody else's: whose, in their words."""

    words: str


def cancel(facts: QuoteFacts) -> Dialogue[Cancellation]:
    """Not to be drafted after all: why."""
    labels = {key: say(f"quote.cancelled.{key}") for key in ("gives_up", "mistake", "twice")}
    asked = say("quote.cancelled.ask", company=facts.company, products=facts.products)
    return Cancellation((yield from Choice("cancelled", asked, labels, labels, words=str)))


def correct(facts: QuoteFacts) -> Dialogue[Amends]:
    """The right amount of each accepted product, beside the wrong one."""
    outcomes: tuple[LineOutcome, ...] = ()
    for line in facts.lines:
        asked = say("quote.right.ask", product=line.product, before=_before(line.value))
        title = say("quote.value_of.told", product=line.product)
        value = yield from Money(f"right:{line.id}", asked, title=title)
        outcomes = (*outcomes, LineOutcome(line.id, True, value))
    return Amends(outcomes)


def _before(value: Decimal | None) -> str:
    return write_money(value) if value is not None else say("quote.right.unknown")


def withdraw(facts: QuoteFacts) -> Dialogue[Withdrawal]:
    """The company takes its yes back: why, and when."""
    labels = {key: say(f"quote.withdrawn.{key}") for key in ("second_thoughts", "terms", "mistake")}
    asked = say("quote.withdrawn.ask", company=facts.company, products=facts.products)
    reason = yield from Choice("withdrawn", asked, labels, labels, words=str)
    return Withdrawal(reason, (yield from answered_on(facts, QuoteEvent.WITHDRAWN)))


def when(facts: QuoteFacts) -> Dialogue[Happened]:
    """What happened on another day: the tap says what, the answer which day."""
    labels = {event.value: say(f"quote.event.{event.value}") for event in facts.events}
    asked = say("quote.event.ask", company=facts.company)
    event = yield from Choice("event", asked, labels, {event.value: event for event in facts.events})
    return Happened(event, (yield from _happened_on(facts, event)))


def _happened_on(facts: QuoteFacts, event: QuoteEvent) -> Dialogue[date]:
    today = facts.today
    likely = {write_date_short(day, today): day for day in past_days(today, None)[:3]}
    return (
        yield from Day(
            "happened_on",
            say("quote.happened_on.ask", company=facts.company, what=say(f"quote.event.{event.value}")),
            today,
            {say("button.yesterday"): today - timedelta(days=1), **likely},
            last=today,
            too_late="hint.in_the_future",
            more=past_days(today, None),
            doubt=lambda day: doubt(facts, event, day),
        )
    )


def not_mine(facts: QuoteFacts) -> Dialogue[NotMine]:
    """It is somebody else's: whose, if they know."""
    asked = say("quote.whose.ask", company=facts.company, products=facts.products)
    return NotMine((yield from Words("whose", asked, skip=say("quote.whose.unknown"), limit=200)))


CANCEL_QUOTE = Flow("cancel_quote", 1, cancel, phrases="quote")
CORRECT = Flow("correct", 1, correct, phrases="quote")
WITHDRAW = Flow("withdraw", 1, withdraw, phrases="quote")
WHEN = Flow("when", 1, when, phrases="quote", at_once=True)
NOT_MINE = Flow("not_mine", 1, not_mine, phrases="quote", at_once=True)
