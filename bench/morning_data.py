"""A large association for the morning's bench, made by the database itself from numbers: always the same.

20,000 people at four sedi, one in five with hours of their own, one in fifty away today with a deputy;
companies and open deadlines as many as asked, one deadline in sixty to be told of today.
"""

from collections.abc import Iterator
from datetime import date

TODAY = date(2026, 11, 25)  # a Wednesday
PEOPLE = 20_000
DUE_IN = 60  # one open deadline in so many is to be told of today
SITES = ("Pistoia", "Prato", "Montecatini Terme", "Agliana")

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
_SITE = "CASE {of} % 4 " + " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(SITES)) + " END"
_EMPTY = (
    *("partita_iva", "codice_fiscale", "pec", "email", "phone", "mobile", "codice_sdi", "ateco"),
    *("address", "cap", "comune", "province", "contact", "legal_form", "website"),
)
_KINDS = "CASE i % 7 WHEN 0 THEN 'D6' WHEN 1 THEN 'D13' WHEN 2 THEN 'D14' WHEN 3 THEN 'D11' ELSE 'D10' END"


def people() -> Iterator[str]:
    """Who there is: persons, an RS for each sede, RPS; hours, absences."""
    numbers = _NUMBERS.format(first=1, last=PEOPLE)
    yield (
        f"INSERT INTO people (id, name, email, site, telegram_id, joined_at) {numbers} "
        f"SELECT i, 'Persona ' || i, 'p' || i || '@x.example.com', {_SITE.format(of='i')}, "
        f"CASE WHEN i % 10 > 0 THEN 100000 + i END, '2026-01-01 00:00:00+00' FROM n"
    )
    yield f"INSERT INTO person_roles (person_id, role) {numbers} SELECT i, 'AV' FROM n"
    heads = ", ".join(f"({person}, 'RS')" for person in (4, 5, 6, 7))
    yield f"INSERT INTO person_roles (person_id, role) VALUES {heads}, (8, 'RPS')"
    yield (
        f"INSERT INTO preferences (person_id, opens, closes, by_mail) {numbers} "
        "SELECT i, 8, 18, i % 10 = 0 FROM n WHERE i % 5 = 0"
    )
    yield (
        f"INSERT INTO absences (person_id, first, last, deputy_id) {numbers} "
        f"SELECT i, '{TODAY}', '{TODAY}', i - 1 FROM n WHERE i % 50 = 0"
    )


def companies(count: int) -> Iterator[str]:
    """The register, a hundred thousand at a time."""
    empty = ", ".join(_EMPTY)
    for first in range(1, count + 1, 100_000):
        numbers = _NUMBERS.format(first=first, last=min(first + 99_999, count))
        yield (
            "INSERT INTO companies (id, ref, code, has_services, site, trade, assignee_id, ceased, name, "
            f"search_text, {empty}) {numbers} "
            f"SELECT i, 'C' || i, 0, i % 2 = 0, {_SITE.format(of='i')}, 'Federmoda', i % {PEOPLE} + 1, "
            f"i < 0, 'Azienda ' || i || ' S.r.l.', 'azienda ' || i, {', '.join(['chr'] * len(_EMPTY))} FROM n"
        ).replace("chr", "''")


def deadlines(count: int, companies_there: int) -> Iterator[str]:
    """The open ones, about quotes and visits all over the register; those of today late, due or near."""
    yield "DELETE FROM deadlines"
    for first in range(1, count + 1, 100_000):
        numbers = _NUMBERS.format(first=first, last=min(first + 99_999, count))
        near = "CASE i / 60 % 4 WHEN 0 THEN '2026-11-24' WHEN 1 THEN '2026-11-25' WHEN 2 THEN '2026-11-26' "
        near += "ELSE '2026-11-20' END"
        owner = f"(i + i / {DUE_IN} * 7) % {PEOPLE} + 1"  # those of today are of as many people as can be
        last = f"CASE WHEN i % {DUE_IN} = 0 THEN {near} ELSE '2026-12-1' || (i % 10) END"
        told = f"CASE WHEN i % {DUE_IN} = 0 THEN '{TODAY}' ELSE '2026-12-1' || (i % 9) END"
        yield (
            "INSERT INTO deadlines (id, kind, about_kind, about_id, company_id, owner_id, owner_email, "
            "starts_on, due_on, last_useful, on_time_until, explanation, opened_at, remind_on, "
            f"postponed_why) {numbers} "
            f"SELECT i, {_KINDS}, 'quote', i, i * 1009 % {companies_there} + 1, {owner}, "
            f"'p' || ({owner}) || '@x.example.com', date('2026-11-02'), date({last}), "
            f"date({last}), date({last}), 'entro quel giorno: 5 giorni lavorativi dalla visita', "
            f"'2026-11-02 09:00:00+00', date({told}), '' FROM n"
        )
