"""Until when a quote is valid (D12): shown on it and told in the mails about it, an alarm to nobody.

Refuses to know where it is shown.
"""

from datetime import date, timedelta

from procedure.campaign import Terms
from procedure.deadlines import DeadlineKind, Due, due
from procedure.quotes import AWAITING_ANSWER, Quote
from procedure.workdays import WorkCalendar


def valid_until(quote: Quote, calendar: WorkCalendar, terms: Terms) -> Due | None:
    """The validity of a quote that the company has in hand [r.153]: from its delivery (A24).

    None before the delivery, and once the company has answered.
    """
    if quote.delivered_on is None or quote.state not in AWAITING_ANSWER:
        return None
    return validity(quote.delivered_on, calendar, terms)


def validity_at(kind: DeadlineKind, starts_on: date, terms: Terms) -> date | None:
    """The last day of validity, told beside the terms that run from the delivery too: D13 and D14."""
    of_delivery = kind in {DeadlineKind.D13, DeadlineKind.D14}
    return starts_on + timedelta(days=terms.validity) if of_delivery else None


def validity(delivered_on: date, calendar: WorkCalendar, terms: Terms) -> Due:
    """D12 of a quote delivered on this day."""
    return due(DeadlineKind.D12, delivered_on, calendar, terms)
