"""A list's companies are proposed, and become somebody's when who decides says yes (A12 to A15, A18)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from actions.attribute import change, confirm, confirm_all, name, reject, renew
from actions.import_register import Entered, RegisterList, import_register
from actions.pass_on import pass_on
from actions.why_mine import How, why_mine
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Push
from procedure.register_rows import RegisterRow
from procedure.visits import Code
from store import history, outbox, people, proposals, register_changes
from store.proposals import ProposalRow
from tests.actions.house import House, at

RPS, RPC, ADMIN = "sandro.apocrifelli", "teresa.verosimiletti", "zeno.modellucci"
CARLA, ADA, ELENA = "carla.immaginelli", "ada.esempioli", "elena.nonesisti"


def row(ref: str, code: Code = Code.MEMBER, *, services: bool = False, **more: object) -> RegisterRow:
    plain = RegisterRow(
        number=2,
        ref=ref,
        name=f"Ditta {ref}",
        code=code,
        has_services=services,
        site="Montecatini Terme",
        trade="Alimentare",
        joined_on=date(2026, 11, 10) if code is Code.NEW_MEMBER else None,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields of a row


def loads(house: House, *rows: RegisterRow) -> Entered:
    return import_register(
        house.tx,
        RegisterList("l.csv", "0" * 64, rows),
        terms=house.office.campaign.terms,
        calendars=house.office.calendars,
        who="importa",
        now=house.now,
    )


def proposed(house: House, ref: str) -> ProposalRow:
    found = proposals.open_of(house.tx, house.company(ref).id)
    assert found is not None
    return found


def assignee(house: House, ref: str) -> str:
    which = house.company(ref).assignee
    person = people.by_id(house.tx, which) if which else None
    return person.name if person else ""


def told(house: House, who: str) -> list[Push]:
    person = house.person(who).id
    return [push for push in house.pushes() if push.screen == "companies_given" and push.person == person]


def names(push: Push) -> Iterable[str]:
    companies = push.context["companies"]
    assert isinstance(companies, list)
    return [str(one["name"]) for one in companies if isinstance(one, dict)]


# Proposals


def test_a_list_proposes_somebody_for_every_company_without_an_assignee(house: House) -> None:
    entered = loads(house, row("N1"), row("N2", Code.NEW_MEMBER), row("N3", assignee=house.person(ADA).id))
    assert len(entered.proposed.made) == 2
    assert proposed(house, "N1").person_name == "Elena Nonesisti"
    assert assignee(house, "N1") == ""
    assert assignee(house, "N3") == "Ada Esempioli"
    assert told(house, ELENA) == []


def test_the_same_list_twice_proposes_nothing_twice(house: House) -> None:
    loads(house, row("N1"))
    assert loads(house, row("N1")).proposed.made == ()


def test_the_next_list_goes_on_from_what_was_attributed_before(house: House) -> None:
    """A12, A13: of a sede's code 1 without services half to RS and half to CS, the odd one to RS."""
    loads(house, *(row(f"N{n}", Code.NEW_MEMBER) for n in range(3)))
    confirm_all(house.turn(RPS), proposals.newest(house.tx))
    loads(house, *(row(f"M{n}", Code.NEW_MEMBER) for n in range(3)))
    sides = [proposed(house, f"M{n}").reason for n in range(3)]
    assert [one.side.value for one in sides if one] == ["CS", "RS", "CS"]


def test_a_company_that_the_rules_name_nobody_for_has_no_proposal(house: House) -> None:
    entered = loads(house, row("N1", Code.NEW_MEMBER, services=True, trade="Orafi"))
    assert entered.proposed.made == ()
    assert [one.rule.value for one in entered.proposed.nobody] == ["AT4"]
    assert proposals.without(house.tx, [True], offset=0, limit=9).total == 1


# Yes


def test_a_yes_attributes_with_the_history_and_tells_the_person_once(house: House) -> None:
    loads(house, row("N1"), row("N2"))
    done = confirm_all(house.turn(RPS), proposals.newest(house.tx))
    assert done.count == 2
    (push,) = told(house, ELENA)
    assert names(push) == ["Ditta N1", "Ditta N2"]
    (line,) = history.changes(house.tx, "companies", house.company("N1").id)
    assert (line.field, line.new) == ("assignee_id", str(house.person(ELENA).id))
    assert line.hand.who.startswith(RPS)


def test_the_first_visit_gets_its_owner_and_its_first_reminder_with_the_yes(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER))
    (before,) = house.open(house.company("N1"))
    assert (before.owner, before.owner_email, before.remind_on) == (None, "", None)
    confirm(house.turn(RPS), proposed(house, "N1").id)
    (after,) = house.open(house.company("N1"))
    assert after.owner == house.person(ELENA).id
    assert after.due.due_on == date(2026, 12, 10)
    assert after.remind_on == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("joined", "words"),
    [
        (date(2026, 11, 10), "visita entro giovedì 10 dicembre 2026: restano 22 giorni"),
        (date(2026, 10, 19), "visita entro mercoledì 18 novembre 2026: è oggi"),
        (date(2026, 10, 1), "arrivata scaduta: i giorni per la visita finivano sabato 31 ottobre 2026"),
    ],
)
def test_a_new_member_is_told_with_its_thirtieth_day_and_the_days_left(
    house: House, joined: date, words: str
) -> None:
    loads(house, row("N1", Code.NEW_MEMBER, joined_on=joined))
    confirm(house.turn(RPS), proposed(house, "N1").id)
    (push,) = told(house, ELENA)
    companies = push.context["companies"]
    assert isinstance(companies, list)
    assert isinstance(companies[0], dict)
    assert companies[0]["term"] == words


def test_all_that_was_shown_is_confirmed_and_nothing_that_came_after(house: House) -> None:
    loads(house, row("N1"))
    shown = proposals.newest(house.tx)
    loads(house, row("N2"))
    confirm_all(house.turn(RPS), shown)
    assert assignee(house, "N1")
    assert not assignee(house, "N2")


def test_a_proposal_is_decided_once(house: House) -> None:
    loads(house, row("N1"))
    which = proposed(house, "N1").id
    confirm(house.turn(RPS), which)
    with pytest.raises(Refusal, match="proposal_settled"):
        confirm(house.turn(RPS), which)
    assert len(told(house, ELENA)) == 1


@pytest.mark.parametrize(
    ("who", "services", "may"),
    [
        (RPS, False, True),
        (RPS, True, False),
        (RPC, True, True),
        (RPC, False, False),
        (ADMIN, True, True),
        (ADMIN, False, True),
        (ELENA, False, False),
        (ADA, False, False),
    ],
)
def test_rpc_decides_of_companies_with_services_and_rps_of_those_without(
    house: House, who: str, services: bool, may: bool
) -> None:
    """A15."""
    loads(house, row("N1", services=services))
    which = proposed(house, "N1").id
    for act in (
        lambda turn: confirm(turn, which),
        lambda turn: change(turn, which, 1),
        lambda turn: reject(turn, which),
    ):
        if not may:
            with pytest.raises(NotAllowed):
                act(house.turn(who))
    if may:
        confirm(house.turn(who), which)
    assert bool(assignee(house, "N1")) == may
    assert ("refused" in house.traces()) != may


# Another person, no, and by hand


def test_another_person_may_be_named_and_counts_in_the_place_of_the_one_proposed(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER))
    rosa = house.person("rosa.disegnolli")
    change(house.turn(RPS), proposed(house, "N1").id, rosa.id)
    assert assignee(house, "N1") == "Rosa Disegnolli"
    line = proposals.given(house.tx, house.company("N1").id)
    assert line is not None
    assert (line.outcome, line.person) == (proposals.Outcome.CHANGED, rosa.id)
    assert why_mine(house.turn(RPS), house.company("N1").id).how is How.CHANGED


def test_who_makes_no_visits_or_has_left_is_not_to_be_named(house: House) -> None:
    loads(house, row("N1"))
    gone = house.person("fabio.campionetti")
    people.leave(house.tx, gone.id, house.now.date())
    for who in (house.person("olga.bozzettoni").id, gone.id, 0, 999):
        with pytest.raises(NotAllowed):
            change(house.turn(RPS), proposed(house, "N1").id, who)


def test_a_refused_proposal_is_not_made_again_and_waits_for_a_hand(house: House) -> None:
    loads(house, row("N1"))
    reject(house.turn(RPS), proposed(house, "N1").id)
    assert loads(house, row("N1")).proposed.made == ()
    renew(house.turn(RPS))
    company = house.company("N1")
    assert [one.company for one in proposals.without(house.tx, [False], offset=0, limit=9).items] == [
        company.id
    ]
    name(house.turn(RPS), company.id, house.person(ADA).id)
    assert assignee(house, "N1") == "Ada Esempioli"
    with pytest.raises(Refusal, match="proposal_settled"):
        name(house.turn(RPS), company.id, house.person(ADA).id)


def test_a_proposal_of_somebody_who_left_is_made_anew(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER))
    old = proposed(house, "N1")
    people.leave(house.tx, old.person, house.now.date())
    with pytest.raises(Refusal, match="proposal_settled"):
        confirm(house.turn(RPS), old.id)
    renew(house.turn(RPS))
    assert proposed(house, "N1").person != old.person


# The list again


def test_an_imported_attribution_wins_and_closes_the_proposal(house: House) -> None:
    """A12."""
    loads(house, row("N1", Code.NEW_MEMBER))
    loads(house, row("N1", Code.NEW_MEMBER, assignee=house.person(ADA).id))
    company = house.company("N1")
    assert assignee(house, "N1") == "Ada Esempioli"
    assert proposals.open_of(house.tx, company.id) is None
    (term,) = house.open(company)
    assert term.owner == house.person(ADA).id
    assert [names(push) for push in told(house, ADA)] == [["Ditta N1"]]


def test_a_list_that_names_another_tells_both(house: House) -> None:
    loads(house, row("N1", assignee=house.person(ADA).id))
    loads(house, row("N1", assignee=house.person(ELENA).id))
    assert assignee(house, "N1") == "Elena Nonesisti"
    assert [push.context["how"] for push in told(house, ADA)] == ["taken_listed"]
    assert [push.context["how"] for push in told(house, ELENA)] == ["listed"]


def test_what_an_rs_handed_out_stays_so_when_the_list_says_the_same_as_before(house: House) -> None:
    listed = row("N1", site="Pistoia", assignee=house.person(CARLA).id)
    loads(house, listed)
    pass_on(house.turn(CARLA), house.company("N1").id, house.person(ADA).id, "")
    loads(house, listed)
    assert assignee(house, "N1") == "Ada Esempioli"


def test_a_new_member_that_comes_attributed_is_told_to_its_assignee(house: House) -> None:
    """M1."""
    loads(
        house,
        row("N1", Code.NEW_MEMBER, assignee=house.person(ADA).id),
        row("N2", assignee=house.person(ADA).id),
    )
    (push,) = told(house, ADA)
    assert names(push) == ["Ditta N1"]


# What a list may not change by itself (A19b)


def test_servizi_sede_and_code_of_a_known_company_wait_for_a_person(house: House) -> None:
    loads(house, row("N1"))
    entered = loads(house, row("N1", Code.NEW_MEMBER, services=True, site="Prato", name="Ditta Nuova"))
    company = house.company("N1")
    assert (company.code, company.has_services, company.site) == (Code.MEMBER, False, "Montecatini Terme")
    assert company.name == "Ditta Nuova"
    assert entered.wanted == 3
    waiting = register_changes.waiting(house.tx, [False], offset=0, limit=9)
    assert {(one.field.value, one.old, one.new) for one in waiting.items} == {
        ("has_services", "False", "True"), ("site", "Montecatini Terme", "Prato"), ("code", "0", "1"),
    }  # fmt: skip


def test_code_1_stays_1_for_the_campaign(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER))
    assert loads(house, row("N1")).wanted == 0
    assert house.company("N1").code is Code.NEW_MEMBER


def test_a_change_is_asked_once_and_withdrawn_when_the_list_takes_it_back(house: House) -> None:
    loads(house, row("N1"))
    assert loads(house, row("N1", site="Prato")).wanted == 1
    assert loads(house, row("N1", site="Prato")).wanted == 0
    assert loads(house, row("N1", site="Agliana")).wanted == 1
    assert register_changes.waiting(house.tx, [False], offset=0, limit=9).total == 1
    loads(house, row("N1"))
    assert register_changes.waiting(house.tx, [False], offset=0, limit=9).total == 0


# Why is it mine?


def test_why_tells_the_rule_the_counts_and_who_confirmed(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER))
    which = house.company("N1").id
    assert why_mine(house.turn(RPS), which).how is How.PROPOSED
    confirm(house.turn(RPS), proposed(house, "N1").id)
    told_so = why_mine(house.turn(ELENA), which)
    assert (told_so.how, told_so.to, told_so.by) == (How.BY_RULE, "Elena Nonesisti", "Sandro Apocrifelli")
    assert "Fin qui RS 0 e CS 0: a parità tocca a RS." in told_so.rule


def test_why_of_a_listed_company_is_the_list_and_of_one_out_of_sight_nothing(house: House) -> None:
    assert why_mine(house.turn(ADA), house.company("A001").id).how is How.LISTED
    with pytest.raises(NotAllowed):
        why_mine(house.turn(ADA), house.company("B001").id)


def test_a_company_of_nobody_says_so(house: House) -> None:
    loads(house, row("N1", Code.NEW_MEMBER, services=True, trade="Orafi"))
    assert why_mine(house.turn(RPC), house.company("N1").id).how is How.NOBODY


def test_a_turn_in_the_evening_tells_the_next_morning(house: House) -> None:
    """A46."""
    loads(house, row("N1"))
    confirm(house.turn(RPS, at(18, 22)), proposed(house, "N1").id)
    (push,) = told(house, ELENA)
    queued = outbox.by_key(house.tx, push.key)
    assert queued is not None
    assert queued.due_at == at(19, 8)
