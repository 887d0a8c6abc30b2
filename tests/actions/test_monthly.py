from datetime import date, datetime

import pytest

from actions.ask_for_new_members import ask_for_new_members
from actions.file_paper import file_paper
from actions.list_missing_copies import list_missing_copies
from actions.tell_quote import tell_quote
from procedure.notices import Push
from procedure.quotes import QuoteEvent
from store import absences, imports, people
from store.loading import Loaded
from tests.actions.house import CATALOGUE, INTEGRATED, House, at

MONDAY = at(2, month=11)  # the first working day of November 2026
DECEMBER = at(1, month=12)


@pytest.fixture
def since_october(house: House) -> House:
    """The service has been running since October."""
    for part in (ask_for_new_members, list_missing_copies):
        part(house.tx, house.office, at(30, month=10))
    return house


def pushes(house: House, screen: str) -> list[Push]:
    return [push for push in house.pushes() if push.screen == screen]


def loaded(house: House, moment: datetime) -> None:
    load = imports.begin(house.tx, at=moment, who="importa", file_name="x.csv", sha256="0", refused=[])
    imports.done(house.tx, load, Loaded(1, 0, 0))


def test_sviluppo_is_asked_on_the_first_working_day_once(since_october: House) -> None:
    house = since_october
    for moment in (at(1, month=11), at(2, 7), MONDAY, at(2, 18), at(3), at(30)):
        ask_for_new_members(house.tx, house.office, moment)
    (asked,) = pushes(house, "new_members")
    assert asked.person == house.person("zeno.modellucci").id
    assert asked.context == {"month": "ottobre 2026"}


@pytest.mark.parametrize("moment", [at(1, month=10), at(30, month=10), at(2, 7)])
def test_a_list_of_this_month_or_the_one_before_makes_the_question_needless(
    since_october: House, moment: datetime
) -> None:
    loaded(since_october, moment)
    assert ask_for_new_members(since_october.tx, since_october.office, MONDAY) == 0


def test_a_list_of_two_months_ago_does_not(since_october: House) -> None:
    loaded(since_october, at(30, month=9))
    assert ask_for_new_members(since_october.tx, since_october.office, MONDAY) == 1


def test_a_first_day_missed_is_made_up_for_when_somebody_may_be_written_to(since_october: House) -> None:
    house = since_october
    assert ask_for_new_members(house.tx, house.office, at(8)) == 0  # a Sunday
    assert ask_for_new_members(house.tx, house.office, at(9)) == 1
    assert ask_for_new_members(house.tx, house.office, at(10)) == 0


def test_a_month_missed_is_not(since_october: House) -> None:
    house = since_october
    assert ask_for_new_members(house.tx, house.office, at(9, month=12)) == 1
    assert [push.context["month"] for push in pushes(house, "new_members")] == ["novembre 2026"]


def test_a_service_begun_in_mid_month_begins_with_the_next(house: House) -> None:
    assert ask_for_new_members(house.tx, house.office, at(18)) == 0
    assert ask_for_new_members(house.tx, house.office, at(19)) == 0
    assert ask_for_new_members(house.tx, house.office, DECEMBER) == 1


def test_a_service_begun_on_the_first_working_day_asks_at_once(house: House) -> None:
    assert ask_for_new_members(house.tx, house.office, MONDAY) == 1


def delivered(house: House, day: int, answers: tuple[str, ...] = CATALOGUE, ref: str = "A001") -> int:
    quote = house.quote(*answers, ref=ref)
    owner = "ada.esempioli" if answers is CATALOGUE else "ivo.prototipelli"
    turn = house.turn(owner, at(day))
    tell_quote(turn, quote, QuoteEvent.DELIVERED, date(2026, 11, day), channel="chat")
    return quote


def test_the_rs_reads_what_has_been_missing_for_more_than_five_working_days(since_october: House) -> None:
    house = since_october
    old = delivered(house, 20, INTEGRATED)
    delivered(house, 24, ref="A002")  # five working days before the first of December
    for moment in (DECEMBER, at(1, 15, month=12), at(2, month=12)):
        list_missing_copies(house.tx, house.office, moment)
    (told,) = pushes(house, "missing_copies")
    assert told.person == house.person("carla.immaginelli").id
    assert told.context["site"] == "Pistoia"
    assert told.context["copies"] == [
        {
            "quote": old,
            "company": "Tessitura Finzioni S.r.l.",
            "ref": "A001",
            "day": "venerdì 20 novembre 2026",
            "owner": "Ivo Prototipelli",
        }
    ]


def test_where_every_copy_is_filed_nothing_is_said_that_month(since_october: House) -> None:
    house = since_october
    quote = delivered(house, 20)
    file_paper(house.turn(at=at(23)), quote)
    assert list_missing_copies(house.tx, house.office, DECEMBER) == 0


def test_what_becomes_overdue_in_mid_month_waits_for_the_next_first_day(since_october: House) -> None:
    house = since_october
    delivered(house, 30)
    assert list_missing_copies(house.tx, house.office, DECEMBER) == 0
    assert list_missing_copies(house.tx, house.office, at(15, month=12)) == 0


def test_a_sede_without_an_rs_is_read_by_rps(since_october: House) -> None:
    house = since_october
    people.leave(house.tx, house.person("carla.immaginelli").id, date(2026, 11, 25))
    delivered(house, 20)
    list_missing_copies(house.tx, house.office, DECEMBER)
    (told,) = pushes(house, "missing_copies")
    assert told.person == house.person("sandro.apocrifelli").id


def test_an_absent_rs_s_list_is_queued_when_the_deputy_may_read_it(since_october: House) -> None:
    house = since_october
    carla, ada = house.person("carla.immaginelli"), house.person("ada.esempioli")
    delivered(house, 20)
    absences.add(house.tx, carla.id, date(2026, 11, 30), date(2026, 12, 4), ada.id)
    assert list_missing_copies(house.tx, house.office, DECEMBER) == 1
