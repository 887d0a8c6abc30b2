"""What became of a quote: its owner says so, the state moves, terms close and open, mails leave. One
transaction.

Refuses to know whether it was tapped or written, and by which words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.end_quote import end_quote
from actions.own_quote import own_quote, products_of, quote_to_accept, visited_for
from actions.quote_terms import move_terms, term_of
from actions.standing_in import note_standing_in
from actions.turn import Turn
from procedure.deadlines import DeadlineKind, Due
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import Mail
from procedure.permissions import may_tell
from procedure.quote_days import Earlier, contradicted
from procedure.quote_lines import LineOutcome, worth
from procedure.quote_moves import after
from procedure.quotes import OPEN_STATES, Quote, QuoteEvent
from procedure.visits import Company
from store import quote_lines, quotes
from store.history import Hand


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner is answered: the quote as it is now, the terms that run from here, the day that was
    told, the mails that leave.
    """

    quote: Quote
    company: Company
    products: str
    terms: tuple[Due, ...]
    on: date
    mails: tuple[Mail, ...] = ()
    postponed_to: date | None = None


class OddDay(Refusal):
    """The event would come before a day that stands earlier in a quote's course: are they sure?"""

    def __init__(self, event: QuoteEvent, on: date, earlier: Earlier) -> None:
        super().__init__("quote_odd_day", day=write_date(on), first=write_date(earlier.on))
        self.event, self.on, self.earlier = event, on, earlier


def tell_quote(
    turn: Turn,
    quote: int,
    event: QuoteEvent,
    on: date,
    *,
    channel: str,
    value: Decimal | None = None,
    reason: str = "",
    lines: tuple[LineOutcome, ...] = (),
    sure: bool = False,
    told_by: str = "",
) -> Told:
    """Record that `event` happened to the quote on day `on`.

    Args:
        turn: who tells, and when.
        quote: its id.
        event: what happened.
        on: the day; not one to come.
        channel: `chat`, `mail`, …: for the history.
        value: VALORE PREVENTIVO as a total, where the lines are not told one by one.
        reason: why it was refused, cancelled or withdrawn.
        lines: the company's answer to each product (A30).
        sure: an odd day has been asked back, and is right.
        told_by: the address of whoever wrote it in the person's place; for the history.

    Raises:
        NotAllowed: the quote is not this person's.
        OddDay: the day precedes an earlier one of the quote; nothing is written.
        Refusal: `day_to_come`, `quote_lines_changed`, or the event does not fit the quote's state; see
            `procedure.quote_moves.after`.
    """
    old, company = quote_to_accept(turn, quote) if event is QuoteEvent.ACCEPTED else own_quote(turn, quote)
    if on > turn.today:
        raise Refusal("day_to_come")
    if not sure:
        _must_be_in_order(turn, old, company, event, on)
    its = _told_of(turn, quote, event)
    _must_be_these(lines, its)
    answers = lines or tuple(_alike(its, event, value, reason))
    value = worth(answers) if lines else value
    until = _in_time_until(turn, old, company)
    new = after(old, event, on, value=value, reason=reason, in_time_until=until)
    hand = Hand(told_by or turn.person.email, turn.now, channel)
    note_standing_in(turn, "quote", quote, lambda one: may_tell(one, old, company))
    quotes.save(turn.tx, new, who=hand.who, at=hand.at, channel=channel, event=event.value, on=on)
    quote_lines.settle(turn.tx, answers, hand)
    terms = move_terms(turn, (old, new), company, event, on)
    mails = () if new.state in OPEN_STATES else end_quote(turn, (old, new), company, event)
    return Told(new, company, products_of(turn, quote), terms, on, mails)


def _must_be_in_order(turn: Turn, quote: Quote, company: Company, event: QuoteEvent, on: date) -> None:
    visited_on = visited_for(turn, quote, company).report.visited_on
    earlier = contradicted(quote, event, on, visited_on)
    if earlier:
        raise OddDay(event, on, earlier)


_ALL_REFUSED = frozenset({QuoteEvent.REFUSED, QuoteEvent.WITHDRAWN})
_ALL_ACCEPTED = frozenset({QuoteEvent.ACCEPTED, QuoteEvent.CORRECTED})


def _told_of(turn: Turn, quote: int, event: QuoteEvent) -> list[int]:
    """The lines that the event has an answer for: of a correction those accepted, of an answer all."""
    if event not in _ALL_REFUSED | _ALL_ACCEPTED:
        return []
    every = quotes.lines(turn.tx, quote)
    return [line.id for line in every if line.accepted or event is not QuoteEvent.CORRECTED]


def _alike(lines: list[int], event: QuoteEvent, value: Decimal | None, reason: str) -> Iterable[LineOutcome]:
    """Every line has the quote's own answer; a total is the value of the one line that there is, of several
    it is nobody's guess (docs/decisions/0028-a-total-is-not-divided.md).
    """
    if event in _ALL_REFUSED:
        return (LineOutcome(line, False, None, reason) for line in lines)
    return (LineOutcome(line, True, value if len(lines) == 1 else None) for line in lines)


def _must_be_these(answers: tuple[LineOutcome, ...], lines: list[int]) -> None:
    """A line told of has not gone to another quote meanwhile, and none is left out (A28, A30)."""
    if answers and {answer.line for answer in answers} != {*lines}:
        raise Refusal("quote_lines_changed")


def _in_time_until(turn: Turn, quote: Quote, company: Company) -> date | None:
    """The last day on which an answer is not late (A34)."""
    if quote.delivered_on is None:
        return None
    return term_of(turn, DeadlineKind.D14, quote.delivered_on, company).on_time_until
