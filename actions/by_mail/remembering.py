"""What an effect changes is kept with its letter, so that ANNULLA can take it back.

Refuses to take anything back: `actions.by_mail.undo` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from actions.by_mail.answering import Answering
from procedure.correspondence.commands import Verb
from procedure.notices import Mail, Subject
from store import people, pictures, recorded
from store.pictures import Changes, Scope
from store.transaction import Transaction


@contextmanager
def remembering(its: Answering) -> Iterator[list[Changes]]:
    """Around the effects of one letter: what they change is kept with it; of ANNULLA nothing.

    Yields:
        a list which holds those changes afterwards.
    """
    kept: list[Changes] = []
    if any(command.verb is Verb.UNDO for command in its.reply.heard.commands):
        yield kept
        return
    before = pictures.picture(its.tx, _scope(its))
    yield kept
    kept.append(pictures.difference(its.tx, before))
    recorded.keep(its.tx, its.reply.letter, kept[0])


def _scope(its: Answering) -> Scope:
    """All that a reply to this mail can reach: its companies, its sender, whom it is about, its files."""
    sender = people.by_email(its.tx, its.sender.email)
    persons = {sender.id} if sender else set()
    if its.mail.about.kind is Subject.PERSON:
        persons |= {its.mail.about.id}
    about = its.mail.about
    companies = pictures.companies_of(its.tx, about.kind, [about.id]) | _listed(its.tx, its.mail)
    waiting: Any = its.mail.context.get("waiting") or []
    listed = frozenset(one["letter"] for one in waiting)
    return Scope(companies, frozenset(persons), frozenset({its.reply.letter}), listed)


def _listed(tx: Transaction, mail: Mail) -> frozenset[int]:
    """Of a list, the companies on it: of proposed attributions, of a morning's deadlines."""
    proposed: Any = mail.context.get("ids") or []
    sections: Any = mail.context.get("sections") or []
    terms = [item["deadline"] for section in sections for item in section["items"]]
    due = pictures.companies_of(tx, Subject.DEADLINE, terms)
    numbered: Any = mail.context.get("numbered") or []
    named = frozenset(one["company_id"] for one in numbered)
    return pictures.companies_proposed(tx, proposed) | due | named
