"""The invented association: sites, people, companies, products; and the two files that tell the service.

Plain data made from a seed, before any day begins. It refuses to know what anybody will do.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.journeys.stage import HEADER
from tests.year.workdays import Days, Span

AT = "@associazione.example.com"
SITES = {"Pistoia": (7, 25), "Prato": (12, 26)}
MONTHS: tuple[str, ...] = (
    *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
    *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
)
MAILBOXES = {  # role → local part of its mailbox
    "RA": "anagrafica",
    "RPA": "amministrazione",
    "RECUPERO_CREDITI": "recupero.crediti",
    "ESSERE_IMPRESA": "essere.impresa",
    "RPS": "politiche.servizi",
    "RPC": "sviluppo.associativo",
    "RESPONSABILE_SERVIZI": "servizi",
}
FIRST_NAMES: tuple[str, ...] = (
    *("Ada", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Gina", "Ivo", "Lia", "Mino"),
    *("Nora", "Oreste", "Pia", "Quinto", "Rita", "Sandro", "Teresa", "Ugo", "Vera", "Zeno"),
)
ROLES: tuple[tuple[tuple[str, ...], str | None, bool], ...] = (  # roles, site, has Telegram
    (("AV",), "Pistoia", True),
    (("AM",), None, True),
    (("RS",), "Pistoia", True),
    (("AV",), "Prato", True),
    (("AM",), None, False),
    (("RPS",), None, True),
    (("RPC",), None, True),
    (("RS",), "Prato", True),
    (("EM",), "Pistoia", True),
    (("CS",), "Prato", True),
    (("AV",), "Pistoia", True),
    (("EA",), "Prato", True),
    (("AM",), None, True),
    (("AV",), "Prato", True),
    (("AV",), "Pistoia", False),
    (("CS",), "Pistoia", True),
    (("EM",), "Prato", True),
    (("AV",), "Prato", True),
    (("AV",), "Pistoia", True),
    (("AMMINISTRATORE", "SVILUPPO"), None, True),
)
VISITING = {"AV", "RS", "EM", "EA", "CS"}
TRADES = ("Forno", "Officina", "Tessitura", "Falegnameria", "Vivaio", "Tipografia", "Sartoria", "Carrozzeria")


@dataclass(frozen=True)
class Person:
    """Somebody who works here. `site` None: of no site; `telegram` None: by mail only."""

    name: str
    email: str
    roles: frozenset[str]
    site: str | None
    telegram: int | None

    @property
    def visits(self) -> bool:
        return bool(self.roles & VISITING)

    def __str__(self) -> str:
        return f"{self.name} ({'/'.join(sorted(self.roles))})"


@dataclass(frozen=True)
class Company:
    """A member. `owner` is the address of who is to visit it; `joined_on` None: of code 0."""

    ref: str
    name: str
    site: str
    has_services: bool
    joined_on: date | None
    owner: str
    partners: int
    loaded_on: date

    @property
    def is_new(self) -> bool:
        return self.joined_on is not None


@dataclass(frozen=True)
class Product:
    """Of the catalogue; `contact` is the AM's address where `integrated`, else the reference person's."""

    code: str
    name: str
    integrated: bool
    contact: str


@dataclass(frozen=True)
class Cast:
    """Everybody and everything that stands before the first day."""

    people: tuple[Person, ...]
    companies: tuple[Company, ...]
    products: tuple[Product, ...]
    closures: tuple[Span, ...]

    def person(self, email: str) -> Person:
        return next(one for one in self.people if one.email == email)

    def bearers(self, role: str, site: str | None = None) -> list[Person]:
        return [one for one in self.people if role in one.roles and site in {None, one.site}]

    def company(self, ref: str) -> Company:
        return next(one for one in self.companies if one.ref == ref)

    def days(self, site: str | None) -> Days:
        """The calendar of a site, or of somebody who has none."""
        return Days(SITES[site] if site else None, self.closures)


def mailbox(role: str) -> str:
    """The address of a role."""
    return MAILBOXES[role] + AT


def a_cast(seed: int, *, companies: int, people: int, start: date, days: int) -> Cast:
    """The same association for the same seed and sizes."""
    random = Random(f"{seed} cast")
    persons = tuple(_people(random, people))
    return Cast(
        persons,
        tuple(_companies(random, companies, persons, start, days)),
        tuple(_products(persons)),
        tuple(_closures(start)),
    )


def _people(random: Random, how_many: int) -> Iterable[Person]:
    surnames = _invented(random, how_many)
    for number, (roles, site, telegram) in enumerate(ROLES[:how_many]):
        name = f"{FIRST_NAMES[number]} {surnames[number]}"
        email = f"{name.lower().replace(' ', '.')}{AT}"
        yield Person(name, email, frozenset(roles), site, 1001 + number if telegram else None)


def _companies(
    random: Random, how_many: int, people: Sequence[Person], start: date, days: int
) -> Iterable[Company]:
    for number, word in enumerate(_invented(random, how_many, syllables=4), 1):
        site = random.choice(list(SITES))
        here = [one for one in people if one.visits and one.site == site and one.telegram]
        loaded, joined = start, None
        if random.random() < 0.25:
            loaded = start if random.random() < 0.5 else _a_month_begins(random, start, days)
            joined = loaded - timedelta(days=random.randint(2, 45))
        yield Company(
            ref=f"A{number:04}",
            name=f"{random.choice(TRADES)} {word} S.r.l.",
            site=site,
            has_services=random.random() < 0.5,
            joined_on=joined,
            owner=random.choice(here).email,
            partners=random.choice((1, 1, 2, 3)),
            loaded_on=loaded,
        )


def _a_month_begins(random: Random, start: date, days: int) -> date:
    """New members are loaded once a month [r.73]."""
    firsts = [start + timedelta(days=n) for n in range(1, days) if (start + timedelta(days=n)).day == 1]
    return random.choice(firsts or [start])


def _products(people: Sequence[Person]) -> Iterable[Product]:
    ams = [one.email for one in people if "AM" in one.roles]
    names = ("Paghe", "Contabilità", "Ambiente", "Energia", "Finanza")
    for number, name in enumerate(names):
        yield Product(name.upper()[:5], name, True, ams[number % len(ams)])
    for number, name in enumerate(("Privacy", "Antincendio", "Firma digitale", "Marchio", "Sito web")):
        yield Product(f"C{number}", name, False, f"{('certificazioni', 'formazione')[number % 2]}{AT}")


def _closures(start: date) -> Iterable[Span]:
    for year in (start.year, start.year + 1):
        yield date(year, 8, 10), date(year, 8, 21)
        yield date(year, 12, 24), date(year, 12, 24)


def _invented(random: Random, how_many: int, *, syllables: int = 3) -> list[str]:
    """Different words of the same length, so that none is part of another."""
    found: dict[str, None] = {}
    while len(found) < how_many:
        word = "".join(random.choice("bdfglmnprtvz") + random.choice("aeiou") for _ in range(syllables))
        found[f"{word.capitalize()}lli"] = None
    return list(found)


# ---- the two files ---------------------------------------------------------------------------------


def write_campaign(cast: Cast, path: Path, start: date) -> None:
    """The campaign's file."""
    blocks = [
        f'[campagna]\nnome = "Anno generato"\ninizio = {start.year}-01-01\nfine = {start.year + 3}-12-31',
        *(_site_block(name, feast) for name, feast in SITES.items()),
        *(_block("ruolo", ruolo=role, nome=role.capitalize(), casella=mailbox(role)) for role in MAILBOXES),
        *(_person_block(one) for one in cast.people),
        *(_product_block(cast, one) for one in cast.products),
        *(f'[[chiusura]]\ndal = {a}\nal = {b}\nmotivo = "chiusura"' for a, b in cast.closures),
    ]
    path.write_text("\n\n".join(blocks), "utf-8")


def _block(table: str, **texts: str) -> str:
    return "\n".join([f"[[{table}]]", *(f'{key} = "{value}"' for key, value in texts.items())])


def _site_block(name: str, feast: tuple[int, int]) -> str:
    patron = f"{feast[1]} {MONTHS[feast[0] - 1]}"
    province = {"Pistoia": "PT", "Prato": "PO"}[name]
    return _block("sede", nome=name, provincia=province, casella=f"{name.lower()}{AT}", patrono=patron)


def _person_block(person: Person) -> str:
    block = _block("persona", nome=person.name, email=person.email)
    roles = ", ".join(f'"{role}"' for role in sorted(person.roles))
    return f"{block}\nruoli = [{roles}]" + (f'\nsede = "{person.site}"' if person.site else "")


def _product_block(cast: Cast, product: Product) -> str:
    known = {one.email: one.name for one in cast.people}
    return _block(
        "prodotto",
        codice=product.code,
        nome=product.name,
        tipo="integrato" if product.integrated else "catalogo",
        referente=known.get(product.contact, "Ufficio prodotti"),
        email=product.contact,
    )


def write_register(cast: Cast, companies: Iterable[Company], path: Path) -> None:
    """A list of companies, as the office exports it."""
    with path.open("w", encoding="cp1252", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(HEADER)
        rows.writerows(_row(cast, company) for company in companies)


def _row(cast: Cast, company: Company) -> list[str]:
    number = int(company.ref[1:])
    vat = _with_check_digit(f"7{number:06}047")
    joined = f"{company.joined_on:%d/%m/%Y}" if company.joined_on else ""
    soci = ";".join(f"Socio {letter}" for letter in "ABC"[: company.partners])
    return [
        *(company.ref, company.name, "S.r.l.", "1" if company.is_new else "0"),
        *("sì" if company.has_services else "no", company.site, "Produzione", joined),
        *(cast.person(company.owner).name, vat, vat, f"0573 {number:06}", f"info@{company.ref}.example.com"),
        *(f"{company.ref}@pec.example.com", "ABCDEF1", "13.20.00", "Via della Prova 1", "51100"),
        *(company.site, "PT" if company.site == "Pistoia" else "PO", soci),
    ]


def _with_check_digit(ten: str) -> str:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(ten)]
    return ten + str(-sum(one - 9 if one > 9 else one for one in doubled) % 10)
