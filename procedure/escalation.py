"""Which late deadline a supervisor reads of, which supervisor, and from which day (A39 to A41, section 8).

The table of docs/decisions/0015. Supervisors read digests; refuses to know how they look, who bears a role
today and who is away.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from procedure.deadlines import DeadlineKind
from procedure.people import Role
from procedure.workdays import WorkCalendar


class Reader(enum.Enum):
    """Who reads of a kind of deadline."""

    LIST = enum.auto()  # whoever verifies the company's list: RPS senza servizi, RPC con [r.57-58]
    SITE = enum.auto()  # RS of the sede senza servizi, RPC con
    QUOTES = enum.auto()  # RPS, who watches all quotes [r.142]


@dataclass(frozen=True, slots=True)
class Escalation:
    """From the `after`-th working day of delay on. `weekly`: in the digest of the week only."""

    after: int
    reader: Reader
    weekly: bool = False


_DUTIES_OF_THE_VISIT: Final = Escalation(2, Reader.SITE)

ESCALATIONS: Final[Mapping[DeadlineKind, Escalation]] = MappingProxyType(
    {
        DeadlineKind.D1: Escalation(1, Reader.LIST, weekly=True),
        DeadlineKind.D5: _DUTIES_OF_THE_VISIT,
        DeadlineKind.D6: _DUTIES_OF_THE_VISIT,
        DeadlineKind.D7: _DUTIES_OF_THE_VISIT,
        DeadlineKind.D8: _DUTIES_OF_THE_VISIT,
        DeadlineKind.D10: Escalation(1, Reader.QUOTES),
        DeadlineKind.D11: Escalation(1, Reader.QUOTES),
        DeadlineKind.D13: Escalation(1, Reader.QUOTES),
        DeadlineKind.D14: Escalation(1, Reader.LIST),
    }
)


def delay(on_time_until: date, today: date, calendar: WorkCalendar) -> int:
    """Working days of delay, on the calendar of the company's sede; not more than 0 while in time."""
    return calendar.between(on_time_until, today)


def escalates(kind: DeadlineKind, on_time_until: date, today: date, calendar: WorkCalendar) -> bool:
    """True where a supervisor is to read of it."""
    rule = ESCALATIONS.get(kind)
    return rule is not None and delay(on_time_until, today, calendar) >= rule.after


def reader(kind: DeadlineKind, *, has_services: bool, late_is_rs: bool) -> Role:
    """Whose digest it is in; `RS` is that of the company's sede.

    Args:
        kind: one of `ESCALATIONS`.
        has_services: the company's.
        late_is_rs: the late person is the RS of the company's sede: then RPS reads (A41).

    Raises:
        KeyError: nobody reads of this kind.
    """
    match ESCALATIONS[kind].reader:
        case Reader.QUOTES:
            return Role.RPS
        case Reader.SITE if not has_services and not late_is_rs:
            return Role.RS
    return Role.RPC if has_services else Role.RPS


def is_new_week(last: date | None, today: date) -> bool:
    """True where the last digest was of an earlier week: today's has everything that is still open."""
    return last is None or last.isocalendar()[:2] != today.isocalendar()[:2]


def is_news(kind: DeadlineKind, escalated_on: date | None, last: date | None, *, whole_week: bool) -> bool:
    """True where it belongs into today's digest of a reader whose last one was on `last`."""
    if whole_week:
        return True
    unread = escalated_on is None or last is None or escalated_on > last
    return unread and not ESCALATIONS[kind].weekly
