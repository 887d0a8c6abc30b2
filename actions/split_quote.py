"""The catalogue products of a mixed quote become a quote of the AV's own (A28).

Refuses to know the buttons.
"""

from dataclasses import dataclass, replace

from actions.deliver import put_mail, put_push
from actions.own_quote import products_of, refused, seen_quote, visited_for
from actions.quote_terms import term_of
from actions.turn import Turn
from actions.watch import Owner, open_deadline
from procedure.campaign import ProductKind
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from procedure.notices import About, Json, Mail, Push, Subject
from procedure.permissions import may_split
from procedure.quotes import Quote, QuoteState
from procedure.routing import Visited, to_references
from procedure.visits import Company, Interest
from store import quote_lines, quotes
from store.history import Hand
from store.quotes import QuoteLine


@dataclass(frozen=True, slots=True)
class Split:
    """The new quote, and the mails that ask for it."""

    quote: int
    company: Company
    products: str
    owner: str
    mails: tuple[Mail, ...]


def to_split(turn: Turn, quote: Quote) -> list[QuoteLine]:
    """The lines that could leave it: catalogue products beside integrated ones, before it is drafted."""
    if quote.state is not QuoteState.TO_DRAFT or quote.kind is not ProductKind.INTEGRATED:
        return []
    kind = {
        line.id: turn.office.campaign.product(line.product).kind for line in quotes.lines(turn.tx, quote.id)
    }
    lines = [line for line in quotes.lines(turn.tx, quote.id) if kind[line.id] is ProductKind.CATALOGUE]
    return lines if len(lines) < len(kind) else []


def split_quote(turn: Turn, quote: int) -> Split:
    """Take the catalogue products out of a mixed quote: the AV owns them, their reference persons get E9.

    Raises:
        NotAllowed: the person may not.
        Refusal: `quote_not_to_split`.
    """
    found, company = seen_quote(turn, quote)
    visited = visited_for(turn, found, company)
    if not may_split(turn.person, company, visited.av.id):
        raise refused(turn, quote)
    lines = to_split(turn, found)
    if not lines:
        raise Refusal("quote_not_to_split")
    new = _open(turn, found, company, visited)
    quote_lines.move(turn.tx, [line.id for line in lines], new, Hand(turn.person.email, turn.now, "chat"))
    _remember(turn, found, new)
    _tell_owner(turn, found, company, products_of(turn, new))
    mails = _ask(turn, new, visited, company, lines)
    return Split(new, company, products_of(turn, new), visited.av.name, mails)


def _open(turn: Turn, found: Quote, company: Company, visited: Visited) -> int:
    """As T2 would have opened it: D10 runs from the visit, which was before (A5b)."""
    av = visited.av
    new = quotes.open_quote(
        turn.tx,
        visit=found.visit,
        company=found.company,
        kind=ProductKind.CATALOGUE,
        owner=av.id,
        owner_email=av.email,
        opened_on=turn.today,
        lines=(),
    )
    term = term_of(turn, DeadlineKind.D10, visited.report.visited_on, company)
    about, owner = About(Subject.QUOTE, new), Owner(av.id, av.email, av.name)
    open_deadline(turn.tx, turn.office, term, about=about, company=company, owner=owner, now=turn.now)
    return new


def _remember(turn: Turn, found: Quote, new: int) -> None:
    """Both stories tell it."""
    opened = quotes.get(turn.tx, new)
    told = ((found, f"prodotti a catalogo separati: {new}"), (opened, f"separato da: {found.id}"))
    for quote, event in told:
        if quote is not None:
            who = turn.person.email
            quotes.remember(turn.tx, quote, event=event, who=who, at=turn.now, channel="chat")


def _tell_owner(turn: Turn, quote: Quote, company: Company, products: str) -> None:
    """The AM hears that these are no longer theirs."""
    if quote.owner is None or quote.owner == turn.person.id:
        return
    context: dict[str, Json] = {"company": company.name, "products": products, "quote": quote.id}
    about = About(Subject.QUOTE, quote.id)
    put_push(
        turn.tx, Push(f"quote:{quote.id}:split", "quote_split", about, quote.owner, context), now=turn.now
    )


def _ask(
    turn: Turn, new: int, visited: Visited, company: Company, lines: list[QuoteLine]
) -> tuple[Mail, ...]:
    """E9 about this quote alone, so that its replies move this one."""
    term = term_of(turn, DeadlineKind.D10, visited.report.visited_on, company)
    interests = [Interest(line.product, line.need) for line in lines]
    visited = replace(visited, dues={DeadlineKind.D10: term})
    about = About(Subject.QUOTE, new)
    mails = tuple(
        replace(mail, about=about, key=mail.key.replace(f"visit:{visited.id}", f"quote:{new}", 1))
        for mail in to_references(turn.office.campaign, visited, interests)
    )
    for mail in mails:
        put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return mails
