"""The story so far: what the demo's people did before it begins, so that every case is there to be looked at.

The same for the same day; each date is reckoned back from today on the calendar of the company's own sede.
The mails since noon of the last working day leave when the demo starts. Older ones count as sent and lie in
no mailbox, as nothing told by chat lies in a telephone. A quote accepted in part (A30) is not here: the
service does not know it yet. Refuses to know how a scene is written (`demo_past`).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from actions.office import Office
from dopovisita.clock import ROME
from dopovisita.demo_past import (
    Absent,
    Answered,
    HandedOver,
    LeftInTheMiddle,
    Morning,
    Past,
    Quoted,
    Scene,
    Visited,
)
from procedure.notices import MailKind
from procedure.quotes import QuoteEvent
from procedure.workdays import ONE_DAY, WorkCalendar
from store import marks
from store.transaction import Transaction

_TOLD = "demo story told"
_AT = "@associazione.example.com"
ADA, BRUNO, CARLA, DARIO, ELENA, FABIO, GINA, IVO, LIA, SANDRO = (
    f"{name}{_AT}"
    for name in (
        *("ada.esempioli", "bruno.fintarelli", "carla.immaginelli", "dario.provenzoni", "elena.nonesisti"),
        *("fabio.campionetti", "gina.maquettini", "ivo.prototipelli", "lia.segnapostini"),
        "sandro.apocrifelli",
    )
)


def is_told(tx: Transaction) -> bool:
    """True where the past has been written."""
    return marks.get(tx, _TOLD) is not None


def tell_story(tx: Transaction, office: Office, now: datetime) -> None:
    """Write the past of the demo that begins at `now`."""
    past, today = Past(tx, office), now.date()
    noon = _at(_back(office.calendar("Pistoia"), today, 1), 12)
    for scene in sorted(_scenes(office, today), key=lambda scene: scene.at):
        past.carried(min(scene.at, noon))
        past.told(scene.at)
        scene.happen(past)
    past.told(now)
    marks.put(tx, _TOLD, today.isoformat())


def _scenes(office: Office, today: date) -> Iterator[Scene]:
    pistoia, prato, montecatini, agliana = (
        office.calendar(site) for site in ("Pistoia", "Prato", "Montecatini Terme", "Agliana")
    )
    yield from _ada(pistoia, today, office.campaign.terms.follow_up)
    yield from _bruno(prato, today)
    yield from _carla(pistoia, today)
    yield from _dario(prato, today)
    yield from _elena(montecatini, today)
    yield from _fabio(agliana, today)
    yield from _gina(prato, today)
    yield from _mornings(pistoia, today)


def _ada(works: WorkCalendar, today: date, follow_up: int) -> Iterator[Scene]:
    """A society whose first socio refuses the RID, its papers due today; a draft left in the middle; a
    sollecito due tomorrow. Also in the register: a code 1 on day 27, one that came expired, one ceased.
    """
    yield Visited(
        _at(_back(works, today, 20), 11), ADA, "D0008", {"credit": "open", "credit_what": "collected"}
    )
    yield Visited(_at(_back(works, today, 8), 16), ADA, "D0010", {"credit": "managed", "why_none": "cost"})

    delivered = _back(works, works.add(today, 1), follow_up)
    asked = {"interest": ("+",), "catalogue": ("PRIVACY",), "need:PRIVACY": "telecamere nel piazzale"}
    yield Visited(_at(_back(works, delivered, 4), 10), ADA, "D0006", asked)
    yield Quoted(_at(_back(works, delivered, 1), 17), ADA, "D0006", QuoteEvent.DRAFTED)
    yield Quoted(_at(delivered, 12), ADA, "D0006", QuoteEvent.DELIVERED)

    yesterday = _back(works, today, 1)
    three_partners = {
        "forms": "each",
        "forms:1": "each",
        "form:1:delega_inps": "signed",
        "form:1:revoca_inps": "signed",
        "form:1:delega_associativa": "signed",
        "form:1:rid": "refused",
        "forms:2": "all",
        "forms:3": "all",
        "register": ("pec", "telefono"),
        "field:pec": "officina-tizietti-aldo@pec.example.com",
        "field:telefono": "0573 000777",
        "interest": ("SICUREZZA",),
        "need:SICUREZZA": "serve un RSPP esterno, hanno due dipendenti",
    }
    yield Visited(_at(yesterday, 15), ADA, "D0003", three_partners)
    begun = {"credit": "none", "visited_on": yesterday.isoformat(), "mode": "company"}
    yield LeftInTheMiddle(_at(yesterday, 17), ADA, "D0005", begun)


def _bruno(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """An owner from China whose quote is accepted; a sollecito overdue, and Bruno away."""
    yield Visited(_at(_back(works, today, 14), 10), BRUNO, "D0021", {"interest": ("ENERGIA",)})
    for days, event in ((10, QuoteEvent.DRAFTED), (9, QuoteEvent.DELIVERED)):
        yield Quoted(_at(_back(works, today, days), 11), LIA, "D0021", event)
    accepted = _at(_back(works, today, 5), 11)
    yield Quoted(accepted, LIA, "D0021", QuoteEvent.ACCEPTED, Decimal(2400))

    yield Visited(
        _at(_back(works, today, 15), 15), BRUNO, "D0022", {"interest": ("+",), "catalogue": ("FIRMA",)}
    )
    for days, event in ((12, QuoteEvent.DRAFTED), (10, QuoteEvent.DELIVERED)):
        yield Quoted(_at(_back(works, today, days), 9), BRUNO, "D0022", event)
    away = _back(works, today, 2)
    yield Absent(_at(away, 9), BRUNO, away, works.add(today, 3), DARIO)


def _carla(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """An RS who is late: the papers signed six days ago are still on her desk. An Accordo on the credit."""
    signed = {"credit": "open", "credit_what": "agreed", "forms": "all"}
    yield Visited(_at(_back(works, today, 6), 15), CARLA, "D0041", signed)


def _dario(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """A quote on which the company reflects."""
    yield Visited(
        _at(_back(works, today, 12), 11), DARIO, "D0057", {"interest": ("+",), "catalogue": ("MARCHIO",)}
    )
    events = ((9, QuoteEvent.DRAFTED), (4, QuoteEvent.DELIVERED), (2, QuoteEvent.THINKING))
    for days, event in events:
        yield Quoted(_at(_back(works, today, days), 16), DARIO, "D0057", event)


def _elena(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """A credit not collected, that came in afterwards; a company that wants nothing."""
    unpaid = {"credit": "open", "credit_what": "not", "mood": "tense"}
    yield Visited(_at(_back(works, today, 9), 10), ELENA, "D0071", unpaid)
    paid = _at(_back(works, today, 3), 9)
    yield Answered(paid, "D0071", MailKind.E2_UNCOLLECTED_TO_RECOVERY, "Incassato")
    yield Visited(_at(_back(works, today, 4), 12), ELENA, "D0072", {"why_none": "served"})


def _fabio(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """Products of two AMs and of the catalogue at once; one AM has answered that the quote is drafted."""
    mixed = {"interest": ("PAGHE", "SICUREZZA", "+"), "catalogue": ("HACCP",), "forms": "all"}
    visited = _back(works, today, 3)
    yield Visited(_at(visited, 11), FABIO, "D0087", mixed)
    for kind in ("D6", "D7"):
        yield HandedOver(_at(_back(works, today, 2), 9), FABIO, "D0087", kind)
    yield Answered(_at(_back(works, today, 1), 11), "D0087", MailKind.E7_QUOTE_TO_AM, "Redatto")


def _gina(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """A quote past its thirty days, which ended on a Sunday."""
    delivered = _expired_on_a_sunday(works, today)
    yield Visited(_at(_back(works, delivered, 5), 10), GINA, "D0101", {"interest": ("CONT",)})
    yield Quoted(_at(_back(works, delivered, 1), 10), IVO, "D0101", QuoteEvent.DRAFTED)
    yield Quoted(_at(delivered, 10), IVO, "D0101", QuoteEvent.DELIVERED)
    yield Quoted(_at(works.add(delivered, 7), 10), IVO, "D0101", QuoteEvent.FOLLOWED_UP)


def _expired_on_a_sunday(works: WorkCalendar, today: date) -> date:
    """The last working Friday whose thirtieth day was a Sunday, with the courtesy of A4 over too."""
    sunday = today - timedelta(days=today.isoweekday())
    while works.next_working(sunday) >= today or not works.is_working(sunday - timedelta(days=30)):
        sunday -= timedelta(days=7)
    return sunday - timedelta(days=30)


def _mornings(works: WorkCalendar, today: date) -> Iterator[Scene]:
    """The service has run on each of them, today's included."""
    day = today - timedelta(days=60)
    while day <= today:
        if works.is_working(day):
            yield Morning(_at(day, 8))
        day += ONE_DAY


def _back(works: WorkCalendar, day: date, days: int) -> date:
    """The working day from which a term of so many working days would end on `day`."""
    for _ in range(days):
        day = works.last_working(day - ONE_DAY)
    return day


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ROME)
