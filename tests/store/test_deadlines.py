"""Duties are opened, met, and spoken of on their day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from procedure.deadlines import DeadlineKind, Due
from procedure.notices import About, Subject
from store import deadlines
from store.transaction import Transaction
from tests.store.given import ANNA, FORNO, MONDAY, NOON, a_company, a_due, a_person, in_one_transaction

QUOTE = About(Subject.QUOTE, 1)
DUE = Due(DeadlineKind.D14, date(2026, 11, 1), MONDAY, date(2026, 11, 20), date(2026, 11, 24), "entro lunedì")


def opened(tx: Transaction, due: Due = DUE, about: About = QUOTE, remind_on: date | None = MONDAY) -> int:
    return deadlines.open_deadline(
        tx,
        due,
        about=about,
        company=a_company(tx).id,
        owner=a_person(tx).id,
        owner_email=ANNA.email,
        remind_on=remind_on,
        now=NOON,
    )


def told_on(tx: Transaction, deadline: int) -> date | None:
    row = deadlines.get(tx, deadline)
    assert row
    return row.remind_on


@in_one_transaction
def test_a_deadline_comes_back_as_it_was_opened(tx: Transaction) -> None:
    row = deadlines.get(tx, opened(tx))
    assert row
    assert (row.due, row.about, row.company_name, row.remind_on) == (DUE, QUOTE, FORNO.name, MONDAY)
    assert (row.owner, row.owner_email) == (a_person(tx).id, ANNA.email)
    assert (row.opened_at, row.closed_on, row.closed_how) == (NOON, None, None)


@in_one_transaction
def test_closing_meets_the_kinds_told_of_that_thing_only(tx: Transaction) -> None:
    met, other_kind = opened(tx), opened(tx, a_due(DeadlineKind.D13))
    other_thing = opened(tx, about=About(Subject.QUOTE, 2))
    kinds = [DeadlineKind.D14, DeadlineKind.D10]
    assert deadlines.close(tx, kinds=kinds, about=QUOTE, on=MONDAY, how="accettato") == 1
    assert deadlines.close(tx, kinds=kinds, about=QUOTE, on=MONDAY, how="accettato") == 0
    row = deadlines.get(tx, met)
    assert row
    assert (row.closed_on, row.closed_how, row.remind_on) == (MONDAY, "accettato", None)
    assert {each.id for each in deadlines.of_company(tx, row.company)} == {other_kind, other_thing}
    assert [each.id for each in deadlines.of_quote(tx, 1)] == [other_kind]


@in_one_transaction
def test_the_same_duty_is_not_opened_twice_but_may_come_back(tx: Transaction) -> None:
    opened(tx)
    deadlines.close(tx, kinds=[DeadlineKind.D14], about=QUOTE, on=MONDAY, how="x")
    opened(tx)
    with pytest.raises(IntegrityError):
        opened(tx)


@in_one_transaction
def test_a_person_sees_what_is_due_next_first(tx: Transaction) -> None:
    last = opened(tx, replace(DUE, due_on=MONDAY + timedelta(days=9)))
    first = opened(tx, a_due())
    assert [row.id for row in deadlines.of_person(tx, a_person(tx).id)] == [first, last]


@in_one_transaction
def test_a_reminder_can_be_moved_unless_the_duty_is_met(tx: Transaction) -> None:
    row = opened(tx)
    deadlines.set_remind_on(tx, row, MONDAY + timedelta(days=2))
    assert told_on(tx, row) == MONDAY + timedelta(days=2)
    deadlines.close(tx, kinds=[DeadlineKind.D14], about=QUOTE, on=MONDAY, how="x")
    deadlines.set_remind_on(tx, row, MONDAY)
    assert told_on(tx, row) is None


@in_one_transaction
def test_a_reminder_put_off_keeps_its_reason_and_the_duty_its_days(tx: Transaction) -> None:
    row = opened(tx)
    deadlines.put_off(tx, row, MONDAY + timedelta(days=2), "la persona non c'è")
    found = deadlines.get(tx, row)
    assert found
    assert (found.remind_on, found.postponed_why) == (MONDAY + timedelta(days=2), "la persona non c'è")
    assert found.due == DUE


@in_one_transaction
def test_a_duty_can_pass_to_another(tx: Transaction) -> None:
    row = opened(tx)
    deadlines.hand_to(tx, row, owner=None, owner_email="am@esempio.it")
    found = deadlines.get(tx, row)
    assert found
    assert (found.owner, found.owner_email) == (None, "am@esempio.it")
    assert deadlines.of_person(tx, a_person(tx).id) == []
