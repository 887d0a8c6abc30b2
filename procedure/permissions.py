"""Who may see and do what with which company or quote. The one place; refuses to know chats and mails."""

from procedure.people import Person, Role
from procedure.quotes import Quote
from procedure.visits import Company


def may_visit(person: Person, company: Company) -> bool:
    """Whoever the company is attributed to; the RS of its sede for their own addetti (A50)."""
    return company.assignee == person.id or _answers_for_site(person, company)


def may_see(person: Person, company: Company) -> bool:
    """Whoever may visit it; RPC for companies con servizi, RPS for those senza [r.57-58]."""
    watched_by = Role.RPC if company.has_services else Role.RPS
    return may_visit(person, company) or person.has(watched_by)


def may_tell(person: Person, quote: Quote, company: Company) -> bool:
    """The owner of the quote; RPS, who watches the quotes, and the RS of the sede for who is absent (A50)."""
    owns = quote.owner == person.id or quote.owner_email.casefold() == person.email.casefold()
    return owns or person.has(Role.RPS) or _answers_for_site(person, company)


def _answers_for_site(person: Person, company: Company) -> bool:
    return person.has(Role.RS) and person.site == company.site
