"""An absence that an automatic answer tells of: offered to the administrators, never recorded by itself.

Once for each person and period, however often their program answers. Refuses to know how it was read.
"""

from datetime import date, datetime

from actions.by_mail.answering import on_one_line
from actions.by_mail.holding import Held, Hold, Option, hold
from actions.by_mail.reply import Reply
from actions.deliver import put_mail, put_push
from actions.office import Office
from conversations.absence import write_period
from procedure.campaign import Contact
from procedure.correspondence.commands import Verb
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.people import Person, Role
from store import absences, letters, people
from store.letters import Outcome
from store.transaction import Transaction


def offer_absence(tx: Transaction, office: Office, reply: Reply, sent: int, now: datetime) -> bool:
    """Hold the absence with its letter and ask the administrators; False where there is none to ask about.

    Args:
        tx: one transaction for all of it.
        office: how its mails are signed.
        reply: the automatic answer, its absence as a guess.
        sent: the row of the mail that it answers.
        now: the moment.
    """
    person, command = people.by_email(tx, reply.sender.email), reply.heard.guess
    if person is None or command is None or command.verb is not Verb.ABSENT or command.on is None:
        return False
    days = (command.since or now.date(), command.on)
    if absences.of_person(tx, person.id, *days) or not _ask(tx, office, reply, person, days, now=now):
        return False
    waiting = Hold(Held.ABSENCE, (Option(sent, (command,)),), person.name, reply.references)
    hold(tx, reply.letter, waiting)
    about = About(Subject.PERSON, person.id)
    letters.settle(tx, reply.letter, outcome=Outcome.TO_SORT, reason=Held.ABSENCE.value, about=about, now=now)
    return True


def _ask(
    tx: Transaction, office: Office, reply: Reply, person: Person, days: tuple[date, date], *, now: datetime
) -> bool:
    """By chat, or by a mail that SÌ or NO answers; False where they have all been asked before."""
    first, last = days
    about = About(Subject.PERSON, person.id)
    asked = False
    for admin in people.with_role(tx, Role.ADMIN):
        key = f"absence_read:{person.id}:{first.isoformat()}:{last.isoformat()}:{admin.id}"
        if admin.telegram_id is not None:
            told: dict[str, Json] = {
                "company": "",
                "why": Held.ABSENCE.value,
                "who": person.name,
                "first_line": write_period(days),
                "letter": reply.letter,
            }
            asked |= put_push(tx, Push(key, "absence_read", about, admin.id, told), now=now)
        else:
            context: dict[str, Json] = {
                "person": admin.name,
                "name": person.name,
                "days": write_period(days),
                "said": on_one_line(reply.text),
                "letter": reply.letter,
            }
            to = Contact(admin.name, admin.email)
            mail = Mail(key, MailKind.ABSENCE_READ, about, (to,), context=context)
            asked |= put_mail(tx, mail, minted_by=office.minting, now=now)
    return asked
