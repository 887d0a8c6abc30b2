"""What a person of the house asks for by writing of their own accord: the form of a visit, a list, the help.

It goes to their registered address only, so whoever forges their From gains nothing. What changes something
is done in answer to a mail of ours alone. Refuses to know which words ask for what.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from actions.by_mail.agenda import day_mail, quotes_mail
from actions.by_mail.answering import Answering, on_one_line
from actions.by_mail.meeting import fix_by_line, parted
from actions.by_mail.reply import Reply
from actions.by_mail.visit import ANSWERED, company_of, send, turn_of
from actions.by_mail.visit_form import form_mail, which_of
from actions.deliver import put_mail
from actions.office import Office
from actions.prefer import prefer
from actions.standing_in import with_the_absent
from actions.turn import Turn
from conversations.form import bare
from conversations.phrases import say
from conversations.requests import WITH_EFFECT, Asked, Request, hear_request
from procedure.campaign import Contact
from procedure.correspondence.commands import Command
from procedure.errors import Refusal
from procedure.hours import Place
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Subject
from procedure.permissions import may_visit, sight
from procedure.visits import Company
from store import finding, letters, people, register
from store.letters import Outcome
from store.register import CompanyLine
from store.transaction import Transaction

OFFERED: Final = 8
LISTED: Final = 200


def asked_for(tx: Transaction, office: Office, reply: Reply, now: datetime) -> bool:
    """Answer what a letter that answers no mail of ours asks for. False where it asks for nothing, or its
    sender is nobody of the house. What would change something is to be written in answer to our answer.
    """
    person = people.by_email(tx, reply.sender.email)
    request = hear_request(reply.subject, reply.text)
    if person is None or request is None:
        return False
    turn = Turn(tx, office, with_the_absent(tx, person, now.date()), now)
    if request.asked in WITH_EFFECT:
        text = say("by_mail.again.text", line=on_one_line(reply.text or reply.subject))
        mail: Mail | None = _news(turn, _key(reply), text)
    else:
        mail = _ANSWERS[request.asked](turn, request, _key(reply))
    _answered(turn, reply, request, mail)
    return True


def asked_in_reply(its: Answering) -> bool:
    """The same, written in answer to a mail of ours by whom it was sent to: also what changes something."""
    person = people.by_email(its.tx, its.sender.email)
    request = hear_request("", its.reply.text)
    if person is None or request is None:
        return False
    turn = turn_of(its)
    _answered(turn, its.reply, request, _ANSWERS[request.asked](turn, request, _key(its.reply)))
    return True


def _answered(turn: Turn, reply: Reply, request: Request, mail: Mail | None) -> None:
    tx, now, reason = turn.tx, turn.now, f"asked: {request.asked.value}"
    if mail:
        minting, thread = turn.office.minting, reply.thread
        put_mail(tx, mail, minted_by=minting, now=now, in_reply_to=reply.message_id, references=thread)
        letters.answered(tx, reply.letter, now)
    about = About(Subject.PERSON, turn.person.id)
    letters.settle(tx, reply.letter, outcome=Outcome.RECORDED, reason=reason, about=about, now=now)


def _key(reply: Reply) -> str:
    return f"letter:{reply.letter}:asked"


def form_wanted(its: Answering, command: Command) -> str:
    """The form of a visit, asked for in answer to a mail of ours: of the company named, else of the mail's.

    Raises:
        NotAllowed: the sender is nobody of the house, or the company is not theirs to visit.
        Refusal: `form_of_which`.
    """
    turn, key = turn_of(its), f"letter:{its.reply.letter}:{MailKind.VISIT_FORM.value}"
    if command.words:
        send(its, _form(turn, Request(Asked.FORM, command.words), key))
    else:
        send(its, form_mail(turn, company_of(its), key))
    return ANSWERED


def _form(turn: Turn, request: Request, key: str) -> Mail:
    """The form of the one company found; else those it could be, or that there is none."""
    found = companies_called(turn, request.words)
    if len(found) == 1:
        return form_mail(turn, found[0].id, key)
    note = "" if found else say("by_mail.form.not_found", words=request.words)
    to = Contact(turn.person.name, turn.person.email)
    if not found:
        return _news(turn, key, note)
    context: dict[str, Json] = {"person": to.name, **which_of(found[:OFFERED])}
    about = About(Subject.PERSON, turn.person.id)
    return Mail(key, MailKind.VISIT_FORM, about, (to,), (), context)


def companies_called(turn: Turn, words: str) -> list[Company]:
    """The companies that the person may visit and that are called so: by code, by words of the name, or
    nearly so; another code is never nearly one.
    """
    exact = [one for code in (words, words.upper()) if (one := register.by_ref(turn.tx, code.strip()))]
    if exact and _visitable(turn, exact[0]):
        return exact[:1]
    page = finding.search(turn.tx, words, offset=0, limit=2 * OFFERED, within=sight(turn.person))
    if page.near and any(letter.isdigit() for letter in words):
        return []
    found = (register.company(turn.tx, line.id) for line in page.items)
    return [one for one in found if one and _visitable(turn, one)]


def _visitable(turn: Turn, company: Company) -> bool:
    return may_visit(turn.person, company) and not company.ceased


def _day(turn: Turn, _request: Request, key: str) -> Mail:
    return day_mail(turn, key)


def _quotes(turn: Turn, _request: Request, key: str) -> Mail:
    return quotes_mail(turn, key)


def _companies_mail(turn: Turn, _request: Request, key: str) -> Mail:
    page = register.assigned_to(turn.tx, turn.person.id, offset=0, limit=LISTED)
    lines = [_line(line) for line in page.items]
    text = say("by_mail.companies.none") if not lines else say("by_mail.companies.head", count=page.total)
    return _news(turn, key, "\n".join([text, "", *lines, "", say("by_mail.companies.foot")]))


def _line(line: CompanyLine) -> str:
    last = write_date(line.last_visit_on) if line.last_visit_on else say("screen.card.never")
    return say("by_mail.companies.line", ref=line.ref, name=line.name, comune=line.comune, last=last)


def _appointment(turn: Turn, request: Request, key: str) -> Mail | None:
    """Fixed where company and moment are one each; the mail for the calendar is the answer."""
    for words, when in parted(turn, request.words):
        found = companies_called(turn, words)
        if len(found) == 1:
            try:
                why = fix_by_line(turn, found[0].id, when)
            except Refusal as refusal:
                why = say(f"refusal.{refusal.phrase}", **refusal.values)
            return _news(turn, key, why) if why else None
    return _news(turn, key, say("by_mail.meeting.which"))


def _help(turn: Turn, _request: Request, key: str) -> Mail:
    return _news(turn, key, say("by_mail.help.text"))


def _preferences(turn: Turn, request: Request, key: str) -> Mail:
    place = _place(request.words)
    if place is None:
        return _news(turn, key, say("by_mail.preferences.which"))
    prefer(turn, place=place)
    return _news(turn, key, say(f"by_mail.preferences.{place.value}"))


def _place(words: str) -> Place | None:
    said = bare(words)
    known = {place: say(f"by_mail.place.{place.value}").split(", ") for place in Place}
    return next((place for place, called in known.items() if said in called), None)


def _news(turn: Turn, key: str, text: str) -> Mail:
    to = Contact(turn.person.name, turn.person.email)
    about = About(Subject.PERSON, turn.person.id)
    context: dict[str, Json] = {"person": to.name, "text": text, "asked": True}
    return Mail(key, MailKind.NEWS, about, (to,), (), context)


_ANSWERS: Final[Mapping[Asked, Callable[[Turn, Request, str], Mail | None]]] = MappingProxyType(
    {
        Asked.FORM: _form,
        Asked.DAY: _day,
        Asked.COMPANIES: _companies_mail,
        Asked.QUOTES: _quotes,
        Asked.HELP: _help,
        Asked.PREFERENCES: _preferences,
        Asked.APPOINTMENT: _appointment,
    }
)
