"""The ledger of attributions, the proposals that wait, the changes that a list wants, who has how much."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from procedure.attribution import Bucket, Held, Proposal, Reason, Rule
from procedure.deadlines import DeadlineKind
from procedure.notices import About, Subject
from procedure.people import Role
from procedure.visits import Code, NotVisitable
from store import deadlines, loads, people, proposals, register, register_changes
from store.history import Hand
from store.loads import Load
from store.proposals import Outcome
from store.register_changes import Field, Wanted
from store.transaction import Transaction
from tests.store.given import (
    ANNA,
    BRUNO,
    FORNO,
    MONDAY,
    NOON,
    a_company,
    a_due,
    a_person,
    a_visit,
    in_one_transaction,
)

REASON = Reason(Rule.AT2, Role.EM, "Pistoia", "Panificatori", ((Role.EM, 0), (Role.EA, 0)))
BUCKET = Bucket(Rule.AT2, "Pistoia", "panificatori")
HAND = Hand("x", NOON, "chat")


def companies(tx: Transaction, *refs: str) -> list[int]:
    return [a_company(tx, replace(FORNO, ref=ref)).id for ref in refs]


def propose(tx: Transaction, person: int, some: Sequence[int]) -> list[int]:
    proposals.put(tx, [Proposal(each, person, REASON) for each in some], NOON)
    return [row.id for each in some if (row := proposals.open_of(tx, each))]


def settle(tx: Transaction, which: int, outcome: Outcome) -> bool:
    return proposals.settle(tx, which, outcome, by="anna@esempio.it", now=NOON)


def held(tx: Transaction) -> Counter[tuple[Bucket, int, Role | None]]:
    counted: Counter[tuple[Bucket, int, Role | None]] = Counter()
    for each in proposals.held(tx):
        assert isinstance(each, Held)
        counted[each.bucket, each.person, each.side] += each.count
    return counted


@in_one_transaction
def test_a_proposal_comes_back_as_it_was_made_and_is_settled_once(tx: Transaction) -> None:
    anna = a_person(tx).id
    (one,) = companies(tx, "A-1")
    (which,) = propose(tx, anna, [one])
    row = proposals.get(tx, which)
    assert row
    assert (row.company, row.person_name, row.reason, row.outcome) == (one, "Anna Verdi", REASON, None)
    assert settle(tx, which, Outcome.CONFIRMED)
    assert not settle(tx, which, Outcome.REJECTED)
    after = proposals.get(tx, which)
    assert after
    assert (after.outcome, after.settled_by) == (Outcome.CONFIRMED, "anna@esempio.it")


@in_one_transaction
def test_what_waits_for_a_proposal_comes_in_the_order_of_joining(tx: Transaction) -> None:
    anna = a_person(tx).id
    entries = (
        replace(FORNO, ref="A-1"),
        replace(FORNO, ref="A-2", code=Code.NEW_MEMBER, joined_on=date(2026, 11, 2)),
        replace(FORNO, ref="A-3", code=Code.NEW_MEMBER, joined_on=date(2026, 10, 2)),
        replace(FORNO, ref="A-4", assignee=anna),
        replace(FORNO, ref="A-5", ceased=True),
        replace(FORNO, ref="A-6"),
        replace(FORNO, ref="A-7"),
        replace(FORNO, ref="A-8"),
    )
    ids = {entry.ref: a_company(tx, entry).id for entry in entries}
    register.set_not_visitable(tx, ids["A-6"], NotVisitable.REFUSES.value, MONDAY, HAND)
    propose(tx, anna, [ids["A-7"]])
    (refused,) = propose(tx, anna, [ids["A-8"]])
    settle(tx, refused, Outcome.REJECTED)
    assert [one.company for one in proposals.unassigned(tx)] == [ids["A-3"], ids["A-2"], ids["A-1"]]
    bare = proposals.without(tx, [True], offset=0, limit=9)
    assert {one.company for one in bare.items} == {ids["A-3"], ids["A-2"], ids["A-1"], ids["A-8"]}
    assert proposals.was_rejected(tx, ids["A-8"])
    assert not proposals.was_rejected(tx, ids["A-7"])
    assert proposals.without(tx, [False], offset=0, limit=9).total == 0


@in_one_transaction
def test_all_that_was_attributed_and_is_proposed_is_counted_once(tx: Transaction) -> None:
    anna, bruno = a_person(tx).id, a_person(tx, BRUNO).id
    one, two, three, four, five = companies(tx, "A-1", "A-2", "A-3", "A-4", "A-5")
    first, second, _third = propose(tx, anna, [one, two, three])
    for which, company in ((first, one), (second, two)):
        settle(tx, which, Outcome.CONFIRMED)
        register.assign(tx, company, anna, who="x", at=NOON, channel="chat")
    register.assign(tx, four, bruno, who="importa", at=NOON, channel="import")
    del five
    assert held(tx) == Counter({(BUCKET, anna, Role.EM): 3, (BUCKET, bruno, None): 1})


@in_one_transaction
def test_what_was_handed_on_counts_for_whom_it_was_given_to(tx: Transaction) -> None:
    anna, bruno = a_person(tx).id, a_person(tx, BRUNO).id
    (one,) = companies(tx, "A-1")
    (which,) = propose(tx, anna, [one])
    settle(tx, which, Outcome.CONFIRMED)
    register.assign(tx, one, bruno, who="x", at=NOON, channel="chat")
    proposals.note_given(
        tx, one, bruno, rule=Rule.AT2, side=None, why="vicino", outcome=Outcome.HANDED, by="x", now=NOON
    )
    assert held(tx) == Counter({(BUCKET, anna, Role.EM): 1})
    given, told = proposals.given(tx, one), proposals.last_told(tx, one)
    assert given
    assert told
    assert (given.person, told.person, told.why, told.reason) == (anna, bruno, "vicino", None)


@in_one_transaction
def test_a_later_line_of_the_ledger_takes_the_place_of_the_earlier(tx: Transaction) -> None:
    anna, bruno = a_person(tx).id, a_person(tx, BRUNO).id
    (one,) = companies(tx, "A-1")
    (which,) = propose(tx, anna, [one])
    settle(tx, which, Outcome.CONFIRMED)
    register.assign(tx, one, bruno, who="x", at=NOON, channel="chat")
    proposals.note_given(
        tx, one, bruno, rule=Rule.AT2, side=Role.EA, why="", outcome=Outcome.MANUAL, by="x", now=NOON
    )
    assert held(tx) == Counter({(BUCKET, bruno, Role.EA): 1})


@in_one_transaction
def test_what_nothing_can_come_of_any_more_is_closed(tx: Transaction) -> None:
    anna, bruno = a_person(tx).id, a_person(tx, BRUNO).id
    one, two, three = companies(tx, "A-1", "A-2", "A-3")
    propose(tx, anna, [one, three])
    propose(tx, bruno, [two])
    register.assign(tx, one, anna, who="x", at=NOON, channel="chat")
    people.leave(tx, bruno, MONDAY)
    assert proposals.settle_overtaken(tx, NOON) == 2
    waiting = proposals.waiting(tx, [True], offset=0, limit=9)
    assert [row.company for row in waiting.items] == [three]
    assert proposals.waiting(tx, [False], offset=0, limit=9).total == 0
    newest = proposals.newest(tx)
    assert [row.company for row in proposals.open_after(tx, [True], after=0, upto=newest)] == [three]
    assert proposals.open_after(tx, [True], after=newest, upto=newest) == []


# Changes of the register


@in_one_transaction
def test_a_wanted_change_is_asked_once_and_its_newest_value_waits(tx: Transaction) -> None:
    (one,) = companies(tx, "A-1")

    def wants(new: str) -> bool:
        return register_changes.want(tx, Wanted(one, Field.SITE, "Pistoia", new), NOON)

    assert [wants("Prato"), wants("Prato"), wants("Agliana")] == [True, False, True]
    page = register_changes.waiting(tx, [True], offset=0, limit=9)
    assert [(row.field, row.old, row.new) for row in page.items] == [(Field.SITE, "Pistoia", "Agliana")]
    assert register_changes.open_companies(tx) == {one}
    which = page.items[0].id
    assert register_changes.settle(tx, which, register_changes.Outcome.REJECTED, by="x", now=NOON)
    assert not register_changes.settle(tx, which, register_changes.Outcome.CONFIRMED, by="x", now=NOON)
    assert [wants("Agliana"), wants("Prato")] == [False, True]
    register_changes.withdraw(tx, one, Field.SITE, NOON)
    assert register_changes.open_companies(tx) == frozenset()


@in_one_transaction
def test_a_change_of_services_concerns_both_and_the_others_one(tx: Transaction) -> None:
    (one,) = companies(tx, "A-1")  # con servizi
    register_changes.want(tx, Wanted(one, Field.SERVICES, "True", "False"), NOON)
    before = register_changes.newest(tx)
    register_changes.want(tx, Wanted(one, Field.SITE, "Pistoia", "Prato"), NOON)
    totals = [register_changes.waiting(tx, [s], offset=0, limit=0).total for s in (True, False)]
    assert totals == [2, 1]
    assert register_changes.waiting(tx, [], offset=0, limit=0).total == 0
    assert [register_changes.count_after(tx, [s], before) for s in (True, False)] == [1, 0]


# Who has how much


@in_one_transaction
def test_a_load_counts_companies_those_to_visit_and_those_due_by_a_day(tx: Transaction) -> None:
    visit = a_visit(tx)  # of FORNO, by Anna
    anna = people.by_email(tx, ANNA.email)
    assert anna
    del visit
    register.assign(tx, a_company(tx).id, anna.id, who="x", at=NOON, channel="chat")
    one, two = companies(tx, "B-1", "B-2")
    for company in (one, two):
        register.assign(tx, company, anna.id, who="x", at=NOON, channel="chat")
    deadlines.open_deadline(
        tx,
        a_due(DeadlineKind.D1, MONDAY),
        about=About(Subject.COMPANY, two),
        company=two,
        owner=anna.id,
        owner_email=anna.email,
        remind_on=None,
        now=NOON,
    )
    assert loads.of(tx, [anna.id, 999], MONDAY) == {anna.id: Load(anna.id, 3, 2, 1), 999: Load(999)}
    assert loads.of(tx, [anna.id], MONDAY - timedelta(days=1))[anna.id].due == 0
    page = loads.to_visit(tx, anna.id, "Pistoia", offset=0, limit=9)
    assert [(each.id, each.due_on) for each in page.items] == [(two, MONDAY), (one, None)]
    assert loads.to_visit(tx, anna.id, "Prato", offset=0, limit=9).total == 0
    assert loads.still_to_visit(tx, anna.id, "Pistoia", [one, a_company(tx).id, 999]) == [one]
