"""What the AV reads when a visit is recorded: what left, to which role, and the terms that run from here."""

from datetime import datetime, time

from actions.confirm_visit import Confirmed
from actions.visit_told import head_of, mail_told, term_told
from bot.buttons import Verb, button
from bot.screens.appointments import AppointmentCard, standing_line, standing_row
from bot.screens.screen import Screen, bold, esc
from conversations.phrases import say
from procedure.italian import write_date


def draw_confirmed(done: Confirmed) -> Screen:
    """The visit is recorded."""
    lines = [f"✅ {bold(head_of(done))}", ""]
    if done.mails:
        lines.append(esc(say("screen.confirmed.mails")))
        lines += [f"• {esc(mail_told(mail))}" for mail in done.mails]
    else:
        lines.append(esc(say("screen.confirmed.no_mails")))
    if done.terms:
        lines += ["", esc(say("screen.confirmed.terms"))]
        lines += [f"• {esc(term_told(done, term))}" for term in done.terms]
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
