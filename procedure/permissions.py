"""Who may see and do what with which company or quote. The one place; refuses to know chats and mails."""

from dataclasses import dataclass

from procedure.people import Person, Role
from procedure.quotes import Quote
from procedure.visits import Company


@dataclass(frozen=True, slots=True)
class Sight:
    """Which companies a person may see: any of these reasons will do."""

    assignee: int
    sites: frozenset[str]
    services: frozenset[bool]  # those con servizi (True), those senza (False)

    def covers(self, company: Company) -> bool:
        """True where the company is in sight."""
        mine = company.assignee == self.assignee
        return mine or company.site in self.sites or company.has_services in self.services


def sight(person: Person) -> Sight:
    """One's own companies; the RS the sede's (A50); RPC those con servizi, RPS those senza [r.57-58]."""
    sites = {person.site} if person.has(Role.RS) and person.site else set()
    watched = {role is Role.RPC for role in (Role.RPC, Role.RPS) if person.has(role)}
    return Sight(person.id, frozenset(sites), frozenset(watched))


def may_visit(person: Person, company: Company) -> bool:
    """Whoever the company is attributed to; the RS of its sede for their own addetti (A50)."""
    return company.assignee == person.id or _answers_for_site(person, company)


def may_see(person: Person, company: Company) -> bool:
    """Whoever has the company in sight."""
    return sight(person).covers(company)


def may_tell(person: Person, quote: Quote, company: Company) -> bool:
    """The owner of the quote; RPS, who watches the quotes, and the RS of the sede for who is absent (A50)."""
    owns = quote.owner == person.id or quote.owner_email.casefold() == person.email.casefold()
    return owns or person.has(Role.RPS) or _answers_for_site(person, company)


def _answers_for_site(person: Person, company: Company) -> bool:
    return person.has(Role.RS) and person.site == company.site
