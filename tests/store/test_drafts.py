"""Unfinished dialogues: none is overwritten, none is doubled, and what is typed finds its question."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from conversations.answers import Draft
from procedure.notices import About, Subject
from store import chats, drafts, people
from store.chats import Focus
from store.drafts import DraftRow
from store.transaction import Transaction
from tests.store.given import ANNA, BRUNO, MONDAY, NOON, a_company, a_person, a_quote, in_one_transaction

LATER = NOON + timedelta(minutes=5)


def begun(tx: Transaction) -> DraftRow:
    company = a_company(tx).id
    about = About(Subject.COMPANY, company)
    return drafts.create(tx, a_person(tx).id, about, Draft("visit", 2), NOON, company=company)


@in_one_transaction
def test_a_draft_comes_back_as_it_was_written(tx: Transaction) -> None:
    row = begun(tx)
    content = row.draft.with_answer("visited_on", "2026-11-20").with_answer("però", ["a", 1, None])
    assert drafts.save(tx, row.id, row.draft.with_answer("visited_on", "2026-11-20"), LATER)
    assert drafts.save(tx, row.id, content.reopening("visited_on"), LATER) is False
    assert drafts.save(tx, row.id, content, LATER)
    assert drafts.save(tx, row.id, content.reopening("visited_on"), LATER)
    assert drafts.load(tx, row.id) == DraftRow(
        row.id, row.person, row.about, row.company, content.reopening("visited_on"), LATER
    )


@in_one_transaction
def test_of_two_writers_that_read_the_same_revision_one_is_refused(tx: Transaction) -> None:
    row = begun(tx)
    assert drafts.save(tx, row.id, row.draft.with_answer("credit", "Riscosso"), NOON)
    assert not drafts.save(tx, row.id, row.draft.with_answer("credit", "Gestito"), NOON)
    found = drafts.load(tx, row.id)
    assert found
    assert found.draft.answers == {"credit": "Riscosso"}


@in_one_transaction
def test_a_closed_draft_is_neither_found_nor_written_nor_closed_again(tx: Transaction) -> None:
    row = begun(tx)
    assert drafts.close(tx, row.id, "confirmed", NOON)
    assert not drafts.close(tx, row.id, "confirmed", NOON)
    assert not drafts.save(tx, row.id, row.draft.with_answer("a", 1), NOON)
    assert drafts.load(tx, row.id) is None
    assert drafts.open_all(tx, row.person) == []


@in_one_transaction
def test_a_person_has_one_open_draft_of_a_kind(tx: Transaction) -> None:
    row = begun(tx)
    assert drafts.open_of(tx, row.person, row.about, "visit") == row
    assert drafts.open_of(tx, row.person, row.about, "quote") is None
    assert drafts.open_of(tx, row.person, About(Subject.QUOTE, row.about.id), "visit") is None
    with pytest.raises(IntegrityError):
        drafts.create(tx, row.person, row.about, Draft("visit", 2), NOON)


@in_one_transaction
def test_after_one_is_closed_another_may_begin(tx: Transaction) -> None:
    row = begun(tx)
    drafts.close(tx, row.id, "cancelled", NOON)
    assert drafts.create(tx, row.person, row.about, Draft("visit", 2), NOON).id != row.id


@in_one_transaction
def test_two_quotes_of_one_company_are_told_side_by_side(tx: Transaction) -> None:
    first, second = About(Subject.QUOTE, a_quote(tx)), About(Subject.QUOTE, a_quote(tx))
    anna = a_person(tx).id
    company = a_company(tx).id
    one = drafts.create(tx, anna, first, Draft("accept", 1), NOON, company=company)
    two = drafts.create(tx, anna, second, Draft("accept", 1), NOON, company=company)
    assert drafts.open_of(tx, anna, second, "accept") == two
    assert drafts.load(tx, one.id) == one
    assert one.about == first


@in_one_transaction
def test_the_last_touched_comes_first(tx: Transaction) -> None:
    old = begun(tx)
    new = drafts.create(tx, old.person, About(Subject.PERSON, old.person), Draft("absence", 1), NOON)
    assert [row.id for row in drafts.open_all(tx, old.person)] == [new.id, old.id]
    drafts.save(tx, old.id, old.draft.with_answer("a", 1), LATER)
    assert [row.id for row in drafts.open_all(tx, old.person)] == [old.id, new.id]


@in_one_transaction
def test_a_chat_begins_nowhere(tx: Transaction) -> None:
    assert chats.focus(tx, a_person(tx).id) == Focus()


@in_one_transaction
def test_each_person_has_a_focus_of_their_own(tx: Transaction) -> None:
    people.sync(tx, [ANNA, BRUNO], MONDAY, NOON)
    row = begun(tx)
    chats.stand(tx, row.person, Focus(row.id, 9_000_000_000, 2, {"1": "h"}))
    assert chats.focus(tx, row.person) == Focus(row.id, 9_000_000_000, 2, {"1": "h"})
    chats.stand(tx, row.person, Focus())
    assert chats.focus(tx, row.person) == Focus()
    bruno = a_person(tx, BRUNO)
    assert chats.focus(tx, bruno.id) == Focus()


@in_one_transaction
def test_a_question_is_shown_by_a_message_only_while_the_chat_stands_there(tx: Transaction) -> None:
    row = begun(tx)
    chats.stand(tx, row.person, Focus(row.id, None, 1))
    chats.shown_by(tx, row.person, row.id, 77)
    assert chats.focus(tx, row.person) == Focus(row.id, 77, 1)
    chats.stand(tx, row.person, Focus())
    chats.shown_by(tx, row.person, row.id, 78)
    assert chats.focus(tx, row.person) == Focus()
