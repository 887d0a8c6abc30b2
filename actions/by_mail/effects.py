"""What each verb of a reply does: one table. Refuses to do any of it.

An effect is given the reply under way and one command; it writes, and gives the sentence that tells it, or
raises a `Refusal` before it has written anything.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from actions.by_mail.absence import absent_by_mail
from actions.by_mail.answering import Answering
from actions.by_mail.forms import forms_received, passed_to_ra
from actions.by_mail.proposals import confirm_by_mail
from actions.by_mail.quote import quote_by_mail
from actions.by_mail.registry import registry_updated
from actions.by_mail.undo import undo_by_mail
from procedure.correspondence.commands import Command, Verb

Effect: TypeAlias = Callable[[Answering, Command], str]


def _quote(its: Answering, command: Command) -> str:
    return quote_by_mail(its.tx, its.office, its.mail, sender=its.sender, command=command, now=its.now)


def _absent(its: Answering, command: Command) -> str:
    return absent_by_mail(its.tx, its.office, its.mail, its.sender, command, now=its.now)


def _confirmed(its: Answering, _command: Command) -> str:
    return confirm_by_mail(its.tx, its.office, its.mail, its.sender, its.now)


def _taken(_its: Answering, _command: Command) -> str:
    return "preso in carico"


def _collected(_its: Answering, _command: Command) -> str:
    return "credito incassato: chi ha fatto la visita è avvisato"


EFFECTS: Final[Mapping[Verb, Effect]] = MappingProxyType(
    {
        Verb.DONE: registry_updated,
        Verb.RECEIVED: forms_received,
        Verb.SENT_TO_RA: passed_to_ra,
        Verb.TAKEN: _taken,
        Verb.COLLECTED: _collected,
        Verb.ABSENT: _absent,
        Verb.CONFIRMED: _confirmed,
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
    }
)
