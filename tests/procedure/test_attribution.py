"""Section 4 of the procedure: who gets which company, and never more than one apart (A12 to A14)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.attribution import (
    SIDES,
    Bucket,
    Candidate,
    Held,
    Proposal,
    Remit,
    Rule,
    Unassigned,
    Unattributable,
    arrived_expired,
    attribute,
    bucket_of,
)
from procedure.people import Role
from procedure.visits import Code
from procedure.why import reason_from_json, reason_to_json, why, why_nobody

PISTOIA, PRATO, MODA, LEGNO = "Pistoia", "Prato", "Federmoda", "Legno"

CARLA = Candidate(1, "Carla", frozenset({Role.RS}), PISTOIA)
DARIO = Candidate(2, "Dario", frozenset({Role.RS}), PRATO)
GINA = Candidate(3, "Gina", frozenset({Role.EM}), PRATO, Remit(trades=frozenset({MODA})))
UGO = Candidate(4, "Ugo", frozenset({Role.EM}), PISTOIA, Remit(trades=frozenset({"federmoda", LEGNO})))
FABIO = Candidate(5, "Fabio", frozenset({Role.EA}), PISTOIA)
SARA = Candidate(6, "Sara", frozenset({Role.EA}), None, Remit(sites=frozenset({PISTOIA, PRATO})))
CNA = Candidate(7, "Zita", frozenset({Role.CS}), None, Remit(firm="CNA Formazione e Sicurezza"))
LM = Candidate(8, "Aldo", frozenset({Role.CS}), None, Remit(firm="L&M"))
SIS = Candidate(9, "Bice", frozenset({Role.CS}), None, Remit(firm="SIS"))
ADA = Candidate(10, "Ada", frozenset({Role.AV}), PISTOIA)
EVERYONE = (CARLA, DARIO, GINA, UGO, FABIO, SARA, CNA, LM, SIS, ADA)


def companies(
    how_many: int, code: Code, services: bool, site: str = PISTOIA, trade: str = MODA
) -> list[Unassigned]:
    return [Unassigned(n, code, services, site, trade) for n in range(how_many)]


def given_to(
    listed: Sequence[Unassigned], everyone: Sequence[Candidate] = EVERYONE, held: Sequence[Held] = ()
) -> list[str]:
    names = {one.person: one.name for one in everyone}
    return [
        names[one.person] if isinstance(one, Proposal) else "nobody"
        for one in attribute(listed, everyone, held)
    ]


# The four rules


def test_a_member_without_services_goes_to_the_rs_of_its_sede() -> None:
    assert given_to(companies(2, Code.MEMBER, False)) == ["Carla", "Carla"]
    assert given_to(companies(1, Code.MEMBER, False, PRATO)) == ["Dario"]


def test_a_member_with_services_goes_half_to_em_by_trade_and_half_to_ea_by_site_the_odd_one_to_em() -> None:
    assert given_to(companies(5, Code.MEMBER, True, trade=LEGNO)) == ["Ugo", "Fabio", "Ugo", "Sara", "Ugo"]


def test_a_new_member_without_services_goes_half_to_rs_and_half_to_the_cs_in_turn() -> None:
    shared = given_to(companies(7, Code.NEW_MEMBER, False))
    assert shared == ["Carla", "Zita", "Carla", "Aldo", "Carla", "Bice", "Carla"]


def test_a_new_member_with_services_goes_to_the_em_of_its_trade_who_has_fewest() -> None:
    assert given_to(companies(3, Code.NEW_MEMBER, True)) == ["Gina", "Ugo", "Gina"]
    assert given_to(companies(2, Code.NEW_MEMBER, True, trade="LEGNO ")) == ["Ugo", "Ugo"]


def test_an_addetto_is_never_named_by_the_rules() -> None:
    for code in Code:
        for services in (True, False):
            assert given_to(companies(1, code, services), [ADA]) == ["nobody"]


# What was attributed before


def test_what_was_attributed_before_counts_over_the_life_of_the_campaign() -> None:
    bucket = Bucket(Rule.AT3, PISTOIA)
    held = [Held(bucket, LM.person, Role.CS, 2), Held(bucket, CARLA.person, Role.RS, 1)]
    shared = given_to(companies(3, Code.NEW_MEMBER, False), held=held)
    assert shared == ["Carla", "Carla", "Zita"]


def test_an_imported_attribution_counts_on_the_side_where_its_person_stands() -> None:
    bucket = Bucket(Rule.AT3, PISTOIA)
    held = [Held(bucket, CARLA.person, None, 1)]
    assert given_to(companies(1, Code.NEW_MEMBER, False), held=held) == ["Zita"]
    handed_out = [Held(bucket, ADA.person, None, 1)]  # an addetto has it from the RS
    assert given_to(companies(1, Code.NEW_MEMBER, False), held=handed_out) == ["Zita"]
    elsewhere = [Held(bucket, DARIO.person, None, 1)]  # the RS of another sede is on no side of this one
    assert given_to(companies(1, Code.NEW_MEMBER, False), held=elsewhere) == ["Carla"]


def test_each_sede_is_a_bucket_of_its_own_and_equals_are_parted_by_what_they_have_in_all() -> None:
    listed = [
        Unassigned(n, Code.NEW_MEMBER, False, site, "")
        for n, site in enumerate((PISTOIA, PISTOIA, PRATO, PRATO))
    ]
    assert given_to(listed) == ["Carla", "Zita", "Dario", "Aldo"]


def test_one_who_joins_later_catches_up() -> None:
    held = [Held(Bucket(Rule.AT4, trade="federmoda"), GINA.person, Role.EM, 2)]
    assert given_to(companies(4, Code.NEW_MEMBER, True), held=held) == ["Ugo", "Ugo", "Gina", "Ugo"]


# Nobody


@pytest.mark.parametrize(
    ("company", "words"),
    [
        (Unassigned(1, Code.MEMBER, False, "Lucca", ""), "non c'è un RS della sede di Lucca"),
        (Unassigned(1, Code.NEW_MEMBER, True, PISTOIA, "Orafi"), "non c'è un EM per il mestiere Orafi"),
        (Unassigned(1, Code.NEW_MEMBER, True, PISTOIA, ""), "l'elenco non dice il mestiere"),
        (
            Unassigned(1, Code.MEMBER, True, "Lucca", "Orafi"),
            "non c'è un EM per il mestiere Orafi né un EA per la sede di Lucca",
        ),
    ],
)
def test_where_nobody_fits_the_reason_names_who_is_missing(company: Unassigned, words: str) -> None:
    (outcome,) = attribute([company], EVERYONE)
    assert isinstance(outcome, Unattributable)
    assert words in why_nobody(outcome)


def test_a_side_that_nobody_stands_on_leaves_all_to_the_other_and_says_so() -> None:
    (outcome,) = attribute(companies(1, Code.MEMBER, True, trade="Orafi"), EVERYONE)
    assert isinstance(outcome, Proposal)
    assert outcome.person == FABIO.person
    assert "Non c'è un EM per il mestiere Orafi." in why(outcome.reason)


# The reason


def reason_of_the_last(listed: Sequence[Unassigned]) -> str:
    *_, last = attribute(listed, EVERYONE)
    assert isinstance(last, Proposal)
    assert reason_from_json(reason_to_json(last.reason)) == last.reason
    return why(last.reason)


def test_the_reason_names_the_rule_the_bucket_and_the_counts_so_far() -> None:
    told = reason_of_the_last(companies(3, Code.NEW_MEMBER, False))
    assert "Neo associata senza servizi, sede di Pistoia" in told
    assert "(regola AT3)" in told
    assert "Fin qui RS 1 e CS 1: a parità tocca a RS." in told
    told = reason_of_the_last(companies(4, Code.NEW_MEMBER, False))
    assert "Fin qui RS 2 e CS 1: ora tocca a CS." in told
    assert "Fra loro, fin qui, Zita 1, Aldo 0 e Bice 0: tocca a chi ne ha meno, a parità a chi" in told
    assert "Fin qui" not in reason_of_the_last(companies(2, Code.MEMBER, False))


def test_a_manual_reason_is_no_rule_s() -> None:
    assert reason_from_json({"why": "conosce la famiglia"}) is None


def test_a_term_that_ended_before_the_list_came_is_nobody_s_delay() -> None:
    until = date(2026, 11, 23)
    assert not arrived_expired(until, until)
    assert arrived_expired(until, date(2026, 11, 24))


# Fairness, whatever comes in whatever order

SITES, TRADES = (PISTOIA, PRATO), (MODA, LEGNO, "Orafi")
_some = st.builds(
    Unassigned, st.integers(0, 10**6), st.sampled_from(Code), st.booleans(), st.sampled_from(SITES),
    st.sampled_from(TRADES),
)  # fmt: skip
_ids = count(100)


@st.composite
def _staff(draw: st.DrawFn) -> list[Candidate]:
    return [
        Candidate(
            next(_ids),
            draw(st.text("abc", min_size=1, max_size=3)),
            frozenset(draw(st.sets(st.sampled_from((Role.RS, Role.EM, Role.EA, Role.CS, Role.AV))))),
            draw(st.sampled_from(SITES)),
            Remit(
                frozenset(draw(st.sets(st.sampled_from(TRADES)))),
                frozenset(draw(st.sets(st.sampled_from(SITES)))),
            ),
        )
        for _ in range(draw(st.integers(1, 8)))
    ]


Shares = Counter[tuple[Bucket, Role]]
Loads = Counter[tuple[Bucket, Role, int]]


def spread(counts: Sequence[int]) -> int:
    return max(counts, default=0) - min(counts, default=0)


def told_by(
    listed: Sequence[Unassigned], staff: Sequence[Candidate], held: Sequence[Held]
) -> tuple[Shares, Loads]:
    """Sides and people counted from the outcome alone."""
    shares: Shares = Counter()
    loads: Loads = Counter()
    for each in held:
        assert each.side is not None
        shares[each.bucket, each.side] += each.count
        loads[each.bucket, each.side, each.person] += each.count
    for company, outcome in zip(listed, attribute(listed, staff, held), strict=True):
        if isinstance(outcome, Proposal):
            bucket = company.bucket
            shares[bucket, outcome.reason.side] += 1
            loads[bucket, outcome.reason.side, outcome.person] += 1
    return shares, loads


@given(st.lists(_some, max_size=60), _staff(), st.integers(0, 60))
def test_inside_a_bucket_nobody_is_ever_more_than_one_ahead(
    listed: list[Unassigned], staff: list[Candidate], cut: int
) -> None:
    """After every company, whether they come at once or in two lists months apart."""
    first, second = listed[:cut], listed[cut:]
    shares, loads = told_by(first, staff, [])
    held = [Held(bucket, person, side, n) for (bucket, side, person), n in loads.items()]
    for upto in range(len(second) + 1):
        shares, loads = told_by(second[:upto], staff, held)
        for bucket in {company.bucket for company in listed}:
            standing = {
                side: [one.person for one in staff if one.stands(side, bucket)] for side in SIDES[bucket.rule]
            }
            assert spread([shares[bucket, side] for side, some in standing.items() if some]) <= 1
            for side, some in standing.items():
                assert spread([loads[bucket, side, person] for person in some]) <= 1


@given(st.lists(_some, max_size=40), _staff(), st.data())
def test_an_imported_imbalance_is_never_made_worse(
    listed: list[Unassigned], staff: list[Candidate], data: st.DataObject
) -> None:
    buckets = sorted({company.bucket for company in listed}, key=repr)
    held = [
        Held(bucket, one.person, side, data.draw(st.integers(0, 9)))
        for bucket in buckets
        for side in SIDES[bucket.rule]
        for one in staff
        if one.stands(side, bucket)
    ]
    before, _ = told_by([], staff, held)
    after, _ = told_by(listed, staff, held)
    for bucket in buckets:
        staffed = [side for side in SIDES[bucket.rule] if any(one.stands(side, bucket) for one in staff)]
        apart = spread([before[bucket, side] for side in staffed])
        assert spread([after[bucket, side] for side in staffed]) <= max(apart, 1)


@given(st.lists(_some, max_size=40), _staff())
def test_a_company_goes_to_somebody_who_stands_in_its_bucket_or_to_nobody(
    listed: list[Unassigned], staff: list[Candidate]
) -> None:
    by_id = {one.person: one for one in staff}
    for company, outcome in zip(listed, attribute(listed, staff), strict=True):
        bucket = company.bucket
        anyone = any(one.stands(side, bucket) for one in staff for side in SIDES[bucket.rule])
        assert isinstance(outcome, Proposal) == anyone
        if isinstance(outcome, Proposal):
            assert by_id[outcome.person].stands(outcome.reason.side, bucket)
            assert outcome.company == company.company


def test_a_bucket_is_a_sede_a_trade_or_both() -> None:
    assert bucket_of(Code.MEMBER, PISTOIA, MODA, has_services=False) == Bucket(Rule.AT1, PISTOIA)
    assert bucket_of(Code.MEMBER, PISTOIA, MODA, has_services=True) == Bucket(Rule.AT2, PISTOIA, "federmoda")
    assert bucket_of(Code.NEW_MEMBER, PISTOIA, MODA, has_services=False) == Bucket(Rule.AT3, PISTOIA)
    assert bucket_of(Code.NEW_MEMBER, PISTOIA, MODA, has_services=True) == Bucket(Rule.AT4, trade="federmoda")
