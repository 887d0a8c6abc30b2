"""What each table of the campaign's file means, and how the tables must agree. Knows no syntax."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from dopovisita.campaign_words import (
    PERSON_ROLES,
    PRODUCT_KINDS,
    SENT_BY_GESTIONALE,
    WRITTEN_TO,
    read_feast,
)
from dopovisita.toml_table import Table
from procedure.attribution import Remit
from procedure.campaign import Campaign, Closure, Contact, Product, RoleMailbox, Site, Terms
from procedure.people import MAILBOX_ROLES, VISITING, Role
from store.people import PersonEntry

T = TypeVar("T")
_EXAMPLE_MAIL: Final = "nome@tuodominio.it"


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """All that the file says."""

    campaign: Campaign
    persons: tuple[PersonEntry, ...]
    remits: Mapping[str, Remit]  # what an EM, an EA and a CS answer for, by the person's address


def read_tables(root: Table) -> CampaignFile:
    """The campaign and the persons in the outermost table; what is wrong is noted there, not raised."""
    sites = _sites(root)
    campaign = _campaign(root, sites)
    remits: dict[str, Remit] = {}
    persons = _persons(root, {site.name: site.name for site in sites}, remits)
    root.close()
    return CampaignFile(campaign, persons, remits)


def _campaign(root: Table, sites: tuple[Site, ...]) -> Campaign:
    head, mail = root.table("campagna"), root.table("posta")
    starts_on, ends_on = _period(head, "inizio", "fine")
    campaign = Campaign(
        name=head.text("nome", "Fidelizzazione 2026 - 2028"),
        starts_on=starts_on,
        ends_on=ends_on,
        sites=sites,
        roles=_roles(root),
        products=_products(root),
        terms=_terms(root.table("termini")),
        closures=tuple(_each(root, "chiusura", _closure)),
        sent_by_gestionale=frozenset(mail.choices("gia_inviate_dal_gestionale", SENT_BY_GESTIONALE, "E1")),
        agreement_told_to_recovery=mail.flag("avviso_accordo_a_recupero", default=True),
    )
    head.close()
    mail.close()
    return campaign


def _sites(root: Table) -> tuple[Site, ...]:
    sites = _each(root, "sede", _site)
    if not sites:
        root.note(None, "manca almeno una sede: aggiungi un blocco [[sede]]")
    _distinct(root, "sede", "nome")
    return tuple(sites)


def _site(table: Table) -> Site:
    return Site(
        name=table.text("nome", "Pistoia"),
        province=_province(table),
        mailbox=table.email("casella", _EXAMPLE_MAIL),
        patron=_patron(table),
        patron_name=table.optional_text("nome_patrono", "San Jacopo"),
    )


def _province(table: Table) -> str:
    written = table.text("provincia", "PT").upper()
    if written and not re.fullmatch("[A-Z]{2}", written):
        table.note("provincia", "«provincia» è la sigla di due lettere, per esempio PT")
    return written


def _patron(table: Table) -> tuple[int, int] | None:
    """A3: the feast of the comune, not of the province."""
    written = table.optional_text("patrono", "25 luglio")
    if written and (feast := read_feast(written)) is None:
        table.note("patrono", f"«{written}» non è un giorno dell'anno: scrivilo come «25 luglio»")
        return None
    return feast if written else None


def _roles(root: Table) -> tuple[RoleMailbox, ...]:
    boxes = [box for box in _each(root, "ruolo", _role) if box is not None]
    _distinct(root, "ruolo", "ruolo")
    written = {table.peek("ruolo") for table in root.tables("ruolo")}
    for role in MAILBOX_ROLES:
        if role.value not in written:
            root.note(None, f"manca la casella di {role.value} ({role.in_full}): {_role_example(role)}")
    return tuple(boxes)


def _role_example(role: Role) -> str:
    return f'aggiungi [[ruolo]] con ruolo = "{role.value}", nome e casella'


def _role(table: Table) -> RoleMailbox | None:
    """A42: a role with a deputy and nobody in it is vacant, not forgotten."""
    role = table.choice("ruolo", WRITTEN_TO, "RA")
    vacant = table.has("sostituto") and not table.has("casella") and not table.has("nome")
    contact = None if vacant else _contact(table)
    deputy = _deputy(table.table("sostituto")) if table.has("sostituto") else None
    return RoleMailbox(role, contact, deputy) if role else None


def _contact(table: Table) -> Contact:
    return Contact(table.text("nome", "Ada Esempioli"), table.email("casella", _EXAMPLE_MAIL))


def _deputy(table: Table) -> Contact:
    contact = _contact(table)
    table.close()
    return contact


def _products(root: Table) -> tuple[Product, ...]:
    products = [product for product in _each(root, "prodotto", _product) if product is not None]
    if not root.has("prodotto"):
        root.note(None, "manca il catalogo: aggiungi almeno un blocco [[prodotto]]")
    _distinct(root, "prodotto", "codice")
    _distinct(root, "prodotto", "nome")
    return tuple(products)


def _product(table: Table) -> Product | None:
    kind = table.choice("tipo", PRODUCT_KINDS, "integrato")
    contact = Contact(table.text("referente", "Ada Esempioli"), table.email("email", _EXAMPLE_MAIL))
    code, name = table.text("codice", "PAGHE"), table.text("nome", "Paghe e amministrazione del personale")
    return Product(code, name, kind, contact) if kind else None


def _persons(root: Table, sites: Mapping[str, str], remits: dict[str, Remit]) -> tuple[PersonEntry, ...]:
    persons = _each(root, "persona", lambda table: _person(table, sites, remits))
    _distinct(root, "persona", "nome")
    _distinct(root, "persona", "email")
    if not any(person.roles & VISITING for person in persons):
        root.note(None, "nessuno fa visite: almeno una [[persona]] deve avere il ruolo AV, RS, EM, EA o CS")
    return tuple(persons)


def _person(table: Table, sites: Mapping[str, str], remits: dict[str, Remit]) -> PersonEntry:
    site = table.choice("sede", sites, "Pistoia") if table.has("sede") else None
    roles = frozenset(table.choices("ruoli", PERSON_ROLES, "AV"))
    email = table.email("email", _EXAMPLE_MAIL)
    if not table.has("ruoli"):
        table.note(None, 'in [[persona]] manca «ruoli»: aggiungi per esempio ruoli = ["AV"]')
    if Role.RS in roles and not table.has("sede"):
        table.note(None, "un RS risponde di una sede: aggiungi sede = …")
    remits[email] = _remit(table, sites)
    return PersonEntry(table.text("nome", "Ada Esempioli"), email, roles, site)


def _remit(table: Table, sites: Mapping[str, str]) -> Remit:
    """The mestieri of an EM [r.78, r.80], the sedi of an EA, the società of a CS [r.79]."""
    return Remit(
        trades=frozenset(table.texts("mestieri", "Federmoda")),
        sites=frozenset(table.choices("sedi", sites, "Pistoia")),
        firm=table.optional_text("societa", "L&M"),
    )


def _terms(table: Table) -> Terms:
    usual = Terms()
    terms = Terms(
        visit_new_member=table.number("visita_nuove_associate", usual.visit_new_member),
        next_day=table.number("giorno_successivo", usual.next_day),
        drafting=table.number("redazione", usual.drafting),
        handover=table.number("consegna", usual.handover),
        follow_up=table.number("sollecito", usual.follow_up),
        closing=table.number("chiusura", usual.closing),
        validity=table.number("validita", usual.validity),
        saturday_works=table.flag("sabato_lavorativo", default=usual.saturday_works),
    )
    table.close()
    return terms


def _closure(table: Table) -> Closure:
    first, last = _period(table, "dal", "al")
    return Closure(first, last, table.text("motivo", "chiusura estiva"))


def _period(table: Table, first_key: str, last_key: str) -> tuple[date, date]:
    first, last = table.day(first_key, "2026-01-01"), table.day(last_key, "2028-12-31")
    if first and last and last < first:
        table.note(last_key, f"«{last_key}» ({last}) viene prima di «{first_key}» ({first})")
    return first or date.min, last or date.max


def _each(root: Table, key: str, read: Callable[[Table], T]) -> list[T]:
    """What `read` makes of every [[key]]; keys it does not ask for are noted."""
    found = []
    for table in root.tables(key):
        found.append(read(table))
        table.close()
    return found


def _distinct(root: Table, table_key: str, key: str) -> None:
    """Note every value of `key` that an earlier [[table_key]] has already."""
    first: dict[str, Table] = {}
    for table in root.tables(table_key):
        written = table.peek(key).strip()
        if (earlier := first.setdefault(written.casefold(), table)) is not table and written:
            table.note(key, f"«{written}» c'è già alla riga {earlier.line(key)}: {key} dev'essere diverso")
