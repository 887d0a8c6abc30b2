"""An answer to one item of a numbered list: the same effect as elsewhere, on what the item is about.

Refuses to know how the list was made and the answer written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from actions.by_mail.agenda import APPOINTMENT, COPY
from actions.by_mail.answering import Answering
from actions.by_mail.quote import quote_by_mail
from actions.by_mail.visit import form_asked, not_held, turn_of
from actions.deliver import put_push
from actions.file_paper import file_paper
from actions.hand_over import hand_over
from actions.put_off import put_off
from conversations.phrases import say
from procedure.correspondence.commands import Command, Verb
from procedure.deadlines import DeadlineKind
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, Push, Subject
from store import appointments, people, visits

CHANNEL: Final = "mail"
ELSEWHERE: Final = frozenset({Verb.ABSENT, Verb.UNDO, Verb.YES, Verb.NO, Verb.CONFIRMED, Verb.ENCLOSED})
"""Verbs that are about no item of a list, even where it has but one."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list that was sent. `what` is a deadline's kind, an appointment or a paper copy."""

    n: int
    about: About
    deadline: int
    what: str
    company: str
    company_id: int


def items(mail: Mail) -> tuple[Item, ...]:
    """The numbered items of a mail; none where it is no list."""
    listed: Any = mail.context.get("numbered") or []
    return tuple(
        Item(
            one["n"],
            About(Subject(one["about_kind"]), one["about_id"]),
            one["deadline"],
            one["what"],
            one["company"],
            one["company_id"],
        )
        for one in listed
    )


def item_of(mail: Mail, command: Command) -> Item | None:
    """The item that a command is about; None where it is about none of a list.

    Raises:
        Refusal: `item_unknown`: the list has no such number; `item_which`: it has several, none was named.
    """
    listed = items(mail)
    if not listed or (command.item is None and _is_general(command)):
        return None
    if command.item is None:
        if len(listed) > 1:
            raise Refusal("item_which", word=command.said)
        return listed[0]
    found = next((one for one in listed if one.n == command.item), None)
    if found is None:
        raise Refusal("item_unknown", number=command.item, most=len(listed))
    return found


def _is_general(command: Command) -> bool:
    return command.verb in ELSEWHERE or (command.verb is Verb.FORM and bool(command.words))


def about_item(its: Answering, item: Item) -> Answering:
    """The reply as if it answered a mail about this item alone."""
    context = {**its.mail.context, "quotes": [], "company": item.company}
    return replace(its, mail=replace(its.mail, about=item.about, context=context))


def meant(mail: Mail, command: Command) -> Command:
    """The command as its item has it: FATTO is the sollecito where a sollecito is due."""
    item = next((one for one in items(mail) if one.n == command.item), None) or _only(mail)
    if item is None or command.verb is not Verb.DONE:
        return command
    return replace(command, verb=_DONE.get(item.what, Verb.DONE))


def _only(mail: Mail) -> Item | None:
    listed = items(mail)
    return listed[0] if len(listed) == 1 else None


def answer_item(its: Answering, item: Item, command: Command) -> str:
    """Do what the command says to the item; the sentence that tells it.

    Raises:
        Refusal: `item_cannot`: such a thing can not be said of it; or as the effect refuses.
    """
    at = about_item(its, item)
    effect = _effect(item, command.verb)
    if effect is None:
        raise Refusal("item_cannot", number=item.n, words=_words(item))
    what = effect(at, item, command)
    if not its.visit:
        _tell_av(at, item, what)
    return what and say("by_mail.item.named", number=item.n, company=item.company, what=what)


def of_an_item(_its: Answering, command: Command) -> str:
    """A word that is about an item of a list, where the mail is none.

    Raises:
        Refusal: `item_which`.
    """
    raise Refusal("item_which", word=command.said)


def _tell_av(at: Answering, item: Item, what: str) -> None:
    """The AV hears of each item, where another than the AV answered it."""
    visit = visits.get(at.tx, at.visit)
    av = people.by_id(at.tx, visit.av) if visit else None
    if av is None or av.email == at.sender.email.casefold():
        return
    told: dict[str, Json] = {"company": item.company, "who": at.called, "what": what, "note": ""}
    key = f"letter:{at.reply.letter}:reply_recorded:{item.n}"
    put_push(at.tx, Push(key, "reply_recorded", at.mail.about, av.id, told), now=at.now)


_Effect: TypeAlias = Callable[[Answering, Item, Command], str]


def _effect(item: Item, verb: Verb) -> _Effect | None:
    if verb is Verb.POSTPONED and item.deadline and item.about.kind is not Subject.QUOTE:
        return _put_off
    if item.what == COPY:
        return _filed if verb in _IN_ARCHIVE else None
    if item.about.kind is Subject.QUOTE:
        return _quote if verb in _OF_QUOTES else None
    if item.about.kind is Subject.VISIT:
        return _handed_over if verb in _GIVEN else None
    if verb is Verb.NOT_HELD:
        return _not_held
    return _form if verb is Verb.FORM else None


_IN_ARCHIVE: Final = frozenset({Verb.ARCHIVED, Verb.DONE, Verb.DELIVERED})
_GIVEN: Final = frozenset({Verb.DONE, Verb.DELIVERED, Verb.SENT_TO_RA})
_OF_QUOTES: Final = frozenset(
    {
        *(Verb.DRAFTED, Verb.CONTACTED, Verb.DELIVERED, Verb.THINKING, Verb.FOLLOWED_UP),
        *(Verb.ACCEPTED, Verb.REFUSED, Verb.NOT_MINE, Verb.POSTPONED),
    }
)
_DONE: Final[Mapping[str, Verb]] = MappingProxyType(
    {
        DeadlineKind.D1.value: Verb.FORM,
        DeadlineKind.D8.value: Verb.FORM,
        APPOINTMENT: Verb.FORM,
        COPY: Verb.ARCHIVED,
        DeadlineKind.D10.value: Verb.DRAFTED,
        DeadlineKind.D11.value: Verb.CONTACTED,
        DeadlineKind.A22B.value: Verb.DELIVERED,
        DeadlineKind.D13.value: Verb.FOLLOWED_UP,
    }
)
"""What FATTO means, by what is due; of a closing it means nothing: how did it end?"""


def _quote(its: Answering, _item: Item, command: Command) -> str:
    return quote_by_mail(its.tx, its.office, its.mail, sender=its.sender, command=command, now=its.now)


def _handed_over(its: Answering, item: Item, command: Command) -> str:
    done = hand_over(turn_of(its), item.about.id, item.what, command.on)
    return say("by_mail.item.handed", what=done.kind.label, day=write_date(done.on))


def _filed(its: Answering, item: Item, _command: Command) -> str:
    copy = file_paper(turn_of(its), item.about.id)
    return say("by_mail.item.filed", day=write_date(copy.filing.on if copy.filing else its.today))


def _form(its: Answering, item: Item, _command: Command) -> str:
    form_asked(its, item.company_id)
    return say("by_mail.item.form")


def _not_held(its: Answering, item: Item, command: Command) -> str:
    """Of an appointment; of a scheda that is waited for, the appointment that it is waited for from."""
    if item.what != APPOINTMENT:
        standing = appointments.open_of(its.tx, item.company_id, turn_of(its).person.id)
        if standing is None:
            raise Refusal("no_appointment")
        its = about_item(its, replace(item, about=About(Subject.APPOINTMENT, standing.id)))
    return not_held(its, command)


def _put_off(its: Answering, item: Item, command: Command) -> str:
    done = put_off(
        turn_of(its), item.deadline, command.on or its.today, say("by_mail.item.reason"), channel=CHANNEL
    )
    return say("by_mail.item.put_off", day=write_date(done.until))


def _words(item: Item) -> str:
    return ", ".join(
        answer.split("|")[0].strip() for answer in say(f"by_mail.answers.{item.what}").split(";")
    )
