"""The RS hands out and takes back [r.86, A17]; a company passes from hand to hand with a reason (A16)."""

from datetime import date

import pytest

from actions.finish import finish
from actions.hand_out import hand_out, pick, picked, picking, take_back, team
from actions.pass_on import Passed, pass_on
from actions.passing import begin_passing
from actions.passing_facts import passing_facts
from actions.why_mine import How, why_mine
from conversations.dialogue import Tap, Typed
from procedure.attribution import Rule
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Push
from procedure.people import Role
from procedure.visits import Code, NotVisitable
from store import audit, history, people, proposals, register
from store.history import Hand
from store.people import PersonEntry
from tests.actions.house import PLAIN, House
from tests.actions.test_attribute import loads, row

CARLA, ADA, BRUNO, DARIO = "carla.immaginelli", "ada.esempioli", "bruno.fintarelli", "dario.provenzoni"
RPS, ROSA = "sandro.apocrifelli", "rosa.disegnolli"


def of_carla(house: House, *refs: str, code: Code = Code.MEMBER) -> list[int]:
    """Companies of Pistoia that the list gives to its RS."""
    carla = house.person(CARLA).id
    loads(house, *(row(ref, code, site="Pistoia", assignee=carla) for ref in refs))
    return [house.company(ref).id for ref in refs]


def told(house: House, who: str) -> list[Push]:
    person = house.person(who).id
    return [p for p in house.pushes() if p.screen == "companies_given" and p.person == person]


def assignee(house: House, ref: str) -> str:
    which = house.company(ref).assignee
    person = people.by_id(house.tx, which) if which else None
    return person.email.partition("@")[0] if person else ""


# Picking


def test_an_rs_sees_what_waits_for_a_visit_those_with_a_term_first(house: House) -> None:
    of_carla(house, "N1", "N2")
    of_carla(house, "N9", code=Code.NEW_MEMBER)
    carla = house.turn(CARLA)
    page = picking(carla, carla.person.id, 0, 8).page
    assert [one.name for one in page.items] == ["Ditta N9", "Ditta N1", "Ditta N2"]
    assert page.items[0].due_on == date(2026, 12, 10)


def test_what_was_visited_ceased_or_cannot_be_visited_is_not_handed_out(house: House) -> None:
    one, two, three = of_carla(house, "N1", "N2", "N3")
    carla = house.turn(CARLA)
    house.confirms(*PLAIN, ref="N1", turn=carla)
    hand = Hand("x", house.now, "chat")
    register.set_not_visitable(house.tx, two, NotVisitable.REFUSES.value, house.now.date(), hand)
    pick(carla, carla.person.id, [one, two, three, 999])
    assert [company.ref for company in picked(carla, carla.person.id)] == ["N3"]


def test_a_second_tap_takes_it_off_and_a_whole_page_goes_on_and_off_together(house: House) -> None:
    one, two = of_carla(house, "N1", "N2")
    carla = house.turn(CARLA)

    def on() -> set[int]:
        return set(picking(carla, carla.person.id, 0, 8).picked)

    pick(carla, carla.person.id, [one])
    assert on() == {one}
    pick(carla, carla.person.id, [one, two])
    assert on() == {one, two}
    pick(carla, carla.person.id, [one, two])
    assert on() == set()
    with pytest.raises(Refusal, match="nothing_picked"):
        picked(carla, carla.person.id)


def test_no_more_than_fifty_at_once(house: House) -> None:
    many = of_carla(house, *(f"N{n:02}" for n in range(51)))
    carla = house.turn(CARLA)
    with pytest.raises(Refusal, match="too_many_picked"):
        pick(carla, carla.person.id, many)


def test_the_team_is_the_addetti_of_the_sede_each_with_what_they_have_in_hand(house: House) -> None:
    house.opens_d1("A003")
    house.confirms(*PLAIN)
    ((person, load),) = team(house.turn(CARLA))
    assert person.email.startswith(ADA)
    assert (load.companies, load.to_visit, load.due) == (5, 4, 0)  # D1 of A003 is due on 2 December
    decembers = house.turn(CARLA, house.now.replace(month=12, day=1))
    assert team(decembers)[0][1].due == 1


# Handing out and taking back


def test_an_rs_hands_out_two_companies_and_the_addetto_hears_once(house: House) -> None:
    some = of_carla(house, "N1", "N2")
    carla = house.turn(CARLA)
    pick(carla, carla.person.id, some)
    hand_out(carla, house.person(ADA).id)
    assert (assignee(house, "N1"), assignee(house, "N2")) == (ADA, ADA)
    (push,) = told(house, ADA)
    assert (push.context["how"], push.context["by"], push.context["count"]) == (
        "handed",
        "Carla Immaginelli",
        2,
    )
    assert told(house, CARLA) == []
    assert house.traces()[:2] == ["passed_on", "passed_on"]
    assert history.changes(house.tx, "companies", some[0])[-1].hand.who.startswith(CARLA)


def test_what_is_handed_out_counts_for_the_rs_and_the_rs_answers_for_the_thirty_days(house: House) -> None:
    """A17, A12."""
    (one,) = of_carla(house, "N1", code=Code.NEW_MEMBER)
    carla = house.turn(CARLA)
    pick(carla, carla.person.id, [one])
    hand_out(carla, house.person(ADA).id)
    (term,) = house.open(house.company("N1"))
    assert term.owner == carla.person.id
    line = proposals.given(house.tx, one)
    assert line is not None
    assert (line.rule, line.person) == (Rule.AT3, carla.person.id)
    why = why_mine(house.turn(ADA), one)
    assert (why.how, why.by, why.counts_for) == (How.HANDED, "Carla Immaginelli", "Carla Immaginelli")


def test_an_rs_takes_back_and_the_addetto_hears(house: House) -> None:
    (one,) = of_carla(house, "N1")
    carla, ada = house.turn(CARLA), house.person(ADA)
    pick(carla, carla.person.id, [one])
    hand_out(carla, ada.id)
    pick(carla, ada.id, [one])
    take_back(carla, ada.id)
    assert assignee(house, "N1") == CARLA
    assert [push.context["how"] for push in told(house, ADA)] == ["handed", "taken"]


def test_nobody_hands_out_what_is_another_s(house: House) -> None:
    (one,) = of_carla(house, "N1")
    carla = house.turn(CARLA)
    pick(carla, carla.person.id, [one])
    for to in (BRUNO, "gina.maquettini", "olga.bozzettoni", CARLA):
        with pytest.raises(NotAllowed):
            hand_out(carla, house.person(to).id)
    for who in (ADA, RPS):
        with pytest.raises(NotAllowed):
            picking(house.turn(who), house.person(CARLA).id, 0, 8)
    with pytest.raises(NotAllowed):
        picking(house.turn(DARIO), house.person(ADA).id, 0, 8)
    assert assignee(house, "N1") == CARLA
    assert "refused" in house.traces()


# With a reason


def test_a_company_passes_with_a_reason_and_both_are_told(house: House) -> None:
    company = house.company("A002")  # senza servizi, of Ada
    passed = pass_on(house.turn(RPS), company.id, house.person(BRUNO).id, "conosce l'azienda")
    assert passed.passage.former == house.person(ADA)
    assert assignee(house, "A002") == BRUNO
    (new,), (old,) = told(house, BRUNO), told(house, ADA)
    assert (new.context["how"], new.context["reason"]) == ("passed", "conosce l'azienda")
    assert (old.context["how"], old.context["by"]) == ("taken", "Bruno Fintarelli")
    note = next(one for one in audit.latest(house.tx, 9) if one.what == "passed_on")
    assert note.detail["why"] == "conosce l'azienda"
    why = why_mine(house.turn(BRUNO), company.id)
    assert (why.how, why.reason, why.by) == (How.BY_HAND, "conosce l'azienda", "Sandro Apocrifelli")


def test_the_first_visit_passes_on_with_the_company_but_inside_the_sede(house: House) -> None:
    house.opens_d1("A004")
    pass_on(house.turn(RPS), house.company("A004").id, house.person(BRUNO).id, "carico")
    (term,) = house.open(house.company("A004"))
    assert term.owner_email.startswith(BRUNO)


def test_a_cs_passes_one_of_their_own_to_a_named_colleague_and_it_counts_for_the_cs(house: House) -> None:
    """A16."""
    rosa = house.person(ROSA)
    loads(house, row("N1", Code.NEW_MEMBER, assignee=rosa.id))
    company = house.company("N1")
    pass_on(house.turn(ROSA), company.id, house.person(BRUNO).id, "")
    assert assignee(house, "N1") == BRUNO
    line = proposals.given(house.tx, company.id)
    assert line is not None
    assert line.person == rosa.id
    (term,) = house.open(company)
    assert term.owner_email.startswith(BRUNO)
    with pytest.raises(NotAllowed):
        pass_on(house.turn(ROSA), company.id, rosa.id, "la rivoglio")


@pytest.mark.parametrize(
    ("who", "ref", "to", "may"),
    [
        (CARLA, "A002", CARLA, True),  # the RS, within the sede
        (CARLA, "A002", BRUNO, False),  # to an addetto of another sede
        (DARIO, "A002", DARIO, False),  # the RS of another sede
        (ADA, "A002", CARLA, False),  # an addetto hands nothing on
        (RPS, "A001", BRUNO, False),  # con servizi: RPC's
        ("teresa.verosimiletti", "A001", BRUNO, True),
        ("zeno.modellucci", "A001", BRUNO, True),
        ("zeno.modellucci", "A001", "olga.bozzettoni", False),  # RA makes no visits
    ],
)
def test_who_may_pass_what_on_to_whom(house: House, who: str, ref: str, to: str, may: bool) -> None:
    company, person = house.company(ref), house.person(to)
    if may:
        pass_on(house.turn(who), company.id, person.id, "perché sì")
        assert house.company(ref).assignee == person.id
    else:
        with pytest.raises(NotAllowed):
            pass_on(house.turn(who), company.id, person.id, "perché sì")
        assert house.company(ref).assignee == company.assignee


def test_to_whom_has_it_already_nothing_passes(house: House) -> None:
    with pytest.raises(Refusal, match="already_theirs"):
        pass_on(house.turn(RPS), house.company("A002").id, house.person(ADA).id, "")


# The dialogue


def test_the_dialogue_offers_those_who_may_have_it_and_asks_for_a_reason(house: House) -> None:
    turn = house.turn(CARLA)
    company = house.company("A002")
    assert set(passing_facts(turn, company).people) == {house.person(CARLA).id}
    talk = begin_passing(turn, company.id)
    talk = house.goes_on(talk, Tap(str(turn.person.id)), Typed("la seguo io"), turn=turn)
    done = finish(turn, talk.draft, talk.revision)
    assert isinstance(done, Passed)
    assert (done.passage.to.name, done.passage.reason) == ("Carla Immaginelli", "la seguo io")


def test_who_may_pass_nothing_on_is_not_asked_to_whom(house: House) -> None:
    for who in (ADA, BRUNO, "olga.bozzettoni"):
        with pytest.raises(NotAllowed):
            begin_passing(house.turn(who), house.company("A002").id)


def test_where_nobody_else_may_have_it_it_is_said(house: House) -> None:
    entries = [
        PersonEntry(one.name, one.email, one.roles, one.site)
        for one in people.active(house.tx)
        if one.has(Role.ADMIN) or one.email.startswith(ADA)
    ]
    people.sync(house.tx, entries, house.now.date(), house.now)
    with pytest.raises(Refusal, match="nobody_to_have_it"):
        begin_passing(house.turn("zeno.modellucci"), house.company("A002").id)
