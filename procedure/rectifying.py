"""N7 after a date was put right: to whoever was told by mail a day that no longer holds, the one that does.

Refuses to know whom: `actions.tell_corrected` looks up which mails left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from procedure.amending import Amended, Amendment, amendment_mail
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind
from procedure.italian import write_date
from procedure.notices import About, Mail, MailKind
from procedure.quotes import Quote
from procedure.redating import DateField, Move, explain
from procedure.routing import Visited

NAMED: Final[Mapping[MailKind, DeadlineKind]] = MappingProxyType(
    {
        MailKind.E4_FORMS_TO_OFFICE: DeadlineKind.D6,
        MailKind.E6_RID_TO_RPA: DeadlineKind.D7,
        MailKind.E7_QUOTE_TO_AM: DeadlineKind.D10,
        MailKind.E8_QUOTES_TO_RPS: DeadlineKind.D10,
        MailKind.E9_CATALOGUE_TO_REFERENCE: DeadlineKind.D10,
    }
)
"""The mails that name the end of a term, and which."""


@dataclass(frozen=True, slots=True)
class Rectified:
    """A date put right, as a mail tells it. `key` begins the keys of its mails; a reply is about `about`."""

    key: str
    about: About
    field: DateField
    old: date
    new: date
    reason: str
    who: str


def concerned(mail: Mail, moved: Iterable[Move], quotes: Iterable[Quote]) -> tuple[Move, ...]:
    """The terms still to be met of which this mail told the old end; an AM hears of their own quotes only."""
    named = NAMED.get(mail.kind)
    if mail.kind is MailKind.E7_QUOTE_TO_AM:
        addresses = {contact.email.casefold() for contact in mail.to}
        theirs = {quote.id for quote in quotes if quote.owner_email.casefold() in addresses}
        moved = (move for move in moved if move.old.quote in theirs)
    return tuple(move for move in moved if move.is_open and move.new.due.kind is named and move.told)


def rectification(
    visited: Visited, what: Rectified, moved: Iterable[Move], to: Contact, *, asks: MailKind
) -> Mail:
    """N7 to one receiver: was, is, what moves, why. `asks` is the kind of mail whose answers it takes."""
    moved = tuple(moved)
    days = Amended(what.field.label, write_date(what.old), write_date(what.new))
    due = moved[0].new.due.explanation if len(moved) == 1 else ""
    told = Amendment(what.key, what.about, (days,), what.reason, what.who, tuple(explain(moved)), due)
    return amendment_mail(visited, told, (to,), key=f"{what.key}:{to.email.casefold()}", asks=asks)
