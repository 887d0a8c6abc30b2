"""A company that cannot be visited, and again can be (A47)."""

import pytest

from actions.hand_out import hand_out, pick
from actions.not_visitable import not_visitable, visitable
from procedure.errors import NotAllowed, Refusal
from procedure.visits import Code, NotVisitable
from store import deadlines, history, proposals, register
from tests.actions.house import House
from tests.actions.test_attribute import loads, row

ADA = "ada.esempioli"
ENDS = (NotVisitable.CEASED, NotVisitable.NOT_A_MEMBER)


@pytest.mark.parametrize("reason", NotVisitable)
def test_it_leaves_the_things_to_do_with_its_reason_and_its_history(
    house: House, reason: NotVisitable
) -> None:
    company, ada = house.company("A002"), house.person(ADA).id
    before = register.assigned_to(house.tx, ada, offset=0, limit=99).total
    not_visitable(house.turn(), company.id, reason)
    assert house.company("A002").not_visitable == reason.value
    assert register.assigned_to(house.tx, ada, offset=0, limit=99).total == before - 1
    (line,) = history.changes(house.tx, "companies", company.id)
    assert (line.field, line.old, line.new) == ("not_visitable", "", reason.value)
    assert house.traces()[0] == "not_visitable"


@pytest.mark.parametrize("reason", NotVisitable)
def test_of_a_new_member_only_what_ends_the_membership_ends_the_thirty_days(
    house: House, reason: NotVisitable
) -> None:
    house.opens_d1("A004")
    (term,) = house.open(house.company("A004"))
    assert term.remind_on is not None
    not_visitable(house.turn(), house.company("A004").id, reason)
    after = deadlines.get(house.tx, term.id)
    assert after is not None
    assert (after.closed_on is not None) == (reason in ENDS)
    assert after.remind_on is None
    if reason in ENDS:
        assert after.closed_how == f"non visitabile: {reason.value}"


@pytest.mark.parametrize("reason", NotVisitable)
def test_undone_it_is_as_it_was(house: House, reason: NotVisitable) -> None:
    house.opens_d1("A004")
    (before,) = house.open(house.company("A004"))
    not_visitable(house.turn(), house.company("A004").id, reason)
    visitable(house.turn(), house.company("A004").id)
    (after,) = house.open(house.company("A004"))
    assert (after.due, after.owner, after.remind_on) == (before.due, before.owner, before.remind_on)
    assert house.company("A004").not_visitable == ""
    with pytest.raises(Refusal, match="visitable_already"):
        visitable(house.turn(), house.company("A004").id)


def test_the_term_that_comes_back_is_the_rs_s_where_the_rs_answered_for_it(house: House) -> None:
    """A17."""
    carla = house.turn("carla.immaginelli")
    loads(house, row("N1", Code.NEW_MEMBER, site="Pistoia", assignee=carla.person.id))
    which = house.company("N1").id
    pick(carla, carla.person.id, [which])
    hand_out(carla, house.person(ADA).id)
    not_visitable(house.turn(), which, NotVisitable.CEASED)
    visitable(house.turn(), which)
    (term,) = house.open(house.company("N1"))
    assert term.owner == carla.person.id


def test_only_who_may_visit_it_says_so(house: House) -> None:
    company = house.company("A002").id
    for who in ("bruno.fintarelli", "sandro.apocrifelli", "dario.provenzoni"):
        with pytest.raises(NotAllowed):
            not_visitable(house.turn(who), company, NotVisitable.REFUSES)
        with pytest.raises(NotAllowed):
            visitable(house.turn(who), company)
    not_visitable(house.turn("carla.immaginelli"), company, NotVisitable.REFUSES)  # the RS of the sede (A50)
    assert house.traces().count("refused") == 6


def test_it_is_not_proposed_to_anybody(house: House) -> None:
    loads(house, row("N1"), row("N2"))
    which = house.company("N1").id
    not_visitable(house.turn("elena.nonesisti"), which, NotVisitable.UNREACHABLE)
    assert loads(house, row("N1"), row("N2")).proposed.made == ()
    assert proposals.open_of(house.tx, which) is None
    assert proposals.open_of(house.tx, house.company("N2").id) is not None
