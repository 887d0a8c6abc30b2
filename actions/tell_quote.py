"""What became of a quote: its owner says so, the state moves, terms close and open, mails leave. One
transaction.

Refuses to know whether it was tapped or written, and by which words.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from actions.converse import Talk
from actions.deliver import put_mail, put_push
from actions.turn import Turn
from actions.watch import Owner, open_deadline
from conversations.quote import Acceptance, Postponement, Rejection
from procedure.deadlines import DeadlineKind, Due, due
from procedure.errors import NotAllowed, Refusal
from procedure.italian import join_it
from procedure.notices import About, Json, Mail, Push, Subject
from procedure.people import Person
from procedure.permissions import may_tell
from procedure.quotes import OPEN_STATES, Quote, QuoteEvent, QuoteState, after
from procedure.routing import Visited, after_acceptance
from procedure.visits import Company
from store import audit, deadlines, people, quotes, register, visits


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner is answered: the quote as it is now, the terms
    that run from here, the mails that leave.
    """

    quote: Quote
    company: Company
    products: str
    terms: tuple[Due, ...]
    mails: tuple[Mail, ...] = ()
    postponed_to: date | None = None


def tell_quote(
    turn: Turn,
    quote: int,
    event: QuoteEvent,
    on: date,
    *,
    channel: str,
    value: Decimal | None = None,
    reason: str = "",
) -> Told:
    """Record that `event` happened to the quote on day `on`.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `day_to_come`, or the event does not fit the quote's state; see `procedure.quotes.after`.
    """
    old, company = own_quote(turn, quote)
    if on > turn.today:
        raise Refusal("day_to_come")
    new = after(old, event, on, value=value, reason=reason)
    quotes.save(turn.tx, new, who=turn.person.email, at=turn.now, channel=channel, event=event.value)
    told = Told(new, company, products_of(turn, quote), _move_terms(turn, (old, new), company, event, on))
    return told if new.state in OPEN_STATES else _closed(turn, told)


def done_in_dialogue(turn: Turn, talk: Talk, result: Acceptance | Rejection | Postponement) -> Told:
    """Do what a confirmed dialogue about a quote says.

    Raises:
        NotAllowed: the quote is no longer this person's.
        Refusal: the quote's state no longer allows it.
    """
    quote = talk.row.about.id
    match result:
        case Acceptance(value, on):
            return tell_quote(turn, quote, QuoteEvent.ACCEPTED, on, channel="chat", value=value)
        case Rejection(reason, on):
            return tell_quote(turn, quote, QuoteEvent.REFUSED, on, channel="chat", reason=reason)
        case Postponement(until, reason):
            return _postpone(turn, quote, until, reason)


def own_quote(turn: Turn, quote: int) -> tuple[Quote, Company]:
    """The quote and its company, if the person may tell of it.

    Raises:
        NotAllowed: they may not, or there is none.
    """
    found = quotes.get(turn.tx, quote)
    company = register.company(turn.tx, found.company) if found else None
    if not found or not company or not may_tell(turn.person, found, company):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "quote", "id": quote})
        raise NotAllowed("not_allowed")
    return found, company


def products_of(turn: Turn, quote: int) -> str:
    """The quote's products as people read them."""
    return join_it([turn.office.campaign.product(line.product).name for line in quotes.lines(turn.tx, quote)])


def _move_terms(
    turn: Turn, change: tuple[Quote, Quote], company: Company, event: QuoteEvent, on: date
) -> tuple[Due, ...]:
    """The terms of section 8 that the event meets are closed; those that run from it are opened."""
    old, new = change
    about = About(Subject.QUOTE, new.id)
    deadlines.close(turn.tx, kinds=list(_MEETS[event]), about=about, on=on, how=event.value)
    opened = []
    for kind, start in _starts(old, new):
        term = due(kind, start, turn.office.calendar(company.site), turn.office.campaign.terms)
        open_deadline(
            turn.tx,
            turn.office,
            term,
            about=about,
            company=company,
            owner=Owner(new.owner, new.owner_email, new.owner_email),
            now=turn.now,
        )
        opened.append(term)
    return tuple(opened)


_ALL = (DeadlineKind.D10, DeadlineKind.D11, DeadlineKind.D13, DeadlineKind.D14)
_MEETS = {
    QuoteEvent.DRAFTED: (DeadlineKind.D10,),
    QuoteEvent.CONTACTED: (DeadlineKind.D10, DeadlineKind.D11),  # A22b: met by the contact
    QuoteEvent.DELIVERED: (DeadlineKind.D10, DeadlineKind.D11),
    QuoteEvent.THINKING: (),
    QuoteEvent.FOLLOWED_UP: (DeadlineKind.D13,),
    QuoteEvent.ACCEPTED: _ALL,
    QuoteEvent.REFUSED: _ALL,
}


def _starts(old: Quote, new: Quote) -> list[tuple[DeadlineKind, date]]:
    """D11 runs from the drafting [r.147]; D13 and D14 from the delivery [r.161, r.165]."""
    starts = []
    if old.drafted_on is None and new.drafted_on and new.contacted_on is None and new.delivered_on is None:
        starts.append((DeadlineKind.D11, new.drafted_on))
    if old.delivered_on is None and new.delivered_on:
        starts += [(DeadlineKind.D13, new.delivered_on), (DeadlineKind.D14, new.delivered_on)]
    return starts


def _closed(turn: Turn, told: Told) -> Told:
    """E10 and E11 for an acceptance [r.157]; the AV hears how the quote of another ended (A32)."""
    visit = visits.get(turn.tx, told.quote.visit)
    av = people.by_id(turn.tx, visit.av) if visit else None
    if not visit or not av:
        raise LookupError(f"quote {told.quote.id} has no visit")
    if av.id != turn.person.id:
        put_push(turn.tx, _news(told, av), now=turn.now)
    if told.quote.state is not QuoteState.ACCEPTED:
        return told
    visited = Visited(visit.id, visit.report, told.company, av, {})
    codes = [line.product for line in quotes.lines(turn.tx, told.quote.id)]
    mails = after_acceptance(turn.office.campaign, told.quote, codes, visited)
    for mail in mails:
        put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return replace(told, mails=mails)


def _news(told: Told, av: Person) -> Push:
    context: dict[str, Json] = {
        "company": told.company.name,
        "products": told.products,
        "state": told.quote.state.value.lower(),
    }
    about = About(Subject.QUOTE, told.quote.id)
    return Push(f"quote:{told.quote.id}:closed", "quote_closed", about, av.id, context)


def _postpone(turn: Turn, quote: int, until: date, reason: str) -> Told:
    """Only the reminder moves, never the deadline; to a working day, and kept in the quote's history.

    What would have been said later than that is still said then; where nothing would, the next term speaks.
    """
    found, company = own_quote(turn, quote)
    day = turn.office.calendar(company.site).next_working(until)
    waiting = deadlines.of_quote(turn.tx, quote)
    if not waiting:
        raise Refusal("quote_not_open" if found.state not in OPEN_STATES else "quote_nothing_due")
    sooner = [row for row in waiting if row.remind_on is not None and row.remind_on <= day]
    for row in sooner or waiting[:1]:
        deadlines.set_remind_on(turn.tx, row.id, day)
    quotes.remember(
        turn.tx, found, event=f"rinvia: {reason}", who=turn.person.email, at=turn.now, channel="chat"
    )
    return Told(found, company, products_of(turn, quote), (), postponed_to=day)
