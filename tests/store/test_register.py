"""Companies come in from lists, are looked up, corrected, and remember it."""

from dataclasses import replace
from datetime import date

import pytest

from procedure.fields import RegisterField
from procedure.notices import About, Subject
from procedure.permissions import Sight
from procedure.visits import Code
from store import deadlines, finding, history, loading, register, visits
from store.engine import Store
from store.history import Change, Hand
from store.loading import CompanyEntry, Loaded
from store.transaction import Transaction
from tests.store.given import (
    FORNO,
    MONDAY,
    NOON,
    a_company,
    a_due,
    a_person,
    a_report,
    in_one_transaction,
)

HAND = Hand("importa", NOON, "file")


def load(tx: Transaction, *entries: CompanyEntry) -> Loaded:
    return loading.upsert(tx, entries, who=HAND.who, at=HAND.at, channel=HAND.channel)


@in_one_transaction
def test_a_company_comes_back_as_it_was_told(tx: Transaction) -> None:
    anna = a_person(tx)
    entry = replace(FORNO, code=Code.NEW_MEMBER, joined_on=date(2026, 10, 1), assignee=anna.id)
    company = a_company(tx, entry)
    assert register.company(tx, company.id) == company
    assert (company.ref, company.name, company.code) == ("A-1", FORNO.name, Code.NEW_MEMBER)
    assert (company.joined_on, company.assignee, company.ceased) == (date(2026, 10, 1), anna.id, False)
    assert company.fields == {**FORNO.fields, RegisterField.NAME: FORNO.name}
    assert [partner.name for partner in company.partners] == ["Prima Socia", "Secondo Socio"]


@in_one_transaction
def test_a_list_loaded_twice_changes_nothing(tx: Transaction) -> None:
    assert load(tx, FORNO, replace(FORNO, ref="A-2")) == Loaded(added=2)
    assert load(tx, FORNO, replace(FORNO, ref="A-2")) == Loaded(unchanged=2)
    assert register.count(tx) == 2


@in_one_transaction
def test_what_changed_in_the_list_is_told_to_the_history(tx: Transaction) -> None:
    company = a_company(tx)
    fields = {RegisterField.PEC: "forno@pec.esempio.it"}
    assert load(tx, replace(FORNO, site="Prato", fields=fields)) == Loaded(changed=1)
    assert {(each.field, each.old, each.new) for each in history.changes(tx, "companies", company.id)} == {
        ("site", "Pistoia", "Prato"),
        ("pec", "", "forno@pec.esempio.it"),
    }


@in_one_transaction
def test_what_the_list_leaves_empty_stays(tx: Transaction) -> None:
    anna = a_person(tx)
    a_company(tx, replace(FORNO, assignee=anna.id))
    load(tx, replace(FORNO, fields={RegisterField.COMUNE: ""}, assignee=None, partners=()))
    company = register.by_ref(tx, FORNO.ref)
    assert company
    assert company.fields[RegisterField.COMUNE] == "Quarrata"
    assert (company.assignee, len(company.partners)) == (anna.id, 2)


@in_one_transaction
def test_a_partner_who_went_away_comes_back_under_the_same_id(tx: Transaction) -> None:
    before = a_company(tx).partners
    assert load(tx, replace(FORNO, partners=("Secondo Socio", "Terza Socia"))) == Loaded(changed=1)
    company = register.by_ref(tx, FORNO.ref)
    assert company
    assert [each.name for each in company.partners] == ["Secondo Socio", "Terza Socia"]
    load(tx, FORNO)
    company = register.by_ref(tx, FORNO.ref)
    assert company
    assert company.partners == before


@in_one_transaction
def test_a_long_list_is_loaded_in_chunks(tx: Transaction) -> None:
    entries = [replace(FORNO, ref=f"B-{n}", name=f"Azienda {n:04}") for n in range(loading.AT_ONCE * 2 + 1)]
    assert load(tx, *entries) == Loaded(added=len(entries))
    assert load(tx, *entries[:3], FORNO) == Loaded(added=1, unchanged=3)
    assert register.count(tx) == len(entries) + 1


@in_one_transaction
def test_a_corrected_field_remembers_who_when_and_how(tx: Transaction) -> None:
    company = a_company(tx)
    old = register.set_field(
        tx, company.id, RegisterField.COMUNE, "Agliana", who="anna@esempio.it", at=NOON, channel="chat"
    )
    assert old == "Quarrata"
    hand = Hand("anna@esempio.it", NOON, "chat")
    assert history.changes(tx, "companies", company.id) == [
        Change("companies", company.id, "comune", "Quarrata", "Agliana", hand)
    ]
    assert finding.search(tx, "agliana", offset=0, limit=5).total == 1
    assert finding.search(tx, "quarrata", offset=0, limit=5).total == 0


@in_one_transaction
def test_a_field_set_to_what_it_was_leaves_no_trace(tx: Transaction) -> None:
    company = a_company(tx)
    register.set_field(tx, company.id, RegisterField.COMUNE, "Quarrata", who="x", at=NOON, channel="chat")
    assert history.changes(tx, "companies", company.id) == []


@in_one_transaction
def test_a_field_of_no_company_is_a_fault(tx: Transaction) -> None:
    with pytest.raises(KeyError):
        register.set_field(tx, 99, RegisterField.PEC, "x", who="x", at=NOON, channel="chat")


@in_one_transaction
def test_an_attribution_is_changed_with_its_history(tx: Transaction) -> None:
    anna, company = a_person(tx), a_company(tx)
    register.assign(tx, company.id, anna.id, who="rs@esempio.it", at=NOON, channel="chat")
    assert register.assigned_to(tx, anna.id, offset=0, limit=5).total == 1
    (change,) = history.changes(tx, "companies", company.id)
    assert (change.field, change.old, change.new) == ("assignee_id", "", str(anna.id))


@pytest.mark.parametrize(
    "text",
    ["forno", "CAFFE", "caffè d'oro", "oro forno", "a-1", "23456", "quarr", "  forno   quarrata "],
)
async def test_any_part_of_name_code_vat_or_comune_finds_a_company(store: Store, text: str) -> None:
    def story(tx: Transaction) -> list[str]:
        a_company(tx)
        a_company(tx, replace(FORNO, ref="Z-9", name="Altra", fields={}))
        return [line.ref for line in finding.search(tx, text, offset=0, limit=5).items]

    assert await store.run(story) == ["A-1"]


@pytest.mark.parametrize("text", ["%", "_orno", "\\", "forno prato", "panificatori"])
async def test_nothing_else_finds_it(store: Store, text: str) -> None:
    def story(tx: Transaction) -> int:
        a_company(tx)
        found = finding.search(tx, text, offset=0, limit=5)
        return 0 if found.near else found.total

    assert await store.run(story) == 0


@in_one_transaction
def test_a_search_may_be_kept_to_ones_own(tx: Transaction) -> None:
    anna = a_person(tx)
    a_company(tx, replace(FORNO, assignee=anna.id))
    a_company(tx, replace(FORNO, ref="A-2"))
    here = Sight(frozenset({anna.id}), frozenset(), frozenset())
    assert [line.ref for line in finding.search(tx, "forno", offset=0, limit=5, within=here).items] == ["A-1"]


@in_one_transaction
def test_a_search_may_be_kept_to_a_site_or_to_companies_with_services(tx: Transaction) -> None:
    a_company(tx, replace(FORNO, ref="P", site="Prato", has_services=False))
    a_company(tx, replace(FORNO, ref="S", site="Agliana", has_services=True))
    a_company(tx, replace(FORNO, ref="N", site="Agliana", has_services=False))

    def found(within: Sight) -> list[str]:
        return [line.ref for line in finding.search(tx, "forno", offset=0, limit=5, within=within).items]

    assert found(Sight(frozenset(), frozenset({"Prato"}), frozenset())) == ["P"]
    assert found(Sight(frozenset(), frozenset(), frozenset({True}))) == ["S"]
    assert sorted(found(Sight(frozenset(), frozenset({"Prato"}), frozenset({True})))) == ["P", "S"]


@in_one_transaction
def test_a_list_comes_in_pages_by_name(tx: Transaction) -> None:
    anna = a_person(tx)
    load(tx, *(replace(FORNO, ref=f"R{n}", name=f"Azienda {n}", assignee=anna.id) for n in (3, 1, 2)))
    load(tx, replace(FORNO, ref="R0", assignee=anna.id, ceased=True))
    first = register.assigned_to(tx, anna.id, offset=0, limit=2)
    assert ([line.ref for line in first.items], first.total) == (["R1", "R2"], 3)
    assert (first.has_previous, first.has_next) == (False, True)
    last = register.assigned_to(tx, anna.id, offset=2, limit=2)
    assert ([line.ref for line in last.items], last.has_previous, last.has_next) == (["R3"], True, False)


@in_one_transaction
def test_a_line_shows_the_last_visit_and_the_next_open_deadline(tx: Transaction) -> None:
    anna = a_person(tx)
    company = a_company(tx, replace(FORNO, assignee=anna.id))
    for day in (date(2026, 3, 1), date(2026, 5, 1), date(2026, 4, 1)):
        visits.record(tx, replace(a_report(company.id), visited_on=day), av=anna.id, completed_at=NOON)
    for about, day in ((1, date(2026, 12, 5)), (2, date(2026, 12, 1)), (3, date(2026, 12, 3))):
        deadlines.open_deadline(
            tx,
            a_due(day=day),
            about=About(Subject.QUOTE, about),
            company=company.id,
            owner=anna.id,
            owner_email=anna.email,
            remind_on=None,
            now=NOON,
        )
    closed = About(Subject.QUOTE, 2)
    deadlines.close(tx, kinds=[a_due().kind], about=closed, on=MONDAY, how="redatto")
    (line,) = register.assigned_to(tx, anna.id, offset=0, limit=5).items
    assert (line.last_visit_on, line.next_due_on) == (date(2026, 5, 1), date(2026, 12, 3))
    assert (line.name, line.comune, line.code) == (FORNO.name, "Quarrata", Code.MEMBER)


@in_one_transaction
def test_a_company_nobody_knows_is_none(tx: Transaction) -> None:
    assert register.company(tx, 1) is None
    assert register.by_ref(tx, "A-1") is None
