"""A deputy does what the absent would, and the audit says for whom (A50)."""

from datetime import date

import pytest

from actions.hand_over import hand_over
from actions.standing_in import with_the_absent
from actions.tell_quote import tell_quote
from actions.turn import Turn
from procedure.errors import NotAllowed
from procedure.quotes import QuoteEvent
from store import absences, audit, people, quotes
from tests.actions.house import AT, EVERYTHING, INTEGRATED, PLAIN, House, at

TODAY, TOMORROW = date(2026, 11, 18), date(2026, 11, 19)
ADA, BRUNO, CARLA, RPS = "ada.esempioli", "bruno.fintarelli", "carla.immaginelli", "sandro.apocrifelli"
IVO = "ivo.prototipelli"


def acting(house: House, name: str, day: int = 18) -> Turn:
    person = with_the_absent(house.tx, house.person(name), date(2026, 11, day))
    return Turn(house.tx, house.office, person, at(day))


def is_away(house: House, name: str, deputy: str | None = None) -> None:
    who = house.person(deputy).id if deputy else None
    absences.add(house.tx, house.person(name).id, TODAY, TOMORROW, who)


def stands_for(house: House, name: str) -> list[str]:
    return [one.email.removesuffix(AT) for one in acting(house, name).person.stands_for]


def test_a_deputy_registers_a_visit_of_the_absent_while_they_are_away(house: House) -> None:
    is_away(house, ADA, BRUNO)
    done = house.confirms(*PLAIN, turn=acting(house, BRUNO))
    assert done.company.ref == "A001"
    note = next(note for note in audit.latest(house.tx, 9) if note.what == "stood_in")
    assert (note.who, note.detail["for"], note.detail["what"]) == (BRUNO + AT, ADA + AT, "company")


def test_after_the_absence_the_deputy_may_no_more(house: House) -> None:
    is_away(house, ADA, BRUNO)
    with pytest.raises(NotAllowed):
        house.tells(*PLAIN, turn=acting(house, BRUNO, day=20))


def test_a_deputy_hands_over_the_papers_of_the_absent(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    is_away(house, ADA, BRUNO)
    hand_over(acting(house, BRUNO), done.visit, "D6")
    assert "stood_in" in house.traces()


def test_who_acts_by_their_own_right_stands_in_for_nobody(house: House) -> None:
    is_away(house, ADA, CARLA)
    house.confirms(*PLAIN, turn=acting(house, CARLA))
    assert "stood_in" not in house.traces()


def test_where_no_deputy_is_at_work_the_head_of_the_sede_and_rps_stand_in(house: House) -> None:
    assert stands_for(house, CARLA) == []
    is_away(house, ADA)
    is_away(house, BRUNO)
    assert stands_for(house, CARLA) == [ADA]
    assert stands_for(house, RPS) == [ADA, BRUNO]
    assert stands_for(house, "ivo.prototipelli") == []


def test_a_deputy_who_has_left_stands_in_for_nobody_and_the_head_of_the_sede_does(house: House) -> None:
    is_away(house, ADA, BRUNO)
    people.leave(house.tx, house.person(BRUNO).id, TODAY)
    assert stands_for(house, CARLA) == [ADA]


def test_nobody_stands_in_for_themselves(house: House) -> None:
    is_away(house, CARLA)
    assert stands_for(house, CARLA) == []


def test_a_deputy_tells_a_quote_of_the_absent_and_the_history_says_who(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    is_away(house, IVO, BRUNO)
    tell_quote(acting(house, BRUNO), quote, QuoteEvent.DRAFTED, TODAY, channel="chat")
    assert quotes.story(house.tx, quote)[-1].hand.who == BRUNO + AT
    note = next(note for note in audit.latest(house.tx, 9) if note.what == "stood_in")
    assert (note.who, note.detail["for"], note.detail["id"]) == (BRUNO + AT, IVO + AT, quote)
    with pytest.raises(NotAllowed):
        tell_quote(acting(house, BRUNO, day=20), quote, QuoteEvent.DELIVERED, TODAY, channel="chat")
