"""A quote drawn, with the buttons that its state and the person's rights allow; the answers to what was told.

Refuses to know how it was gathered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actions.quote_facts import IN_ONE_TAP
from actions.tell_quote import OddDay, Told
from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc
from conversations.phrases import say
from conversations.quote import odd_day
from procedure.italian import write_date, write_money
from procedure.quotes import AWAITING_ANSWER, NOT_DELIVERED, OPEN_STATES, Quote, QuoteEvent, QuoteState
from procedure.visits import Company
from store.quotes import QuoteLine


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another quote of the same visit (A27)."""

    id: int
    products: str
    owner: str
    state: QuoteState


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """All that a quote's screen shows. What the person may do with it is in the last ones."""

    quote: Quote
    company: Company
    products: str
    terms: tuple[str, ...] = ()
    lines: Sequence[tuple[str, QuoteLine]] = ()  # each with its product's name
    siblings: Sequence[Sibling] = ()
    told_by: Mapping[str, str] = field(default_factory=dict)  # event → who, where it was not the owner (A50)
    owner: str = ""  # where it is another than who looks
    leads: str = ""  # who leads the delivery of several quotes (A27)
    expired: bool = False
    tells: bool = True
    accepts_late: bool = False
    reassigns: bool = False
    splits: bool = False
    redates: bool = False


def draw_quote(card: QuoteCard) -> Screen:
    """The quote as it stands and what may be told of it."""
    quote = card.quote
    state = say("screen.quote.state", state=quote.state.value)
    lines = [bold(card.company.name), esc(card.products), esc(state)]
    lines += [esc(line) for line in (*_heads(card), "", *_dates(card), *_answers(card))]
    lines += [f"• {esc(term)}" for term in card.terms]
    lines += [esc(line) for line in _together(card)]
    rows = [*_open_rows(card), *_closed_rows(card), *_moving_rows(card)]
    return Screen("\n".join(lines), (*rows, (button("⌂", Verb.HOME),)))


def _heads(card: QuoteCard) -> list[str]:
    """What must not be overlooked: that it is over its term, whose it is."""
    over = [say("screen.quote.expired")] if card.expired else []
    return over + ([say("screen.quote.owner", owner=card.owner)] if card.owner else [])


_DATES = (
    ("drafted", QuoteEvent.DRAFTED),
    ("contacted", QuoteEvent.CONTACTED),
    ("delivered", QuoteEvent.DELIVERED),
    ("followed_up", QuoteEvent.FOLLOWED_UP),
)


def _dates(card: QuoteCard) -> list[str]:
    quote = card.quote
    days = (quote.drafted_on, quote.contacted_on, quote.delivered_on, quote.followed_up_on)
    lines = [
        say(f"screen.quote.{name}", day=write_date(day)) + _by(card, event)
        for (name, event), day in zip(_DATES, days, strict=True)
        if day
    ]
    return [*lines, *_closing(card)]


def _closing(card: QuoteCard) -> list[str]:
    quote = card.quote
    if quote.closed_on is None:
        return []
    events = (QuoteEvent.ACCEPTED, QuoteEvent.REFUSED, QuoteEvent.CANCELLED, QuoteEvent.WITHDRAWN)
    by = next((_by(card, event) for event in events if event.value in card.told_by), "")
    lines = [say("screen.quote.closed", day=write_date(quote.closed_on)) + by]
    if quote.value is not None:
        lines.append(say("screen.quote.value", value=write_money(quote.value)))
    if quote.reason:
        lines.append(say("screen.quote.reason", reason=quote.reason))
    told = (("late", quote.accepted_late), ("signed", quote.acceptance_signed))
    return [*lines, *(say(f"screen.quote.{name}") for name, holds in told if holds)]


def _by(card: QuoteCard, event: QuoteEvent) -> str:
    who = card.told_by.get(event.value)
    return f" ({say('screen.quote.told_by', who=who)})" if who else ""


def _answers(card: QuoteCard) -> list[str]:
    """What the company said to each of several products (A30)."""
    if len(card.lines) < 2 or card.quote.state is not QuoteState.ACCEPTED:
        return []
    return [_answer(name, line) for name, line in card.lines]


def _answer(name: str, line: QuoteLine) -> str:
    if line.accepted is False:
        return say("screen.quote.line_no", product=name, reason=line.reason)
    value = write_money(line.value) if line.value is not None else say("screen.quote.in_total")
    return say("screen.quote.line_yes", product=name, value=value)


def _together(card: QuoteCard) -> list[str]:
    """The other quotes of the visit, and who leads their delivery (A27)."""
    if not card.siblings:
        return []
    told = [
        say("screen.quote.sibling", products=s.products, owner=s.owner, state=s.state.value.lower())
        for s in card.siblings
    ]
    lead = [say("screen.quote.leads", owner=card.leads)] if card.leads else []
    return ["", say("screen.quote.together"), *told, *lead]


def _open_rows(card: QuoteCard) -> list[Row]:
    quote = card.quote
    if not card.tells or quote.state not in OPEN_STATES:
        return []
    rows = [_event_row(quote.id, event) for event in IN_ONE_TAP.get(quote.state, ())]
    if quote.state in AWAITING_ANSWER:
        rows += answer_rows(quote.id)
    if card.expired:
        rows.append((button(f"🗄 {say('screen.quote.archive')}", Verb.QUOTE_EXPIRED, quote.id),))
    if quote.state in NOT_DELIVERED:
        rows.append((_asks(quote.id, "cancel_quote"), _asks(quote.id, "refuse")))
    return [*rows, (_asks(quote.id, "postpone"), _asks(quote.id, "not_mine"))]


def _event_row(quote: int, event: QuoteEvent) -> Row:
    """Today in one tap, another day in one more."""
    label = say(f"screen.quote.event.{event.value}")
    return (
        button(f"✓ {label}", Verb.QUOTE_EVENT, quote, event.value),
        button(say("button.other_day"), Verb.QUOTE_WHEN, quote, event.value),
    )


def _asks(quote: int, flow: str) -> Button:
    return button(say(f"screen.quote.ask.{flow}"), Verb.QUOTE_ASK, quote, flow)


def answer_rows(quote: int) -> list[Row]:
    """Accepted, or not: each asks a little more."""
    return [
        (
            button(f"👍 {say('screen.quote.accepted')}", Verb.QUOTE_ASK, quote, "accept"),
            button(f"👎 {say('screen.quote.refused')}", Verb.QUOTE_ASK, quote, "refuse"),
        )
    ]


def _closed_rows(card: QuoteCard) -> list[Row]:
    quote = card.quote
    if quote.state is QuoteState.ARCHIVED and card.accepts_late:
        return [(button(f"👍 {say('screen.quote.accepted_late')}", Verb.QUOTE_ASK, quote.id, "accept"),)]
    if quote.state is not QuoteState.ACCEPTED or not card.tells:
        return []
    signed = "" if quote.acceptance_signed else "✍ "
    label = say("screen.quote.not_signed" if quote.acceptance_signed else "screen.quote.sign")
    return [
        (button(f"{signed}{label}", Verb.QUOTE_SIGNED, quote.id, int(not quote.acceptance_signed)),),
        (_asks(quote.id, "correct"), _asks(quote.id, "withdraw")),
    ]


def _moving_rows(card: QuoteCard) -> list[Row]:
    """To another owner, or in two; and to the other quotes of the visit."""
    quote = card.quote
    rows: list[Row] = [
        (button(f"📄 {sibling.products}", Verb.QUOTE, sibling.id),) for sibling in card.siblings
    ]
    if card.splits:
        rows.append((button(say("screen.quote.split"), Verb.QUOTE_SPLIT, quote.id),))
    if card.reassigns and quote.state in OPEN_STATES:
        rows.append((button(say("screen.quote.pass_on"), Verb.QUOTE_WHOSE, quote.id, 0),))
    if card.redates:
        rows.append((button(f"✎ {say('screen.redate.button')}", Verb.REDATE_QUOTE, quote.id),))
    return rows


def draw_told(told: Told) -> Screen:
    """What was written, what runs now, what leaves."""
    quote = told.quote
    lines = [bold(told.company.name), esc(told.products), ""]
    if told.postponed_to:
        lines.append(esc(say("screen.quote.postponed", day=write_date(told.postponed_to))))
    else:
        lines.append(esc(say("screen.quote.now", state=quote.state.value.lower())))
    if quote.value is not None:
        lines.append(esc(say("screen.quote.value", value=write_money(quote.value))))
    lines += [f"• {esc(term.kind.label)}: {esc(term.explanation)}" for term in told.terms]
    if told.mails:
        lines.append(esc(say("screen.quote.mails", to=", ".join(m.to[0].name for m in told.mails))))
    opens = button(say("screen.quote.open"), Verb.QUOTE, quote.id)
    return Screen("\n".join(lines), ((opens,), (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)))


def ask_if_sure(quote: int, company: str, odd: OddDay) -> Screen:
    """An odd day is asked back: yes writes it, no leads to another one."""
    yes = button(say("button.it_is_right"), Verb.QUOTE_SURE, quote, odd.event.value, odd.on.isoformat())
    no = button(say("button.no_other_day"), Verb.QUOTE_WHEN, quote, odd.event.value)
    return Screen(f"{bold(company)}\n{esc(odd_day(odd.earlier, odd.on))}", ((yes,), (no,)))
