"""Roles of the procedure and the persons who bear them. Refuses to know how anybody is reached."""

import enum
from dataclasses import dataclass


class Role(enum.StrEnum):
    """A role of the procedure [r.41-60]; the value is its short name in the campaign file."""

    AV = "AV"
    RS = "RS"
    EM = "EM"
    EA = "EA"
    CS = "CS"
    AM = "AM"
    RA = "RA"
    RPA = "RPA"
    RPS = "RPS"
    RPC = "RPC"
    FORMS_OFFICE = "ESSERE_IMPRESA"
    RECOVERY = "RECUPERO_CREDITI"
    SERVICES = "RESPONSABILE_SERVIZI"
    DEVELOPMENT = "SVILUPPO"
    ADMIN = "AMMINISTRATORE"

    @property
    def in_full(self) -> str:
        """The Italian name people read."""
        return _TITLES[self]


_TITLES = {
    Role.AV: "Addetto Visita",
    Role.RS: "Responsabile di Sede Territoriale",
    Role.EM: "Esperto di Mestiere",
    Role.EA: "Esperto di Area Territoriale",
    Role.CS: "Coordinatore Società",
    Role.AM: "Account Manager",
    Role.RA: "Responsabile Anagrafica",
    Role.RPA: "Responsabile Politiche Amministrative, Finanziarie e Controllo",
    Role.RPS: "Responsabile Politiche dei Servizi e dei Prodotti di Sistema",
    Role.RPC: "Responsabile Politiche di Sviluppo Associativo e Commercializzazione",
    Role.FORMS_OFFICE: "Ufficio Essere Impresa",
    Role.RECOVERY: "Addetto Recupero Crediti",
    Role.SERVICES: "Responsabile Servizi",
    Role.DEVELOPMENT: "Ufficio Sviluppo",
    Role.ADMIN: "Amministratore",
}

VISITING = frozenset({Role.AV, Role.RS, Role.EM, Role.EA, Role.CS})
"""Who makes visits: the AV of [r.60], and the CS, who receive companies too [r.79, A16]."""

MAILBOX_ROLES = (
    Role.RA,
    Role.RPA,
    Role.RECOVERY,
    Role.FORMS_OFFICE,
    Role.RPS,
    Role.RPC,
)
"""Roles that the procedure writes to: without a mailbox for each, the service does not start (A54)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the association, as the register of people has them."""

    id: int
    name: str
    email: str
    roles: frozenset[Role]
    site: str | None = None
    telegram_id: int | None = None
    stands_for: tuple["Person", ...] = ()  # the absent, whose deputy they are on the day they act (A50)

    @property
    def visits(self) -> bool:
        """True for those who make visits."""
        return bool(self.roles & VISITING)

    def has(self, role: Role) -> bool:
        """True where the person bears this role."""
        return role in self.roles

    def bears(self, role: Role, site: str | None) -> bool:
        """True where the person bears this role; at this sede, where one is given."""
        return role in self.roles and site in {None, self.site}
