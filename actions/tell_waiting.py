"""Those who decide hear of what waits for their yes: proposals, companies of nobody, changes of the register.

RPC hears of companies con servizi, RPS of those senza (A15, A19b); once for whatever a list has brought, by
chat, or by a mail that may be answered CONFERMO. Refuses to decide anything.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from actions.deliver import put_mail, put_push
from actions.office import Office
from actions.recipient import recipient
from procedure.attribution import Unattributable, rule_of
from procedure.campaign import Contact
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.people import Person, Role
from procedure.why import why, why_nobody
from store import imports, marks, people, proposals, register, register_changes
from store.proposals import ProposalRow
from store.transaction import Transaction

DECIDES: Final = {Role.RPC: True, Role.RPS: False}
"""Whose companies con servizi are, and whose senza [r.57-58]."""

LISTED: Final = 100
"""Companies named in one mail."""


@dataclass(frozen=True, slots=True)
class _News:
    """What waits for one role, as of now, and how far it had been told."""

    role: Role
    proposed: list[ProposalRow]
    nobodys: list[dict[str, Json]]
    changes: int
    upto: str  # stands for this state of things in the keys

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to tell."""
        return not (self.proposed or self.nobodys or self.changes)

    def counts(self) -> dict[str, Json]:
        """As the chat message has it."""
        return {"proposals": len(self.proposed), "nobody": len(self.nobodys), "changes": self.changes}


def tell_waiting(tx: Transaction, office: Office, now: datetime) -> int:
    """Tell each role what has come to wait since it was told last; how many notices."""
    return sum(_tell_role(tx, office, role, now) for role in DECIDES)


def _tell_role(tx: Transaction, office: Office, role: Role, now: datetime) -> int:
    mark = f"waiting_told:{role.value}"
    before, stands = marks.get(tx, mark) or [0, 0, 0], _stands(tx)
    if before == stands:
        return 0
    marks.put(tx, mark, [*stands])
    news = _news(tx, role, before, stands)
    if news.is_empty:
        return 0
    bearers = people.with_role(tx, role)
    if not bearers:
        return _tell_mailbox(tx, office, news, now)
    for person in bearers:
        _tell(tx, office, person, news, now)
    return len(bearers)


def _stands(tx: Transaction) -> list[int]:
    """The last proposal, change and list there are: while they are the same, nothing new has come."""
    last = imports.latest(tx)
    return [proposals.newest(tx), register_changes.newest(tx), last.id if last else 0]


def _news(tx: Transaction, role: Role, before: list[int], stands: list[int]) -> _News:
    services = [DECIDES[role]]
    is_new_list = stands[2] != before[2]
    return _News(
        role,
        proposals.open_after(tx, services, after=before[0], upto=stands[0]),
        _nobodys(tx, services) if is_new_list else [],
        register_changes.count_after(tx, services, before[1]),
        "-".join(map(str, stands)),
    )


def _nobodys(tx: Transaction, services: list[bool]) -> list[dict[str, Json]]:
    found: list[dict[str, Json]] = []
    for one in proposals.without(tx, services, offset=0, limit=LISTED).items:
        company = register.company(tx, one.company)
        rule = rule_of(one.code, has_services=one.has_services)
        wanting = why_nobody(Unattributable(one.company, rule, one.site, one.trade))
        if company and not proposals.was_rejected(tx, one.company):
            found.append({"name": company.name, "site": company.site, "why": wanting})
    return found


def _tell(tx: Transaction, office: Office, person: Person, news: _News, now: datetime) -> None:
    hears = recipient(tx, office, person.id, now.date())
    about, opens = About(Subject.PERSON, person.id), hears.next_opening(now)
    key = f"to_confirm:{news.role.value}:{news.upto}:{person.id}"
    if hears.by_mail or hears.person is None:
        mail = _mail(key, about, hears.contact, news, now)
        put_mail(tx, mail, minted_by=office.minting, now=now, due_at=opens)
    else:
        put_push(tx, Push(key, "to_confirm", about, hears.person.id, news.counts()), now=now, due_at=opens)
        if hears.also_by_mail:
            mail = _mail(f"{key}:mail", about, hears.contact, news, now)
            put_mail(tx, mail, minted_by=office.minting, now=now, due_at=opens)


def _tell_mailbox(tx: Transaction, office: Office, news: _News, now: datetime) -> int:
    """Nobody of the house bears the role: its mailbox hears, else the deputy's (A42)."""
    box = office.campaign.mailbox(news.role)
    contact = box.contact or box.deputy
    if contact is None:
        return 0
    key = f"to_confirm:{news.role.value}:{news.upto}:{contact.email}"
    mail = _mail(key, About(Subject.PERSON, 0), contact, news, now)
    mail = replace(mail, uncovered=None if box.contact else news.role)
    put_mail(tx, mail, minted_by=office.minting, now=now)
    return 1


def _mail(key: str, about: About, to: Contact, news: _News, now: datetime) -> Mail:
    listed = news.proposed[:LISTED]
    context: dict[str, Json] = {
        "person": to.name,
        "day": write_date(now.date()),
        "role": news.role.value,
        "ids": [row.id for row in listed],
        "proposals": [_line(row) for row in listed],
        "more": len(news.proposed) - len(listed),
        "nobody": [*news.nobodys],
        "changes": news.changes,
    }
    return Mail(key, MailKind.PROPOSALS, about, (to,), (), context)


def _line(row: ProposalRow) -> dict[str, Json]:
    reason = why(row.reason) if row.reason else row.why
    site = row.reason.site if row.reason else ""
    return {"company": row.company_name, "site": site, "person": row.person_name, "why": reason}
