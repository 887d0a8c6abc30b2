"""A quote brought out for a person: what it is about, whose it is, and whether they may tell of it.

Refuses to know what is told.
"""

from actions.turn import Turn
from procedure.campaign import Contact
from procedure.errors import NotAllowed, Refusal
from procedure.italian import join_it
from procedure.permissions import LATE_YES_DAYS, is_recent, may_always_accept, may_see, may_tell
from procedure.quotes import Quote, QuoteState
from procedure.routing import Visited
from procedure.visits import Company
from store import audit, people, quotes, register, visits


def own_quote(turn: Turn, quote: int) -> tuple[Quote, Company]:
    """The quote and its company, if the person may tell of it.

    Raises:
        NotAllowed: they may not, or there is none.
    """
    found = _found(turn, quote)
    if found is None or not may_tell(turn.person, *found):
        raise refused(turn, quote)
    return found


def seen_quote(turn: Turn, quote: int) -> tuple[Quote, Company]:
    """The quote and its company, if the person may look at it: who tells of it, and who sees the company.

    Raises:
        NotAllowed: they may not, or there is none.
    """
    found = _found(turn, quote)
    if found is None or not (may_tell(turn.person, *found) or may_see(turn.person, found[1])):
        raise refused(turn, quote)
    return found


def quote_to_accept(turn: Turn, quote: int) -> tuple[Quote, Company]:
    """The quote and its company, if the person may tell that it was accepted: of an archived one within sixty
    days of its closing, then only RPS and RPC (T15).

    Raises:
        NotAllowed: they may not, or there is none.
        Refusal: `quote_late_for_owner`.
    """
    found = _found(turn, quote)
    if found is None or found[0].state is not QuoteState.ARCHIVED:
        return own_quote(turn, quote)
    if may_always_accept(turn.person):
        return found
    own_quote(turn, quote)
    if not is_recent(found[0], turn.today):
        raise Refusal("quote_late_for_owner", days=LATE_YES_DAYS)
    return found


def refused(turn: Turn, quote: int) -> NotAllowed:
    """Whoever asked may not: the audit knows."""
    audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "quote", "id": quote})
    return NotAllowed("not_allowed")


def products_of(turn: Turn, quote: int) -> str:
    """The quote's products as people read them."""
    return join_it([turn.office.campaign.product(line.product).name for line in quotes.lines(turn.tx, quote)])


def owner_of(turn: Turn, quote: Quote) -> Contact:
    """The owner by name; an AM who is only a mailbox is called as the catalogue calls them."""
    person = people.by_id(turn.tx, quote.owner) if quote.owner else None
    if person:
        return Contact(person.name, person.email)
    wanted = quote.owner_email.casefold()
    known = (p.contact for p in turn.office.campaign.products if p.contact.email.casefold() == wanted)
    return next(known, Contact(quote.owner_email, quote.owner_email))


def visited_for(turn: Turn, quote: Quote, company: Company) -> Visited:
    """The visit that the quote comes from, as mails tell it.

    Raises:
        LookupError: it has none: a fault.
    """
    visit = visits.get(turn.tx, quote.visit)
    av = people.by_id(turn.tx, visit.av) if visit else None
    if not visit or not av:
        raise LookupError(f"quote {quote.id} has no visit")
    return Visited(visit.id, visit.report, company, av, {})


def _found(turn: Turn, quote: int) -> tuple[Quote, Company] | None:
    found = quotes.get(turn.tx, quote)
    company = register.company(turn.tx, found.company) if found else None
    return (found, company) if found and company else None
