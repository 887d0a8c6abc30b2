"""What each verb of a reply does: one table. Refuses to do any of it.

An effect is given the reply under way and one command; it writes, and gives the sentence that tells it, or
raises a `Refusal` before it has written anything.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from actions.by_mail.absence import absent_by_mail
from actions.by_mail.answering import Answering
from actions.by_mail.asked import form_wanted
from actions.by_mail.forms import forms_received, passed_to_ra
from actions.by_mail.items import answer_item, item_of, of_an_item
from actions.by_mail.papers import enclosed, quote_filed
from actions.by_mail.proposals import confirm_by_mail
from actions.by_mail.put_aside import put_aside_by_mail
from actions.by_mail.questions import ask_av
from actions.by_mail.quote import quote_by_mail
from actions.by_mail.registry import registry_updated
from actions.by_mail.undo import undo_by_mail
from actions.by_mail.visit import confirmed, not_held, reported
from procedure.correspondence.commands import Command, Verb
from procedure.notices import MailKind

Effect: TypeAlias = Callable[[Answering, Command], str]


def _quote(its: Answering, command: Command) -> str:
    told = quote_by_mail(its.tx, its.office, its.mail, sender=its.sender, command=command, now=its.now)
    return "; ".join(filter(None, (told, quote_filed(its))))


def _absent(its: Answering, command: Command) -> str:
    return absent_by_mail(its.tx, its.office, its.mail, its.sender, command, now=its.now)


def _confirmed(its: Answering, command: Command) -> str:
    if its.mail.asks is MailKind.VISIT_FORM:
        return confirmed(its, command)
    return confirm_by_mail(its.tx, its.office, its.mail, its.authority or its.sender, its.now)


def _taken(_its: Answering, _command: Command) -> str:
    return "preso in carico"


def _collected(_its: Answering, _command: Command) -> str:
    return "credito incassato: chi ha fatto la visita è avvisato"


def _done(its: Answering, command: Command) -> str:
    """FATTO: RA's, of the registry; of the list of letters to sort, an administrator's."""
    effect = put_aside_by_mail if its.mail.asks is MailKind.TO_SORT else registry_updated
    return effect(its, command)


EFFECTS: Final[Mapping[Verb, Effect]] = MappingProxyType(
    {
        Verb.DONE: _done,
        Verb.RECEIVED: forms_received,
        Verb.SENT_TO_RA: passed_to_ra,
        Verb.TAKEN: _taken,
        Verb.COLLECTED: _collected,
        Verb.ABSENT: _absent,
        Verb.ENCLOSED: enclosed,
        Verb.CONFIRMED: _confirmed,
        Verb.REPORTED: reported,
        Verb.FORM: form_wanted,
        Verb.NOT_HELD: not_held,
        Verb.ARCHIVED: of_an_item,
        Verb.DRAFTED: _quote,
        Verb.DELIVERED: _quote,
        Verb.CONTACTED: _quote,
        Verb.THINKING: _quote,
        Verb.FOLLOWED_UP: _quote,
        Verb.ACCEPTED: _quote,
        Verb.REFUSED: _quote,
        Verb.POSTPONED: _quote,
        Verb.NOT_MINE: _quote,
        Verb.UNDO: undo_by_mail,
        Verb.MISSING: ask_av,
        Verb.WRONG: ask_av,
    }
)


def do(its: Answering, command: Command) -> str:
    """The effect of a command: on the item of the list that it is about, else on what the mail is about.

    Raises:
        Refusal: as the effect refuses; or the list has no such item.
    """
    item = item_of(its.mail, command)
    return answer_item(its, item, command) if item else EFFECTS[command.verb](its, command)
