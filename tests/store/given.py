"""Invented people, companies and visits, and a way to write a test as one unit of work."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from procedure.campaign import ProductKind
from procedure.deadlines import DeadlineKind, Due
from procedure.fields import RegisterField
from procedure.people import Person, Role
from procedure.visits import Code, Company, CreditOutcome, Interest, VisitMode, VisitReport
from store import loading, people, quotes, register, visits
from store.engine import Store
from store.loading import CompanyEntry
from store.people import PersonEntry
from store.transaction import Transaction

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANNA = PersonEntry("Anna Verdi", "anna@esempio.it", frozenset({Role.AV, Role.RS}), "Pistoia")
BRUNO = PersonEntry("Bruno Neri", "bruno@esempio.it", frozenset({Role.AM}), "Prato")
FORNO = CompanyEntry(
    ref="A-1",
    name="Forno Caffè d'Oro S.n.c.",
    code=Code.MEMBER,
    has_services=True,
    site="Pistoia",
    trade="Panificatori",
    fields={RegisterField.PARTITA_IVA: "01234567897", RegisterField.COMUNE: "Quarrata"},
    partners=("Prima Socia", "Secondo Socio"),
)
PRICE = Decimal("1200.50")


def in_one_transaction(story: Callable[[Transaction], None]) -> Callable[[Store], Awaitable[None]]:
    """A test told as a plain function of a transaction, run on each database."""

    async def test(store: Store) -> None:
        await store.run(story)

    test.__name__, test.__doc__, test.__module__ = story.__name__, story.__doc__, story.__module__
    return test


def a_person(tx: Transaction, entry: PersonEntry = ANNA) -> Person:
    """A person of the list, who is the only one added."""
    known = [PersonEntry(each.name, each.email, each.roles, each.site) for each in people.active(tx)]
    people.sync(tx, [*known, entry], MONDAY, NOON)
    found = people.by_email(tx, entry.email)
    assert found
    return found


def a_company(tx: Transaction, entry: CompanyEntry = FORNO) -> Company:
    """A company of the register."""
    loading.upsert(tx, [entry], who="importa", at=NOON, channel="file")
    found = register.by_ref(tx, entry.ref)
    assert found
    return found


def a_report(company: int) -> VisitReport:
    """A visit with nothing special."""
    return VisitReport(company, MONDAY, VisitMode.AT_COMPANY, CreditOutcome.NO_CREDIT)


def a_visit(tx: Transaction) -> int:
    """A recorded visit with nothing special."""
    return visits.record(tx, a_report(a_company(tx).id), av=a_person(tx).id, completed_at=NOON)


def a_quote(tx: Transaction) -> int:
    """An open quote of two products, owned by an Account Manager."""
    visit = visits.get(tx, a_visit(tx))
    owner = a_person(tx, BRUNO)
    assert visit
    return quotes.open_quote(
        tx,
        visit=visit.id,
        company=visit.report.company,
        kind=ProductKind.INTEGRATED,
        owner=owner.id,
        owner_email=owner.email,
        opened_on=MONDAY,
        lines=[Interest("paghe", "tre dipendenti"), Interest("sicurezza")],
    )


def a_due(kind: DeadlineKind = DeadlineKind.D10, day: date = MONDAY) -> Due:
    """A term that ends on this day."""
    return Due(kind, day, day, day, day, "entro oggi")
