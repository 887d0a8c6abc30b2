"""What the AV reads when a visit is recorded: what left, to which role, and the terms that run from here."""

from actions.confirm_visit import Confirmed, Term
from bot.buttons import Verb, button
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
    if done.report.next_contact_on:
        lines += ["", esc(say("screen.confirmed.next", day=write_date(done.report.next_contact_on)))]
    rows = (
        (button(f"🏢 {say('screen.home.companies')}", Verb.COMPANIES, 0),),
        (button(f"⌂ {say('screen.home.button')}", Verb.HOME),),
    )
    return Screen("\n".join(lines), rows)


def _term(done: Confirmed, term: Term) -> str:
    late = f" {say('screen.late')}" if term.due.on_time_until < done.on else ""
    return f"{term.due.kind.label} ({term.owner}){late}: {term.due.explanation}"


def _told(mail: Mail) -> str:
    what = say(f"screen.mail.{mail.kind.value}")
    to = ", ".join(contact.name for contact in mail.to)
    return f"{what}: {to}" + (f" (p.c. {', '.join(c.name for c in mail.cc)})" if mail.cc else "")
