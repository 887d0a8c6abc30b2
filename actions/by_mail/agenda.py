"""The numbered list of who works by mail: each item with the answers that finish it.

The morning's, and the whole day where somebody asks for it. Refuses to know what an answer does.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from actions.office import Office
from actions.put_in_calendar import phones_of
from actions.standing_in import with_the_absent
from actions.turn import Turn
from conversations.phrases import say
from procedure.appointments import write_hour, write_moment
from procedure.campaign import Contact
from procedure.deadlines import RULES, is_late
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Notice, Subject
from procedure.people import Person
from procedure.workdays import ONE_DAY
from store import agenda, appointments, paper_copies, people, quotes, register
from store.agenda import Duty
from store.appointments import AppointmentLine
from store.paper_copies import MissingCopy
from store.transaction import Transaction

Item = dict[str, Json]

APPOINTMENT: Final = "appointment"
COPY: Final = "copy"
"""What an item is, beside the kind of a deadline."""

SECTIONS: Final = ("late", "today", "soon", "questions")
LONGEST_UNTOLD: Final = 14 * ONE_DAY
AHEAD: Final = 7 * ONE_DAY


def for_its_receiver(tx: Transaction, office: Office, notice: Notice, now: datetime) -> Notice:
    """A morning's mail, numbered, with what else its receiver has today; a message of the chat as it is."""
    if not isinstance(notice, Mail):
        return notice
    person = people.by_id(tx, notice.about.id)
    if person is None:
        return replace(notice, context=numbered(notice.context))
    return with_besides(Turn(tx, office, with_the_absent(tx, person, now.date()), now), notice)


def with_besides(turn: Turn, mail: Mail) -> Mail:
    """A morning's mail to this person, numbered, with what else they have today."""
    sections: Any = mail.context["sections"]
    return replace(mail, context=numbered({**mail.context, "sections": [*sections, *besides(turn)]}))


def numbered(context: dict[str, Json]) -> dict[str, Json]:
    """A list's context with a number on each item, and the answers that it takes."""
    sections: Any = context["sections"]
    items = [item for section in sections for item in section["items"]]
    for number, item in enumerate(items, 1):
        item |= {"n": number, "answers": [*answers_of(str(item["kind"]))]}
    return {**context, "numbered": [_reference(item) for item in items]}


def answers_of(kind: str) -> Iterator[Json]:
    """The words that finish an item, each with what is to follow it."""
    for answer in say(f"by_mail.answers.{kind}").split(";"):
        word, _, then = answer.strip().partition("|")
        yield {"word": word.strip(), "then": then.strip()}


def _reference(item: Mapping[str, Any]) -> Json:
    """What an answer needs of an item. `kind`: of the mail whose words it takes."""
    return {
        "n": item["n"],
        "about_kind": item["about_kind"],
        "about_id": item["about_id"],
        "deadline": item["deadline"],
        "kind": MailKind.MORNING.value,
        "what": item["kind"],
        "company": item["company"],
        "company_id": item["company_id"],
    }


def besides(turn: Turn) -> Iterator[Json]:
    """What a morning's mail tells beside the deadlines: whom one meets, which copies are missing."""
    yield from _section("appointments", _meetings(turn))
    yield from _section("copies", (_copy(turn, one) for one in paper_copies.missing_of(turn.tx, turn.person)))


def day_mail(turn: Turn, key: str) -> Mail:
    """The person's whole day, numbered."""
    duties = agenda.duties(turn.tx, turn.person.id, *(one.id for one in turn.person.stands_for))
    sections: dict[str, list[Item]] = {name: [] for name in SECTIONS}
    later = 0
    for duty in duties:
        if name := _when(turn, duty):
            sections[name].append(_duty(duty, late=name == "late"))
        else:
            later += 1
    told = [one for name, items in sections.items() for one in _section(name, items)]
    return _listing(turn, key, "day", [*told, *besides(turn)], later)


def quotes_mail(turn: Turn, key: str) -> Mail:
    """What the person's quotes wait for, numbered."""
    duties = agenda.duties(turn.tx, turn.person.id)
    of_quotes = [_duty(duty) for duty in duties if duty.row.about.kind is Subject.QUOTE]
    return _listing(turn, key, "quotes", [*_section("quotes", of_quotes)], 0)


def _listing(turn: Turn, key: str, head: str, sections: list[Json], later: int) -> Mail:
    person = turn.person
    context: dict[str, Json] = {
        "person": person.name,
        "day": write_date(turn.today),
        "sections": sections,
        "more": later,
        "quotes": [],
        "asked": True,
        "head": say(f"by_mail.list.{head}"),
    }
    to = Contact(person.name, person.email)
    return Mail(key, MailKind.MORNING, About(Subject.PERSON, person.id), (to,), (), numbered(context))


def _section(name: str, items: Iterable[Item]) -> Iterator[Json]:
    listed: list[Json] = [*items]
    if listed:
        head = say(f"push.morning.{name}") if name in SECTIONS else say(f"by_mail.list.{name}")
        yield {"name": name, "head": head, "items": listed}


def _when(turn: Turn, duty: Duty) -> str | None:
    """Its section; None for what comes after the week."""
    due = duty.row.due
    if RULES[due.kind].asked:
        return "questions"
    if is_late(due, turn.today):
        return "late"
    if due.last_useful <= turn.today:
        return "today"
    return "soon" if due.last_useful <= turn.today + AHEAD else None


def _duty(duty: Duty, *, late: bool = False) -> Item:
    row = duty.row
    return {
        "deadline": row.id,
        "kind": row.due.kind.value,
        "title": f"{row.due.kind.label}: {row.company_name}",
        "company": row.company_name,
        "company_id": row.company,
        "explanation": row.due.explanation,
        "valid_until": "",
        "late": late,
        "about_kind": row.about.kind.value,
        "about_id": row.about.id,
    }


def _meetings(turn: Turn) -> Iterator[Item]:
    """Today's appointments, and those of which nothing was told, of the person and of whom they stand for."""
    midnight = turn.now.replace(hour=0, minute=0, second=0, microsecond=0)
    for one in (turn.person, *turn.person.stands_for):
        lines = appointments.of_person(turn.tx, one.id, midnight - LONGEST_UNTOLD, midnight + ONE_DAY)
        for line in lines:
            yield _meeting(turn, one, line)


def _meeting(turn: Turn, keeper: Person, line: AppointmentLine) -> Item:
    its, local = line.appointment, line.appointment.starts_at.astimezone(turn.now.tzinfo)
    when = write_hour(local) if local.date() == turn.today else write_moment(local)
    company = register.company(turn.tx, its.company)
    ways = [*(phones_of(company) if company else ()), its.note]
    if keeper.id != turn.person.id:
        ways.append(say("screen.today.for", name=keeper.name))
    return {
        "deadline": 0,
        "kind": APPOINTMENT,
        "title": f"{when}: {line.company_name}",
        "company": line.company_name,
        "company_id": its.company,
        "explanation": ", ".join(filter(None, ways)),
        "valid_until": "",
        "late": False,
        "about_kind": Subject.APPOINTMENT.value,
        "about_id": its.id,
    }


def _copy(turn: Turn, copy: MissingCopy) -> Item:
    quote = quotes.get(turn.tx, copy.quote)
    return {
        "deadline": 0,
        "kind": COPY,
        "title": f"{say('screen.today.copy')}: {copy.company}",
        "company": copy.company,
        "company_id": quote.company if quote else 0,
        "explanation": say("screen.today.since", day=write_date(copy.delivered_on)),
        "valid_until": "",
        "late": False,
        "about_kind": Subject.QUOTE.value,
        "about_id": copy.quote,
    }
