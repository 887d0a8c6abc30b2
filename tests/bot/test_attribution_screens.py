"""The screens of attributions within Telegram's limits, with the longest data; and what each offers."""

from dataclasses import replace
from datetime import date

import pytest

from actions.attribute import Attributed
from actions.attributing import Given
from actions.change_register import Change, Moves
from actions.hand_out import HandedOut, Picking
from actions.pass_on import Passage, Passed
from actions.why_mine import How, Why
from bot.buttons import Verb, read
from bot.screens import attribution, given, hand_out, mine, register_changes
from bot.screens.attribution import Nobodys, Waiting
from bot.screens.screen import Screen
from procedure.attribution import Reason, Rule
from procedure.deadlines import DeadlineKind
from procedure.people import Person, Role
from procedure.visits import Code, NotVisitable
from store.loads import Load
from store.loads import Waiting as ToVisit
from store.page import Page
from store.proposals import ProposalRow
from store.register_changes import ChangeRow, Field
from tests.bot.test_screens import ADA, LARGEST, LONG, LONG_COMPANY, NOON, a_due, a_row, check
from tests.conversations.given import TODAY

SIDES = ((Role.EM, 99_999), (Role.EA, 99_998))
REASON = Reason(Rule.AT2, Role.EM, LONG, LONG, SIDES, tuple((LONG, n) for n in range(9)), (Role.EA,))
TEAM = [(replace(ADA, id=n), Load(n, 999, 99, 9)) for n in range(99)]


def a_proposal(n: int = 0) -> ProposalRow:
    return ProposalRow(LARGEST - n, 1, LONG, LONG, True, 1, LONG, Rule.AT2, REASON, "", NOON, None, "", None)


def a_change(field: Field, n: int = 0) -> ChangeRow:
    old, new = ("True", "False") if field is Field.SERVICES else (LONG, LONG)
    return ChangeRow(LARGEST - n, 1, LONG, True, field, old, new, NOON, None)


def verbs(screen: Screen) -> set[Verb]:
    return {read(data).verb for data in screen.menu.values()}


def test_what_waits_is_within_limits_whatever_there_is_of_it() -> None:
    proposed = Page(tuple(a_proposal(n) for n in range(8)), 99_999, 8)
    nobodys = Page(tuple(Nobodys(LARGEST - n, LONG, LONG if n % 2 else "") for n in range(8)), 999, 0)
    nothing: Page[ProposalRow] = Page((), 0, 0)
    nobody: Page[Nobodys] = Page((), 0, 0)
    check(attribution.draw_waiting(Waiting(proposed, nobodys, 12, LARGEST)))
    check(attribution.draw_waiting(Waiting(nothing, nobodys, 0, LARGEST)))
    check(attribution.draw_waiting(Waiting(nothing, nobody, 3, LARGEST)))
    empty = attribution.draw_waiting(Waiting(nothing, nobody, 0, 0))
    check(empty)
    assert verbs(empty) == {Verb.HOME}


def test_one_proposal_tells_its_reason_and_takes_yes_no_and_another() -> None:
    screen = attribution.draw_proposal(a_proposal())
    check(screen)
    assert "regola AT2" in screen.text
    assert {Verb.PROPOSAL_YES, Verb.PROPOSAL_OTHER, Verb.PROPOSAL_NO} <= verbs(screen)


def test_whom_else_and_what_was_done_are_within_limits() -> None:
    people = attribution.paged([replace(ADA, id=LARGEST - n) for n in range(40)], 8)
    check(attribution.draw_whom(LONG, people, Verb.PROPOSAL_TO, Verb.PROPOSAL_OTHER, LARGEST))
    check(attribution.draw_all_asked(99_999, LARGEST))
    one = Given(LONG_COMPANY, None)
    check(attribution.draw_attributed(Attributed(((ADA, (one,) * 99),) * 40, 7)))
    check(attribution.draw_rejected(LONG))


def test_a_page_of_people_begins_where_there_are_some() -> None:
    some = [replace(ADA, id=n) for n in range(3)]
    assert [one.id for one in attribution.paged(some, 999).items] == [2]
    assert attribution.paged([], 5).items == ()


# Whose it is, and why


@pytest.mark.parametrize("how", How)
def test_why_it_is_mine_is_within_limits(how: How) -> None:
    check(mine.draw_why(Why(LONG_COMPANY, how, LONG, LONG, TODAY, LONG * 3, LONG, LONG)))
    check(mine.draw_why(Why(LONG_COMPANY, how)))


def test_a_card_offers_what_the_person_may() -> None:
    av = Person(5, "Ada", "a@x.it", frozenset({Role.AV}), "Pistoia")
    own = replace(LONG_COMPANY, assignee=5, site="Pistoia")

    def offered(person: Person, **more: object) -> set[Verb]:
        rows = mine.card_rows(person, replace(own, **more))  # type: ignore[arg-type]  # the fields of a company
        return verbs(Screen("x", rows))

    assert offered(av) == {Verb.WHY_MINE, Verb.NOT_VISITABLE}
    assert offered(av, not_visitable="rifiuta") == {Verb.WHY_MINE, Verb.VISITABLE}
    assert offered(av, ceased=True) == {Verb.WHY_MINE}
    assert offered(av, assignee=9) == {Verb.WHY_MINE}
    rs = replace(av, id=8, roles=frozenset({Role.RS}))
    assert offered(rs) == {Verb.WHY_MINE, Verb.NOT_VISITABLE, Verb.TO_COLLEAGUE}
    cs = replace(av, roles=frozenset({Role.CS}))
    assert Verb.TO_COLLEAGUE in offered(cs)
    assert Verb.TO_COLLEAGUE not in offered(cs, assignee=9)


def test_not_visitable_has_the_four_reasons_and_says_what_follows() -> None:
    screen = mine.draw_reasons(LONG_COMPANY)
    check(screen)
    assert set(mine.REASONS.values()) == set(NotVisitable)
    for key, reason in mine.REASONS.items():
        said = mine.draw_sure(LONG_COMPANY, key, has_term=True)
        check(said)
        assert ("i 30 giorni della neo associata finiscono qui" in said.text) == reason.ends_the_term
        assert ("contattata, non visitata" in said.text) != reason.ends_the_term
        assert "30 giorni" not in mine.draw_sure(LONG_COMPANY, key, has_term=False).text
        check(mine.draw_marked(LONG_COMPANY, reason))
    check(mine.draw_unmarked(LONG_COMPANY))


def test_what_passed_names_who_goes_on_answering() -> None:
    screen = mine.draw_passed(Passed(LONG_COMPANY, Passage(None, ADA, LONG), ADA))
    check(screen)
    assert "risponde sempre" in screen.text
    check(mine.draw_passed(Passed(LONG_COMPANY, Passage(ADA, ADA))))


# Handing out


def a_picking(picked: int) -> Picking:
    some = tuple(ToVisit(LARGEST - n, LONG, LONG, date(2027, 1, 9)) for n in range(8))
    return Picking(ADA, Page(some, 1200, 8), tuple(one.id for one in some[:picked]))


def test_companies_to_hand_out_are_toggles_and_lead_on_once_one_is_picked() -> None:
    none, some = (hand_out.draw_to_assign(a_picking(n), "Pistoia", TODAY) for n in (0, 3))
    check(none)
    check(some)
    assert Verb.ASSIGN_WHOM not in verbs(none)
    assert Verb.ASSIGN_WHOM in verbs(some)
    labels = str(some.markup)
    assert (labels.count("☑"), labels.count("☐")) == (3, 5)
    check(hand_out.draw_to_assign(Picking(ADA, Page((), 0, 0), ()), "Pistoia", TODAY))


def test_each_addetto_is_shown_with_what_they_have_in_hand() -> None:
    screen = hand_out.draw_assign_whom(TEAM, [LONG_COMPANY] * 50, "Pistoia")
    check(screen)
    assert "999 aziende, da visitare 99, in scadenza nel mese 9" in screen.shown
    assert "99 da visitare" in str(screen.markup)
    check(hand_out.draw_assign_whom([], [LONG_COMPANY], LONG))
    check(hand_out.draw_assign_ask(ADA, TEAM[0][1], [LONG_COMPANY] * 50))
    check(hand_out.draw_back_whom(TEAM))
    check(hand_out.draw_back_ask(ADA, [LONG_COMPANY] * 50))


def test_what_was_handed_out_and_taken_back_is_within_limits() -> None:
    done = HandedOut(ADA, ADA, (Given(LONG_COMPANY, a_row(DeadlineKind.D1)),) * 50)
    screen = hand_out.draw_handed_out(done)
    check(screen)
    assert "rispondi sempre tu" in screen.text
    check(hand_out.draw_taken_back(done))
    for picked in (0, 8):
        taken = hand_out.draw_to_take(a_picking(picked), TODAY)
        check(taken)
        assert (Verb.BACK_ASK in verbs(taken)) == bool(picked)
    check(hand_out.draw_to_take(Picking(ADA, Page((), 0, 0), ()), TODAY))


# Changes of the register, and what comes by itself


@pytest.mark.parametrize("field", Field)
def test_a_wanted_change_is_within_limits_and_takes_yes_and_no(field: Field) -> None:
    check(register_changes.draw_changes(Page(tuple(a_change(field, n) for n in range(8)), 99, 8)))
    moves = tuple(Moves(a_row(DeadlineKind.D10), a_due(DeadlineKind.D10)) for _ in range(9))
    for change in (
        Change(a_change(field), LONG_COMPANY, ADA, moves, TODAY),
        Change(a_change(field), LONG_COMPANY, None),
    ):
        screen = register_changes.draw_change(change)
        check(screen)
        assert {Verb.CHANGE_YES, Verb.CHANGE_NO} <= verbs(screen)
        check(register_changes.draw_changed(change))
        check(register_changes.draw_unchanged(change))
    check(register_changes.draw_changes(Page((), 0, 0)))


@pytest.mark.parametrize("how", ["confirmed", "listed", "handed", "passed", "taken", "taken_listed"])
@pytest.mark.parametrize("count", [1, 40])
def test_companies_that_come_or_go_are_told_in_every_way(how: str, count: int) -> None:
    assert Code.NEW_MEMBER  # their term is told with them
    companies = [{"id": LARGEST - n, "name": LONG, "site": LONG, "term": LONG} for n in range(min(count, 20))]
    context = {"how": how, "by": "Carla", "reason": "carico", "companies": companies, "count": count}
    screen = given.draw_given(context)
    check(screen)
    assert ("Un'azienda" in screen.text or "un'azienda" in screen.text) == (count == 1)
    assert bool(screen.rows) == (not how.startswith("taken"))
