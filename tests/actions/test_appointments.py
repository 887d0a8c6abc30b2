"""Appointments as the procedure wants them: one each, moved and given up with their story, and who may."""

from typing import Any

import pytest

from actions import appoint
from actions.appoint import Appointed
from actions.converse import Talk, cancel
from actions.finish import finish
from actions.turn import Turn
from conversations.dialogue import Typed
from procedure.appointments import Appointment, Settled
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Attachment, Mail, MailKind
from store import appointments, drafts, people
from store.tables import companies
from tests.actions.house import PLAIN, House, at

THURSDAY_AT_THREE = at(19, 15)


def done(house: House, talk: Talk, *raws: str | Typed, turn: Turn | None = None) -> Appointed:
    turn = turn or house.turn()
    talk = house.goes_on(talk, *raws, turn=turn)
    result = finish(turn, talk.draft, talk.revision)
    assert isinstance(result, Appointed), result
    return result


def fix(house: House, text: str = "giovedì alle 15", ref: str = "A001", **how: Any) -> Appointment:
    turn = how.get("turn") or house.turn()
    talk = appoint.begin_appointment(turn, house.company(ref).id)
    return done(house, talk, Typed(text), Typed("citofono Rossi"), turn=turn).appointment


def calendar_mails(house: House) -> list[Mail]:
    return [mail for mail in house.mails() if mail.kind is MailKind.APPOINTMENT]


def events(house: House) -> list[dict[str, Any]]:
    return [dict(mail.context["event"]) for mail in calendar_mails(house)]  # type: ignore[arg-type]  # Json


def test_a_fixed_appointment_is_stored_and_mailed_to_who_keeps_it(house: House) -> None:
    one = fix(house)
    stored = appointments.get(house.tx, one.id)
    assert stored is not None
    assert stored.starts_at == THURSDAY_AT_THREE
    assert stored.note == "citofono Rossi"
    assert stored.is_open
    (mail,) = calendar_mails(house)
    assert [contact.email for contact in mail.to] == [house.person("ada.esempioli").email]
    assert mail.attachments == (Attachment.APPOINTMENT,)
    assert mail.context["when"] == "giovedì 19 novembre 2026 alle 15:00"
    assert mail.context["phone"] == "+390573000101"


def test_fixing_where_one_stands_moves_it(house: House) -> None:
    first = fix(house)
    talk = appoint.begin_appointment(house.turn(), house.company().id)
    moved = done(house, talk, Typed("venerdì alle 9"))
    assert moved.before is not None
    assert moved.before.id == first.id
    old = appointments.get(house.tx, first.id)
    assert old is not None
    assert (old.settled_how, old.moved_to) == (Settled.MOVED, moved.appointment.id)
    assert moved.appointment.note == "citofono Rossi"
    assert [one.id for one in appointments.of_company(house.tx, house.company().id)] == [moved.appointment.id]


def test_one_fixed_meanwhile_is_not_doubled(house: House) -> None:
    turn = house.turn()
    talk = house.goes_on(appoint.begin_appointment(turn, house.company().id), Typed("domani alle 9"), "-")
    appointments.fix(
        house.tx,
        company=house.company().id,
        person=turn.person.id,
        starts_at=at(20),
        note="",
        now=house.now,
    )
    with pytest.raises(Refusal) as refused:
        finish(turn, talk.draft, talk.revision)
    assert refused.value.phrase == "appointment_standing"
    assert drafts.open_all(house.tx, turn.person.id) == []


def test_cancelling_keeps_the_story_and_leaves_the_company_free(house: House) -> None:
    one = fix(house)
    given_up = done(house, appoint.begin_giving_up(house.turn(), one.id), "company")
    assert given_up.appointment.settled_how is Settled.CANCELLED
    assert given_up.appointment.reason == "L'ha chiesto l'azienda"
    assert appointments.of_company(house.tx, house.company().id) == []
    again = fix(house, "lunedì alle 9")
    assert again.id != one.id


def test_the_calendar_is_told_of_one_entry_from_beginning_to_end(house: House) -> None:
    one = fix(house)
    moved = done(house, appoint.begin_moving(house.turn(), one.id), Typed("venerdì alle 9"))
    done(house, appoint.begin_giving_up(house.turn(), moved.appointment.id), "mine")
    told = events(house)
    assert {event["uid"] for event in told} == {f"appuntamento-{one.id}@x.example"}
    assert [(event["sequence"], event["cancelled"]) for event in told] == [(0, False), (1, False), (2, True)]
    assert [mail.context["change"] for mail in calendar_mails(house)] == ["fissato", "spostato", "annullato"]


def test_after_its_hour_it_was_not_held_and_no_calendar_is_bothered(house: House) -> None:
    one = fix(house)
    after = house.turn(at=at(19, 17))
    given_up = done(house, appoint.begin_giving_up(after, one.id), "nobody", turn=after)
    assert given_up.appointment.settled_how is Settled.NOT_HELD
    assert given_up.appointment.reason == "Non c'era nessuno"
    assert len(calendar_mails(house)) == 1


def test_what_was_settled_is_settled(house: House) -> None:
    one = fix(house)
    turn = house.turn()
    moving = house.goes_on(appoint.begin_moving(turn, one.id), Typed("venerdì alle 9"))
    done(house, appoint.begin_giving_up(turn, one.id), "mine")
    with pytest.raises(Refusal):
        finish(turn, moving.draft, moving.revision)
    for begin in (appoint.begin_moving, appoint.begin_giving_up, appoint.check_credit):
        with pytest.raises(Refusal) as refused:
            begin(turn, one.id)
        assert refused.value.phrase == "appointment_settled"
    assert drafts.open_all(house.tx, turn.person.id) == []


def test_the_credit_is_checked_once_and_the_first_look_stands(house: House) -> None:
    one = fix(house)
    appoint.check_credit(house.turn(at=at(18, 17)), one.id)
    appoint.check_credit(house.turn(at=at(18, 18)), one.id)
    stored = appointments.get(house.tx, one.id)
    assert stored is not None
    assert stored.credit_checked_at == at(18, 17)


def test_only_who_may_visit_fixes_and_changes(house: House) -> None:
    one = fix(house)
    bruno = house.turn("bruno.fintarelli")
    for attempt in (
        lambda: appoint.begin_appointment(bruno, house.company().id),
        lambda: appoint.begin_moving(bruno, one.id),
        lambda: appoint.begin_giving_up(bruno, one.id),
        lambda: appoint.check_credit(bruno, one.id),
        lambda: appoint.check_credit(bruno, 999),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert house.traces()[:5] == ["refused"] * 5


def test_the_head_of_the_sede_moves_an_addetto_s_and_it_stays_the_addetto_s(house: House) -> None:
    one = fix(house)
    carla = house.turn("carla.immaginelli")
    moved = done(house, appoint.begin_moving(carla, one.id), Typed("venerdì alle 9"), turn=carla)
    assert moved.appointment.person == house.person("ada.esempioli").id
    last = calendar_mails(house)[-1]
    assert last.to[0].email == house.person("ada.esempioli").email
    assert last.context["by"] == carla.person.name


def test_the_other_appointments_of_the_same_person_warn_and_others_do_not(house: House) -> None:
    fix(house, "giovedì alle 14:30", ref="A003")
    talk = appoint.begin_appointment(house.turn(), house.company().id)
    talk = house.goes_on(talk, Typed("giovedì alle 15"), "-")
    assert "Forno Immaginario S.r.l., 14:30" in talk.state.trail[0].told
    bruno = house.turn("bruno.fintarelli")
    talk = appoint.begin_appointment(bruno, house.company("B001").id)
    talk = house.goes_on(talk, Typed("giovedì alle 15"), "-", turn=bruno)
    assert "⚠" not in talk.state.trail[0].told


def test_a_visit_settles_the_appointments_up_to_today_and_says_which_is_left(house: House) -> None:
    held = fix(house)
    confirmed = house.confirms(*PLAIN, turn=house.turn(at=at(19, 16)))
    stored = appointments.get(house.tx, held.id)
    assert stored is not None
    assert stored.settled_how is Settled.DONE
    assert confirmed.later == ()


def test_a_visit_leaves_what_is_fixed_for_another_day(house: House) -> None:
    later = fix(house, "lunedì 30 novembre alle 9")
    confirmed = house.confirms(*PLAIN)
    assert [one.id for one in confirmed.later] == [later.id]
    assert appointments.open_of(house.tx, house.company().id, house.person("ada.esempioli").id)


def test_a_ceased_company_has_no_new_appointment(house: House) -> None:
    house.tx.execute(companies.update().where(companies.c.ref == "A001").values(ceased=True))
    with pytest.raises(Refusal) as refused:
        appoint.begin_appointment(house.turn(), house.company().id)
    assert refused.value.phrase == "company_ceased"


def test_the_appointments_of_one_who_leaves_pass_on(house: House) -> None:
    one = fix(house)
    ada, carla = house.person("ada.esempioli").id, house.person("carla.immaginelli").id
    assert appointments.pass_on(house.tx, ada, carla) == 1
    assert appointments.get(house.tx, one.id).person == carla  # type: ignore[union-attr]  # it is there
    assert people.by_id(house.tx, ada) is not None


def test_a_dialogue_thrown_away_fixes_nothing(house: House) -> None:
    talk = house.goes_on(appoint.begin_appointment(house.turn(), house.company().id), Typed("domani alle 9"))
    cancel(house.turn(), talk.draft)
    assert appointments.of_company(house.tx, house.company().id) == []
