"""Supervisors' digests: who reads of what, from which morning on; never empty, twice, or a push a case."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from actions.digest import digest
from actions.take_back import take_back
from conversations.dialogue import Typed
from procedure.campaign import Contact
from procedure.notices import Mail, Push
from store import absences, deadlines, outbox, people
from store.outbox import Channel
from tests.actions.house import INTEGRATED, PLAIN, House, at

SIGNED = (*PLAIN[:4], "all", *PLAIN[5:])
ADA, CARLA, IVO = "ada.esempioli", "carla.immaginelli", "ivo.prototipelli"
RPS, RPC = "sandro.apocrifelli", "teresa.verosimiletti"


def morning(
    house: House, day: int, hour: int = 8, month: int = 11, *, carried: bool = True
) -> dict[str, list[str]]:
    """Receiver → the lines of what a tick queues."""
    before = len(house.mails()), len(house.pushes())
    now = at(day, hour, month=month)
    take_back(house.tx, house.office, now)
    count = digest(house.tx, house.office, now)
    fresh: list[Mail | Push] = [*house.mails()[before[0] :], *house.pushes()[before[1] :]]
    assert count == len(fresh)
    if carried:
        carry(house, now)
    return {to(house, one): lines(one) for one in fresh}


def carry(house: House, now: datetime) -> None:
    for wire in Channel:
        for row in outbox.claim(house.tx, wire, now, limit=99, lease=timedelta(minutes=3)):
            outbox.sent(house.tx, row.id, now)


def to(house: House, notice: Mail | Push) -> str:
    if isinstance(notice, Mail):
        return notice.to[0].email.partition("@")[0]
    found = people.by_id(house.tx, notice.person)
    assert found
    return found.email.partition("@")[0]


def lines(notice: Mail | Push) -> list[str]:
    context: Any = notice.context
    told = []
    for part in context["parts"]:
        told += [part["head"]] if part["head"] else []
        for one in part["people"]:
            away = " assente" if one["away"] else ""
            told += [f"{one['name']}{away}: {item['title']}" for item in one["items"]]
    return told


def days(house: House, first: int, last: int, month: int = 11) -> dict[int, dict[str, list[str]]]:
    each = {day: morning(house, day, month=month) for day in range(first, last + 1)}
    return {day: told for day, told in each.items() if told}


def heads(house: House) -> list[str]:
    return [str(one.context["head"]) for one in notices(house) if "parts" in one.context]


def notices(house: House) -> list[Mail | Push]:
    return [*house.mails(), *house.pushes()]


@pytest.fixture
def quiet(house: House) -> House:
    """Everybody has had the digest of the week of Monday 16: there was nothing in it."""
    assert morning(house, 18) == {}
    return house


DRAFTING = "Ivo Prototipelli: redazione del preventivo: Tessitura Finzioni S.r.l."


def test_rps_reads_of_a_late_drafting_on_the_first_late_morning_and_no_more_until_the_week(
    quiet: House,
) -> None:
    """D10 due on Wednesday 25; the digest of Monday 30 has what is still open."""
    quiet.confirms(*INTEGRATED)
    assert days(quiet, 19, 30) == {26: {RPS: [DRAFTING]}, 30: {RPS: [DRAFTING]}}
    assert heads(quiet) == [
        "Nuovi ritardi, giovedì 26 novembre 2026",
        "Ritardi ancora aperti, lunedì 30 novembre 2026",
    ]


def test_the_papers_are_read_of_after_two_working_days_by_rpc_where_there_are_services(quiet: House) -> None:
    """D6 and D7 due on Thursday 19, late by two working days on Monday 23."""
    quiet.confirms(*SIGNED)
    assert list(days(quiet, 19, 22)) == []
    (told,) = days(quiet, 23, 23).values()
    assert told == {
        RPC: [
            "Ada Esempioli: RID (mandato SDD) a RPA: Tessitura Finzioni S.r.l.",
            "Ada Esempioli: moduli all'Ufficio Essere Impresa: Tessitura Finzioni S.r.l.",
        ]
    }


def test_where_there_are_no_services_the_rs_of_the_sede_reads(quiet: House) -> None:
    quiet.confirms(*SIGNED[:4], "all", *SIGNED[5:], ref="A002")
    assert {reader for told in days(quiet, 19, 23).values() for reader in told} == {CARLA}


def test_where_the_rs_is_late_rps_reads(quiet: House) -> None:
    """A41."""
    quiet.confirms(*SIGNED, ref="A002", turn=quiet.turn(CARLA))
    assert {reader for told in days(quiet, 19, 23).values() for reader in told} == {RPS}


@pytest.mark.parametrize(("ref", "reader"), [("A003", RPC), ("A004", RPS)])
def test_the_thirty_days_of_a_new_member_wait_for_the_digest_of_the_week(
    quiet: House, ref: str, reader: str
) -> None:
    """D1 due on Wednesday 2 December, late on Thursday 3; Monday is 7."""
    quiet.opens_d1(ref)
    days(quiet, 19, 30)
    assert list(days(quiet, 1, 11, month=12)) == [7]
    assert to(quiet, notices(quiet)[-1]) == reader


def test_what_has_been_done_is_in_no_digest(quiet: House) -> None:
    done = quiet.confirms(*INTEGRATED)
    for row in quiet.open(done.company):
        deadlines.close(quiet.tx, kinds=[row.due.kind], about=row.about, on=date(2026, 11, 26), how="x")
    assert days(quiet, 26, 30) == {}


def test_what_was_put_off_is_there_with_its_reason_and_the_absent_are_marked(quiet: House) -> None:
    quiet.confirms(*INTEGRATED)
    (row,) = quiet.open()
    deadlines.put_off(quiet.tx, row.id, date(2026, 12, 1), "aspetto i bilanci")
    absences.add(quiet.tx, quiet.person(IVO).id, date(2026, 11, 20), date(2026, 11, 30))
    told = morning(quiet, 26)
    assert told == {RPS: [DRAFTING.replace(":", " assente:", 1)]}
    context: Any = notices(quiet)[-1].context
    (item,) = context["parts"][0]["people"][0]["items"]
    assert item["late"] == "in ritardo di 1 giorno lavorativo"
    assert "aspetto i bilanci" in item["put_off"]


def test_a_digest_goes_to_who_stands_in_for_the_absent_reader(quiet: House) -> None:
    quiet.confirms(*INTEGRATED)
    rps, rpc = quiet.person(RPS), quiet.person(RPC)
    absences.add(quiet.tx, rps.id, date(2026, 11, 26), date(2026, 11, 27), rpc.id)
    place = f"Per conto di {rps.name}, assente fino a venerdì 27 novembre 2026"
    assert morning(quiet, 26) == {RPC: [place, DRAFTING]}


def test_a_vacant_role_is_read_by_rps_and_said_so(quiet: House) -> None:
    """A42: nobody is RS of Pistoia."""
    people.leave(quiet.tx, quiet.person(CARLA).id, date(2026, 11, 18))
    quiet.confirms(*SIGNED, ref="A002")
    told = morning(quiet, 23)
    assert list(told) == [RPS]
    assert told[RPS][0] == "Ruolo scoperto: Responsabile di Sede Territoriale, Pistoia"


def test_without_a_person_the_mailbox_of_the_role_reads(quiet: House) -> None:
    people.leave(quiet.tx, quiet.person(RPS).id, date(2026, 11, 18))
    quiet.confirms(*INTEGRATED)
    box = quiet.office.campaign.roles[4].contact
    assert isinstance(box, Contact)
    assert morning(quiet, 26) == {box.email.partition("@")[0]: [DRAFTING]}


def test_with_telegram_it_is_a_push_and_without_a_mail(quiet: House) -> None:
    quiet.confirms(*INTEGRATED)
    people.bind_telegram(quiet.tx, quiet.person(RPS).id, 4242)
    morning(quiet, 26)
    assert [push.screen for push in quiet.pushes()] == ["digest"]


def test_a_long_digest_is_in_part_in_the_chat_and_whole_in_a_mail(quiet: House) -> None:
    people.bind_telegram(quiet.tx, quiet.person(RPS).id, 4242)
    for number in range(21):
        quiet.confirms(*INTEGRATED, turn=quiet.turn(at=at(18, 10, number)))
    assert digest(quiet.tx, quiet.office, at(26)) == 2
    assert len(lines(quiet.mails()[-1])) == 21
    assert quiet.pushes()[-1].context["by_mail"] is True


@pytest.mark.parametrize("hour", [0, 7, 19, 23])
def test_nothing_is_said_outside_the_hours(quiet: House, hour: int) -> None:
    quiet.confirms(*INTEGRATED)
    assert morning(quiet, 26, hour) == {}


def test_a_second_tick_says_nothing_more(quiet: House) -> None:
    quiet.confirms(*INTEGRATED)
    assert list(morning(quiet, 26)) == [RPS]
    assert [morning(quiet, 26, hour) for hour in (9, 12, 18)] == [{}, {}, {}]


def test_a_visit_entered_late_is_read_of_on_the_next_morning(quiet: House) -> None:
    """Entered at seven on Thursday 26, of the 18th: late at once."""
    quiet.confirms(*INTEGRATED, turn=quiet.turn(at=at(26, 7)))
    assert morning(quiet, 26) == {}
    assert morning(quiet, 27) == {RPS: [DRAFTING]}


def test_after_a_stop_the_digest_of_the_week_comes_on_the_first_day_there_is(house: House) -> None:
    """Nothing ran since the 18th; back on Wednesday 2 December, with what has escalated meanwhile."""
    house.confirms(*INTEGRATED)
    assert morning(house, 2, month=12) == {RPS: [DRAFTING]}
    assert days(house, 3, 4, month=12) == {}


def test_a_digest_that_could_not_leave_comes_again_on_the_next_day(quiet: House) -> None:
    quiet.confirms(*INTEGRATED)
    assert list(morning(quiet, 26, carried=False)) == [RPS]
    assert morning(quiet, 27) == {RPS: [DRAFTING]}
    assert morning(quiet, 28) == {}


def test_two_people_in_the_same_role_read_each_their_own(quiet: House) -> None:
    """Elena becomes a second RS of Pistoia."""
    entry = people.PersonEntry("Nora Doppioni", "nora@x.example.com", quiet.person(CARLA).roles, "Pistoia")
    known = [people.PersonEntry(one.name, one.email, one.roles, one.site) for one in people.active(quiet.tx)]
    people.sync(quiet.tx, [*known, entry], quiet.now.date(), quiet.now)
    quiet.confirms(*SIGNED[:1], Typed("18/11/2026"), *SIGNED[2:], ref="A002")
    assert set(morning(quiet, 23)) == {CARLA, "nora"}
