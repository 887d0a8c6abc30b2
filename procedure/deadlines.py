"""When each duty of the procedure falls due (section 8), and when it is late.

One rule per deadline, in one table; the lengths come from the campaign's `Terms`, the days from the site's
`WorkCalendar`. Refuses to know who is warned (`procedure.reminders`), what proves a duty done, and which day
it is.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, Protocol

from procedure.campaign import Terms
from procedure.explanations import explain_calendar, explain_courtesy, explain_working
from procedure.italian import write_date
from procedure.workdays import WorkCalendar


class DeadlineKind(enum.StrEnum):
    """The deadlines of section 8, each with its short Italian name; and A22b, which is asked and never late.

    D2, D3, D15 and D16 have no term that runs from a day of one company: `due` refuses them.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> "DeadlineKind":
        """A member is written with both; `DeadlineKind("D8")` finds it by its id alone."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label = label
        return kind

    D1 = "D1", "visita alla nuova associata"
    D2 = "D2", "visite dell'obiettivo"
    D3 = "D3", "verifica del credito"
    D4 = "D4", "esito Crediti"
    D5 = "D5", "dati corretti al Responsabile Anagrafica"
    D6 = "D6", "moduli all'Ufficio Essere Impresa"
    D7 = "D7", "RID (mandato SDD) a RPA"
    D8 = "D8", "scheda e data della visita"
    D9 = "D9", "email per i prodotti a catalogo"
    D10 = "D10", "redazione del preventivo"
    D11 = "D11", "contatto per la consegna"
    D12 = "D12", "validità del preventivo"
    D13 = "D13", "sollecito"
    D14 = "D14", "chiusura del preventivo"
    D15 = "D15", "caricamento delle nuove associate"
    D16 = "D16", "monitoraggio mensile"
    A22B = "A22b", "data di consegna"  # the company was contacted, no delivery is told yet (A22b, A23c)


class Event(enum.StrEnum):
    """What starts a term; the value is how Italian says "since" of it."""

    JOINING = "dall'adesione"
    VISIT = "dalla visita"
    DRAFTING = "dalla redazione"
    DELIVERY = "dalla consegna"
    CONTACT = "dal contatto con l'azienda"


class Counting(enum.Enum):
    """Which days a term counts."""

    WORKING = enum.auto()
    CALENDAR = enum.auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """How long a term runs, from what and in which days; `shown_only` where nobody can be late with it.

    `asked` where there is no term at all, only a question that comes back every so many days until it is
    answered: it has no day of its own to be late on.
    """

    since: Event
    counting: Counting
    length: Callable[[Terms], int]
    shown_only: bool = False
    asked: bool = False

    @property
    def opening(self) -> str:
        """How the telling of its date begins."""
        return "valido fino a" if self.shown_only else "entro"


_BY_THE_NEXT_DAY: Final = Rule(Event.VISIT, Counting.WORKING, lambda terms: terms.next_day)  # [r.122], A1

RULES: Final[Mapping[DeadlineKind, Rule]] = MappingProxyType(
    {
        DeadlineKind.D1: Rule(  # [r.82]
            Event.JOINING, Counting.CALENDAR, lambda terms: terms.visit_new_member
        ),
        DeadlineKind.D4: _BY_THE_NEXT_DAY,  # due at the end of the visit [r.94], late only with D8 (A8b)
        DeadlineKind.D5: _BY_THE_NEXT_DAY,  # [r.124-126]
        DeadlineKind.D6: _BY_THE_NEXT_DAY,  # [r.128-130]
        DeadlineKind.D7: _BY_THE_NEXT_DAY,  # [r.132-134]
        DeadlineKind.D8: _BY_THE_NEXT_DAY,  # [r.136]
        DeadlineKind.D9: _BY_THE_NEXT_DAY,  # [r.140-143]
        DeadlineKind.D10: Rule(Event.VISIT, Counting.WORKING, lambda terms: terms.drafting),  # [r.145], A5b
        DeadlineKind.D11: Rule(Event.DRAFTING, Counting.WORKING, lambda terms: terms.handover),  # [r.147]
        DeadlineKind.D12: Rule(  # [r.153], A24
            Event.DELIVERY, Counting.CALENDAR, lambda terms: terms.validity, shown_only=True
        ),
        DeadlineKind.D13: Rule(Event.DELIVERY, Counting.WORKING, lambda terms: terms.follow_up),  # [r.161]
        DeadlineKind.D14: Rule(Event.DELIVERY, Counting.CALENDAR, lambda terms: terms.closing),  # [r.165]
        DeadlineKind.A22B: Rule(Event.CONTACT, Counting.WORKING, lambda terms: terms.week, asked=True),
    }
)


class Dated(Protocol):
    """Anything that falls due: a `Due` just reckoned, or a deadline read back from the store."""

    @property
    def last_useful(self) -> date:
        """The last working day on which the duty can be done in time."""

    @property
    def on_time_until(self) -> date:
        """The last day on which the duty, if done, is not late."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty falls due.

    `due_on` is the term as written. Where that is a day of rest (calendar terms only), `last_useful` is the
    working day before it and `on_time_until` the working day after it (A4, art. 2963 and 1187 c.c.); else the
    three are one day. `explanation` tells it all in Italian, without a full stop.

    Of A22b the first two are the day of the first question, and `on_time_until` never comes (`date.max`).
    """

    kind: DeadlineKind
    starts_on: date
    due_on: date
    last_useful: date
    on_time_until: date
    explanation: str


def due(kind: DeadlineKind, start: date, calendar: WorkCalendar, terms: Terms) -> Due:
    """When `kind` falls due, counted from `start`, itself not counted (A5).

    Args:
        kind: D1, D4 to D14 or A22b.
        start: the day of the rule's event: joining, visit, drafting or delivery.
        calendar: of the company's own site, whoever the owner is (A5c).
        terms: lengths in days.

    Raises:
        ValueError: the kind has no term of its own (D2, D3, D15, D16), or its length is less than a day.
    """
    rule = RULES.get(kind)
    if rule is None:
        raise ValueError(f"{kind} has no term that runs from a day of one company")
    if rule.asked:
        return _asked(kind, start, calendar.add(start, rule.length(terms)))
    reckon = _due_working if rule.counting is Counting.WORKING else _due_calendar
    return reckon(kind, rule, start, calendar, rule.length(terms))


def is_late(deadline: Dated, today: date) -> bool:
    """True from the day after the last on which the duty is in time (A4)."""
    return today > deadline.on_time_until


def days_left(deadline: Dated, today: date, calendar: WorkCalendar) -> int:
    """Working days from `today`, not counted, to the last useful one.

    0: today is the last one, or past it and still in time. Negative: working days of delay; still 0 on a day
    of rest right after `on_time_until`, so ask `is_late` whether it is late.
    """
    if is_late(deadline, today):
        return calendar.between(today, deadline.on_time_until)
    return max(0, calendar.between(today, deadline.last_useful))


def _due_working(kind: DeadlineKind, rule: Rule, start: date, calendar: WorkCalendar, length: int) -> Due:
    due_on = calendar.add(start, length)
    why = explain_working(rule.since, start, due_on, length, calendar)
    return Due(kind, start, due_on, due_on, due_on, f"{rule.opening} {why}")


def _asked(kind: DeadlineKind, start: date, first: date) -> Due:
    why = f"azienda contattata {write_date(start)}, la consegna è ancora da segnare"
    return Due(kind, start, first, first, date.max, why)


def _due_calendar(kind: DeadlineKind, rule: Rule, start: date, calendar: WorkCalendar, length: int) -> Due:
    if length < 1:
        raise ValueError(f"a term is of at least one day, not of {length}")
    due_on = start + timedelta(days=length)
    last_useful, until = _around(start, due_on, calendar)
    why = f"{rule.opening} {explain_calendar(rule.since, start, due_on, length)}"
    if until != due_on and not rule.shown_only:
        why += f"; {explain_courtesy(due_on, last_useful, until)}"
    return Due(kind, start, due_on, last_useful, until, why)


def _around(start: date, due_on: date, calendar: WorkCalendar) -> tuple[date, date]:
    """The last useful working day and the last day in time (A4).

    Where a closure leaves no working day since `start`, the useful day is the one that the term moves to.
    """
    until = calendar.next_working(due_on)
    last = calendar.last_working(due_on)
    return (last if last >= start else until), until
