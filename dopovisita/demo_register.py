"""The demo's register: 120 invented companies, the same for the same seed and day, as Excel saves them.

Written to a file so that the demo enters it by the road of `importa`. Knows no database.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Final

from dopovisita.demo_codes import codice_fiscale, partita_iva
from dopovisita.demo_words import LINES, MEN, PLACES, STREETS, SURNAMES, VISITORS, WOMEN, Line, Visitor

SEED: Final = 120
NOBODYS: Final = 3
_LEGAL_FORMS: Final = (
    *("Ditta individuale",) * 5,
    *("Impresa familiare",),
    *("S.n.c.",) * 3,
    *("S.a.s.",) * 2,
    *("S.r.l.",) * 5,
    *("S.r.l.s.",) * 2,
)


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """An invented company, before it is a row."""

    number: int
    name: str
    legal_form: str
    line: Line
    site: str
    place: int
    has_services: bool
    partners: tuple[str, ...]
    joined_on: date
    is_new: bool = False
    assignee: str = ""
    mobile: str = ""
    owner_tax_code: str = ""
    ceased: bool = False


def demo_register(today: date, seed: int = SEED) -> list[Mapping[str, str]]:
    """120 rows, by internal code. Each AV has 15 to 20 of them; three are nobody's yet.

    Among them: a code 1 on its 27th day of 30, one that comes already expired, an S.n.c. of three soci, a
    sole trader from China with a number of there, a company that has ceased.
    """
    random = Random(seed)  # noqa: S311 — a play, not a secret
    companies = list(_with_cases(list(_ordinary(random, today)), today))
    return [_row(company, random) for company in companies]


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write `rows` as Italian Excel saves a CSV: semicolons, cp1252, lines ended by CR LF."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _ordinary(random: Random, today: date) -> Iterator[DemoCompany]:
    firms = _shuffled_firms(random)
    owners = [visitor for visitor in VISITORS for _ in range(visitor.companies)]
    nobody = Visitor("", "Prato", NOBODYS, has_services=False)
    for number, visitor in enumerate([*owners, *[nobody] * NOBODYS], 1):
        yield _company(random, number, visitor, _next_firm(firms, visitor), today)


def _shuffled_firms(random: Random) -> list[tuple[Line, str]]:
    pairs = list(product(LINES, SURNAMES))
    random.shuffle(pairs)
    return pairs


def _next_firm(pairs: list[tuple[Line, str]], visitor: Visitor) -> tuple[Line, str]:
    at = next(n for n, (line, _) in enumerate(pairs) if not visitor.trades or line.trade in visitor.trades)
    return pairs.pop(at)


def _company(
    random: Random, number: int, visitor: Visitor, firm: tuple[Line, str], today: date
) -> DemoCompany:
    line, surname = firm
    form = random.choice(_LEGAL_FORMS)
    place = random.randrange(len(PLACES[visitor.site]))
    given = random.sample(MEN + WOMEN, k=_how_many(random, form))
    is_new = not visitor.name or number % 7 == 0
    days = random.randrange(1, 24) if is_new else random.randrange(1800, 8000)
    return DemoCompany(
        number=number,
        name=_firm_name(line.firm, surname, given[0], form),
        legal_form=form,
        line=line,
        site=visitor.site,
        place=place,
        has_services=visitor.has_services,
        partners=tuple(f"{name} {surname}" for name in given),
        joined_on=today - timedelta(days=days),
        is_new=is_new,
        assignee=visitor.name,
        owner_tax_code=_owner_tax_code(random, form, surname, given[0], PLACES[visitor.site][place].belfiore),
    )


def _how_many(random: Random, form: str) -> int:
    match form:
        case "S.n.c." | "S.a.s.":
            return random.choice((2, 2, 3))
        case "S.r.l.":
            return random.choice((1, 2, 2, 3))
        case "S.r.l.s.":
            return random.choice((1, 2))
    return 1


def _firm_name(firm: str, surname: str, owner: str, form: str) -> str:
    match form:
        case "S.n.c." | "S.a.s.":
            return f"{firm} {surname} {form} di {surname} {owner} & C."
        case "S.r.l." | "S.r.l.s.":
            return f"{firm} {surname} {form}"
    return f"{firm} {surname} di {owner} {surname}"


def _owner_tax_code(random: Random, form: str, surname: str, owner: str, belfiore: str) -> str:
    """Of a sole trader; a society's is its partita IVA."""
    if form not in {"Ditta individuale", "Impresa familiare"}:
        return ""
    born = date(random.randrange(1958, 2000), random.randrange(1, 13), random.randrange(1, 29))
    return codice_fiscale(surname, owner, born, belfiore, woman=owner in WOMEN)


def _with_cases(companies: list[DemoCompany], today: date) -> Iterator[DemoCompany]:
    """The ordinary ones, with the cases that a demo must show in the first places of the first two AVs."""
    for company in companies:
        match company.number:
            case 1:  # three days are left
                yield replace(company, is_new=True, joined_on=today - timedelta(days=27))
            case 2:  # its 30 days were over before it came (A18)
                yield replace(company, is_new=True, joined_on=today - timedelta(days=45))
            case 3:
                yield _society_of_three(company)
            case 4:
                yield replace(company, ceased=True)
            case 21:
                yield _from_china(company, today)
            case _:
                yield company


def _society_of_three(company: DemoCompany) -> DemoCompany:
    partners = ("Aldo Tizietti", "Bianca Tizietti", "Guido Sosiacci")
    name = _firm_name(company.line.firm, "Tizietti", "Aldo", "S.n.c.")
    return replace(company, name=name, legal_form="S.n.c.", partners=partners, owner_tax_code="")


def _from_china(company: DemoCompany, today: date) -> DemoCompany:
    """The surname comes first, and the number is of there."""
    sewing = next(line for line in LINES if line.firm == "Confezioni")
    return replace(
        company,
        name="Confezioni di Hu Shili",
        legal_form="Ditta individuale",
        line=sewing,
        partners=("Hu Shili",),
        mobile="+86 139 0000 0000",
        joined_on=today - timedelta(days=2700),
        is_new=False,
        owner_tax_code=codice_fiscale("Hu", "Shili", date(1979, 5, 14), "Z210", woman=False),
    )


def _row(company: DemoCompany, random: Random) -> dict[str, str]:
    place = PLACES[company.site][company.place]
    tax = partita_iva(company.number * 7_919 % 1_000_000, place.province)
    slug = _slug(f"{company.line.firm} {company.partners[0].split()[-1]}")
    incomplete = company.number % 9 == 0  # the register of a real association has holes
    return {
        "Cod. interno": f"D{company.number:04d}",
        "Ragione sociale": company.name,
        "Forma giuridica": company.legal_form,
        "Codice": "1" if company.is_new else "0",
        "Servizi": "sì" if company.has_services else "no",
        "Sede": company.site,
        "Mestiere": company.line.trade,
        "Data adesione": f"{company.joined_on:%d/%m/%Y}",
        "Attribuita a": company.assignee,
        "Stato": "cessata" if company.ceased else "attiva",
        "Partita IVA": tax,
        "Codice fiscale": company.owner_tax_code or tax,
        "Telefono": f"{place.prefix} 000{company.number:03d}",
        "Cellulare": company.mobile,
        "Email": f"info@{slug}.example.com",
        "PEC": "" if incomplete else f"{slug}@pec.example.com",
        "Codice SDI": "" if incomplete else f"DEMO{company.number:03d}",
        "Codice ATECO": company.line.ateco,
        "Indirizzo": f"{random.choice(STREETS)} {random.randrange(1, 120)}",
        "CAP": place.cap,
        "Comune": place.comune,
        "Provincia": place.province,
        "Referente": company.partners[0],
        "Soci": "; ".join(company.partners),
    }


def _slug(words: str) -> str:
    return "-".join(re.findall(r"[a-z]+", words.lower()))
