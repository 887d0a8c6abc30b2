"""Servizi, sede and codice change when somebody says so, and what follows is seen first (A19b)."""

from datetime import date
from typing import Any

import pytest

from actions.change_register import accept, look, refuse
from procedure.errors import NotAllowed, Refusal
from procedure.visits import Code
from store import history, proposals, register_changes
from tests.actions.house import INTEGRATED, House
from tests.actions.test_attribute import loads, row

RPS, RPC = "sandro.apocrifelli", "teresa.verosimiletti"


def wants(house: House, code: Code = Code.MEMBER, **changed: Any) -> int:
    """The number of the change that a list wants of a company."""
    loads(house, row("N1", code, **changed))
    return register_changes.newest(house.tx)


def test_nothing_changes_before_the_yes_and_everything_after_it(house: House) -> None:
    loads(house, row("N1"))
    which = wants(house, services=True)
    assert not house.company("N1").has_services
    accept(house.turn(RPS), which)
    assert house.company("N1").has_services
    line = history.changes(house.tx, "companies", house.company("N1").id)[-1]
    assert (line.field, line.old, line.new) == ("has_services", "False", "True")
    assert line.hand.who.startswith(RPS)
    with pytest.raises(Refusal, match="change_settled"):
        accept(house.turn(RPS), which)


def test_a_refused_change_is_not_asked_again_but_another_one_is(house: House) -> None:
    loads(house, row("N1"))
    refuse(house.turn(RPS), wants(house, site="Prato"))
    assert house.company("N1").site == "Montecatini Terme"
    assert loads(house, row("N1", site="Prato")).wanted == 0
    assert loads(house, row("N1", site="Agliana")).wanted == 1


def test_the_owner_stays(house: House) -> None:
    loads(house, row("N1", assignee=house.person("bruno.fintarelli").id))
    change = accept(house.turn(RPS), wants(house, site="Prato"))
    assert change.holder == house.person("bruno.fintarelli")
    assert house.company("N1").assignee == house.person("bruno.fintarelli").id


def test_a_company_of_nobody_is_proposed_anew_by_the_rule_it_now_falls_under(house: House) -> None:
    loads(house, row("N1", site="Lucca"))
    assert proposals.open_of(house.tx, house.company("N1").id) is None
    accept(house.turn(RPS), wants(house))
    found = proposals.open_of(house.tx, house.company("N1").id)
    assert found is not None
    assert found.person_name == "Elena Nonesisti"


def test_with_the_sede_the_open_terms_move_to_its_calendar_and_are_seen_before(house: House) -> None:
    """A5c: 4 December is kept in Montecatini Terme and not in Prato."""
    ada = house.person("ada.esempioli").id
    loads(house, row("N1", assignee=ada))
    turn = house.turn(at=house.now.replace(month=11, day=27))
    raws = [raw if raw != "2026-11-18" else "2026-11-27" for raw in INTEGRATED]
    house.confirms(*raws, ref="N1", turn=turn)
    company = house.company("N1")
    before = {each.due.kind.value: each.due.due_on for each in house.open(company)}
    assert before["D10"] == date(2026, 12, 7)
    which = wants(house, site="Prato")
    looked = look(house.turn(RPS), which)
    assert [(m.row.due.due_on, m.to.due_on) for m in looked.moves] == [(date(2026, 12, 7), date(2026, 12, 4))]
    assert house.open(company)[0].due.due_on == date(2026, 12, 7)
    accept(house.turn(RPS), which)
    (term,) = [each for each in house.open(company) if each.due.kind.value == "D10"]
    assert term.due.due_on == date(2026, 12, 4)
    assert "venerdì 4 dicembre" in term.due.explanation
    assert term.remind_on == date(2026, 12, 3)


def test_a_company_that_turns_out_to_be_a_new_member_gets_its_thirty_days(house: House) -> None:
    loads(house, row("N1", joined_on=date(2026, 11, 10), assignee=house.person("ada.esempioli").id))
    change = accept(house.turn(RPS), wants(house, code=Code.NEW_MEMBER))
    assert change.first_visit_due == date(2026, 12, 10)
    (term,) = house.open(house.company("N1"))
    assert term.owner_email.startswith("ada.")
    assert term.due.due_on == date(2026, 12, 10)


@pytest.mark.parametrize("who", ["ada.esempioli", "carla.immaginelli", "teresa.verosimiletti"])
def test_who_does_not_watch_the_list_decides_nothing(house: House, who: str) -> None:
    loads(house, row("N1"))
    which = wants(house, site="Prato")
    for act in (look, accept, refuse):
        with pytest.raises(NotAllowed):
            act(house.turn(who), which)


def test_a_change_of_servizi_concerns_both_rpc_and_rps(house: House) -> None:
    loads(house, row("N1"))
    which = wants(house, services=True)
    assert look(house.turn(RPC), which).row.id == look(house.turn(RPS), which).row.id
