"""D8 as a row: from when, whose, and until when [r.136]; with it D4, D5 and D9 (A8b)."""

from datetime import date, datetime

import pytest

from actions import appoint
from actions.call_for_appointments import call_for_appointments
from actions.converse import cancel, edit
from actions.finish import finish
from actions.watch_report import watch_reports
from conversations.dialogue import Tap, Typed
from mailer.compose import Envelope, render
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind
from procedure.notices import MailKind, Subject
from store import appointments, deadlines, tables
from store.deadlines import DeadlineRow
from tests.actions.house import CATALOGUE, INTEGRATED, PLAIN, House, at

WEDNESDAY, THURSDAY = date(2026, 11, 18), date(2026, 11, 19)


def fixed(house: House, starts_at: datetime, who: str = "ada.esempioli", ref: str = "A001") -> int:
    person, company = house.person(who), house.company(ref)
    day = at(16)
    return appointments.fix(
        house.tx, company=company.id, person=person.id, starts_at=starts_at, note="", now=day
    )


def waited_for(house: House, ref: str = "A001") -> list[DeadlineRow]:
    return [row for row in house.open(house.company(ref)) if row.due.kind is DeadlineKind.D8]


def story(house: House) -> list[tuple[date | None, str | None]]:
    rows = house.tx.all(tables.deadlines.select().where(tables.deadlines.c.kind == "D8"))
    return [(row.closed_on, row.closed_how) for row in rows]


def watch(house: House, now: datetime) -> None:
    watch_reports(house.tx, house.office, now)


def test_it_runs_from_the_appointment_whose_hour_passed_untold(house: House) -> None:
    fixed(house, at(18, 15))
    watch(house, at(18, 15, 30))
    assert waited_for(house) == []
    watch(house, at(18, 16))
    (row,) = waited_for(house)
    assert (row.about.kind, row.about.id) == (Subject.COMPANY, house.company().id)
    assert row.owner == house.person("ada.esempioli").id
    assert row.due.starts_on == WEDNESDAY
    assert row.due.due_on == THURSDAY  # the next working day (A1)
    assert "dalla visita" in row.due.explanation


def test_a_friday_s_is_due_on_monday(house: House) -> None:
    fixed(house, at(20, 15))
    watch(house, at(20, 17))
    (row,) = waited_for(house)
    assert row.due.due_on == date(2026, 11, 23)


def test_the_question_of_the_next_morning_is_its_reminder_of_that_day(house: House) -> None:
    """Both speak of the same thing: the first reminder comes on the day after."""
    fixed(house, at(18, 15))
    watch(house, at(18, 16))
    call_for_appointments(house.tx, house.office, at(19, 8))
    assert [push.screen for push in house.pushes()] == ["appointment_asked"]
    (row,) = waited_for(house)
    assert row.remind_on == date(2026, 11, 20)


def test_after_a_week_s_stop_it_is_reminded_on_the_day_it_is_found(house: House) -> None:
    fixed(house, at(11, 15))
    watch(house, at(18, 8))
    (row,) = waited_for(house)
    assert row.due.starts_on == date(2026, 11, 11)
    assert row.remind_on is not None
    assert row.remind_on <= WEDNESDAY


def test_a_second_tick_opens_nothing_more(house: House) -> None:
    fixed(house, at(18, 15))
    fixed(house, at(17, 15), who="carla.immaginelli")
    for hour in (16, 17, 18):
        watch(house, at(18, hour))
    (row,) = waited_for(house)
    assert row.due.starts_on == date(2026, 11, 17)  # the longest due
    assert len(story(house)) == 1


def test_a_dialogue_left_after_the_day_was_told_is_waited_for(house: House) -> None:
    house.tells("none", "2026-11-18")
    watch(house, at(18, 10, 30))
    assert waited_for(house) == []  # it is being told
    watch(house, at(18, 11))
    (row,) = waited_for(house)
    assert row.due.starts_on == WEDNESDAY
    assert row.remind_on == THURSDAY


def test_a_dialogue_that_has_not_come_to_the_day_is_not(house: House) -> None:
    house.tells("none")
    watch(house, at(25, 11))
    assert waited_for(house) == []


def test_the_day_corrected_in_a_dialogue_moves_it(house: House) -> None:
    talk = house.tells("none", "2026-11-18")
    watch(house, at(18, 11))
    talk = edit(house.turn(at=at(18, 12)), talk.draft, talk.revision, "visited_on")
    house.goes_on(talk, "2026-11-17", turn=house.turn(at=at(18, 12)))
    for hour in (13, 14):
        watch(house, at(18, hour))
    (row,) = waited_for(house)
    assert row.due.starts_on == date(2026, 11, 17)
    assert story(house) == [(WEDNESDAY, "data della visita corretta"), (None, None)]


def test_the_scheda_closes_it_on_the_day_it_is_recorded(house: House) -> None:
    fixed(house, at(18, 15))
    watch(house, at(18, 16))
    house.confirms(*PLAIN, turn=house.turn(at=at(20, 9)))
    assert waited_for(house) == []
    assert story(house) == [(date(2026, 11, 20), "scheda")]
    watch(house, at(20, 10))
    assert waited_for(house) == []


def test_not_held_and_moved_close_it_and_say_so(house: House) -> None:
    after = house.turn(at=at(18, 17))
    first = fixed(house, at(18, 15))
    watch(house, at(18, 16))
    talk = house.goes_on(appoint.begin_moving(after, first), Typed("domani alle 9"), turn=after)
    moved = finish(after, talk.draft, talk.revision)
    assert waited_for(house) == []
    watch(house, at(19, 10))
    later = house.turn(at=at(19, 11))
    talk = house.goes_on(appoint.begin_giving_up(later, moved.appointment.id), Tap("nobody"), turn=later)
    finish(later, talk.draft, talk.revision)
    watch(house, at(19, 12))
    assert story(house) == [(WEDNESDAY, "appuntamento spostato"), (THURSDAY, "visita non fatta")]


def test_a_dialogue_thrown_away_closes_it(house: House) -> None:
    talk = house.tells("none", "2026-11-18")
    watch(house, at(18, 11))
    cancel(house.turn(at=at(18, 12)), talk.draft)
    assert story(house) == [(WEDNESDAY, "bozza annullata")]


def test_a_dialogue_thrown_away_leaves_it_where_an_appointment_waits(house: House) -> None:
    fixed(house, at(18, 9))
    talk = house.tells("none", "2026-11-18")
    watch(house, at(18, 11))
    cancel(house.turn(at=at(18, 12)), talk.draft)
    assert len(waited_for(house)) == 1


def test_the_lateness_of_the_scheda_is_told_at_the_confirm(house: House) -> None:
    on_time = house.confirms(*PLAIN, turn=house.turn(at=at(19, 18)))
    assert on_time.late_with is None
    late = house.confirms(*PLAIN, ref="A002", turn=house.turn(at=at(20, 9)))
    assert late.late_with is not None
    assert late.late_with.due_on == THURSDAY


@pytest.mark.parametrize(
    ("told_at", "left"),
    [
        (at(18, 18), "Restano 5 giorni lavorativi."),
        (at(24, 9), "Resta 1 giorno lavorativo."),
        (at(25, 9), "È oggi l'ultimo giorno utile."),
        (at(26, 9), "Il termine è già passato, perché la scheda è arrivata tardi: fai appena puoi."),
    ],
)
@pytest.mark.parametrize("told", [INTEGRATED, CATALOGUE])
def test_who_drafts_reads_the_due_day_and_how_long_there_really_is(
    house: House, told_at: datetime, left: str, told: tuple[str, ...]
) -> None:
    """The term runs from the visit, the work from the scheda (A5b)."""
    house.confirms(*told, turn=house.turn(at=told_at))
    wanted = {MailKind.E7_QUOTE_TO_AM, MailKind.E9_CATALOGUE_TO_REFERENCE}
    asked = [mail for mail in house.mails() if mail.kind in wanted]
    assert asked
    for mail in asked:
        assert mail.context["left"] == left
        assert "mercoledì 25 novembre 2026" in str(mail.context["due"])
        envelope = Envelope("<t@x.example>", "t@x.example", Contact("X", "x@x.example"), told_at)
        _, plain, html = render(mail, envelope)
        assert left in plain
        assert left.replace("'", "&#39;") in html
        assert "mercoledì 25 novembre 2026" in plain


def test_the_head_who_tells_for_an_addetto_settles_the_addetto_s_appointment(house: House) -> None:
    one = fixed(house, at(18, 15))
    watch(house, at(18, 16))
    house.confirms(*PLAIN, turn=house.turn("carla.immaginelli", at=at(19, 9)))
    watch(house, at(19, 10))
    assert waited_for(house) == []
    assert not appointments.get(house.tx, one).is_open  # type: ignore[union-attr]  # it is there
    assert deadlines.of_person(house.tx, house.person("ada.esempioli").id) == []
