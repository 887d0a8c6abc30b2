"""An appointment drawn: its card, the lists of them, and the messages that it sets off by itself.

Refuses to know how anything was gathered. A number stands as telephones want it, so a tap calls it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.appoint import Appointed
from actions.put_in_calendar import phones_of, place_of
from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc, fitted, short
from conversations.phrases import say
from procedure.appointments import Appointment, Settled, write_hour, write_moment
from procedure.italian import write_date_short
from procedure.visits import Company
from store.appointments import AppointmentLine
from store.page import Page

PAGE = 8
LONGEST_NAME = 80

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """All that the card shows."""

    appointment: Appointment
    company: Company
    now: datetime


def draw_appointment(card: AppointmentCard, note: str = "") -> Screen:
    """When, where, whom to call; and what may be told of it now."""
    one, company = card.appointment, card.company
    when = write_moment(one.starts_at.astimezone(card.now.tzinfo))
    lines = [f"📅 {bold(company.name)}", esc(when), *_settled(one)]
    lines += _ways_there(place_of(company), phones_of(company), one.note)
    if one.is_open:
        lines.append(esc(_credit(one.credit_checked_at is not None)))
    told = [f"<i>{esc(note)}</i>", ""] if note else []
    company_button = button(f"🏢 {say('screen.appointment.company')}", Verb.COMPANY, company.id)
    rows = _rows(one, card.now) if one.is_open else ()
    return Screen("\n".join([*told, *lines]), (*rows, (company_button,), (_home(),)))


def draw_appointed(done: Appointed) -> Screen:
    """What was fixed, moved, cancelled, or not held; and the one next step."""
    one, company = done.appointment, done.company
    local = done.now.tzinfo
    when = write_moment(one.starts_at.astimezone(local))
    lines = [bold(company.name), esc(say(f"screen.appointment.{_what(done)}", when=when))]
    if one.settled_how is not Settled.NOT_HELD:
        lines.append(esc(say("screen.appointment.mailed")))
    next_step = (
        button(f"📅 {say('screen.appointment.open')}", Verb.APPOINTMENT, one.id)
        if one.is_open
        else button(f"📅 {say('screen.appointment.fix')}", Verb.APPOINT, company.id)
    )
    card = button(f"🏢 {say('screen.appointment.company')}", Verb.COMPANY, company.id)
    return Screen("\n".join(lines), ((next_step,), (card,), (_home(),)))


def draw_appointments(page: Page[AppointmentLine], now: datetime) -> Screen:
    """`/appuntamenti`: the next ones, and before them those of which nothing was told."""
    if not page.items:
        return Screen(esc(say("screen.appointments.none")), ((_companies(),), (_home(),)))
    shown = f"{page.offset + 1}–{page.offset + len(page.items)}"
    count = say("screen.companies.count", shown=shown, total=page.total)
    lines = [bold(say("screen.appointments.head")), *([esc(count)] if page.total > PAGE else []), ""]
    lines += [appointment_text(item, now) for item in page.items]
    rows: list[Row] = [(appointment_button(item, now),) for item in page.items]
    return Screen("\n".join(lines), (*rows, *_turning(page), (_home(),)))


def appointment_button(line: AppointmentLine, now: datetime, *, hour_only: bool = False) -> Button:
    """To the appointment's card; its moment is never cut, the company's name is."""
    starts_at = line.appointment.starts_at.astimezone(now.tzinfo)
    day = "" if hour_only else f"{write_date_short(starts_at.date(), now.date())} "
    mark = "❗" if starts_at < now else "📅"
    label = fitted(f"{mark} {day}{write_hour(starts_at)}", line.company_name)
    return button(label, Verb.APPOINTMENT, line.appointment.id)


def appointment_text(line: AppointmentLine, now: datetime) -> str:
    """When, with whom, and the number to call; today's by the hour alone."""
    starts_at = line.appointment.starts_at.astimezone(now.tzinfo)
    day = "" if starts_at.date() == now.date() else f"{write_date_short(starts_at.date(), now.date())}, "
    untold = f" {say('screen.appointments.untold')}" if starts_at < now else ""
    phone = f" 📞 {line.phone}" if line.phone else ""
    name = short(line.company_name, LONGEST_NAME)
    return f"• {bold(day + write_hour(starts_at))} {esc(name + phone + untold)}"


def standing_line(card: AppointmentCard) -> str:
    """The appointment on its company's card."""
    when = write_moment(card.appointment.starts_at.astimezone(card.now.tzinfo))
    return esc(say("screen.card.appointment", when=when))


def standing_row(card: AppointmentCard) -> Row:
    """What its company's card offers of it."""
    return _changes(card.appointment, card.now)


def draw_eve(context: Context) -> Screen:
    """The evening before: whom, when, where; and whether the credit is checked [r.90]."""
    word = {0: say("button.today"), 1: say("button.tomorrow")}.get(context["days_ahead"])
    when = say("push.appointment.near", word=word, hour=context["hour"]) if word else context["when"]
    lines = [f"📅 {bold(context['company'])}", bold(when)]
    lines += _ways_there(context["where"], context["phones"], context["note"])
    which = context["appointment"]
    if context["checked"]:
        asked: tuple[Row, ...] = ()
        lines.append(esc(_credit(checked=True)))
    else:
        lines += ["", esc(say("push.appointment.credit"))]
        asked = ((_checked(which), button(say("push.appointment.not_yet"), Verb.CREDIT_LATER, which)),)
    return Screen("\n".join(lines), (*asked, (button(_open_label(), Verb.APPOINTMENT, which),)))


def draw_asked(context: Context) -> Screen:
    """After its hour: how did it go?"""
    which = context["appointment"]
    text = f"{bold(context['company'])}\n{esc(say('push.appointment.asked', when=context['when']))}"
    return Screen(text, (_tell(context["company_id"]), _after(which)))


def _rows(one: Appointment, now: datetime) -> tuple[Row, ...]:
    if now >= one.starts_at:
        return (_tell(one.company), _after(one.id))
    checked = () if one.credit_checked_at else ((_checked(one.id),),)
    return (*checked, _changes(one, now))


def _changes(one: Appointment, now: datetime) -> Row:
    if now >= one.starts_at:
        return _after(one.id)
    move = button(f"↪ {say('screen.appointment.move')}", Verb.APPOINTMENT_MOVE, one.id)
    return (move, button(f"✖ {say('screen.appointment.cancel')}", Verb.APPOINTMENT_GIVE_UP, one.id))


def _after(which: int) -> Row:
    moved = button(f"↪ {say('screen.appointment.was_moved')}", Verb.APPOINTMENT_MOVE, which)
    return (moved, button(f"✖ {say('screen.appointment.was_not')}", Verb.APPOINTMENT_GIVE_UP, which))


def _tell(company: int) -> Row:
    return (button(f"✍ {say('screen.appointment.tell')}", Verb.VISIT, company),)


def _checked(which: int) -> Button:
    return button(f"✓ {say('push.appointment.checked')}", Verb.CREDIT_CHECKED, which)


def _credit(checked: bool) -> str:
    return say("screen.appointment.credit_checked") if checked else say("push.appointment.credit")


def _ways_there(place: str, phones: Sequence[str], note: str) -> list[str]:
    """Where it is, whom to call, what to remember; nothing where nothing is known."""
    lines = [f"📍 {esc(place)}"] if place else []
    lines += [f"📞 {esc(phone)}" for phone in phones]
    return [*lines, f"📝 {esc(note)}"] if note else lines


def _settled(one: Appointment) -> list[str]:
    if one.settled_how is None:
        return []
    return [
        esc(say(f"screen.appointment.is_{one.settled_how.value}")),
        *([esc(one.reason)] if one.reason else []),
    ]


def _what(done: Appointed) -> str:
    if done.appointment.settled_how:
        return done.appointment.settled_how.value
    return "moved_to" if done.before else "fixed"


def _turning(page: Page[AppointmentLine]) -> list[Row]:
    before, after = say("screen.companies.before"), say("screen.companies.after")
    row = [button(f"‹ {before}", Verb.APPOINTMENTS, max(page.offset - PAGE, 0))] if page.has_previous else []
    row += [button(f"{after} ›", Verb.APPOINTMENTS, page.offset + PAGE)] if page.has_next else []
    return [tuple(row)] if row else []


def _open_label() -> str:
    return f"📅 {say('screen.appointment.open')}"


def _companies() -> Button:
    return button(f"🏢 {say('screen.home.companies')}", Verb.COMPANIES, 0)


def _home() -> Button:
    return button(f"⌂ {say('screen.home.button')}", Verb.HOME)
