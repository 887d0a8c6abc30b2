"""What the AV reads when a visit is recorded: what left, to which role, and the terms that run from here."""

from datetime import datetime, time

from actions.confirm_visit import Confirmed, Term
from bot.buttons import Verb, button
from bot.screens.appointments import AppointmentCard, standing_line, standing_row
from bot.screens.screen import Screen, bold, esc
from conversations.phrases import say
from procedure.italian import write_date
from procedure.notices import Mail


def draw_confirmed(done: Confirmed) -> Screen:
    """The visit is recorded."""
    head = say("screen.confirmed.head", company=done.company.name, day=write_date(done.report.visited_on))
    lines = [f"✅ {bold(head)}", ""]
    if done.mails:
        lines.append(esc(say("screen.confirmed.mails")))
        lines += [f"• {esc(_told(mail))}" for mail in done.mails]
    else:
        lines.append(esc(say("screen.confirmed.no_mails")))
    if done.terms:
        lines += ["", esc(say("screen.confirmed.terms"))]
        lines += [f"• {esc(_term(done, term))}" for term in done.terms]
    if done.late_with:
        lines += ["", f"⏰ {esc(say('screen.confirmed.late_with', why=done.late_with.explanation))}"]
    if done.later:
        lines += ["", *map(standing_line, _left(done))]
    if done.report.next_contact_on:
        lines += ["", esc(say("screen.confirmed.next", day=write_date(done.report.next_contact_on)))]
    rows = (
        *map(standing_row, _left(done)),
        (button(f"🏢 {say('screen.home.companies')}", Verb.COMPANIES, 0),),
        (button(f"⌂ {say('screen.home.button')}", Verb.HOME),),
    )
    return Screen("\n".join(lines), rows)


def _left(done: Confirmed) -> list[AppointmentCard]:
    """What is fixed for later than the day of the confirm, in local time."""
    return [
        AppointmentCard(one, done.company, datetime.combine(done.on, time(), tzinfo=one.starts_at.tzinfo))
        for one in done.later
    ]


def _term(done: Confirmed, term: Term) -> str:
    late = f" {say('screen.late')}" if term.due.on_time_until < done.on else ""
    return f"{term.due.kind.label} ({term.owner}){late}: {term.due.explanation}"


def _told(mail: Mail) -> str:
    what = say(f"screen.mail.{mail.kind.value}")
    to = ", ".join(contact.name for contact in mail.to)
    return f"{what}: {to}" + (f" (p.c. {', '.join(c.name for c in mail.cc)})" if mail.cc else "")
