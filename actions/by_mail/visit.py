"""A visit told by mail: the lines of its form go into the draft of the chat's dialogue, and the answer asks
for what is missing, shows what is to be confirmed, or tells what was recorded.

Refuses to know how the lines were written, and the questions.
"""

from collections.abc import Sequence

from actions import converse
from actions.appoint import give_up
from actions.by_mail.answering import Answering
from actions.by_mail.visit_form import a_form, asked_of, facts_of, form_mail, recorded_of
from actions.confirm_visit import Confirmed
from actions.converse import Talk
from actions.deliver import put_mail
from actions.finish import finish
from actions.standing_in import with_the_absent
from actions.turn import Turn
from actions.visit_told import told_of
from conversations.form import Filled
from conversations.phrases import say
from conversations.visit import VISIT, VisitFacts
from conversations.visit_form import VisitLines
from procedure.appointments import write_moment
from procedure.correspondence.commands import Command
from procedure.errors import NotAllowed, Refusal
from procedure.italian import write_date
from procedure.notices import About, Mail, MailKind, Subject
from store import appointments, drafts, letters, outbox, people, visits

ANSWERED = ""
"""What an effect gives that has answered by itself: nothing more is to be told."""


def reported(its: Answering, command: Command) -> str:
    """The lines of a form: saved as far as they are understood; recorded, where all is told and confirmed.

    Raises:
        NotAllowed: the company is not the sender's to visit.
        Refusal: `company_ceased`; `visit_told_already`: the form was recorded before.
    """
    turn = turn_of(its)
    company = company_of(its)
    _not_twice(its, turn, company)
    talk = converse.begin_visit(turn, company)
    facts: VisitFacts = talk.grounds.facts
    lines = VisitLines.read(command.lines, facts.products)
    talk, filled = converse.tell_lines(turn, talk.draft, lines)
    if not filled.gaps and lines.confirms:
        return _record(its, turn, talk)
    note = "" if lines.written else say("by_mail.form.nothing")
    return _ask(its, turn, talk, filled, note=note, unread=lines.unread)


def confirmed(its: Answering, _command: Command) -> str:
    """CONFERMO under the recap: the visit is recorded, if it still is what was shown.

    Raises:
        Refusal: `draft_closed`: it was recorded or thrown away before.
    """
    turn = turn_of(its)
    about = About(Subject.COMPANY, company_of(its))
    row = drafts.open_of(turn.tx, turn.person.id, about, VISIT.name)
    if row is None:
        raise Refusal("draft_closed")
    facts = facts_of(turn, about.id)
    talk, filled = converse.tell_lines(turn, row.id, VisitLines.read((), facts.products))
    if filled.gaps or talk.revision != its.mail.context.get("revision"):
        return _ask(its, turn, talk, filled, note=say("talk.passed"))
    return _record(its, turn, talk)


def form_asked(its: Answering, company: int) -> str:
    """The form of a visit to this company, sent to the person who answers.

    Raises:
        NotAllowed: the company is not theirs to visit.
        Refusal: `company_ceased`.
    """
    turn = turn_of(its)
    converse.visitable(turn, company)
    send(its, form_mail(turn, company, f"letter:{its.reply.letter}:form:{company}"))
    return ANSWERED


def not_held(its: Answering, command: Command) -> str:
    """The visit was not made, and why.

    Raises:
        Refusal: `appointment_settled`; `no_appointment`: the mail asked about none.
    """
    which = (
        its.mail.about.id if its.mail.about.kind is Subject.APPOINTMENT else its.mail.context.get("meeting")
    )
    if not isinstance(which, int):
        raise Refusal("no_appointment")
    done = give_up(turn_of(its), which, command.words)
    when = write_moment(done.appointment.starts_at.astimezone(its.now.tzinfo))
    how = done.appointment.settled_how
    return say(f"screen.appointment.{how.value if how else 'not_held'}", when=when)


def turn_of(its: Answering) -> Turn:
    """The sender's turn, with those whom they stand in for.

    Raises:
        NotAllowed: the address is nobody's of the house.
    """
    person = people.by_email(its.tx, its.sender.email)
    if person is None:
        raise NotAllowed("not_allowed")
    return Turn(its.tx, its.office, with_the_absent(its.tx, person, its.today), its.now)


def company_of(its: Answering) -> int:
    """The company that the mail is about.

    Raises:
        Refusal: `form_of_which`: it is about none.
    """
    about = its.mail.about
    if about.kind is Subject.APPOINTMENT:
        found = appointments.get(its.tx, about.id)
        about = About(Subject.COMPANY, found.company) if found else about
    if about.kind is not Subject.COMPANY:
        raise Refusal("form_of_which")
    return about.id


def send(its: Answering, mail: Mail) -> None:
    """Queue a mail on the thread of the letter."""
    put_mail(
        its.tx,
        mail,
        minted_by=its.office.minting,
        now=its.now,
        in_reply_to=its.reply.message_id,
        references=its.reply.thread,
    )
    letters.answered(its.tx, its.reply.letter, its.now)


def _not_twice(its: Answering, turn: Turn, company: int) -> None:
    """The same form sent twice makes no second visit."""
    left = outbox.by_key(turn.tx, its.mail.key)
    last = visits.last_made(turn.tx, company)
    visit = visits.get(turn.tx, last.id) if last and last.av == turn.person.id else None
    begun = drafts.open_of(turn.tx, turn.person.id, About(Subject.COMPANY, company), VISIT.name)
    if left and visit and begun is None and visit.completed_at >= left.created_at:
        raise Refusal("visit_told_already", day=write_date(visit.report.visited_on))


def _ask(
    its: Answering, turn: Turn, talk: Talk, filled: Filled, *, note: str, unread: Sequence[str] = ()
) -> str:
    facts: VisitFacts = talk.grounds.facts
    context = asked_of(facts, filled, note=note, unread=unread) | {"revision": talk.revision}
    send(its, a_form(turn, facts, _key(its), context))
    return ANSWERED


def _record(its: Answering, turn: Turn, talk: Talk) -> str:
    done = finish(turn, talk.draft, talk.revision)
    assert isinstance(done, Confirmed)  # complete, at the revision just read  # noqa: S101
    context = recorded_of(done.company, list(told_of(done)))
    send(its, a_form(turn, talk.grounds.facts, _key(its), context))
    return ANSWERED


def _key(its: Answering) -> str:
    return f"letter:{its.reply.letter}:{MailKind.VISIT_FORM.value}"
