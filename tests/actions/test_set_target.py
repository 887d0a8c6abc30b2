"""Obiettivi: set in a dialogue, counted by DATA VISITA, seen by who follows them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.converse import Talk
from actions.finish import finish
from actions.set_target import TargetSet, begin_target, drop_target, own_target, set_target, whose
from actions.target_facts import target_facts
from conversations.dialogue import Asking, Typed
from procedure.errors import NotAllowed, Refusal
from procedure.people import Role
from procedure.targets import Target
from store import history, targets
from tests.actions.house import AT, PLAIN, PLAIN_NEW, House, at

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
KEY = "2026-11-01/2026-11-30"


def told(house: House, name: str, *raws: Any) -> Talk:
    turn = house.turn(name)
    return house.goes_on(begin_target(turn), *raws, turn=turn)


def confirmed(house: House, name: str, *raws: Any) -> TargetSet:
    talk = told(house, name, *raws)
    done = finish(house.turn(name), talk.draft, talk.revision)
    assert isinstance(done, TargetSet), done
    return done


def made(house: House, **whose_: Any) -> int:
    return targets.progress(house.tx, Target(*NOVEMBER, 12, **whose_)).made


def visited(house: House, day: int = 18, how: str = "company", ref: str = "A001") -> None:
    answers = PLAIN if ref in {"A001", "A002", "A005", "B001"} else PLAIN_NEW
    told_ = tuple({"2026-11-18": f"2026-11-{day:02}", "company": how}.get(one, one) for one in answers)
    person = "bruno.fintarelli" if ref == "B001" else "ada.esempioli"
    house.confirms(*told_, ref=ref, turn=house.turn(person))


def test_an_rs_sets_the_target_of_the_sede_in_three_answers(house: House) -> None:
    done = confirmed(house, "carla.immaginelli", "site", KEY, Typed("12 visite"))
    assert done.target == Target(*NOVEMBER, 12, "Pistoia")
    assert done.whose == "sede di Pistoia"
    (stored,) = targets.not_over(house.tx, date(2026, 11, 18))
    assert replace(stored, id=0) == done.target


def test_an_rs_is_offered_the_people_of_the_sede_alone(house: House) -> None:
    talk = told(house, "carla.immaginelli", "person")
    assert isinstance(talk.state, Asking)
    labels = [option.label for option in talk.state.view.options]
    assert "Ada Esempioli" in labels
    assert "Bruno Fintarelli" not in labels


def test_a_person_s_target_between_two_days_that_are_typed(house: House) -> None:
    ada = house.person("ada.esempioli")
    answers = ("person", str(ada.id), "other", Typed("1/12"), Typed("15 gennaio"), Typed("20"))
    done = confirmed(house, "carla.immaginelli", *answers)
    assert done.target == Target(date(2026, 12, 1), date(2027, 1, 15), 20, person=ada.id)


def test_a_period_does_not_end_before_it_begins(house: House) -> None:
    talk = told(house, "carla.immaginelli", "site", "other", Typed("1/12"), Typed("30/11"))
    assert not talk.understood
    assert "prima dell'inizio" in talk.note


@pytest.mark.parametrize("typed", ["", "0", "-3", "12,5", "molte", "100001", "²"])
def test_a_number_of_visits_is_a_whole_one(house: House, typed: str) -> None:
    talk = told(house, "carla.immaginelli", "site", KEY, Typed(typed))
    assert not talk.understood
    assert "da 1 a 100000" in talk.note


def test_rpc_sets_the_target_of_a_role_in_all_sites(house: House) -> None:
    done = confirmed(house, "teresa.verosimiletti", "role", "EM", "*", KEY, Typed("40"))
    assert done.target == Target(*NOVEMBER, 40, None, None, Role.EM)
    assert done.whose == "Esperto di Mestiere"


def test_rps_has_many_people_and_is_asked_their_sede_first(house: House) -> None:
    facts = target_facts(house.turn("sandro.apocrifelli"))
    assert {house.person("ada.esempioli").id, house.person("silvio.tratteggini").id} <= {
        one.id for one in facts.people
    }
    assert Role.EM not in facts.roles


def test_the_same_people_and_period_take_the_new_number_and_history_keeps_the_old(house: House) -> None:
    for number in ("12", "15"):
        confirmed(house, "carla.immaginelli", "site", KEY, Typed(number))
    (stored,) = targets.not_over(house.tx, date(2026, 11, 18))
    assert stored.visits == 15
    changes = history.changes(house.tx, "targets", stored.id)
    assert [(c.old, c.new, c.hand.who) for c in changes] == [
        ("", "12", f"carla.immaginelli{AT}"),
        ("12", "15", f"carla.immaginelli{AT}"),
    ]


@pytest.mark.parametrize("name", ["ada.esempioli", "ivo.prototipelli", "olga.bozzettoni"])
def test_who_answers_for_nobody_sets_none(house: House, name: str) -> None:
    with pytest.raises(NotAllowed):
        begin_target(house.turn(name))
    assert house.traces()[0] == "refused"


def test_a_target_of_another_sede_is_refused_whatever_the_button_said(house: House) -> None:
    wanted = Target(*NOVEMBER, 12, "Prato")
    with pytest.raises(NotAllowed):
        set_target(house.turn("carla.immaginelli"), wanted, channel="chat")
    set_target(house.turn("dario.provenzoni"), wanted, channel="chat")
    (stored,) = targets.not_over(house.tx, date(2026, 11, 18))
    for verb in (own_target, drop_target):
        with pytest.raises(NotAllowed):
            verb(house.turn("carla.immaginelli"), stored.id)


def test_a_target_is_dropped_and_its_history_stays(house: House) -> None:
    confirmed(house, "carla.immaginelli", "site", KEY, Typed("12"))
    (stored,) = targets.not_over(house.tx, date(2026, 11, 18))
    drop_target(house.turn("carla.immaginelli"), stored.id)
    assert targets.not_over(house.tx, date(2026, 11, 18)) == []
    assert [c.new for c in history.changes(house.tx, "targets", stored.id)] == ["12", ""]
    with pytest.raises(Refusal, match="no_target"):
        drop_target(house.turn("carla.immaginelli"), stored.id)


def test_what_counts_is_the_data_visita_in_the_period_both_days_included(house: House) -> None:
    assert made(house) == 0
    visited(house, 1)
    visited(house, 18, ref="A002")
    assert made(house) == 2
    assert targets.progress(house.tx, Target(date(2026, 11, 2), date(2026, 11, 18), 1)).made == 1
    assert targets.progress(house.tx, Target(date(2026, 11, 2), date(2026, 11, 17), 1)).made == 0


@pytest.mark.parametrize("how", ["company", "phone", "office"])
def test_a_visit_counts_however_it_was_held(house: House, how: str) -> None:
    visited(house, how=how)
    assert made(house) == 1


def test_a_visit_to_a_new_member_has_a_term_of_its_own_and_does_not_count(house: House) -> None:
    visited(house, ref="A003")
    assert made(house) == 0


def test_a_second_visit_to_the_same_company_counts_too(house: House) -> None:
    visited(house, 16)
    visited(house, 18)
    assert made(house) == 2


def test_sede_person_and_role_each_count_their_own(house: House) -> None:
    visited(house)
    visited(house, ref="B001")
    ada = house.person("ada.esempioli").id
    assert made(house, site="Pistoia") == made(house, site="Prato") == made(house, person=ada) == 1
    assert made(house, role=Role.AV) == 2
    assert made(house, role=Role.AV, site="Prato") == 1
    assert made(house, site="Prato", person=ada) == made(house, role=Role.EM) == 0


def test_a_target_is_called_by_all_that_it_names(house: House) -> None:
    wanted = Target(*NOVEMBER, 1, "Prato", None, Role.AV)
    assert whose(house.turn(), wanted) == "Addetto Visita, sede di Prato"


def test_a_draft_left_over_the_month_s_end_is_asked_its_period_again(house: House) -> None:
    talk = told(house, "carla.immaginelli", "site", "2026-12-01/2026-12-31")
    later = house.turn("carla.immaginelli", at(4, month=1, hour=9))
    later = replace(later, now=later.now.replace(year=2027))
    talk = house.goes_on(talk, Typed("12"), turn=later)
    assert isinstance(talk.state, Asking)
    assert talk.state.step.key == "period"
