"""Who may see and do what with which company or quote. The one place; refuses to know chats and mails."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from procedure.campaign import ProductKind
from procedure.people import Person, Role
from procedure.quotes import Quote
from procedure.targets import Target
from procedure.visits import Company

LATE_YES_DAYS: Final = 60
"""Calendar days from a quote's closing in which its owner may tell that it was accepted after all (T15)."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Which companies a person may see: any of these reasons will do."""

    assignees: frozenset[int]
    sites: frozenset[str]
    services: frozenset[bool]  # those con servizi (True), those senza (False)

    def covers(self, company: Company) -> bool:
        """True where the company is in sight."""
        mine = company.assignee in self.assignees
        return mine or company.site in self.sites or company.has_services in self.services


def sight(person: Person) -> Sight:
    """One's own companies; the RS the sede's (A50); RPC those con servizi, RPS those senza [r.57-58]. And
    what the absent have in sight, for whom the person stands in.
    """
    everyone = in_their_place(person)
    sites = {one.site for one in everyone if one.has(Role.RS) and one.site}
    watched = {role is Role.RPC for role in (Role.RPC, Role.RPS) for one in everyone if one.has(role)}
    return Sight(frozenset(one.id for one in everyone), frozenset(sites), frozenset(watched))


def may_visit(person: Person, company: Company) -> bool:
    """Whoever the company is attributed to; the RS of its sede for their own addetti; the deputy (A50)."""
    return any(
        company.assignee == one.id or _answers_for_site(one, company) for one in in_their_place(person)
    )


def may_hand_over(person: Person, av: int, company: Company) -> bool:
    """The AV of the visit; whoever may visit the company; the deputy of either (A50)."""
    return may_visit(person, company) or any(av == one.id for one in in_their_place(person))


def may_keep(person: Person, keeper: int, company: Company) -> bool:
    """Whose appointment it is; whoever may visit the company; the deputy of either (A50)."""
    return may_visit(person, company) or any(keeper == one.id for one in in_their_place(person))


def may_put_off(person: Person, owner: int | None, email: str, company: Company) -> bool:
    """Who may ask to be reminded later of a deadline: its owner; the RS of the sede and RPS, for who is
    absent; the deputy of any of them (A50).
    """
    return any(
        owner == one.id
        or email.casefold() == one.email.casefold()
        or one.has(Role.RPS)
        or _answers_for_site(one, company)
        for one in in_their_place(person)
    )


def may_see(person: Person, company: Company) -> bool:
    """Whoever has the company in sight."""
    return sight(person).covers(company)


def may_tell(person: Person, quote: Quote, company: Company) -> bool:
    """The owner of the quote; RPS, who watches the quotes, and the RS of the sede for who is absent; the
    deputy of any of them (A50).
    """
    return any(
        _owns(one, quote) or one.has(Role.RPS) or _answers_for_site(one, company)
        for one in in_their_place(person)
    )


def may_set_absence(person: Person, of: Person) -> bool:
    """Everybody their own; the RS that of who works at the sede; the administrator anybody's."""
    heads = person.has(Role.RS) and person.site is not None and person.site == of.site
    return of.id == person.id or heads or person.has(Role.ADMIN)


def may_undo(address: str, person: Person | None, sender: str) -> bool:
    """Who takes back what a letter did: whoever wrote it, known or not; the administrator."""
    return address.casefold() == sender.casefold() or (person is not None and person.has(Role.ADMIN))


def sorts_letters(person: Person) -> bool:
    """Who finds a place for letters that nobody could place: the administrator; the RS, those of the sede."""
    return person.has(Role.ADMIN) or (person.has(Role.RS) and person.site is not None)


def may_sort_letter(person: Person, site: str) -> bool:
    """The administrator any letter; the RS one about a company of the sede (`site`, empty of no company)."""
    return person.has(Role.ADMIN) or (person.has(Role.RS) and bool(site) and person.site == site)


def may_read_letter(person: Person, company: Company, av: int, quote: Quote | None) -> bool:
    """Who reads the whole of a letter about a visit or a quote, beside who sorts it: the AV of the visit, who
    may tell of the quote, their deputies (privacy: nobody else).
    """
    is_av = any(one.id == av for one in in_their_place(person))
    return is_av or (quote is not None and may_tell(person, quote, company))


def in_their_place(person: Person) -> tuple[Person, ...]:
    """The person, and those for whom they stand in on the day: what any of them may, the person may."""
    return (person, *person.stands_for)


def stood_in_for(person: Person, may: Callable[[Person], bool]) -> Person | None:
    """The absent person by whose right alone somebody acts; None where they may by their own."""
    if may(replace(person, stands_for=())):
        return None
    return next((one for one in person.stands_for if may(one)), None)


def attributes(person: Person) -> frozenset[bool]:
    """Whose attributions the person decides: RPC of the companies con servizi, RPS of those senza (A15); the
    administrator, of all.
    """
    if person.has(Role.ADMIN):
        return frozenset({True, False})
    return sight(person).services


def may_attribute(person: Person, company: Company) -> bool:
    """Whoever verifies the list that the company is on [r.57-58]: says yes to proposals (A15), attributes by
    hand, confirms a change of servizi, sede or codice (A19b).
    """
    return company.has_services in attributes(person)


def follows_visits(person: Person) -> bool:
    """Whoever answers for the visits of others: the RS of a sede, RPC, RPS, the administrator."""
    return bool(person.roles & {Role.RS, Role.RPC, Role.RPS, Role.ADMIN})


def may_hand_out(person: Person, company: Company, holder: Person, to: Person) -> bool:
    """The RS of the company's sede, between himself and his addetti [r.86], also of code 1 (A17)."""
    team = all(_is_of_the_team(person, one) for one in (holder, to))
    return _answers_for_site(person, company) and team


def may_pass_on(person: Person, company: Company, holder: Person | None, to: Person) -> bool:
    """Whoever attributes it; its RS within the sede; a CS, to a named colleague, one of their own (A16)."""
    if not to.visits:
        return False
    if may_attribute(person, company):
        return True
    if holder is None:
        return False
    own = person.has(Role.CS) and holder.id == person.id
    return own or may_hand_out(person, company, holder, to)


def may_begin_passing(person: Person, company: Company) -> bool:
    """Whoever might pass it on to somebody: the choice of whom decides."""
    own = person.has(Role.CS) and company.assignee == person.id
    return may_attribute(person, company) or _answers_for_site(person, company) or own


def _is_of_the_team(rs: Person, one: Person) -> bool:
    return one.id == rs.id or (one.has(Role.AV) and one.site == rs.site)


def is_recent(quote: Quote, today: date) -> bool:
    """True within sixty days of the closing: its owner may still tell of a yes (T15)."""
    return quote.closed_on is not None and today <= quote.closed_on + timedelta(days=LATE_YES_DAYS)


def may_always_accept(person: Person) -> bool:
    """RPS and RPC tell of a late yes at any time (T15)."""
    return any(one.has(Role.RPS) or one.has(Role.RPC) for one in in_their_place(person))


def may_reassign(person: Person, quote: Quote, company: Company) -> bool:
    """Who gives a quote another owner: RPS, who watches the quotes; the RS of the sede, for those of
    catalogue products, which are an AV's.
    """
    of_av = quote.kind is ProductKind.CATALOGUE
    return any(
        one.has(Role.RPS) or (of_av and _answers_for_site(one, company)) for one in in_their_place(person)
    )


def may_follow(person: Person, quote: Quote, company: Company) -> bool:
    """Who can own such a quote: an AM [r.142]; of catalogue products, whoever visits for the sede [r.143]."""
    if quote.kind is ProductKind.INTEGRATED:
        return person.has(Role.AM)
    return person.visits and person.site in {None, company.site}


def may_split(person: Person, company: Company, av: int) -> bool:
    """Who takes the catalogue products out of a mixed quote: the AV of the visit, whose they become (A28);
    RPS and the RS of the sede for them.
    """
    return any(
        one.id == av or one.has(Role.RPS) or _answers_for_site(one, company) for one in in_their_place(person)
    )


def may_redate(person: Person, company: Company, av: int, quote: Quote | None = None) -> bool:
    """Who puts a date right: of a visit its AV, RPS, the RS of the sede; of a quote its owner too (A50)."""
    return may_split(person, company, av) or (quote is not None and may_tell(person, quote, company))


def _owns(person: Person, quote: Quote) -> bool:
    return quote.owner == person.id or quote.owner_email.casefold() == person.email.casefold()


def _answers_for_site(person: Person, company: Company) -> bool:
    return person.has(Role.RS) and person.site == company.site


_FOLLOWED: Final = {
    Role.RPC: frozenset({Role.EM, Role.EA}),
    Role.RPS: frozenset({Role.AV, Role.RS, Role.CS}),
}
"""Whose visits each of the two verifies: of those who have the companies con servizi, and senza
[r.57-58, r.77-80].
"""


def may_set_target(person: Person, target: Target, holder: Person | None) -> bool:
    """The RS for the sede and its people; RPC and RPS for a sede and for those whose visits they verify; the
    administrator for all. `holder` is whose target it is, where it is a person's.
    """
    return any(_follows(one, target, holder) for one in in_their_place(person))


def may_see_target(person: Person, target: Target, holder: Person | None) -> bool:
    """Who may set it; whose it is, alone or with all of their role (of their sede, where it names one)."""
    own = holder is not None and holder.id == person.id
    in_role = target.role in person.roles and target.site in {None, person.site}
    return own or in_role or may_set_target(person, target, holder)


def _follows(person: Person, target: Target, holder: Person | None) -> bool:
    if person.has(Role.ADMIN):
        return True
    if person.has(Role.RS) and person.site and _is_of_site(person.site, target, holder):
        return True
    roles = holder.roles if holder else frozenset({target.role} if target.role else ())
    followed = [of for role, of in _FOLLOWED.items() if person.has(role)]
    return any(of & roles or not roles for of in followed)


def _is_of_site(site: str, target: Target, holder: Person | None) -> bool:
    if holder is not None:
        return holder.site == site and target.site in {None, site}
    return target.site == site
