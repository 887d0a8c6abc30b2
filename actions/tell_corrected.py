"""Whoever is concerned by a date that was put right hears of it once: by N7 where a mail had told the old
one, else by chat.

Refuses to know what was written, and with which right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from actions.deliver import put_mail, put_push
from actions.redate_facts import Redatable
from actions.turn import Turn
from procedure import notices_json
from procedure.campaign import Contact
from procedure.deadlines import due
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.quote_mails import ACCEPTANCE
from procedure.rectifying import NAMED, Rectified, concerned, rectification
from procedure.redating import DateField, Move, Redating, explain
from procedure.routing import Visited, after_visit
from store import outbox, people
from store.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Corrected:
    """The date, what it was, what moves with it, and why."""

    change: Redating
    old: date
    moved: tuple[Move, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Telling:
    """One correction while it is told. `visited` is as it was; who has heard, by address, is told no more."""

    turn: Turn
    found: Redatable
    what: Corrected
    visited: Visited
    heard: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the keys of its notices begin with."""
        stamp = self.turn.now.isoformat(timespec="microseconds")
        return f"rectified:{self.found.visit.id}:{self.what.change.field.value}:{stamp}"

    @property
    def visited_now(self) -> Visited:
        """The visit as it is from now on."""
        if self.what.change.field is not DateField.VISIT:
            return self.visited
        return replace(self.visited, report=replace(self.visited.report, visited_on=self.what.change.on))

    def hears(self, contact: Contact) -> bool:
        """True for who has not heard yet, and is written down as having."""
        address = contact.email.casefold()
        is_new = address not in self.heard
        self.heard.setdefault(address, contact.name)
        return is_new


def tell_corrected(turn: Turn, found: Redatable, what: Corrected) -> tuple[str, ...]:
    """Queue what tells of it; the names of those who will hear, the person who corrects not among them."""
    av = people.by_id(turn.tx, found.visit.av)
    if av is None:
        raise LookupError(f"visit {found.visit.id} has no AV")
    telling = _Telling(turn, found, what, Visited(found.visit.id, found.visit.report, found.company, av, {}))
    me = turn.person.email.casefold()
    telling.heard[me] = turn.person.name
    for row, mail, moved in _told_wrongly(telling):
        _rectify(telling, row, mail, moved)
    for contact in (*_owners(telling), Contact(av.name, av.email)):
        _tell(telling, contact)
    return tuple(name for address, name in telling.heard.items() if address != me)


def _told_wrongly(telling: _Telling) -> Iterator[tuple[OutboxRow, Mail, tuple[Move, ...]]]:
    """The mails that told the old date, with the terms that move for their readers."""
    what = telling.what
    for key in (*_keys_of_visit(telling), *_keys_of_acceptance(telling)):
        if row := outbox.by_key(telling.turn.tx, key):
            payload: Any = row.payload
            mail = notices_json.mail_from_json(payload["mail"])
            moved = concerned(mail, what.moved, telling.found.standing.quotes)
            if moved or mail.kind not in NAMED:
                yield row, mail, moved


def _keys_of_visit(telling: _Telling) -> Iterator[str]:
    """The visit's mails are found by routing it again as it was told."""
    if telling.what.change.field is not DateField.VISIT:
        return
    standing, campaign = telling.found.standing, telling.turn.office.campaign
    kinds = {*NAMED.values()}
    dues = {kind: due(kind, standing.visited_on, standing.calendar, standing.lengths) for kind in kinds}
    mails = after_visit(campaign, replace(telling.visited, dues=dues))
    yield from (mail.key for mail in mails if mail.kind in NAMED)


def _keys_of_acceptance(telling: _Telling) -> Iterator[str]:
    change = telling.what.change
    if change.field is DateField.CLOSING:
        yield from (f"{Subject.QUOTE.value}:{change.quote}:{kind.value}" for kind, _ in ACCEPTANCE)


def _rectify(telling: _Telling, row: OutboxRow, mail: Mail, moved: tuple[Move, ...]) -> None:
    """One N7 to each reader of the mail, on its thread; what the mail asked may be answered there too."""
    for contact in (*mail.to, *mail.cc):
        if telling.hears(contact):
            asks = mail.kind if contact in mail.to else MailKind.AMENDED
            rectified = _rectified(telling, mail.about)
            notice = rectification(telling.visited_now, rectified, moved, contact, asks=asks)
            _put(telling, notice, in_reply_to=row.message_id or "")


def _owners(telling: _Telling) -> Iterator[Contact]:
    """Who is to meet a term that moves and still runs; the owner of the quote whose date it was."""
    for move in telling.what.moved:
        row = telling.found.rows[move.old.id]
        if move.is_open and move.told:
            yield _contact(telling, row.owner_email)
    quote = telling.found.standing.quote(telling.what.change.quote)
    if quote is not None:
        yield _contact(telling, quote.owner_email)


def _contact(telling: _Telling, email: str) -> Contact:
    person = people.by_email(telling.turn.tx, email)
    known = (product.contact for product in telling.turn.office.campaign.products)
    named = next((one.name for one in known if one.email.casefold() == email.casefold()), email)
    return Contact(person.name if person else named, email)


def _tell(telling: _Telling, contact: Contact) -> None:
    """By chat (which becomes a mail for who has none); by N7 who is only an address."""
    if not telling.hears(contact):
        return
    person = people.by_email(telling.turn.tx, contact.email)
    if person is None:
        rectified = _rectified(telling, About(Subject.VISIT, telling.found.visit.id))
        moved = _running(telling.what.moved)
        _put(telling, rectification(telling.visited_now, rectified, moved, contact, asks=MailKind.AMENDED))
        return
    key = f"{telling.key}:{person.id}"
    push = Push(key, "date_corrected", telling.found.about, person.id, _context(telling))
    put_push(telling.turn.tx, push, now=telling.turn.now)


def _running(moved: Iterable[Move]) -> tuple[Move, ...]:
    return tuple(move for move in moved if move.is_open and move.told)


def _context(telling: _Telling) -> dict[str, Json]:
    change, what = telling.what.change, telling.what
    return {
        "company": telling.found.company.name,
        "field": change.field.label,
        "old": write_date(what.old),
        "new": write_date(change.on),
        "moves": [*explain(what.moved)],
        "reason": what.reason,
        "who": telling.turn.person.name,
    }


def _rectified(telling: _Telling, about: About) -> Rectified:
    what = telling.what
    days = (what.old, what.change.on)
    return Rectified(telling.key, about, what.change.field, *days, what.reason, telling.turn.person.name)


def _put(telling: _Telling, mail: Mail, in_reply_to: str = "") -> None:
    turn = telling.turn
    put_mail(turn.tx, mail, minted_by=turn.office.minting, now=turn.now, in_reply_to=in_reply_to)
