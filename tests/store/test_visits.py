"""A visit is kept whole, with what became of its papers."""

from dataclasses import replace
from datetime import date, timedelta

from procedure.fields import RegisterField
from procedure.visits import (
    Correction,
    CreditOutcome,
    Form,
    FormOutcome,
    FormResult,
    Interest,
    Mood,
    VisitMode,
    VisitReport,
)
from store import visits
from store.transaction import Transaction
from store.visits import Closing
from tests.store.given import MONDAY, NOON, a_company, a_person, a_report, a_visit, in_one_transaction


def full(tx: Transaction) -> VisitReport:
    company = a_company(tx)
    first, second = (partner.id for partner in company.partners)
    return VisitReport(
        company=company.id,
        visited_on=MONDAY,
        mode=VisitMode.BY_PHONE,
        credit=CreditOutcome.UNCOLLECTED,
        partly_collected=True,
        corrections=(
            Correction(RegisterField.PEC, "", "forno@pec.esempio.it"),
            Correction(RegisterField.COMUNE, "Quarrata", "Agliana"),
        ),
        forms=(
            FormResult(first, Form.DELEGA_INPS, FormOutcome.SIGNED),
            FormResult(second, Form.DELEGA_INPS, FormOutcome.REFUSED),
            FormResult(first, Form.RID, FormOutcome.SIGNED),
        ),
        interests=(Interest("paghe", "tre dipendenti, però…"), Interest("sicurezza")),
        no_interest_reason="",
        next_contact_on=date(2027, 1, 15),
        mood=Mood.TENSE,
        attendees="la titolare",
        complaint="attese lunghe",
        notes="richiamare",
    )


@in_one_transaction
def test_a_visit_comes_back_as_it_was_told(tx: Transaction) -> None:
    report, anna = full(tx), a_person(tx)
    visit = visits.get(tx, visits.record(tx, report, av=anna.id, completed_at=NOON))
    assert visit
    assert (visit.report, visit.av, visit.completed_at) == (report, anna.id, NOON)
    assert visit.corrections_closed is None


@in_one_transaction
def test_a_visit_with_nothing_special_has_no_children(tx: Transaction) -> None:
    visit = visits.get(tx, a_visit(tx))
    assert visit
    assert visit.report == a_report(visit.report.company)
    assert visit.forms == ()


@in_one_transaction
def test_a_company_keeps_each_of_its_visits_the_last_first(tx: Transaction) -> None:
    report, anna = full(tx), a_person(tx)
    for days in (2, 0, 5):
        earlier = replace(report, visited_on=MONDAY - timedelta(days=days))
        visits.record(tx, earlier, av=anna.id, completed_at=NOON)
    days_told = [(MONDAY - visit.report.visited_on).days for visit in visits.of_company(tx, report.company)]
    assert days_told == [0, 2, 5]
    assert visits.last_on(tx, report.company) == MONDAY


@in_one_transaction
def test_a_company_that_nobody_visited_has_no_last_visit(tx: Transaction) -> None:
    assert visits.last_on(tx, full(tx).company) is None


@in_one_transaction
def test_the_first_word_on_the_corrections_stands(tx: Transaction) -> None:
    visit = visits.record(tx, full(tx), av=a_person(tx).id, completed_at=NOON)
    assert visits.close_corrections(tx, visit, how="FATTO", by="ra@esempio.it", now=NOON)
    assert not visits.close_corrections(tx, visit, how="AGGIORNATO", by="x@esempio.it", now=NOON)
    found = visits.get(tx, visit)
    assert found
    assert found.corrections_closed == Closing("FATTO", "ra@esempio.it", NOON)


@in_one_transaction
def test_only_signed_papers_travel_and_the_first_day_stands(tx: Transaction) -> None:
    visit = visits.record(tx, full(tx), av=a_person(tx).id, completed_at=NOON)
    tuesday = MONDAY + timedelta(days=1)
    assert visits.hand_over(tx, visit, [Form.DELEGA_INPS, Form.REVOCA_INPS], MONDAY) == 1
    assert visits.hand_over(tx, visit, [Form.DELEGA_INPS, Form.RID], tuesday) == 1
    assert visits.receive(tx, visit, [Form.DELEGA_INPS], tuesday) == 1
    assert visits.pass_to_ra(tx, visit, [Form.DELEGA_INPS], tuesday) == 1
    found = visits.get(tx, visit)
    assert found
    assert [(form.handed_over_on, form.received_on, form.original_to_ra_on) for form in found.forms] == [
        (MONDAY, tuesday, tuesday),
        (None, None, None),
        (tuesday, None, None),
    ]


@in_one_transaction
def test_a_visit_nobody_made_is_none(tx: Transaction) -> None:
    assert visits.get(tx, 1) is None
