"""What became of a quote: its owner says so, the state moves, terms close and open, mails leave. One transaction.

Refuses to know whether it was tapped or written, and by which words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from actions.converse import Talk, own_open_draft, standing_talk
from actions.deliver import put_mail
from actions.office import Office
from actions.watch import open_deadline
from conversations.dialogue import Complete
from conversations.phrases import say
from conversations.quote import Acceptance, Postponement, Rejection
from procedure.deadlines import DeadlineKind, Due, due
from procedure.errors import NotAllowed, Refusal
from procedure.italian import join_it
from procedure.notices import About, Mail, Subject
from procedure.people import Person
from procedure.permissions import may_tell
from procedure.quotes import Quote, QuoteEvent, QuoteState, after
from procedure.routing import Visited, after_acceptance
from procedure.visits import Company
from store import audit, chats, deadlines, drafts, people, quotes, register, visits
from store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Told:
    """What the owner is answered: the quote as it is now, the terms that run from here, the mails that leave."""

    quote: Quote
    company: Company
    products: str
    terms: tuple[Due, ...]
    mails: tuple[Mail, ...] = ()
    postponed_to: date | None = None


def tell_quote(
    tx: Transaction,
    office: Office,
    person: Person,
    quote: int,
    event: QuoteEvent,
    on: date,
    now: datetime,
    *,
    channel: str,
    value: Decimal | None = None,
    reason: str = "",
) -> Told:
    """Record that `event` happened to the quote on day `on`.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: the event does not fit the quote's state; see `procedure.quotes.after`.
    """
    old, company = own_quote(tx, person, quote, now)
    new = after(old, event, on, value=value, reason=reason)
    quotes.save(tx, new, who=person.email, at=now, channel=channel, event=event.value)
    terms = _move_terms(tx, office, old, new, company, event, on, now)
    mails = _accepted(tx, office, new, company) if new.state is QuoteState.ACCEPTED else ()
    for mail in mails:
        put_mail(tx, mail, minted_by=office.minting, now=now)
    return Told(new, company, products_of(tx, office, quote), terms, mails)


def finish_dialogue(
    tx: Transaction, office: Office, person: Person, draft: int, seen: int, now: datetime
) -> Told | Talk:
    """Do what a confirmed dialogue about a quote says; or the dialogue as it stands, where it has moved on.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`, or the quote's state no longer allows it.
    """
    row = own_open_draft(tx, person, draft, now)
    talk = standing_talk(tx, office, row, now)
    if seen != talk.revision or not isinstance(talk.state, Complete) or row.quote is None:
        return standing_talk(tx, office, row, now, note=say("talk.passed"))
    drafts.close(tx, row.id, "confirmed", now)
    chats.set_focus(tx, person.id, draft=None)
    told = talk.state.result
    match told:
        case Acceptance(value, on):
            return tell_quote(
                tx, office, person, row.quote, QuoteEvent.ACCEPTED, on, now, channel="chat", value=value
            )
        case Rejection(reason, on):
            return tell_quote(
                tx, office, person, row.quote, QuoteEvent.REFUSED, on, now, channel="chat", reason=reason
            )
        case Postponement(until, reason):
            return _postpone(tx, office, person, row.quote, until, reason, now)
        case _:
            raise AssertionError(f"no quote dialogue ends in {told!r}")


def own_quote(tx: Transaction, person: Person, quote: int, now: datetime) -> tuple[Quote, Company]:
    """The quote and its company, if the person may tell of it.

    Raises:
        NotAllowed: they may not, or there is none.
    """
    found = quotes.get(tx, quote)
    company = register.company(tx, found.company) if found else None
    if not found or not company or not may_tell(person, found, company):
        audit.note(tx, now, person.email, "refused", {"what": "quote", "id": quote})
        raise NotAllowed("not_allowed")
    return found, company


def products_of(tx: Transaction, office: Office, quote: int) -> str:
    """The quote's products as people read them."""
    return join_it([office.campaign.product(line.product).name for line in quotes.lines(tx, quote)])


def _move_terms(
    tx: Transaction,
    office: Office,
    old: Quote,
    new: Quote,
    company: Company,
    event: QuoteEvent,
    on: date,
    now: datetime,
) -> tuple[Due, ...]:
    """The terms of section 8 that the event meets are closed; those that run from it are opened."""
    about = About(Subject.QUOTE, new.id)
    deadlines.close(tx, kinds=list(_MEETS[event]), about=about, on=on, how=event.value)
    opened = []
    for kind, start in _starts(old, new):
        term = due(kind, start, office.calendar(company.site), office.campaign.terms)
        open_deadline(
            tx,
            office,
            term,
            about=about,
            company=company,
            owner=new.owner,
            owner_email=new.owner_email,
            now=now,
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


def _accepted(tx: Transaction, office: Office, quote: Quote, company: Company) -> tuple[Mail, ...]:
    """E10 and E11 [r.157]."""
    visit = visits.get(tx, quote.visit)
    av = people.by_id(tx, visit.av) if visit else None
    if not visit or not av:
        raise LookupError(f"quote {quote.id} has no visit")
    visited = Visited(visit.id, visit.report, company, av, {})
    return after_acceptance(
        office.campaign, quote, [line.product for line in quotes.lines(tx, quote.id)], visited
    )


def _postpone(
    tx: Transaction, office: Office, person: Person, quote: int, until: date, reason: str, now: datetime
) -> Told:
    """Only the reminder moves, never the deadline; on a working day, and kept in the quote's history."""
    found, company = own_quote(tx, person, quote, now)
    day = office.calendar(company.site).next_working(until)
    waiting = deadlines.of_quote(tx, quote)
    if not waiting:
        raise Refusal("quote_not_open")
    for row in waiting:
        deadlines.set_remind_on(tx, row.id, day)
    quotes.remember(tx, found, event=f"rinvia: {reason}", who=person.email, at=now, channel="chat")
    return Told(found, company, products_of(tx, office, quote), (), postponed_to=day)
