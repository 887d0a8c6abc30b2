"""The company's answer to a quote, product by product; and the day to come back to it.

Refuses to know the quote's state: whether an event is possible is `procedure.quote_moves`' matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice, Many
from conversations.values import Day, Money, past_days
from procedure.italian import write_date
from procedure.quote_days import Earlier
from procedure.quote_lines import LineOutcome
from procedure.quotes import QuoteEvent


@dataclass(frozen=True, slots=True)
class Line:
    """One product of the quote; `value` where the company has accepted it."""

    id: int
    product: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """What the questions depend on."""

    today: date
    company: str
    products: str
    lines: tuple[Line, ...] = ()
    archived_on: date | None = None  # it is closed: a yes is a late one (T15)
    events: tuple[QuoteEvent, ...] = ()  # what may be told of it now, in one tap
    earlier: Mapping[QuoteEvent, Earlier] = field(default_factory=dict)  # a day before this one is odd


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Accepted, all of it or some lines: VALORE PREVENTIVO (net, A31), and the day [r.157, A30]."""

    lines: tuple[LineOutcome, ...]
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


def accept(facts: QuoteFacts) -> Dialogue[Acceptance | Rejection]:
    """Accepted: which products, each for how much, and when. None of them is a refusal."""
    if facts.archived_on:
        yield from _late_yes(facts, facts.archived_on)
    accepted = yield from _accepted_lines(facts)
    if not accepted:
        return (yield from refuse(facts))
    outcomes = yield from _values(facts, accepted)
    for line in facts.lines:
        if line not in accepted:
            outcomes = (*outcomes, (yield from _refused_line(line)))
    return Acceptance(outcomes, (yield from answered_on(facts, QuoteEvent.ACCEPTED)))


def _late_yes(facts: QuoteFacts, closed_on: date) -> Dialogue[str]:
    """T15: nobody accepts a closed quote without knowing that it is."""
    asked = say("quote.late.ask", company=facts.company, day=write_date(closed_on))
    return (yield from Choice("late", asked, {"yes": say("quote.late.yes")}, {"yes": "yes"}))


def _accepted_lines(facts: QuoteFacts) -> Dialogue[tuple[Line, ...]]:
    """Of several products which; "all" is one tap (A30)."""
    if len(facts.lines) < 2:
        return facts.lines or (Line(0, facts.products),)
    labels = {key: say(f"quote.which.{key}") for key in ("all", "some")}
    asked = say("quote.which.ask", company=facts.company, products=facts.products)
    if (yield from Choice("which", asked, labels, labels)) == labels["all"]:
        return facts.lines
    names = {f"line:{line.id}": line.product for line in facts.lines}
    chosen = yield from Many("lines", say("quote.lines.ask"), names, none=say("quote.lines.none"))
    return tuple(line for line in facts.lines if f"line:{line.id}" in chosen)


def _values(facts: QuoteFacts, accepted: tuple[Line, ...]) -> Dialogue[tuple[LineOutcome, ...]]:
    outcomes: tuple[LineOutcome, ...] = ()
    for line in accepted:
        value = yield from _worth(facts, line)
        outcomes = (*outcomes, LineOutcome(line.id, True, value))
    return outcomes


def _worth(facts: QuoteFacts, line: Line) -> Dialogue[Decimal]:
    """One product's value; the only product's is the quote's."""
    if len(facts.lines) < 2:
        asked = say("quote.value.ask", company=facts.company, products=facts.products)
        return (yield from Money("value", asked))
    asked = say("quote.value_of.ask", product=line.product)
    return (
        yield from Money(f"value:{line.id}", asked, title=say("quote.value_of.told", product=line.product))
    )


def _refused_line(line: Line) -> Dialogue[LineOutcome]:
    labels = _reasons("cost", "other", "not_now", "no_need")
    asked = say("quote.why_line.ask", product=line.product)
    title = say("quote.why_line.told", product=line.product)
    reason = yield from Choice(f"why:{line.id}", asked, labels, labels, words=str, title=title)
    return LineOutcome(line.id, False, None, reason)


def refuse(facts: QuoteFacts) -> Dialogue[Rejection]:
    """Not accepted: why, and when."""
    labels = _reasons("cost", "other", "not_now", "no_need")
    asked = say("quote.why.ask", company=facts.company, products=facts.products)
    reason = yield from Choice("why", asked, labels, labels, words=str)
    return Rejection(reason, (yield from answered_on(facts, QuoteEvent.REFUSED)))


def _reasons(*keys: str) -> dict[str, str]:
    return {key: say(f"quote.why.{key}") for key in keys}


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


ACCEPT = Flow("accept", 2, accept, phrases="quote")
REFUSE = Flow("refuse", 1, refuse, phrases="quote")
POSTPONE = Flow("postpone", 1, postpone, phrases="quote")


def answered_on(facts: QuoteFacts, event: QuoteEvent) -> Dialogue[date]:
    """The day of the company's answer; one before the sollecito or the delivery is asked back."""
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
            doubt=lambda day: doubt(facts, event, day),
        )
    )


def doubt(facts: QuoteFacts, event: QuoteEvent, day: date) -> str:
    """Why this day is odd for the event; nothing where it is not (section 10, invariants)."""
    earlier = facts.earlier.get(event)
    return odd_day(earlier, day) if earlier and day < earlier.on else ""


def odd_day(earlier: Earlier, day: date) -> str:
    """The question that an odd day calls for."""
    since = say(f"quote.odd.{earlier.day.name.lower()}")
    return say("quote.odd.ask", day=write_date(day), since=since, first=write_date(earlier.on))
