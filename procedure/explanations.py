"""Why a date is what it is, in one short Italian sentence that a mail or a chat can carry as it stands.

"mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita di mercoledì 18; saltati sabato 21 e domenica
22". Refuses to reckon: the dates come in, only their telling is made here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from procedure.italian import MONTHS, WEEKDAYS, join_it, plural, write_date
from procedure.workdays import DayOff, Rest, WorkCalendar

_SUNDAY = 6
_WEEKEND_DAYS_NAMED = 2  # more than these are told together: "i fine settimana"


def explain_working(since: str, start: date, due_on: date, length: int, calendar: WorkCalendar) -> str:
    """A term of working days, with the days that did not count.

    Args:
        since: what starts the term, as in "dalla visita".
        start: the day of that event.
        due_on: the last day of the term.
        length: working days.
        calendar: the one the term was reckoned on.
    """
    days = plural(length, "giorno lavorativo", "giorni lavorativi")
    sentence = f"{write_date(due_on)}: {length} {days} {since} di {_near(due_on, start)}"
    left_out = [*_left_out(start, due_on, calendar)]
    return f"{sentence}; {_skipped(left_out)} {join_it(left_out)}" if left_out else sentence


def explain_calendar(since: str, start: date, due_on: date, length: int) -> str:
    """A term of `length` calendar days; the other arguments are those of `explain_working`."""
    days = plural(length, "giorno", "giorni")
    return f"{write_date(due_on)}: {length} {days} di calendario {since} di {_near(due_on, start)}"


def explain_courtesy(due_on: date, last_useful: date, on_time_until: date) -> str:
    """What a term that ends on a day of rest grants (A4, art. 2963 c.c.)."""
    useful, until = _beside(due_on, last_useful), _beside(due_on, on_time_until)
    return f"ultimo giorno utile {useful}, in ritardo solo dopo {until}"


def explain_move(old: date, new: date) -> str:
    """From which day to which other a date moves: `da mercoledì 25 a venerdì 27 novembre`."""
    if old.year != new.year:
        return f"da {write_date(old)} a {write_date(new)}"
    return f"da {_near(new, old)} a {_day_and_month(new)}"


def _near(told: date, day: date) -> str:
    """`day` in words, its month left to `told`, said in the same breath, where that has the same."""
    return _day(day) if (day.year, day.month) == (told.year, told.month) else _beside(told, day)


def explain_left(left: int, *, late: bool) -> str:
    """How long whoever is to meet a term really has, if it is told so late; it is not their fault (A5b).

    Args:
        left: working days from today, itself not counted, to the last useful one.
        late: True where that has passed.
    """
    if late:
        return "Il termine è già passato, perché la scheda è arrivata tardi: fai appena puoi."
    if left == 0:
        return "È oggi l'ultimo giorno utile."
    days = plural(left, "giorno lavorativo", "giorni lavorativi")
    return f"{plural(left, 'Resta', 'Restano')} {left} {days}."


def _beside(told: date, day: date) -> str:
    """`day` in words, without its year where `told`, in full beside it, has the same."""
    return write_date(day) if day.year != told.year else _day_and_month(day)


def _day_and_month(day: date) -> str:
    return f"{_day(day)} {MONTHS[day.month - 1]}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day}"


def _left_out(start: date, due_on: date, calendar: WorkCalendar) -> Iterator[str]:
    """The days that did not count: many of a kind together, the others each by its name."""
    off = {day: why for day in calendar.skipped(start, due_on) if (why := calendar.day_off(day))}
    weekend = [day for day, why in off.items() if why.rest is Rest.WEEKEND]
    times = Counter(why for why in off.values() if why.rest is not Rest.WEEKEND)
    together = {why for why in times if times[why] > 1}
    if len(weekend) > _WEEKEND_DAYS_NAMED:
        yield _weekends(weekend)
        together |= {off[day] for day in weekend}
    yield from (f"{days} giorni ({why.reason})" for why, days in times.items() if days > 1)
    yield from _each({day: why for day, why in off.items() if why not in together}, due_on)


def _skipped(left_out: Sequence[str]) -> str:
    """The word before what was left out: Sunday is feminine, a day alone is singular."""
    sundays = all(each.startswith((WEEKDAYS[_SUNDAY], "le domeniche")) for each in left_out)
    one = len(left_out) == 1 and left_out[0].startswith(WEEKDAYS)
    return ("saltata" if one else "saltate") if sundays else ("saltato" if one else "saltati")


def _weekends(days: Iterable[date]) -> str:
    """Where Saturday is worked they are all Sundays."""
    return "le domeniche" if all(day.weekday() == _SUNDAY for day in days) else "i fine settimana"


def _each(off: Mapping[date, DayOff], due_on: date) -> Iterator[str]:
    """Each day by its name; a weekend's month is left to the date told after it where that has the same."""
    for (day, why), following in zip(off.items(), [*off, due_on][1:], strict=True):
        if why.rest is not Rest.WEEKEND:
            yield f"{_day_and_month(day)} ({why.reason})"
        else:
            yield _day(day) if day.month == following.month else _day_and_month(day)
