"""What a person has to do, in the order in which it weighs; on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from procedure.campaign import ProductKind
from procedure.deadlines import DeadlineKind
from procedure.fields import RegisterField
from procedure.notices import About, Subject
from procedure.visits import Correction, CreditOutcome, Interest
from store import agenda, deadlines, quotes, visits
from store.tables import quote_lines
from store.transaction import Transaction
from tests.store.given import (
    ANNA,
    FORNO,
    MONDAY,
    NOON,
    a_company,
    a_due,
    a_person,
    a_report,
    in_one_transaction,
)

FRIDAY = MONDAY + timedelta(days=4)


def visited(tx: Transaction, ref: str, credit: CreditOutcome = CreditOutcome.NO_CREDIT) -> tuple[int, int]:
    """A company that Anna visited; its id and the visit's."""
    company, anna = a_company(tx, replace(FORNO, ref=ref, name=f"Ditta {ref}")), a_person(tx)
    report = replace(a_report(company.id), credit=credit)
    return company.id, visits.record(tx, report, av=anna.id, completed_at=NOON)


def owed(tx: Transaction, ref: str, day: date, worth: int | None = None, *, unpaid: bool = False) -> None:
    """A quote of Anna's to follow up by that day, of that worth."""
    company, visit = visited(tx, ref, CreditOutcome.UNCOLLECTED if unpaid else CreditOutcome.NO_CREDIT)
    anna = a_person(tx)
    quote = quotes.open_quote(
        tx, visit=visit, company=company, kind=ProductKind.CATALOGUE, owner=anna.id,
        owner_email=ANNA.email, opened_on=MONDAY, lines=[Interest("haccp"), Interest("privacy")],
    )  # fmt: skip
    if worth is not None:
        tx.execute(
            quote_lines.update().where(quote_lines.c.quote_id == quote).values(value=Decimal(worth) / 2)
        )
    deadlines.open_deadline(
        tx, a_due(DeadlineKind.D13, day), about=About(Subject.QUOTE, quote), company=company,
        owner=anna.id, owner_email=ANNA.email, remind_on=None, now=NOON,
    )  # fmt: skip


@in_one_transaction
def test_the_next_due_first_then_the_dearest_then_who_has_not_paid(tx: Transaction) -> None:
    owed(tx, "later", FRIDAY, 9000)
    owed(tx, "unknown", MONDAY)
    owed(tx, "cheap", MONDAY, 100)
    owed(tx, "unpaid", MONDAY, 500, unpaid=True)
    owed(tx, "paid", MONDAY, 500)
    owed(tx, "dear", MONDAY, 1200)
    found = agenda.duties(tx, a_person(tx).id)
    names = [duty.row.company_name.removeprefix("Ditta ") for duty in found]
    assert names == ["dear", "unpaid", "paid", "cheap", "unknown", "later"]
    assert found[0].value == Decimal(1200)
    assert [duty.uncollected for duty in found[:3]] == [False, True, False]


@in_one_transaction
def test_the_credit_is_that_of_the_last_visit(tx: Transaction) -> None:
    owed(tx, "A-1", MONDAY, unpaid=True)
    company = a_company(tx, replace(FORNO, ref="A-1"))
    paid = replace(a_report(company.id), visited_on=FRIDAY, credit=CreditOutcome.COLLECTED)
    visits.record(tx, paid, av=a_person(tx).id, completed_at=NOON)
    assert [duty.uncollected for duty in agenda.duties(tx, a_person(tx).id)] == [False]


@in_one_transaction
def test_what_is_met_or_another_s_is_not_listed(tx: Transaction) -> None:
    owed(tx, "A-1", MONDAY)
    (duty,) = agenda.duties(tx, a_person(tx).id)
    assert agenda.duties(tx, 999) == []
    deadlines.close(tx, kinds=[DeadlineKind.D13], about=duty.row.about, on=MONDAY, how="sollecitato")
    assert agenda.duties(tx, a_person(tx).id) == []


@in_one_transaction
def test_ra_is_awaited_until_she_answers(tx: Transaction) -> None:
    company, anna = a_company(tx), a_person(tx)
    wrong = (Correction(RegisterField.PHONE, "1", "2"), Correction(RegisterField.EMAIL, "a", "b"))
    told = replace(a_report(company.id), corrections=wrong)
    visit = visits.record(tx, told, av=anna.id, completed_at=NOON)
    visited(tx, "A-2")  # nothing to correct
    assert agenda.awaited(tx, anna.id) == [agenda.Awaited(company.id, company.name, MONDAY)]
    assert agenda.awaited(tx, 999) == []
    visits.close_corrections(tx, visit, how="FATTO", by="ra@esempio.it", now=NOON)
    assert agenda.awaited(tx, anna.id) == []
