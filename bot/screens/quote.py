"""A quote drawn, with the buttons that its state allows; and the answers to what was told of it."""

from datetime import date

from actions.tell_quote import Told
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc
from conversations.phrases import say
from procedure.italian import write_date, write_money
from procedure.quotes import AWAITING_ANSWER, OPEN_STATES, Quote, QuoteEvent, QuoteState
from procedure.visits import Company

_NEXT: dict[QuoteState, tuple[QuoteEvent, ...]] = {
    QuoteState.TO_DRAFT: (QuoteEvent.DRAFTED, QuoteEvent.DELIVERED),
    QuoteState.DRAFTED: (QuoteEvent.CONTACTED, QuoteEvent.DELIVERED),
    QuoteState.DELIVERED: (QuoteEvent.THINKING, QuoteEvent.FOLLOWED_UP),
    QuoteState.THINKING: (QuoteEvent.FOLLOWED_UP,),
    QuoteState.FOLLOWED_UP: (QuoteEvent.FOLLOWED_UP,),
}


def draw_quote(quote: Quote, company: Company, products: str, terms: tuple[str, ...]) -> Screen:
    """The quote as it stands and what may be told of it today."""
    lines = [bold(company.name), esc(products), esc(say("screen.quote.state", state=quote.state.value)), ""]
    lines += [esc(line) for line in _dates(quote)] + [f"• {esc(term)}" for term in terms]
    rows: list[Row] = [
        (button(f"✓ {_label(e)}", Verb.QUOTE_EVENT, quote.id, e.value),) for e in _NEXT.get(quote.state, ())
    ]
    rows += answer_rows(quote.id) if quote.state in AWAITING_ANSWER else []
    if quote.state in OPEN_STATES:
        rows.append((button(f"⏰ {say('screen.quote.postpone')}", Verb.QUOTE_ASK, quote.id, "postpone"),))
    return Screen("\n".join(lines), (*rows, (button("⌂", Verb.HOME),)))


def answer_rows(quote: int) -> list[Row]:
    """Accepted, or not: each asks a little more."""
    return [
        (
            button(f"👍 {say('screen.quote.accepted')}", Verb.QUOTE_ASK, quote, "accept"),
            button(f"👎 {say('screen.quote.refused')}", Verb.QUOTE_ASK, quote, "refuse"),
        )
    ]


def draw_told(told: Told) -> Screen:
    """What was written, what runs now, what leaves."""
    quote = told.quote
    lines = [bold(told.company.name), esc(told.products), ""]
    if told.postponed_to:
        lines.append(esc(say("screen.quote.postponed", day=write_date(told.postponed_to))))
    else:
        lines.append(esc(say("screen.quote.now", state=quote.state.value.lower())))
    lines += [f"• {esc(term.kind.label)}: {esc(term.explanation)}" for term in told.terms]
    if told.mails:
        lines.append(esc(say("screen.quote.mails", to=", ".join(m.to[0].name for m in told.mails))))
    rows: list[Row] = []
    if quote.state in OPEN_STATES:
        rows.append((button(say("screen.quote.open"), Verb.QUOTE, quote.id),))
    return Screen("\n".join(lines), (*rows, (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)))


def _label(event: QuoteEvent) -> str:
    return say(f"screen.quote.event.{event.value}")


def _dates(quote: Quote) -> list[str]:
    named: tuple[tuple[str, date | None], ...] = (
        ("drafted", quote.drafted_on),
        ("contacted", quote.contacted_on),
        ("delivered", quote.delivered_on),
        ("followed_up", quote.followed_up_on),
        ("closed", quote.closed_on),
    )
    lines = [say(f"screen.quote.{name}", day=write_date(day)) for name, day in named if day]
    return [*lines, say("screen.quote.value", value=write_money(quote.value))] if quote.value else lines
