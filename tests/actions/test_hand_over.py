"""Signed papers handed over: recorded once, by whoever may."""

from datetime import date

import pytest

from actions.hand_over import hand_over
from procedure.errors import NotAllowed, Refusal
from procedure.visits import Form
from store import visits
from tests.actions.house import EVERYTHING, PLAIN, House


def handed(house: House, visit: int) -> dict[Form, date | None]:
    recorded = visits.get(house.tx, visit)
    assert recorded is not None
    return {form.result.form: form.handed_over_on for form in recorded.forms}


def test_the_office_s_forms_and_the_rid_are_handed_over_apart(house: House) -> None:
    visit, today = house.confirms(*EVERYTHING).visit, house.now.date()
    hand_over(house.turn(), visit, "D6")
    assert handed(house, visit) == {form: None if form is Form.RID else today for form in Form}
    assert "D6" not in {row.due.kind.value for row in house.open()}
    hand_over(house.turn(), visit, "D7")
    assert handed(house, visit)[Form.RID] == today
    assert {row.due.kind.value for row in house.open()} == {"D10"}


def test_what_was_handed_over_is_not_handed_over_again(house: House) -> None:
    visit = house.confirms(*EVERYTHING).visit
    hand_over(house.turn(), visit, "D6")
    with pytest.raises(Refusal):
        hand_over(house.turn(), visit, "D6")


@pytest.mark.parametrize("kind", ["", "D1", "D10", "D99", "x" * 50])
def test_a_forged_kind_closes_nothing(house: House, kind: str) -> None:
    visit = house.confirms(*EVERYTHING).visit
    before = house.open()
    with pytest.raises(Refusal):
        hand_over(house.turn(), visit, kind)
    assert house.open() == before


def test_where_nothing_was_signed_there_is_nothing_to_hand_over(house: House) -> None:
    with pytest.raises(Refusal):
        hand_over(house.turn(), house.confirms(*PLAIN).visit, "D6")


@pytest.mark.parametrize("name", ["bruno.fintarelli", "ivo.prototipelli", "dario.provenzoni"])
def test_another_s_papers_are_refused_and_leave_a_trace(house: House, name: str) -> None:
    visit = house.confirms(*EVERYTHING).visit
    for which in (visit, 999):
        with pytest.raises(NotAllowed):
            hand_over(house.turn(name), which, "D6")
    assert house.traces()[:2] == ["refused"] * 2
    assert set(handed(house, visit).values()) == {None}


def test_the_rs_of_the_sede_may_hand_over_for_the_av(house: House) -> None:
    visit = house.confirms(*EVERYTHING).visit
    hand_over(house.turn("carla.immaginelli"), visit, "D7")
    assert handed(house, visit)[Form.RID] == house.now.date()
