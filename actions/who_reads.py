"""Who is written to in place of an address that nothing reaches: a deputy, a sede, at last RPS or RPC (A42).

Refuses to know why nothing reaches it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from actions.deliver import Posted, put_mail
from actions.office import Office
from actions.recipient import recipient
from conversations.phrases import say
from procedure.campaign import Contact
from procedure.correspondence.bouncing import is_for_another_too
from procedure.notices import Json, Mail
from procedure.people import Person, Role
from procedure.routing import bearer
from store import deliveries, people
from store.transaction import Transaction


def reads_instead(
    tx: Transaction, office: Office, address: str, besides: Collection[str], now: datetime
) -> Contact | None:
    """Whom to write to in place of this address; nobody whose address, in lower case, is among `besides`."""
    out = {address.casefold(), *besides}
    candidates = _candidates(tx, office, address.casefold(), now)
    return next((one for one in candidates if one.email.casefold() not in out), None)


def send_instead(
    tx: Transaction, office: Office, mail: Posted, missed: Contact, key: str, *, now: datetime
) -> Contact | None:
    """Queue the mail once more, to who stands in for one whom it did not reach; who that is, if there is one.

    Args:
        tx: the transaction.
        office: the campaign and how its mails are signed.
        mail: what did not arrive.
        missed: whom it was for.
        key: of the mail that leaves instead: what we heard it from, so that it leaves once.
        now: the moment.
    """
    if not is_for_another_too(mail.mail.kind):
        return None
    reached = (one.email.casefold() for one in (*mail.mail.to, *mail.mail.cc))
    besides = {*deliveries.bad(tx, now), *map(str, passed_by(mail.mail)), *reached}
    other = reads_instead(tx, office, missed.email, besides, now)
    if other:
        again = replace(sent_on(mail.mail, missed, other), key=f"instead:{mail.row.id}:{key}")
        put_mail(tx, again, minted_by=office.minting, now=now)
    return other


def told_with(error: str, other: Contact | None) -> str:
    """The server's words, and who has got the mail instead."""
    return say("delivery.sent_on", error=error, name=other.name, email=other.email) if other else error


def sent_on(mail: Mail, missed: Contact, to: Contact) -> Mail:
    """The mail as whoever stands in gets it: alone, with a first line that says why it comes to them."""
    instead: dict[str, Json] = {
        "name": missed.name,
        "email": missed.email,
        "before": [*passed_by(mail), missed.email.casefold()],
    }
    return replace(mail, to=(to,), cc=(), context={**mail.context, "instead": instead})


def passed_by(mail: Mail) -> list[Json]:
    """The addresses that this mail has been meant for before, in lower case."""
    instead = mail.context.get("instead")
    before = instead.get("before") if isinstance(instead, dict) else None
    return before if isinstance(before, list) else []


def _candidates(tx: Transaction, office: Office, address: str, now: datetime) -> Iterator[Contact]:
    """The nearest first: who stands in for the role or the person, their sede; RPS and RPC for all else."""
    campaign = office.campaign
    for box in campaign.roles:
        if box.contact and box.contact.email.casefold() == address and box.deputy:
            yield box.deputy
    if person := people.by_email(tx, address) or people.gone(tx, address):
        yield recipient(tx, office, person.id, now.date()).contact
        yield from _site(office, person)
    for role in (Role.RPS, Role.RPC):
        yield bearer(campaign, role)[0]
        if deputy := campaign.mailbox(role).deputy:
            yield deputy


def _site(office: Office, person: Person) -> Iterator[Contact]:
    for site in office.campaign.sites:
        if site.name == person.site:
            yield Contact(f"Sede di {site.name}", site.mailbox)
