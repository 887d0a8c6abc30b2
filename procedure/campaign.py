"""A campaign as data: its dates, sites, roles, catalogue and terms. Refuses to know the file it came from."""

import enum
from dataclasses import dataclass, field
from datetime import date

from procedure.people import Role


class ProductKind(enum.StrEnum):
    """Who drafts and delivers the quote hangs on this [r.142-143]."""

    INTEGRATED = "integrato"
    CATALOGUE = "catalogo"


@dataclass(frozen=True, slots=True)
class Contact:
    """A name and an address that mails go to; a role's mailbox, an AM or a persona di riferimento."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the catalogue. `contact` is the AM of an integrated one, else the persona di
    riferimento.
    """

    code: str
    name: str
    kind: ProductKind
    contact: Contact


@dataclass(frozen=True, slots=True)
class Site:
    """A sede: its patron saint's day (month, day) is not worked there (A3)."""

    name: str
    province: str
    mailbox: str
    patron: tuple[int, int] | None = None
    patron_name: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """Days, both ends included, on which nobody works [A3]."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Lengths in days, as the procedure sets them; working days
    unless the name in `calendar` says otherwise.
    """

    visit_new_member: int = 30  # calendar, from the joining [r.82]
    next_day: int = 1  # working, from the visit [r.122, A1]
    drafting: int = 5  # working, from the visit [r.145]
    handover: int = 2  # working, from the drafting [r.147]
    follow_up: int = 7  # working, from the delivery [r.161]
    closing: int = 30  # calendar, from the delivery [r.165]
    validity: int = 30  # calendar, from the delivery [r.153, A24]
    saturday_works: bool = False  # A2

    @property
    def week(self) -> int:
        """Working days of an ordinary week."""
        return 6 if self.saturday_works else 5


@dataclass(frozen=True, slots=True)
class RoleMailbox:
    """Where a role is written to; `deputy` is used where the first is vacant or has left (A42)."""

    role: Role
    contact: Contact | None
    deputy: Contact | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """All that the administrator decides. Built once at start, passed down, never changed while running."""

    name: str
    starts_on: date
    ends_on: date
    sites: tuple[Site, ...]
    roles: tuple[RoleMailbox, ...]
    products: tuple[Product, ...]
    terms: Terms = field(default_factory=Terms)
    closures: tuple[Closure, ...] = ()
    sent_by_gestionale: frozenset[str] = frozenset()  # mails that the gestionale sends itself (A52)
    agreement_told_to_recovery: bool = True  # A8

    def site(self, name: str) -> Site:
        """The site of this name.

        Raises:
            KeyError: no such site; the import refuses companies of an unknown one, so this is a fault.
        """
        for site in self.sites:
            if site.name == name:
                return site
        raise KeyError(name)

    def product(self, code: str) -> Product:
        """The product of this code.

        Raises:
            KeyError: the catalogue has none of this code.
        """
        for product in self.products:
            if product.code == code:
                return product
        raise KeyError(code)

    def mailbox(self, role: Role) -> RoleMailbox:
        """Where `role` is written to; vacant where the file names nobody."""
        return next((box for box in self.roles if box.role is role), RoleMailbox(role, None))
