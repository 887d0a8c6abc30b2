"""What a reply tells of a quote: the same as a tap, on the authority of the mail that asked for it.

The words of an AM without a chat carry a quote to its end. Refuses to know how they were written.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from actions.office import Office
from actions.pass_on_quote import say_not_mine
from actions.postpone_quote import postpone_quote
from actions.tell_quote import Told, tell_quote
from actions.turn import Turn
from procedure.campaign import Contact, ProductKind
from procedure.correspondence.commands import Command, Verb
from procedure.errors import Refusal
from procedure.italian import join_it, write_date, write_money
from procedure.notices import Mail, MailKind, Subject, one_quote
from procedure.people import Person
from procedure.quotes import Quote, QuoteEvent
from procedure.validity import valid_until
from store import people, quotes
from store.transaction import Transaction

_EVENTS: Final[Mapping[Verb, QuoteEvent]] = MappingProxyType(
    {
        Verb.DRAFTED: QuoteEvent.DRAFTED,
        Verb.CONTACTED: QuoteEvent.CONTACTED,
        Verb.DELIVERED: QuoteEvent.DELIVERED,
        Verb.THINKING: QuoteEvent.THINKING,
        Verb.FOLLOWED_UP: QuoteEvent.FOLLOWED_UP,
        Verb.ACCEPTED: QuoteEvent.ACCEPTED,
        Verb.REFUSED: QuoteEvent.REFUSED,
    }
)
_CHANNEL: Final = "mail"


def quote_by_mail(
    tx: Transaction, office: Office, mail: Mail, *, sender: Contact, command: Command, now: datetime
) -> str:
    """Do what the reply says to the quote that its mail asked for; the sentence that tells it.

    Raises:
        Refusal: the mail is about no one quote, or the quote's state does not allow it.
    """
    quote = quote_of(tx, mail)
    if quote is None:
        raise Refusal("quote_not_one")
    turn = Turn(tx, office, _owner(tx, quote), now)
    match command.verb:
        case Verb.POSTPONED:
            told = postpone_quote(turn, quote.id, command.on or turn.today, "per mail", channel=_CHANNEL)
            return (
                f"te lo ricordiamo {write_date(told.postponed_to or turn.today)}; la scadenza resta la stessa"
            )
        case Verb.NOT_MINE:
            asked = say_not_mine(turn, quote.id, command.words, channel=_CHANNEL)
            return f"chiesto a {join_it(asked.of)} di chi è; finché non passa ad altri resta a te"
    told = _told(turn, quote, sender, command)
    if command.verb is Verb.CONTACTED:
        return f"azienda contattata ({write_date(told.on)})"
    return _written(told) + _valid(office, told)


def _told(turn: Turn, quote: Quote, sender: Contact, command: Command) -> Told:
    """The owner's word; the history says who wrote it (A50)."""
    return tell_quote(
        turn,
        quote.id,
        _EVENTS[command.verb],
        command.on or turn.today,
        channel=_CHANNEL,
        value=command.value,
        reason=command.words,
        sure=command.sure,
        told_by=sender.email,
    )


def _written(told: Told) -> str:
    state = told.quote.state.value.lower()
    worth = f" per {write_money(told.quote.value)}" if told.quote.value is not None else ""
    return f"preventivo {state}{worth} ({write_date(told.on)})"


def _valid(office: Office, told: Told) -> str:
    """Until when a quote that was just delivered is valid: printed on the mail to who follows it (A24)."""
    validity = valid_until(told.quote, office.calendar(told.company.site), office.campaign.terms)
    return f", valido fino a {write_date(validity.due_on)}" if validity else ""


def quote_of(tx: Transaction, mail: Mail) -> Quote | None:
    """The one quote that a mail asks about: named by itself, or by a morning that tells of it alone; of a
    visit, the one whose owner was written to, or (E9) the AV's own (A22c).
    """
    if mail.about.kind is Subject.QUOTE:
        return quotes.get(tx, mail.about.id)
    if mail.asks is MailKind.MORNING:
        named = one_quote(mail)
        return quotes.get(tx, named) if named is not None else None
    if mail.about.kind is not Subject.VISIT:
        return None
    mine = [quote for quote in quotes.of_visit(tx, mail.about.id) if _is_asked_for(quote, mail)]
    return mine[0] if len(mine) == 1 else None


def _is_asked_for(quote: Quote, mail: Mail) -> bool:
    if mail.asks is MailKind.E9_CATALOGUE_TO_REFERENCE:
        return quote.kind is ProductKind.CATALOGUE
    return quote.owner_email.casefold() in {contact.email.casefold() for contact in mail.to}


def _owner(tx: Transaction, quote: Quote) -> Person:
    """The quote's owner; an AM who is only a mailbox owns it by the address and has no role."""
    person = people.by_id(tx, quote.owner) if quote.owner else None
    return person or Person(0, quote.owner_email, quote.owner_email, frozenset())
