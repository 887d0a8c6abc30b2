"""A quote brought out to be looked at: all that its screen shows, and what this person may do with it.

Looking changes nothing.
"""

from actions.own_quote import owner_of, products_of, seen_quote, visited_for
from actions.quote_terms import term_of
from actions.redate_facts import redatable_fields
from actions.send_quote_file import file_of_quote
from actions.split_quote import to_split
from actions.turn import Turn
from bot.screens.papers import with_copy, with_file
from bot.screens.quote import QuoteCard, Sibling, draw_quote
from bot.screens.quote_list import PAGE, draw_quotes
from bot.screens.screen import Screen
from procedure.campaign import ProductKind
from procedure.deadlines import DeadlineKind
from procedure.permissions import is_recent, may_always_accept, may_reassign, may_split, may_tell
from procedure.quote_days import is_expired
from procedure.quotes import OPEN_STATES, Quote, QuoteState
from procedure.validity import valid_until
from procedure.visits import Company
from store import deadlines, paper_copies, people, quote_list, quotes


def quote(turn: Turn, which: int) -> Screen:
    """A quote and what may be told of it.

    Raises:
        NotAllowed: it is not for this person to see.
    """
    found, company = seen_quote(turn, which)
    product = turn.office.campaign.product
    owner = owner_of(turn, found)
    screen = draw_quote(
        QuoteCard(
            quote=found,
            company=company,
            products=products_of(turn, which),
            terms=_terms(turn, found, company),
            lines=[(product(line.product).name, line) for line in quotes.lines(turn.tx, which)],
            siblings=_siblings(turn, found),
            told_by=_told_by(turn, found),
            owner="" if found.owner == turn.person.id else owner.name,
            leads=_leads(turn, found),
            expired=_is_expired(turn, found, company),
            tells=may_tell(turn.person, found, company),
            accepts_late=_accepts_late(turn, found, company),
            reassigns=may_reassign(turn.person, found, company),
            splits=_splits(turn, found, company),
            redates=bool(redatable_fields(turn, company, visited_for(turn, found, company).av.id, found)),
        )
    )
    copy = paper_copies.filing(turn.tx, which)
    screen = with_file(screen, found, file_of_quote(turn, which), turn.today)
    return with_copy(screen, found, copy, tells=may_tell(turn.person, found, company))


def quotes_in_hand(turn: Turn, offset: int) -> Screen:
    """A page of the person's own open quotes."""
    return draw_quotes(quote_list.open_of(turn.tx, turn.person.id, offset=offset, limit=PAGE), turn.today)


def _terms(turn: Turn, found: Quote, company: Company) -> tuple[str, ...]:
    """The terms that run, and until when the quote is valid (D12, shown only)."""
    terms = tuple(row.due.explanation for row in deadlines.of_quote(turn.tx, found.id))
    validity = valid_until(found, turn.office.calendar(company.site), turn.office.campaign.terms)
    return (*terms, validity.explanation) if validity else terms


def _siblings(turn: Turn, found: Quote) -> list[Sibling]:
    return [
        Sibling(other.id, products_of(turn, other.id), owner_of(turn, other).name, other.state)
        for other in quotes.of_visit(turn.tx, found.visit)
        if other.id != found.id
    ]


def _leads(turn: Turn, found: Quote) -> str:
    """The first AM of several leads the delivery (A27)."""
    of_ams = [
        one
        for one in quotes.of_visit(turn.tx, found.visit)
        if one.kind is ProductKind.INTEGRATED and one.state in OPEN_STATES
    ]
    owners = {one.owner_email.casefold() for one in of_ams}
    return owner_of(turn, of_ams[0]).name if len(owners) > 1 else ""


def _told_by(turn: Turn, found: Quote) -> dict[str, str]:
    """Who told what, where it was not the owner (A50); of an event told twice the first counts."""
    told = quotes.standing(quotes.story(turn.tx, found.id))
    moves = [move for move in told if move.hand.who != found.owner_email]
    return {move.event: _name(turn, move.hand.who) for move in reversed(moves)}


def _name(turn: Turn, email: str) -> str:
    person = people.by_email(turn.tx, email) or people.gone(turn.tx, email)
    return person.name if person else email


def _is_expired(turn: Turn, found: Quote, company: Company) -> bool:
    if found.delivered_on is None:
        return False
    closing = term_of(turn, DeadlineKind.D14, found.delivered_on, company)
    return is_expired(found, closing, turn.today)


def _accepts_late(turn: Turn, found: Quote, company: Company) -> bool:
    if found.state is not QuoteState.ARCHIVED:
        return False
    recent = is_recent(found, turn.today) and may_tell(turn.person, found, company)
    return recent or may_always_accept(turn.person)


def _splits(turn: Turn, found: Quote, company: Company) -> bool:
    av = visited_for(turn, found, company).av.id
    return bool(to_split(turn, found)) and may_split(turn.person, company, av)
