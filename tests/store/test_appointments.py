"""An appointment is kept with its story, and found by whoever asks; on both databases."""

from datetime import datetime, timedelta

from conversations.appointment import CANCEL, MOVE
from procedure.appointments import Appointment, Settled
from procedure.deadlines import DeadlineKind
from procedure.notices import About, Subject
from store import appointments, deadlines, drafts
from store.transaction import Transaction
from tests.store.given import ANNA, BRUNO, NOON, a_company, a_due, a_person, in_one_transaction

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def fixed(tx: Transaction, starts_at: datetime = NOON + DAY, note: str = "") -> Appointment:
    company, person = a_company(tx), a_person(tx)
    which = appointments.fix(
        tx, company=company.id, person=person.id, starts_at=starts_at, note=note, now=NOON
    )
    found = appointments.get(tx, which)
    assert found
    return found


@in_one_transaction
def test_it_comes_back_as_it_was_fixed_and_is_open(tx: Transaction) -> None:
    one = fixed(tx, note="citofono")
    assert (one.starts_at, one.created_at, one.note) == (NOON + DAY, NOON, "citofono")
    assert one.is_open
    assert appointments.open_of(tx, one.company, one.person) == one
    assert appointments.get(tx, 999) is None


@in_one_transaction
def test_it_is_settled_once_and_the_first_word_stands(tx: Transaction) -> None:
    one = fixed(tx)
    assert appointments.settle(tx, one.id, Settled.CANCELLED, NOON, reason="neve")
    assert not appointments.settle(tx, one.id, Settled.DONE, NOON + HOUR)
    kept = appointments.get(tx, one.id)
    assert kept
    assert (kept.settled_how, kept.settled_at, kept.reason) == (Settled.CANCELLED, NOON, "neve")
    assert appointments.of_company(tx, one.company) == []
    assert appointments.open_of(tx, one.company, one.person) is None


@in_one_transaction
def test_a_story_is_known_by_its_first_appointment(tx: Transaction) -> None:
    first, second, third = fixed(tx), fixed(tx, NOON + 2 * DAY), fixed(tx, NOON + 3 * DAY)
    appointments.settle(tx, first.id, Settled.MOVED, NOON, moved_to=second.id)
    appointments.settle(tx, second.id, Settled.MOVED, NOON, moved_to=third.id)
    assert appointments.origin(tx, third) == appointments.Origin(first.id, 2)
    assert appointments.origin(tx, first) == appointments.Origin(first.id, 0)


@in_one_transaction
def test_a_person_s_are_listed_in_their_order_with_the_company_s_name(tx: Transaction) -> None:
    late, soon = fixed(tx, NOON + 3 * DAY), fixed(tx, NOON + DAY)
    fixed(tx, NOON - DAY)
    lines = appointments.of_person(tx, late.person, NOON, NOON + 3 * DAY + HOUR)
    assert [line.appointment.id for line in lines] == [soon.id, late.id]
    assert lines[0].company_name == "Forno Caffè d'Oro S.n.c."
    page = appointments.page_of(tx, late.person, NOON, NOON + 9 * DAY, offset=1, limit=1)
    assert ([line.appointment.id for line in page.items], page.total) == ([late.id], 2)
    assert [one.id for one in appointments.between(tx, NOON, NOON + 2 * DAY)] == [soon.id]


@in_one_transaction
def test_untold_are_those_begun_whose_scheda_nobody_waits_for_yet(tx: Transaction) -> None:
    one = fixed(tx, NOON - HOUR)
    fixed(tx, NOON + HOUR)
    assert [each.id for each in appointments.untold(tx, NOON)] == [one.id]
    about = About(Subject.COMPANY, one.company)
    deadlines.open_deadline(
        tx, a_due(DeadlineKind.D8), about=about, company=one.company, owner=one.person,
        owner_email=ANNA.email, remind_on=None, now=NOON,
    )  # fmt: skip
    assert appointments.untold(tx, NOON) == []
    deadlines.close(tx, kinds=[DeadlineKind.D8], about=about, on=NOON.date(), how="scheda")
    assert [each.id for each in appointments.untold(tx, NOON)] == [one.id]


@in_one_transaction
def test_the_first_look_at_the_credit_stands(tx: Transaction) -> None:
    one = fixed(tx)
    appointments.check_credit(tx, one.id, NOON)
    appointments.check_credit(tx, one.id, NOON + HOUR)
    kept = appointments.get(tx, one.id)
    assert kept
    assert kept.credit_checked_at == NOON


@in_one_transaction
def test_only_the_open_ones_pass_on(tx: Transaction) -> None:
    one, settled = fixed(tx), fixed(tx)
    appointments.settle(tx, settled.id, Settled.DONE, NOON)
    bruno = a_person(tx, BRUNO)
    assert appointments.pass_on(tx, one.person, bruno.id) == 1
    moved, kept = appointments.get(tx, one.id), appointments.get(tx, settled.id)
    assert moved
    assert kept
    assert (moved.person, kept.person) == (bruno.id, one.person)


@in_one_transaction
def test_drafts_about_a_thing_end_together_but_one(tx: Transaction) -> None:
    one = fixed(tx)
    about = About(Subject.APPOINTMENT, one.id)
    moving = drafts.create(tx, one.person, about, MOVE.begin(), NOON, company=one.company)
    giving_up = drafts.create(tx, one.person, about, CANCEL.begin(), NOON, company=one.company)
    assert [row.id for row in drafts.left(tx, MOVE.name, NOON)] == [moving.id]
    assert drafts.left(tx, MOVE.name, NOON - HOUR) == []
    assert drafts.close_about(tx, about, "overtaken", NOON, but=giving_up.id) == 1
    assert [row.id for row in drafts.open_all(tx, one.person)] == [giving_up.id]
    assert drafts.close_about(tx, about, "overtaken", NOON) == 1
