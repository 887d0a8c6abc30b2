"""A morning reads everything that is to be told at one look, and writes the next days back at one stroke."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from procedure.deadlines import DeadlineKind
from procedure.hours import Preferences
from procedure.notices import About, Subject
from procedure.quotes import QuoteState
from store import absences, deadlines, mornings, people, preferences
from store.engine import Store
from store.transaction import Transaction
from tests.store.given import ANNA, FORNO, MONDAY, NOON, a_due, a_person, a_quote, in_one_transaction
from tests.store.test_deadlines import DUE, opened, told_on

SUNDAY = MONDAY + timedelta(days=6)


def quote(which: int) -> About:
    return About(Subject.QUOTE, which)


@in_one_transaction
def test_the_morning_finds_what_is_to_be_said_today_or_was_missed(tx: Transaction) -> None:
    missed = opened(tx, about=quote(5), remind_on=MONDAY - timedelta(days=3))
    today = opened(tx)
    opened(tx, about=quote(6), remind_on=MONDAY + timedelta(days=1))
    opened(tx, about=quote(7), remind_on=None)
    found = {row.id: row for row in mornings.to_remind(tx, MONDAY, SUNDAY)}
    assert found.keys() == {missed, today}
    row = found[today]
    assert (row.kind, row.due_on, row.last_useful) == (DeadlineKind.D14, DUE.due_on, DUE.last_useful)
    assert (row.company_name, row.company_site) == (FORNO.name, FORNO.site)
    assert (row.owner, row.owner_email, row.owner_name) == (a_person(tx).id, ANNA.email, ANNA.name)
    assert (row.is_away, row.opens, row.telegram_id) == (False, None, None)


@in_one_transaction
def test_the_morning_knows_who_is_away_who_has_left_and_what_they_want(tx: Transaction) -> None:
    opened(tx)
    anna = a_person(tx).id
    preferences.put(tx, anna, Preferences(9, 17, True))
    (row,) = mornings.to_remind(tx, MONDAY, SUNDAY)
    assert (row.opens, row.closes, row.by_mail, row.is_away) == (9, 17, True, False)
    absences.add(tx, anna, MONDAY, MONDAY)
    absences.add(tx, anna, MONDAY - timedelta(days=9), MONDAY)
    (row,) = mornings.to_remind(tx, MONDAY, SUNDAY)
    assert row.is_away
    (row,) = mornings.to_remind(tx, MONDAY + timedelta(days=1), SUNDAY)
    assert not row.is_away
    people.leave(tx, anna, MONDAY)
    (row,) = mornings.to_remind(tx, MONDAY + timedelta(days=1), SUNDAY)
    assert row.is_away


@in_one_transaction
def test_the_morning_counts_what_else_its_owner_has_until_the_horizon(tx: Transaction) -> None:
    opened(tx)
    opened(tx, replace(DUE, due_on=SUNDAY), quote(2), remind_on=None)
    opened(tx, replace(DUE, due_on=SUNDAY + timedelta(days=1)), quote(3), remind_on=None)
    (row,) = mornings.to_remind(tx, MONDAY, SUNDAY)
    assert row.others == 2


@in_one_transaction
def test_who_comes_back_is_told_what_is_late_or_due(tx: Transaction) -> None:
    later = MONDAY + timedelta(days=30)
    late = opened(tx, about=quote(2), remind_on=later)
    opened(tx, replace(a_due(day=later), last_useful=later), quote(3), remind_on=later)
    anna, after = a_person(tx).id, NOON + timedelta(minutes=1)
    found = mornings.due_of(tx, [anna], MONDAY, SUNDAY, opened_before=after)
    assert [row.id for row in found] == [late]
    assert mornings.due_of(tx, [anna + 1], MONDAY, SUNDAY, opened_before=after) == []


@in_one_transaction
def test_who_comes_back_is_not_asked_out_of_turn(tx: Transaction) -> None:
    """A22b is a question: nobody is late with it."""
    opened(tx, replace(DUE, kind=DeadlineKind.A22B), quote(2), remind_on=MONDAY + timedelta(days=4))
    after = NOON + timedelta(minutes=1)
    assert mornings.due_of(tx, [a_person(tx).id], MONDAY, SUNDAY, opened_before=after) == []


@in_one_transaction
def test_who_comes_back_is_not_told_by_itself_what_their_dialogue_told_today(tx: Transaction) -> None:
    opened(tx, about=quote(2), remind_on=MONDAY + timedelta(days=30))
    assert mornings.due_of(tx, [a_person(tx).id], MONDAY, SUNDAY, opened_before=NOON) == []


@in_one_transaction
def test_the_next_days_are_written_at_one_stroke_and_not_over_what_is_met(tx: Transaction) -> None:
    first, second, met = (opened(tx, about=quote(n)) for n in (1, 2, 3))
    deadlines.close(tx, kinds=[DeadlineKind.D14], about=quote(3), on=MONDAY, how="x")
    day = MONDAY + timedelta(days=1)
    mornings.plan(tx, [(first, day), (second, None), (met, day)])
    assert [told_on(tx, one) for one in (first, second, met)] == [day, None, None]


@in_one_transaction
def test_what_was_not_told_after_all_comes_again_and_nothing_is_put_farther_off(tx: Transaction) -> None:
    week = MONDAY + timedelta(days=7)
    lost = opened(tx, about=quote(1), remind_on=week)
    sooner = opened(tx, about=quote(2), remind_on=MONDAY - timedelta(days=1))
    mornings.tell_again(tx, [lost, sooner], MONDAY)
    assert [told_on(tx, lost), told_on(tx, sooner)] == [MONDAY, MONDAY - timedelta(days=1)]


@in_one_transaction
def test_the_states_of_many_quotes_are_asked_together(tx: Transaction) -> None:
    which = a_quote(tx)
    assert mornings.quote_states(tx, [which, 99]) == {which: QuoteState.TO_DRAFT}
    assert mornings.quote_states(tx, []) == {}


@pytest.mark.parametrize("engine", ["sqlite"])  # PostgreSQL's planner asks for a table that is full
async def test_the_morning_looks_into_the_index(store: Store) -> None:
    question = f"EXPLAIN QUERY PLAN {mornings.TO_REMIND}"
    values = {"day": date(2026, 11, 23), "horizon": SUNDAY}
    plan = await store.read(lambda tx: tx.all(text(question), {k: v.isoformat() for k, v in values.items()}))
    assert any("ix_deadlines_remind_on" in row.detail for row in plan)
    assert not [row.detail for row in plan if row.detail.startswith("SCAN")]


@in_one_transaction
def test_the_clock_alone_does_not_make_anybody_hear(tx: Transaction) -> None:
    assert mornings.to_remind(tx, NOON.date(), SUNDAY) == []
