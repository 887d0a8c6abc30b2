"""Dates put right: which terms move and which dates are contradicted; and what holds of any corrections."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from procedure.campaign import Closure, ProductKind, Terms
from procedure.deadlines import DeadlineKind, due, is_late
from procedure.quotes import Quote, QuoteState
from procedure.redating import (
    OF_QUOTE,
    DateField,
    OpenedTerm,
    Redating,
    Standing,
    contradicted,
    explain,
    moves,
    redated,
)
from procedure.workdays import WorkCalendar

F, K = DateField, DeadlineKind
TERMS = Terms()
PISTOIA = WorkCalendar((7, 25), "San Jacopo", (Closure(date(2026, 8, 10), date(2026, 8, 21), "ferie"),))
WEDNESDAY = date(2026, 11, 18)


def a_quote(number: int, **dates: date | None) -> Quote:
    return Quote(
        id=number,
        visit=1,
        company=7,
        kind=ProductKind.INTEGRATED,
        owner=2,
        owner_email="ivo@esempio.it",
        state=QuoteState.DELIVERED,
        opened_on=WEDNESDAY,
        **dates,  # type: ignore[arg-type] # the names are those of the dates alone
    )


STARTS = {
    K.D10: F.VISIT,
    K.D11: F.DRAFTING,
    K.A22B: F.CONTACT,
    K.D13: F.DELIVERY,
    K.D14: F.DELIVERY,
}
PROOFS = {
    K.D10: (F.DRAFTING, F.CLOSING),
    K.D11: (F.CONTACT, F.DELIVERY, F.CLOSING),
    K.A22B: (F.DELIVERY, F.CLOSING),
    K.D13: (F.FOLLOW_UP, F.CLOSING),
    K.D14: (F.CLOSING,),
}


def as_told(visited_on: date, *quotes: Quote, others: tuple[date, ...] = ()) -> Standing:
    """A visit and its quotes with the terms that section 8 opens and meets for these dates."""
    bare = Standing(visited_on, quotes, (), PISTOIA, TERMS, others)
    terms = [
        OpenedTerm(1, due(K.D6, visited_on, PISTOIA, TERMS)),
        OpenedTerm(
            2, due(K.D1, date(2026, 11, 2), PISTOIA, TERMS), None, min(visited_on, *others, visited_on)
        ),
    ]
    for quote in quotes:
        for kind, field in STARTS.items():
            if start := bare.day(field, quote.id):
                days = [day for one in PROOFS[kind] if (day := bare.day(one, quote.id))]
                met_on = min(days, default=None)
                number = len(terms) + 1
                terms.append(OpenedTerm(number, due(kind, start, PISTOIA, TERMS), quote.id, met_on))
    return replace(bare, terms=tuple(terms))


DAYS = st.integers(0, 400).map(lambda n: date(2026, 6, 1) + timedelta(days=n))
MAYBE = st.none() | DAYS


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Any dates: what is in order and what is not."""
    quotes = [
        a_quote(number, **{field.value: draw(MAYBE) for field in OF_QUOTE})
        for number in range(10, 10 + draw(st.integers(0, 2)))
    ]
    return as_told(draw(DAYS), *quotes, others=tuple(draw(st.lists(DAYS, max_size=2))))


@st.composite
def corrections(draw: st.DrawFn, standing: Standing) -> Redating:
    """Any date that is set, to any day."""
    of_visit = [Redating(F.VISIT, draw(DAYS))]
    of_quotes = [
        Redating(field, draw(DAYS), quote.id)
        for quote in standing.quotes
        for field in OF_QUOTE
        if standing.day(field, quote.id)
    ]
    return draw(st.sampled_from([*of_visit, *of_quotes]))


@given(st.data())
def test_a_date_moved_and_moved_back_restores_every_term(data: st.DataObject) -> None:
    standing = data.draw(standings())
    there = data.draw(corrections(standing))
    old = standing.day(there.field, there.quote)
    assert old is not None

    assert redated(redated(standing, there), replace(there, on=old)) == standing


@given(st.data())
def test_two_corrections_lead_to_the_same_in_either_order(data: st.DataObject) -> None:
    standing = data.draw(standings())
    one, other = data.draw(corrections(standing)), data.draw(corrections(standing))
    assume((one.field, one.quote) != (other.field, other.quote))

    assert redated(redated(standing, one), other) == redated(redated(standing, other), one)


@given(st.data())
def test_what_is_corrected_is_what_would_stand_had_it_been_told_so(data: st.DataObject) -> None:
    standing = data.draw(standings())
    change = data.draw(corrections(standing))

    after = redated(standing, change)

    assert after == as_told(after.visited_on, *after.quotes, others=after.other_visits)


@given(st.data())
def test_the_last_of_several_corrections_of_a_date_holds(data: st.DataObject) -> None:
    standing = data.draw(standings())
    first = data.draw(corrections(standing))
    last = replace(first, on=data.draw(DAYS))

    assert redated(redated(standing, first), last) == redated(standing, last)


@given(st.data())
def test_a_later_day_never_makes_a_term_end_sooner(data: st.DataObject) -> None:
    standing = data.draw(standings())
    change = data.draw(corrections(standing))
    later = replace(change, on=change.on + timedelta(days=data.draw(st.integers(0, 60))))

    pairs = zip(redated(standing, change).terms, redated(standing, later).terms, strict=True)
    assert all(sooner.due.due_on <= after.due.due_on for sooner, after in pairs)


@given(st.data())
def test_no_move_is_left_out_and_none_is_told_twice(data: st.DataObject) -> None:
    standing = data.draw(standings())
    change = data.draw(corrections(standing))

    moved = moves(standing, change)

    assert {move.new for move in moved} == {*redated(standing, change).terms} - {*standing.terms}
    assert len(set(explain(moved))) == len(explain(moved))
    for move in moved:
        assert (move.old.id, move.old.due.kind) == (move.new.id, move.new.due.kind)
        assert (move.old.met_on is None) == (move.new.met_on is None)  # what was met stays met


@given(st.data())
def test_a_day_is_contradicted_just_where_the_order_of_section_10_is_broken(data: st.DataObject) -> None:
    standing = data.draw(standings())
    change = data.draw(corrections(standing))
    after = redated(standing, change)
    order = [F.VISIT, F.DRAFTING, F.CONTACT, F.DELIVERY, F.FOLLOW_UP, F.CLOSING]

    told = {field for field, _ in contradicted(standing, change)}

    for quote in after.quotes:
        if change.field is not F.VISIT and quote.id != change.quote:
            continue
        for field in order:
            day = after.day(field, quote.id)
            if day is None or field is change.field:
                continue
            before = order.index(field) < order.index(change.field)
            if day > change.on if before else day < change.on:
                assert field in told
    assert change.field not in told


@given(DAYS)
def test_the_same_day_again_moves_and_contradicts_nothing(day: date) -> None:
    standing = as_told(day, a_quote(10, drafted_on=day, delivered_on=day))

    for field in (F.VISIT, F.DRAFTING, F.DELIVERY):
        change = Redating(field, day, None if field is F.VISIT else 10)
        assert moves(standing, change) == ()
        assert contradicted(standing, change) == ()


def test_a_visit_moves_its_forms_and_the_drafting_of_every_quote_of_it() -> None:
    standing = as_told(WEDNESDAY, a_quote(10), a_quote(11))

    moved = moves(standing, Redating(F.VISIT, date(2026, 11, 20)))

    assert sorted(move.new.due.kind.value for move in moved) == ["D1", "D10", "D10", "D6"]
    assert explain(moved) == (
        "moduli all'Ufficio Essere Impresa: da giovedì 19 a lunedì 23 novembre",
        "redazione del preventivo: da mercoledì 25 a venerdì 27 novembre",
    )


def test_a_delivery_moves_the_terms_of_its_own_quote_alone() -> None:
    quotes = (a_quote(10, delivered_on=WEDNESDAY), a_quote(11, delivered_on=WEDNESDAY))
    standing = as_told(WEDNESDAY, *quotes)

    moved = moves(standing, Redating(F.DELIVERY, date(2026, 11, 19), 11))

    assert {move.new.quote for move in moved} == {11}
    assert {K.D13, K.D14} <= {move.new.due.kind for move in moved}


@pytest.mark.parametrize(
    ("visited_on", "said"),
    [(date(2026, 11, 16), "risulta in ritardo"), (date(2026, 11, 19), "")],
)
def test_the_lateness_of_what_was_met_follows_the_dates(visited_on: date, said: str) -> None:
    """Drafted on Wednesday 25: in time for a visit of the 18th, late for one of the 16th."""
    standing = as_told(WEDNESDAY, a_quote(10, drafted_on=date(2026, 11, 25)))

    after = redated(standing, Redating(F.VISIT, visited_on))

    (drafting,) = (term for term in after.terms if term.due.kind is K.D10)
    assert drafting.met_on == date(2026, 11, 25)
    assert is_late(drafting.due, date(2026, 11, 25)) == bool(said)
    lines = explain(moves(standing, Redating(F.VISIT, visited_on)))
    assert (f"redazione del preventivo: {said}" in lines) == bool(said)


def test_what_was_closed_by_hand_on_another_day_stays_closed_on_it() -> None:
    standing = as_told(WEDNESDAY, a_quote(10, drafted_on=date(2026, 11, 20)))
    by_hand = tuple(
        replace(term, met_on=date(2026, 11, 23)) if term.due.kind is K.D10 else term
        for term in standing.terms
    )

    after = redated(replace(standing, terms=by_hand), Redating(F.DRAFTING, date(2026, 11, 19), 10))

    (drafting,) = (term for term in after.terms if term.due.kind is K.D10)
    assert drafting.met_on == date(2026, 11, 23)


def test_the_first_visit_of_all_meets_the_thirty_days() -> None:
    standing = as_told(WEDNESDAY, others=(date(2026, 11, 20),))

    after = redated(standing, Redating(F.VISIT, date(2026, 11, 25)))

    (d1,) = (term for term in after.terms if term.due.kind is K.D1)
    assert d1.met_on == date(2026, 11, 20)


def test_an_odd_day_names_every_date_on_the_wrong_side_of_it() -> None:
    dates = {"drafted_on": date(2026, 11, 19), "delivered_on": date(2026, 11, 20)}
    standing = as_told(WEDNESDAY, a_quote(10, **dates, followed_up_on=date(2026, 11, 27)))

    assert contradicted(standing, Redating(F.DELIVERY, date(2026, 11, 17), 10)) == (
        (F.VISIT, WEDNESDAY),
        (F.DRAFTING, date(2026, 11, 19)),
    )
    assert contradicted(standing, Redating(F.DELIVERY, date(2026, 11, 28), 10)) == (
        (F.FOLLOW_UP, date(2026, 11, 27)),
    )
    assert contradicted(standing, Redating(F.VISIT, date(2026, 11, 19))) == ()


def test_a_field_is_found_by_its_name_and_read_by_its_label() -> None:
    assert DateField("delivered_on") is DateField.DELIVERY
    assert [field.label for field in DateField][:1] == ["DATA VISITA"]
    assert len({field.label for field in DateField}) == len(DateField)
