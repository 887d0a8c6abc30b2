"""What the AV reads of a visit that was just recorded: who was written to, which terms run from here.

The same sentences in chat and by mail. Refuses to know how they are laid out.
"""

from collections.abc import Iterator

from actions.confirm_visit import Confirmed, Term
from conversations.phrases import say
from procedure.italian import write_date
from procedure.notices import Mail


def told_of(done: Confirmed) -> Iterator[str]:
    """All of it, a line each; an empty one before what is of another kind."""
    yield head_of(done)
    yield ""
    yield say("screen.confirmed.mails") if done.mails else say("screen.confirmed.no_mails")
    yield from (f"• {mail_told(mail)}" for mail in done.mails)
    if done.terms:
        yield from ("", say("screen.confirmed.terms"))
        yield from (f"• {term_told(done, term)}" for term in done.terms)
    if done.late_with:
        yield from ("", say("screen.confirmed.late_with", why=done.late_with.explanation))
    if done.report.next_contact_on:
        yield from ("", say("screen.confirmed.next", day=write_date(done.report.next_contact_on)))


def head_of(done: Confirmed) -> str:
    """Which visit it is."""
    return say("screen.confirmed.head", company=done.company.name, day=write_date(done.report.visited_on))


def term_told(done: Confirmed, term: Term) -> str:
    """A deadline that runs from here, whose it is and until when."""
    late = f" {say('screen.late')}" if term.due.on_time_until < done.on else ""
    return f"{term.due.kind.label} ({term.owner}){late}: {term.due.explanation}"


def mail_told(mail: Mail) -> str:
    """A mail that leaves, and to whom."""
    what = say(f"screen.mail.{mail.kind.value}")
    to = ", ".join(contact.name for contact in mail.to)
    return f"{what}: {to}" + (f" (p.c. {', '.join(c.name for c in mail.cc)})" if mail.cc else "")
