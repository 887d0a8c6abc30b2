"""Who may see, visit and tell what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from procedure.campaign import ProductKind
from procedure.people import Person, Role
from procedure.permissions import may_hand_over, may_see, may_tell, may_visit, stood_in_for
from procedure.quotes import Quote, QuoteState
from procedure.visits import Code, Company

COMPANY = Company(5, "A001", "Finzioni", Code.MEMBER, True, "Pistoia", "Moda", None, 1, {})
QUOTE = Quote(3, 9, 5, ProductKind.INTEGRATED, 7, "Ivo@x.it", QuoteState.DELIVERED, date(2026, 11, 18))


def a(role: Role, id_: int = 99, site: str | None = None, email: str = "uno@x.it") -> Person:
    return Person(id_, "Uno", email, frozenset({role}), site)


WHO = {
    "their own AV": (a(Role.AV, 1), (True, True, True, False)),
    "another AV": (a(Role.AV, 2, "Pistoia"), (False, False, False, False)),
    "the RS of the sede": (a(Role.RS, 3, "Pistoia"), (True, True, True, True)),
    "the RS of another sede": (a(Role.RS, 4, "Prato"), (False, False, False, False)),
    "an RS without a sede": (a(Role.RS, 4), (False, False, False, False)),
    "RPC": (a(Role.RPC), (False, True, False, False)),  # companies con servizi [r.173]
    "RPS": (a(Role.RPS), (False, False, True, True)),  # companies senza [r.174], and all quotes [r.142]
    "the AM of the quote": (a(Role.AM, 7), (False, False, False, True)),
    "the AM by address": (a(Role.AM, 8, email="ivo@X.IT"), (False, False, False, True)),
    "another AM": (a(Role.AM, 9), (False, False, False, False)),
    "RA": (a(Role.RA), (False, False, False, False)),
    "the administrator": (a(Role.ADMIN), (False, False, False, False)),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_visit_see_and_tell(who: str) -> None:
    person, expected = WHO[who]
    without = replace(COMPANY, has_services=False)
    may = (
        may_visit(person, COMPANY),
        may_see(person, COMPANY),
        may_see(person, without),
        may_tell(person, QUOTE, COMPANY),
    )
    assert may == expected


AWAY = {
    "their own AV": a(Role.AV, 1),
    "the RS of the sede": a(Role.RS, 3, "Pistoia"),
    "the AM of the quote": a(Role.AM, 7),
}


@pytest.mark.parametrize("who", AWAY)
def test_a_deputy_may_what_the_absent_may_and_nothing_more_after(who: str) -> None:
    absent, nobody = AWAY[who], a(Role.AM, 50)
    deputy = replace(nobody, stands_for=(absent,))
    rights: list[Callable[[Person], bool]] = [
        lambda one: may_visit(one, COMPANY),
        lambda one: may_see(one, COMPANY),
        lambda one: may_tell(one, QUOTE, COMPANY),
        lambda one: may_hand_over(one, 1, COMPANY),
    ]
    for may in rights:
        assert may(deputy) is may(absent)
        assert not may(nobody)
        assert stood_in_for(deputy, may) == (absent if may(absent) else None)
        assert stood_in_for(absent, may) is None


def test_the_papers_of_a_visit_are_handed_over_by_whoever_made_it() -> None:
    assert may_hand_over(a(Role.AV, 2), 2, COMPANY)
    assert not may_hand_over(a(Role.AV, 2), 4, COMPANY)


def test_a_company_of_nobody_is_visited_by_the_rs_alone() -> None:
    nobody = replace(COMPANY, assignee=None)
    assert not may_visit(a(Role.AV, 1), nobody)
    assert may_visit(a(Role.RS, 3, "Pistoia"), nobody)


def test_a_quote_owned_by_a_mailbox_is_nobody_s_by_id() -> None:
    by_mail = replace(QUOTE, owner=None)
    assert not may_tell(a(Role.AM, 7), by_mail, COMPANY)
    assert may_tell(a(Role.AM, 0, email="ivo@x.it"), by_mail, COMPANY)
