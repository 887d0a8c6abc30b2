"""Any reminder is put off by working days with a reason; the deadline never moves, and others may look."""

from datetime import date

import pytest

from actions.finish import finish
from actions.hand_over import hand_over
from actions.put_off import PutOffDone, begin_put_off, next_of_quote, put_off
from conversations.dialogue import Typed
from procedure.errors import NotAllowed, Refusal
from store import deadlines, history, quotes
from store.deadlines import DeadlineRow
from tests.actions.house import CATALOGUE, INTEGRATED, PLAIN, House, at

SIGNED = (*PLAIN[:4], "all", *PLAIN[5:])
CARLA, BRUNO, IVO = "carla.immaginelli", "bruno.fintarelli", "ivo.prototipelli"


def papers(house: House) -> DeadlineRow:
    """D6: due on Thursday 19."""
    house.confirms(*SIGNED)
    return next(row for row in house.open() if row.due.kind == "D6")


def puts_off(house: House, deadline: int, *raws: Typed | str) -> PutOffDone:
    turn = house.turn()
    talk = house.goes_on(begin_put_off(turn, deadline), *raws, turn=turn)
    done = finish(turn, talk.draft, talk.revision)
    assert isinstance(done, PutOffDone)
    return done


def test_the_papers_are_put_off_and_their_term_stays(house: House) -> None:
    before = papers(house)
    done = puts_off(house, before.id, "2026-11-20", "absent")
    after = deadlines.get(house.tx, before.id)
    assert after is not None
    assert (done.until, after.remind_on, after.postponed_why) == (
        date(2026, 11, 20),
        date(2026, 11, 20),
        "La persona non c'è",
    )
    assert after.due == before.due


def test_the_likely_days_are_working_days_of_the_company_s_sede(house: House) -> None:
    """On Thursday 3 December, at Montecatini, 4 is Santa Barbara; at Pistoia Monday 7 is two days away."""
    row = papers(house)
    talk = begin_put_off(house.turn(at=at(3, month=12)), row.id)
    assert list(talk.grounds.facts.likely.values()) == [
        date(2026, 12, 4),
        date(2026, 12, 7),
        date(2026, 12, 11),
    ]


def test_a_typed_day_of_rest_becomes_the_next_working_one(house: House) -> None:
    assert puts_off(house, papers(house).id, Typed("22/11/2026"), "asked").until == date(2026, 11, 23)


def test_it_is_in_the_history_of_the_deadline_and_of_its_quote(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(19))
    row = next_of_quote(ivo, quote)
    put_off(ivo, row.id, date(2026, 11, 26), "aspetto i bilanci", channel="chat")
    changes = history.changes(house.tx, "deadlines", row.id)
    assert [(one.field, one.new) for one in changes] == [
        ("remind_on", "2026-11-26"),
        ("postponed_why", "aspetto i bilanci"),
    ]
    assert quotes.story(house.tx, quote)[-1].event == "rinvia: aspetto i bilanci"


def test_what_else_of_the_quote_would_be_told_before_comes_then_too(house: House) -> None:
    quote, ada = house.quote(*CATALOGUE), house.turn(at=at(20))
    row = next_of_quote(ada, quote)
    put_off(ada, row.id, date(2027, 3, 1), "dopo le ferie", channel="chat")
    assert {one.remind_on for one in deadlines.of_quote(house.tx, quote)} == {date(2027, 3, 1)}


def test_a_stranger_to_the_deadline_may_not_and_the_audit_knows(house: House) -> None:
    row = papers(house)
    with pytest.raises(NotAllowed):
        begin_put_off(house.turn(BRUNO), row.id)
    with pytest.raises(NotAllowed):
        put_off(house.turn(BRUNO), row.id, date(2026, 11, 20), "x", channel="chat")
    assert house.traces()[:2] == ["refused", "refused"]


def test_the_rs_of_the_sede_may(house: House) -> None:
    """A50."""
    row = papers(house)
    done = put_off(house.turn(CARLA), row.id, date(2026, 11, 20), "è malata", channel="chat")
    assert done.until == date(2026, 11, 20)


def test_what_is_met_meanwhile_is_not_put_off_and_the_dialogue_is_over(house: House) -> None:
    row = papers(house)
    turn = house.turn()
    talk = house.goes_on(begin_put_off(turn, row.id), "2026-11-20", "absent", turn=turn)
    hand_over(turn, row.about.id, "D6")
    with pytest.raises(Refusal, match="deadline_closed"):
        finish(turn, talk.draft, talk.revision)
    with pytest.raises(Refusal, match="deadline_closed"):
        begin_put_off(turn, row.id)
    with pytest.raises(Refusal, match="deadline_closed"):
        begin_put_off(turn, 999)
