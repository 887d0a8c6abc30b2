"""`/oggi`: the day in order: whom one meets, what is late and due, what comes, what waits without a term.

Refuses to know how it was gathered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.buttons import Button, Verb, button
from bot.screens.appointments import appointment_button, appointment_text
from bot.screens.duties import LONGEST_NAME, duty_button, duty_line, is_asked
from bot.screens.screen import Row, Screen, bold, esc, fitted, short
from conversations.phrases import say
from procedure.deadlines import is_late
from procedure.italian import plural, write_date, write_date_short
from store.agenda import Awaited, Duty
from store.appointments import AppointmentLine
from store.paper_copies import MissingCopy

PAGE = 12
"""Lines of one screen, each with its button: two thirds of what a message holds."""

AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """All that the screen shows: what is the person's own."""

    now: datetime
    appointments: Sequence[AppointmentLine]  # of today
    duties: Sequence[Duty]  # the next due first
    copies: Sequence[MissingCopy] = ()
    awaited: Sequence[Awaited] = ()
    absent: Mapping[int, str] = field(default_factory=dict)  # whom they stand in for, by person


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line with its button, under its heading."""

    head: str
    text: str
    button: Button


def draw_today(day: Day, offset: int = 0) -> Screen:
    """A page of the day."""
    entries = list(_entries(day))
    shown = entries[offset : offset + PAGE]
    lines = [bold(say("screen.today.title", day=write_date(day.now.date())))]
    if not entries:
        lines += ["", esc(say("screen.today.nothing"))]
    for number, entry in enumerate(shown):
        if number == 0 or entry.head != shown[number - 1].head:
            lines += ["", bold(entry.head)]
        lines.append(entry.text)
    lines += _later(day) if offset + PAGE >= len(entries) else []
    rows: list[Row] = [(entry.button,) for entry in shown]
    return Screen("\n".join(lines), (*rows, *_turning(offset, len(entries)), (_home(),)))


def urgent(day: Day, most: int) -> list[tuple[str, Button]]:
    """The first lines of the day, those without a term apart."""
    pressing = (_appointments, _late, _due_today, _coming)
    found = [(entry.text, entry.button) for section in pressing for entry in section(day)]
    return found[:most]


def _entries(day: Day) -> Iterator[_Entry]:
    for section in _SECTIONS:
        yield from section(day)


def _appointments(day: Day) -> Iterator[_Entry]:
    head = say("screen.today.appointments")
    for line in day.appointments:
        yield _Entry(head, appointment_text(line, day.now), appointment_button(line, day.now, hour_only=True))


def _late(day: Day) -> Iterator[_Entry]:
    today = day.now.date()
    return _duties(day, "late", lambda duty: not is_asked(duty.row) and is_late(duty.row.due, today))


def _due_today(day: Day) -> Iterator[_Entry]:
    today = day.now.date()
    return _duties(day, "now", lambda duty: _runs(duty, day) and duty.row.due.last_useful <= today)


def _coming(day: Day) -> Iterator[_Entry]:
    today = day.now.date()
    last = today + AHEAD
    return _duties(day, "soon", lambda duty: _runs(duty, day) and today < duty.row.due.last_useful <= last)


def _runs(duty: Duty, day: Day) -> bool:
    return not is_asked(duty.row) and not is_late(duty.row.due, day.now.date())


def _duties(day: Day, head: str, belongs: Callable[[Duty], bool]) -> Iterator[_Entry]:
    for duty in day.duties:
        if belongs(duty):
            yield _Entry(say(f"screen.today.{head}"), _told(duty, day), duty_button(duty.row))


def _told(duty: Duty, day: Day) -> str:
    """The duty in a line; of one that is an absent's, whose."""
    line, owner = duty_line(duty, day.now.date()), duty.row.owner
    absent = day.absent.get(owner) if owner is not None else None
    return f"{line}, {esc(say('screen.today.for', name=absent))}" if absent else line


def _without_term(day: Day) -> Iterator[_Entry]:
    """What nobody can be late with: how long it has waited, no alarm (A45)."""
    head, today = say("screen.today.without_term"), day.now.date()
    for duty in day.duties:
        if is_asked(duty.row):
            yield _Entry(head, _told(duty, day), duty_button(duty.row))
    for copy in day.copies:
        what = say("screen.today.copy")
        told = _waiting(what, copy.company, write_date_short(copy.delivered_on, today))
        yield _Entry(head, told, button(fitted(f"🗄 {what}", copy.company), Verb.QUOTE, copy.quote))
    for one in day.awaited:
        what = say("screen.today.awaited")
        told = _waiting(what, one.company_name, write_date_short(one.told_on, today))
        yield _Entry(head, told, button(fitted(what, one.company_name), Verb.COMPANY, one.company))


_SECTIONS = (_appointments, _late, _due_today, _coming, _without_term)


def _waiting(what: str, company: str, since: str) -> str:
    name = esc(short(company, LONGEST_NAME))
    return f"• {bold(what)}: {name}\n  {esc(say('screen.today.since', day=since))}"


def _later(day: Day) -> list[str]:
    """How much comes after the week, which the companies' cards tell."""
    last = day.now.date() + AHEAD
    count = sum(_runs(duty, day) and duty.row.due.last_useful > last for duty in day.duties)
    counted = f"{count} {plural(count, 'scadenza', 'scadenze')}"
    return ["", esc(say("screen.today.later", counted=counted))] if count else []


def _turning(offset: int, total: int) -> list[Row]:
    left = total - offset - PAGE
    before, more = say("screen.companies.before"), say("screen.today.more", count=left)
    row = [button(f"‹ {before}", Verb.TODAY, max(offset - PAGE, 0))] if offset else []
    row += [button(f"{more} ›", Verb.TODAY, offset + PAGE)] if left > 0 else []
    return [tuple(row)] if row else []


def _home() -> Button:
    return button(f"⌂ {say('screen.home.button')}", Verb.HOME)
