"""Who reads a supervisor's digest today: the bearers of a role; where it is vacant, who comes next (A42).

Refuses to know what is read.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from actions.office import Office
from procedure.campaign import Contact
from procedure.people import Role
from store import people
from store.transaction import Transaction


class Post(NamedTuple):
    """A supervisor's place: RS of a sede, or RPS or RPC, of no sede."""

    role: Role
    site: str = ""

    @property
    def in_full(self) -> str:
        """As people read it."""
        return f"{self.role.in_full}, {self.site}" if self.site else self.role.in_full


class Bearer(NamedTuple):
    """Who bears a post, or reads in its vacancy: a person, or only an address."""

    person: int | None
    contact: Contact

    @property
    def key(self) -> str:
        """The same bearer has the same key, whichever posts they read for."""
        return self.contact.email.casefold() if self.person is None else str(self.person)


class Reading(NamedTuple):
    """One post in a bearer's digest; `vacant` where nobody bears it."""

    post: Post
    vacant: bool


_NEXT: Final = (Role.RPS, Role.RPC)
"""Who reads for a vacant post, where it has no deputy."""


def posts(office: Office) -> Iterator[Post]:
    """Every supervisor's place of the campaign."""
    yield Post(Role.RPS)
    yield Post(Role.RPC)
    yield from (Post(Role.RS, site.name) for site in office.campaign.sites)


def readers(tx: Transaction, office: Office) -> dict[Bearer, list[Reading]]:
    """Everybody who reads a digest, with the posts that they read for."""
    found: dict[Bearer, list[Reading]] = {}
    for post in posts(office):
        bearers, vacant = _of(tx, office, post)
        for bearer in bearers:
            found.setdefault(bearer, []).append(Reading(post, vacant))
    return found


def _of(tx: Transaction, office: Office, post: Post) -> tuple[list[Bearer], bool]:
    if its_own := _bearers(tx, office, post):
        return its_own, False
    if deputy := office.campaign.mailbox(post.role).deputy:
        return [_at(tx, deputy)], True
    others = (_bearers(tx, office, Post(role)) for role in _NEXT if role is not post.role)
    return next((found for found in others if found), []), True


def _bearers(tx: Transaction, office: Office, post: Post) -> list[Bearer]:
    """The people who bear it; else the role's own mailbox, where it has one."""
    found = people.with_role(tx, post.role, post.site or None)
    if found:
        return [Bearer(one.id, Contact(one.name, one.email)) for one in found]
    contact = None if post.site else office.campaign.mailbox(post.role).contact
    return [_at(tx, contact)] if contact else []


def _at(tx: Transaction, contact: Contact) -> Bearer:
    person = people.by_email(tx, contact.email)
    return Bearer(person.id, Contact(person.name, person.email)) if person else Bearer(None, contact)
