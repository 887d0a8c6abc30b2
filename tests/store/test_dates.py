"""A date put right where it is kept, what waits taken back, many terms reckoned anew: on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from procedure.deadlines import DeadlineKind
from procedure.notices import About, Subject
from store import dates, deadlines, history, open_terms, outbox, quotes, visits
from store.dates import RightDay
from store.history import Hand
from store.open_terms import Reckoned
from store.outbox import Channel, State
from store.transaction import Transaction
from tests.store.given import (
    ANNA,
    MONDAY,
    NOON,
    a_company,
    a_due,
    a_person,
    a_quote,
    a_visit,
    in_one_transaction,
)

RIGHT = RightDay(date(2026, 11, 13), Hand(ANNA.email, NOON, "chat"), "era venerdì")


@in_one_transaction
def test_the_day_of_a_visit_is_put_right_with_its_reason(tx: Transaction) -> None:
    visit = a_visit(tx)
    before = visits.get(tx, visit)
    dates.of_visit(tx, visit, RIGHT)

    after = visits.get(tx, visit)
    assert before
    assert after
    assert after.report == replace(before.report, visited_on=RIGHT.day)
    (change,) = history.changes(tx, "visits", visit)
    assert (change.field, change.new, change.reason) == ("visited_on", "2026-11-13", "era venerdì")
    assert change.hand == RIGHT.hand


@in_one_transaction
def test_a_day_of_a_quote_is_put_right_and_its_story_has_it(tx: Transaction) -> None:
    quote = a_quote(tx)
    dates.of_quote(tx, quote, "delivered_on", RIGHT)

    found = quotes.get(tx, quote)
    assert found
    assert found.delivered_on == RIGHT.day
    last = quotes.story(tx, quote)[-1]
    assert (last.event, last.on, last.old_state) == ("rettifica: delivered_on", RIGHT.day, found.state)
    assert history.changes(tx, "quotes", quote)[-1].reason == "era venerdì"


@in_one_transaction
def test_what_is_not_there_cannot_be_put_right(tx: Transaction) -> None:
    with pytest.raises(KeyError):
        dates.of_visit(tx, 99, RIGHT)
    with pytest.raises(KeyError):
        dates.of_quote(tx, 99, "delivered_on", RIGHT)


@in_one_transaction
def test_what_waits_is_found_by_its_beginning_and_taken_back(tx: Transaction) -> None:
    for key in ("deadline:1:day", "deadline:12:day", "deadline_1", "morning:1"):
        outbox.put(tx, key=key, channel=Channel.CHAT, payload={"said": key}, now=NOON)
    one, other = outbox.waiting(tx, "deadline:")
    assert [one.key, other.key] == ["deadline:1:day", "deadline:12:day"]

    outbox.withdraw(tx, one.id, NOON)
    outbox.rewrite(tx, other.id, {"said": "less"})

    taken = outbox.get(tx, one.id)
    assert taken
    assert (taken.state, taken.done_at) == (State.WITHDRAWN, NOON)
    claimed = outbox.claim(tx, Channel.CHAT, NOON, limit=9, lease=timedelta(minutes=3))
    assert [row.key for row in claimed] == ["deadline:12:day", "deadline_1", "morning:1"]
    assert claimed[0].payload == {"said": "less"}
    assert outbox.waiting(tx, "deadline:", "morning:") == []  # a carrier has them


def opened(tx: Transaction, number: int, kind: DeadlineKind = DeadlineKind.D10) -> int:
    return deadlines.open_deadline(
        tx,
        a_due(kind),
        about=About(Subject.QUOTE, number),
        company=a_company(tx).id,
        owner=a_person(tx).id,
        owner_email=ANNA.email,
        remind_on=MONDAY,
        now=NOON,
    )


@in_one_transaction
def test_a_deadline_is_reckoned_again_and_keeps_the_rest(tx: Transaction) -> None:
    number = opened(tx, 1)
    new = replace(a_due(), due_on=date(2026, 12, 1), explanation="entro martedì")
    before = deadlines.get(tx, number)
    deadlines.reckon_again(tx, number, new, None)

    assert before
    assert deadlines.get(tx, number) == replace(before, due=new, remind_on=None)


@in_one_transaction
def test_only_what_was_met_takes_another_day_of_proof(tx: Transaction) -> None:
    number = opened(tx, 1)
    deadlines.met_on(tx, number, MONDAY)
    assert [row.id for row in deadlines.open_about(tx, About(Subject.QUOTE, 1))] == [number]

    deadlines.close(tx, kinds=[DeadlineKind.D10], about=About(Subject.QUOTE, 1), on=MONDAY, how="redatto")
    deadlines.met_on(tx, number, RIGHT.day)
    (row,) = deadlines.ever_about(tx, [About(Subject.QUOTE, 1), About(Subject.VISIT, 1)])
    assert (row.closed_on, row.closed_how) == (RIGHT.day, "redatto")


@in_one_transaction
def test_open_terms_of_the_same_dates_are_one_group_and_written_together(tx: Transaction) -> None:
    alike = [opened(tx, number) for number in range(1, 4)]
    other = opened(tx, 4, DeadlineKind.D13)
    deadlines.close(tx, kinds=[DeadlineKind.D10], about=About(Subject.QUOTE, 3), on=MONDAY, how="redatto")

    found = {group.kind: group for group in open_terms.groups(tx)}
    assert set(found) == {DeadlineKind.D10, DeadlineKind.D13}
    group = found[DeadlineKind.D10]
    terms = list(open_terms.of_groups(tx, {group: None}))
    assert sorted(term.id for term in terms) == alike[:2]
    assert {(term.owner_email, term.company) for term in terms} == {(ANNA.email, a_company(tx).name)}

    new = replace(a_due(), due_on=date(2026, 12, 1))
    open_terms.write(tx, Reckoned(new, date(2026, 11, 30)), alike[:2])
    rows = [deadlines.get(tx, number) for number in (*alike, other)]
    assert [row.due.due_on == new.due_on for row in rows if row] == [True, True, False, False]
    assert [row.remind_on for row in rows if row][:2] == [date(2026, 11, 30)] * 2
