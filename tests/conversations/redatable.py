"""A visit and its quote whose dates may be put right, as the dialogue is given them."""

from datetime import date

from conversations.redate import RedateFacts
from procedure.campaign import ProductKind, Terms
from procedure.deadlines import DeadlineKind, due
from procedure.quotes import Quote, QuoteState
from procedure.redating import DateField, OpenedTerm, Standing
from procedure.workdays import WorkCalendar
from tests.conversations.given import JOINED, TODAY

VISITED, DRAFTED, DELIVERED = date(2026, 11, 12), date(2026, 11, 16), date(2026, 11, 17)
PISTOIA = WorkCalendar((7, 25), "San Jacopo")
QUOTE = Quote(
    id=3,
    visit=1,
    company=7,
    kind=ProductKind.INTEGRATED,
    owner=2,
    owner_email="ivo@esempio.it",
    state=QuoteState.DELIVERED,
    opened_on=VISITED,
    drafted_on=DRAFTED,
    delivered_on=DELIVERED,
)


def a_term(number: int, kind: DeadlineKind, start: date, met_on: date | None = None) -> OpenedTerm:
    """A term of the quote."""
    return OpenedTerm(number, due(kind, start, PISTOIA, Terms()), QUOTE.id, met_on)


STANDING = Standing(
    visited_on=VISITED,
    quotes=(QUOTE,),
    terms=(
        a_term(1, DeadlineKind.D10, VISITED, DRAFTED),
        a_term(2, DeadlineKind.D11, DRAFTED, DELIVERED),
        a_term(3, DeadlineKind.D13, DELIVERED),
        a_term(4, DeadlineKind.D14, DELIVERED),
    ),
    calendar=PISTOIA,
    lengths=Terms(),
)
FIELDS = (DateField.VISIT, DateField.DRAFTING, DateField.DELIVERY)
OF_QUOTE = RedateFacts(TODAY, "Tessitura Finzioni S.r.l.", JOINED, STANDING, QUOTE.id, FIELDS)
OF_VISIT = RedateFacts(TODAY, "Tessitura Finzioni S.r.l.", JOINED, STANDING, None, (DateField.VISIT,))
