"""A quote is somebody else's: its owner says so, whoever watches over it passes it on (9.1, NON MIO).

An integrated product's goes to RPS, a catalogue product's to the RS of the sede. Refuses to know the words
and the buttons.
"""

from dataclasses import dataclass, replace

from actions.deliver import put_mail, put_push
from actions.own_quote import own_quote, owner_of, products_of, refused, visited_for
from actions.turn import Turn
from procedure.campaign import ProductKind
from procedure.errors import Refusal
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.people import Person, Role
from procedure.permissions import may_follow, may_reassign
from procedure.quotes import OPEN_STATES, Quote
from procedure.routing import Share, bearer, to_am
from procedure.visits import Company, Interest
from store import deadlines, people, quotes


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody is asked to find whose the quote is: who they are."""

    company: Company
    products: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """The quote has a new owner."""

    quote: Quote
    company: Company
    products: str
    to: str


def say_not_mine(turn: Turn, quote: int, words: str, *, channel: str) -> Asked:
    """The owner says that the quote is not theirs; it stays theirs until somebody passes it on.

    Raises:
        NotAllowed: the quote is not this person's.
        Refusal: `quote_not_open`.
    """
    found, company = own_quote(turn, quote)
    if found.state not in OPEN_STATES:
        raise Refusal("quote_not_open")
    event = f"non mio: {words}" if words else "non mio"
    quotes.remember(turn.tx, found, event=event, who=turn.person.email, at=turn.now, channel=channel)
    told = Asked(company, products_of(turn, quote), ())
    context: dict[str, Json] = {
        "company": company.name,
        "products": told.products,
        "who": turn.person.name,
        "words": words,
        "quote": quote,
    }
    key = f"quote:{quote}:not_mine:{len(quotes.story(turn.tx, quote))}"
    return replace(told, of=_ask(turn, found, company, key, context))


def _ask(turn: Turn, quote: Quote, company: Company, key: str, context: dict[str, Json]) -> tuple[str, ...]:
    """Those who may pass it on, each in the chat; where there is nobody, the role's mailbox."""
    about = About(Subject.QUOTE, quote.id)
    asked = _passing_on(turn, quote, company)
    for person in asked:
        push = Push(f"{key}:{person.id}", "quote_not_mine", about, person.id, context)
        put_push(turn.tx, push, now=turn.now)
    if asked:
        return tuple(person.name for person in asked)
    contact, uncovered = bearer(turn.office.campaign, Role.RPS)
    text = f"{company.name}: {turn.person.name} dice che il preventivo non è suo ({context['products']})."
    words = {"person": contact.name, "text": f"{text} {context['words']}".strip()}
    mail = Mail(key, MailKind.NEWS, about, (contact,), (), {**words}, uncovered)
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
    return (contact.name,)


def _passing_on(turn: Turn, quote: Quote, company: Company) -> list[Person]:
    if quote.kind is ProductKind.CATALOGUE:
        responsible = people.with_role(turn.tx, Role.RS, company.site)
        if responsible:
            return responsible
    return people.with_role(turn.tx, Role.RPS)


def candidates(turn: Turn, quote: int) -> tuple[Quote, Company, list[Person]]:
    """The quote, its company, and the persons who could follow it; not the one who does.

    Raises:
        NotAllowed: it is not for this person to pass on.
    """
    found, company = _to_pass_on(turn, quote)
    able = [person for person in people.active(turn.tx) if may_follow(person, found, company)]
    return found, company, [person for person in able if person.id != found.owner]


def pass_on(turn: Turn, quote: int, to: int) -> Passed:
    """From now on the quote and its open terms are this person's; they hear of it, an AM by E7 too.

    Raises:
        NotAllowed: it is not for this person to pass on.
        Refusal: `quote_not_open`; `quote_not_theirs`: whom it is passed to cannot follow it.
    """
    found, company = _to_pass_on(turn, quote)
    person = people.by_id(turn.tx, to) if people.is_here(turn.tx, to) else None
    if found.state not in OPEN_STATES:
        raise Refusal("quote_not_open")
    if person is None or not may_follow(person, found, company):
        raise Refusal("quote_not_theirs")
    new = replace(found, owner=person.id, owner_email=person.email)
    event = f"passato a {person.name}"
    quotes.save(turn.tx, new, who=turn.person.email, at=turn.now, channel="chat", event=event)
    for row in deadlines.of_quote(turn.tx, quote):
        deadlines.hand_to(turn.tx, row.id, owner=person.id, owner_email=person.email)
    _tell_new_owner(turn, new, company, person)
    return Passed(new, company, products_of(turn, quote), person.name)


def _to_pass_on(turn: Turn, quote: int) -> tuple[Quote, Company]:
    found, company = own_quote(turn, quote)
    if not may_reassign(turn.person, found, company):
        raise refused(turn, quote)
    return found, company


def _tell_new_owner(turn: Turn, quote: Quote, company: Company, person: Person) -> None:
    about = About(Subject.QUOTE, quote.id)
    key = f"quote:{quote.id}:passed:{len(quotes.story(turn.tx, quote.id))}"
    context: dict[str, Json] = {
        "company": company.name,
        "products": products_of(turn, quote.id),
        "by": turn.person.name,
        "quote": quote.id,
    }
    put_push(turn.tx, Push(key, "quote_passed", about, person.id, context), now=turn.now)
    if quote.kind is ProductKind.INTEGRATED:
        _write_e7(turn, quote, company, key)


def _write_e7(turn: Turn, quote: Quote, company: Company, key: str) -> None:
    """E7 as the first owner had it, about this quote alone, so that its replies are the new owner's."""
    rows = deadlines.of_quote(turn.tx, quote.id)
    visited = replace(visited_for(turn, quote, company), dues={row.due.kind: row.due for row in rows})
    interests = tuple(Interest(line.product, line.need) for line in quotes.lines(turn.tx, quote.id))
    mail = to_am(turn.office.campaign, visited, Share(quote.kind, owner_of(turn, quote), interests))
    about = About(Subject.QUOTE, quote.id)
    mail = replace(mail, key=f"{key}:{mail.kind.value}", about=about)
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now)
