"""What leaves by chat without being asked for: to whom, when, and what follows where no chat takes it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from actions.call_for_appointments import call_for_appointments
from actions.deliver import put_push
from actions.remind import remind
from bot.push import PutOff
from bot.replies import Reply
from bot.telling import blocked, telling
from procedure.hours import Preferences
from procedure.notices import About, Mail, Push, Subject
from store import absences, appointments, audit, outbox, people, preferences
from store.outbox import Channel, OutboxRow
from tests.actions.house import EVERYTHING, OFFICE, House, at, opened


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as house:
        yield house


ADA, CARLA, DARIO, ADMIN = "ada.esempioli", "carla.immaginelli", "dario.provenzoni", "zeno.modellucci"
ACCOUNTS = {ADA: 1001, CARLA: 1002}
NEWS = {"company": "Tessitura", "products": "Paghe", "state": "archiviato"}
FRIDAY_NIGHT, MONDAY = at(20, 19, 30), at(23, 8)


def queued(house: House, name: str = ADA, key: str = "news") -> OutboxRow:
    """A chat message for this person, claimed."""
    person = house.person(name)
    push = Push(key, "quote_closed", About(Subject.PERSON, person.id), person.id, {**NEWS})
    put_push(house.tx, push, now=house.now)
    rows = outbox.claim(house.tx, Channel.CHAT, house.now, limit=9, lease=timedelta(minutes=1))
    return next(row for row in rows if row.key == key)


def drawn(house: House, row: OutboxRow) -> Reply | PutOff:
    return telling(OFFICE).draw(house.tx, row, house.now)


def text_of(reply: Reply | PutOff) -> tuple[object, str]:
    assert isinstance(reply, tuple)
    (call,) = reply
    return call.params["chat_id"], str(call.params["text"])


def is_away(house: House, name: str, deputy: str | None = None, until: date = date(2026, 11, 24)) -> None:
    stand_in = house.person(deputy).id if deputy else None
    absences.add(house.tx, house.person(name).id, date(2026, 11, 18), until, stand_in)


def only_mail(house: House) -> Mail:
    (mail,) = house.mails()
    return mail


def test_in_their_hours_a_person_is_told_at_once(house: House) -> None:
    chat, words = text_of(drawn(house, queued(house)))
    assert chat == ACCOUNTS[ADA]
    assert words.startswith("<b>Tessitura</b>")


def test_what_is_queued_on_friday_evening_leaves_on_monday_morning(house: House) -> None:
    house.now = FRIDAY_NIGHT
    row = queued(house)
    assert drawn(house, row) == PutOff(MONDAY)
    house.now = MONDAY
    assert text_of(drawn(house, row))[0] == ACCOUNTS[ADA]


def test_the_hours_that_a_person_has_set_are_kept(house: House) -> None:
    preferences.put(house.tx, house.person(ADA).id, Preferences(opens=10, closes=17))
    house.now = at(18, 17)
    assert drawn(house, queued(house)) == PutOff(at(19, 10))


def test_what_is_for_an_absent_person_goes_to_the_deputy_and_says_so(house: House) -> None:
    is_away(house, ADA, CARLA)
    chat, words = text_of(drawn(house, queued(house)))
    assert chat == ACCOUNTS[CARLA]
    first = "<i>Per conto di Ada Esempioli, assente fino a martedì 24 novembre 2026.</i>"
    assert words.splitlines()[0] == first


def test_the_hours_are_those_of_who_stands_in(house: House) -> None:
    is_away(house, ADA, CARLA)
    preferences.put(house.tx, house.person(CARLA).id, Preferences(opens=10, closes=19))
    house.now = at(18, 9)
    assert drawn(house, queued(house)) == PutOff(at(18, 10))


def test_a_deputy_without_telegram_gets_it_by_mail(house: House) -> None:
    is_away(house, ADA, DARIO)
    assert drawn(house, queued(house)) == ()
    mail = only_mail(house)
    assert mail.to[0].name == "Dario Provenzoni"
    assert str(mail.context["text"]).startswith("Per conto di Ada Esempioli, assente fino a")


def test_what_is_for_who_has_left_goes_to_the_head_of_the_sede(house: House) -> None:
    row = queued(house)
    people.leave(house.tx, house.person(ADA).id, house.now.date())
    chat, words = text_of(drawn(house, row))
    assert chat == ACCOUNTS[CARLA]
    assert words.splitlines()[0] == "<i>Al posto di Ada Esempioli, che non c'è più.</i>"


@pytest.mark.parametrize("why", ["no telegram", "prefers mail"])
def test_who_has_no_telegram_or_prefers_mail_gets_the_same_words_by_mail(house: House, why: str) -> None:
    ada = house.person(ADA)
    if why == "no telegram":
        people.bind_telegram(house.tx, ada.id, None)
    else:
        preferences.put(house.tx, ada.id, Preferences(by_mail=True))
    row = queued(house)
    assert drawn(house, row) == drawn(house, row) == ()  # a crash in between: the same mail, once
    mail = only_mail(house)
    assert (mail.kind.value, mail.to[0].email) == ("NOTIZIA", ada.email)
    assert "Preventivo archiviato: Paghe" in str(mail.context["text"])
    assert "<" not in str(mail.context["text"])


def test_who_wants_both_is_told_in_the_chat_and_by_mail_once(house: House) -> None:
    preferences.put(house.tx, house.person(ADA).id, Preferences(also_by_mail=True))
    row = queued(house)
    assert text_of(drawn(house, row)) == text_of(drawn(house, row))
    assert only_mail(house).to[0].name == "Ada Esempioli"


def test_after_an_appointment_the_mail_is_the_visit_s_form(house: House) -> None:
    people.bind_telegram(house.tx, house.person(ADA).id, None)
    company, ada = house.company().id, house.person(ADA).id
    appointments.fix(house.tx, company=company, person=ada, starts_at=at(18, 9), note="", now=at(17))
    house.now = at(18, 12)
    call_for_appointments(house.tx, OFFICE, house.now)
    (row,) = outbox.claim(house.tx, Channel.CHAT, house.now, limit=9, lease=timedelta(minutes=1))
    assert drawn(house, row) == ()
    mail = only_mail(house)
    assert (mail.kind.value, mail.context["appointment"]) == (
        "SCHEDA", "mercoledì 18 novembre 2026 alle 09:00",
    )  # fmt: skip


def test_a_morning_that_the_chat_refused_can_be_answered_by_mail(house: House) -> None:
    house.confirms(*EVERYTHING)
    house.now = at(19, 8)
    remind(house.tx, OFFICE, house.now)
    rows = outbox.claim(house.tx, Channel.CHAT, house.now, limit=9, lease=timedelta(minutes=1))
    row = next(row for row in rows if row.key.startswith("morning"))
    telling(OFFICE).failed(house.tx, row, house.now, "blocked")
    mail = house.mails()[-1]
    assert mail.kind.value == "N3"
    assert mail.context["numbered"]


def test_what_telegram_refuses_for_good_goes_by_mail_and_the_administrator_is_told_once_a_day(
    house: House,
) -> None:
    for key in ("one", "two"):
        telling(OFFICE).failed(house.tx, queued(house, key=key), house.now, "blocked")
    assert [mail.to[0].name for mail in house.mails()] == ["Ada Esempioli", "Ada Esempioli"]
    told = [push for push in house.pushes() if push.screen == "chat_refused"]
    assert [(push.person, push.context) for push in told] == [
        (house.person(ADMIN).id, {"name": "Ada Esempioli"})
    ]
    house.now = at(19)
    blocked(house.tx, ACCOUNTS[ADA], house.now)
    assert len([push for push in house.pushes() if push.screen == "chat_refused"]) == 2


def test_a_message_that_our_own_fault_stopped_goes_by_mail_and_accuses_nobody(house: House) -> None:
    telling(OFFICE).failed(house.tx, queued(house), house.now, "not drawn")
    assert only_mail(house).to[0].name == "Ada Esempioli"
    assert [push.screen for push in house.pushes()] == ["quote_closed"]


def test_an_administrator_whose_own_chat_is_closed_is_not_told_of_it_for_ever(house: House) -> None:
    telling(OFFICE).failed(house.tx, queued(house, ADMIN), house.now, "blocked")
    assert [push.screen for push in house.pushes()] == ["quote_closed"]
    assert only_mail(house).to[0].name == "Zeno Modellucci"


def test_a_block_leaves_a_trace(house: House) -> None:
    blocked(house.tx, ACCOUNTS[ADA], house.now)
    blocked(house.tx, 9999, house.now)
    assert [note.who for note in audit.latest(house.tx, 2)] == [
        "telegram:9999",
        "ada.esempioli@associazione.example.com",
    ]
