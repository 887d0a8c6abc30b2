"""The morning's reminders: each once, at the right hours, to chat or by mail; what was missed heals."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from actions.finish import finish
from actions.hand_over import hand_over
from actions.put_off import begin_put_off, next_of_quote
from actions.remind import remind
from actions.tell_quote import tell_quote
from conversations.dialogue import Typed
from dopovisita.clock import ROME
from procedure.hours import Preferences
from procedure.notices import Mail, Push
from procedure.quotes import QuoteEvent
from store import absences, deadlines, outbox, preferences
from store.outbox import Channel
from tests.actions.house import CATALOGUE, INTEGRATED, PLAIN, House, at

IVO, LIA, ADA = "ivo.prototipelli", "lia.segnapostini", "ada.esempioli"
SIGNED = (*PLAIN[:4], "all", *PLAIN[5:])
SICUREZZA = (*PLAIN[:5], "SICUREZZA", "=", "-", "good", "=")


def morning(house: House, day: int, hour: int = 8, month: int = 11, *, carried: bool = True) -> list[str]:
    """What a tick queues: the screen or kind of each notice. It is carried at once, unless told otherwise."""
    pushed, mailed = len(house.pushes()), len(house.mails())
    now = at(day, hour, month=month)
    count = remind(house.tx, house.office, now)
    fresh = [p.screen for p in house.pushes()[pushed:]] + [m.kind.value for m in house.mails()[mailed:]]
    assert count == len(fresh)
    if carried:
        carry(house, now)
    return fresh


def carry(house: House, now: datetime) -> list[str]:
    """Everything that may leave now leaves; the keys of the mornings among it."""
    lease = timedelta(minutes=3)
    rows = [row for wire in Channel for row in outbox.claim(house.tx, wire, now, limit=99, lease=lease)]
    for row in rows:
        outbox.sent(house.tx, row.id, now)
    return [row.key for row in rows if row.key.startswith("morning")]


def told(notice: Mail | Push) -> dict[str, list[str]]:
    """Section → titles, as a message has them."""
    context: Any = notice.context
    return {one["head"]: [item["title"] for item in one["items"]] for one in context["sections"]}


def days(house: House, first: int, last: int, month: int = 11) -> dict[int, list[str]]:
    each = {day: morning(house, day, month=month) for day in range(first, last + 1)}
    return {day: fresh for day, fresh in each.items() if fresh}


def delivered(house: House) -> int:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(27))
    tell_quote(ivo, quote, QuoteEvent.DELIVERED, ivo.today, channel="chat")
    return quote


def test_the_owner_hears_the_day_before_the_day_itself_then_each_of_three_days_then_weekly(
    house: House,
) -> None:
    """A39. Due on Wednesday 25."""
    house.confirms(*INTEGRATED)
    assert list(days(house, 19, 30)) == [24, 25, 26, 27, 30]
    assert list(days(house, 1, 15, month=12)) == [7, 15]  # the 8th is a holiday


def test_what_is_told_today_is_not_reminded_today(house: House) -> None:
    """The papers are due tomorrow: their eve is today, and today they were told of."""
    house.confirms(*SIGNED)
    assert morning(house, 18, 11) == []
    assert morning(house, 19) == ["morning"]


def test_a_morning_is_told_once_however_many_ticks_it_has(house: House) -> None:
    house.confirms(*SIGNED)
    assert morning(house, 19, 8) == ["morning"]
    assert [morning(house, 19, hour) for hour in (9, 12, 18)] == [[], [], []]


def test_all_that_is_due_in_a_morning_is_one_message(house: House) -> None:
    house.confirms(*SIGNED)
    morning(house, 19)
    (push,) = house.pushes()
    assert told(push) == {
        "Oggi": [
            "moduli all'Ufficio Essere Impresa: Tessitura Finzioni S.r.l.",
            "RID (mandato SDD) a RPA: Tessitura Finzioni S.r.l.",
        ]
    }
    assert push.person == house.person(ADA).id


@pytest.mark.parametrize("hour", [0, 7, 19, 23])
def test_nothing_is_said_outside_eight_to_nineteen(house: House, hour: int) -> None:
    """A46."""
    house.confirms(*SIGNED)
    assert morning(house, 19, hour) == []
    assert morning(house, 20, 8) == ["morning"]


def test_nothing_is_said_on_a_day_of_rest(house: House) -> None:
    """Due on Friday 20, late from Monday 23; the saint of Pistoia is in July, 8 December is everyone's."""
    house.confirms(*SIGNED, turn=house.turn(at=at(19)))
    assert list(days(house, 20, 24)) == [20, 23, 24]
    assert morning(house, 8, month=12) == []


def test_a_missed_tick_heals_on_the_next_day_and_tells_once(house: House) -> None:
    house.confirms(*INTEGRATED)
    assert morning(house, 27) == ["morning"]
    (push,) = house.pushes()
    assert told(push) == {"In ritardo": ["redazione del preventivo: Tessitura Finzioni S.r.l."]}
    assert morning(house, 27, 12) == []


def test_weeks_without_a_tick_are_one_reminder_not_many(house: House) -> None:
    house.confirms(*INTEGRATED)
    assert morning(house, 11, month=12) == ["morning"]


def test_who_has_no_telegram_gets_the_same_by_mail(house: House) -> None:
    house.confirms(*SICUREZZA)
    assert morning(house, 24) == ["N3"]
    mail = house.mails()[-1]
    assert [contact.email for contact in mail.to] == ["lia.segnapostini@associazione.example.com"]
    assert mail.context["person"] == "Lia Segnapostini"
    assert told(mail) == {"Presto": ["redazione del preventivo: Tessitura Finzioni S.r.l."]}


def test_an_owner_who_is_only_a_mailbox_gets_the_mail(house: House) -> None:
    house.confirms(*SICUREZZA)
    (row,) = house.open()
    deadlines.hand_to(house.tx, row.id, owner=None, owner_email="am@fuori.example.com")
    assert morning(house, 24) == ["N3"]
    assert house.mails()[-1].to[0].email == "am@fuori.example.com"


def test_a_sollecito_is_asked_of_told_early_and_on_the_eve_and_on_its_day_it_is_a_message_of_its_own(
    house: House,
) -> None:
    """D13: delivered on Friday 27, due on Wednesday 9 December. T10, M15."""
    quote = delivered(house)
    assert days(house, 28, 30) == {30: ["morning"]}
    assert days(house, 1, 9, month=12) == {4: ["morning"], 7: ["morning"], 9: ["follow_up"]}
    asked, early, eve, single = house.pushes()
    assert [list(told(push)) for push in (asked, early, eve)] == [["Domande"], ["Presto"], ["Presto"]]
    assert (single.about.id, single.context["about_id"]) == (quote, quote)
    assert single.context["products"] == "Paghe e amministrazione del personale"


def test_a_sollecito_and_the_rest_of_the_morning_are_told_apart(house: House) -> None:
    delivered(house)
    days(house, 28, 30)
    house.confirms(*INTEGRATED, ref="A002", turn=house.turn(at=at(30)))  # late already
    days(house, 1, 8, month=12)
    (late,) = house.open(house.company("A002"))
    deadlines.set_remind_on(house.tx, late.id, date(2026, 12, 9))
    assert morning(house, 9, month=12) == ["morning", "follow_up"]


def test_by_mail_the_sollecito_is_in_the_one_mail(house: House) -> None:
    quote = house.quote(*SICUREZZA)
    lia = house.turn(LIA, at(27))
    tell_quote(lia, quote, QuoteEvent.DELIVERED, lia.today, channel="mail")
    assert days(house, 8, 9, month=12) == {9: ["N3"]}
    assert told(house.mails()[-1])["Oggi"] == ["sollecito: Tessitura Finzioni S.r.l."]


@pytest.mark.parametrize("event", [QuoteEvent.THINKING, QuoteEvent.FOLLOWED_UP])
def test_nothing_is_asked_where_something_has_been_told_since_the_delivery(
    house: House, event: QuoteEvent
) -> None:
    """T10."""
    quote, ivo = delivered(house), house.turn(IVO, at(27))
    tell_quote(ivo, quote, event, ivo.today, channel="chat")
    assert morning(house, 30) == []
    assert all(row.remind_on is not None and row.remind_on > date(2026, 11, 30) for row in house.open())


def test_a_question_nobody_could_be_asked_is_asked_when_they_can(house: House) -> None:
    """The tick of Monday 30 was missed; nothing has been told on Tuesday either."""
    delivered(house)
    assert morning(house, 1, month=12) == ["morning"]
    assert list(told(house.pushes()[-1])) == ["Domande"]


def test_what_is_done_is_not_spoken_of(house: House) -> None:
    done = house.confirms(*SIGNED)
    hand_over(house.turn(at=at(19, 7)), done.visit, "D6")
    hand_over(house.turn(at=at(19, 7)), done.visit, "D7")
    assert days(house, 19, 27) == {}


def test_a_reminder_put_off_comes_on_its_day_whatever_the_plan_says(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(24))
    talk = begin_put_off(ivo, next_of_quote(ivo, quote).id)
    talk = house.goes_on(talk, Typed("3/12/2026"), "absent", turn=ivo)
    finish(ivo, talk.draft, talk.revision)
    assert days(house, 25, 30) == {}
    assert list(days(house, 1, 7, month=12)) == [3, 7]


def test_a_reminder_put_off_and_missed_comes_on_the_day_it_is_found(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(19))
    talk = begin_put_off(ivo, next_of_quote(ivo, quote).id)
    talk = house.goes_on(talk, Typed("20/11/2026"), "asked", turn=ivo)
    finish(ivo, talk.draft, talk.revision)
    assert morning(house, 23) == ["morning"]
    (push,) = house.pushes()
    assert list(told(push)) == ["Presto"]


def test_the_thirty_days_of_a_new_member_are_reminded_on_the_last_working_days(house: House) -> None:
    """D1 of 2 November: Wednesday 2 December."""
    house.opens_d1("A003")
    assert days(house, 18, 30) == {}
    assert list(days(house, 1, 2, month=12)) == [1, 2]
    assert house.pushes()[0].context["day"] == "martedì 1 dicembre 2026"


def test_a_closed_quote_is_never_spoken_of_again(house: House) -> None:
    quote, ivo = delivered(house), house.turn(IVO, at(30))
    tell_quote(ivo, quote, QuoteEvent.REFUSED, ivo.today, channel="chat", reason="costa")
    assert days(house, 1, 31, month=12) == {}


def test_sections_come_by_urgency(house: House) -> None:
    """On Wednesday 25 one quote is due, of a visit of the 18th; another, of the 17th, is late."""
    house.confirms(*CATALOGUE)
    house.confirms(CATALOGUE[0], Typed("17/11/2026"), *CATALOGUE[2:], ref="A005")
    assert morning(house, 25) == ["morning"]
    assert told(house.pushes()[-1]) == {
        "In ritardo": ["redazione del preventivo: Bottega Senza Soci"],
        "Oggi": ["redazione del preventivo: Tessitura Finzioni S.r.l."],
    }


def test_what_is_not_told_this_morning_is_counted(house: House) -> None:
    """The RID is due on Thursday 19 with the forms; one of the two was put off to Friday."""
    house.confirms(*SIGNED)
    forms = next(row for row in house.open() if row.due.kind == "D6")
    deadlines.put_off(house.tx, forms.id, date(2026, 11, 20), "prova")
    morning(house, 19)
    assert house.pushes()[-1].context["more"] == 1


def test_the_hours_a_person_has_set_narrow_those_of_everybody(house: House) -> None:
    house.confirms(*SIGNED)
    preferences.put(house.tx, house.person(ADA).id, Preferences(opens=10, closes=12))
    assert morning(house, 19, 8) == []
    assert morning(house, 19, 12) == []
    assert morning(house, 19, 10) == ["morning"]


def test_who_wants_mails_gets_the_morning_by_mail(house: House) -> None:
    house.confirms(*SIGNED)
    preferences.put(house.tx, house.person(ADA).id, Preferences(by_mail=True))
    assert morning(house, 19) == ["N3"]


def test_the_rest_of_the_receiver_counts_and_not_that_of_the_company(house: House) -> None:
    """Ada, of Pistoia, rests on San Jacopo, a Tuesday in 2028; the company is of Prato."""
    house.confirms(*SIGNED, ref="B001", turn=house.turn("bruno.fintarelli"))
    ada = house.person(ADA)
    for row in house.open(house.company("B001")):
        deadlines.hand_to(house.tx, row.id, owner=ada.id, owner_email=ada.email)
        deadlines.set_remind_on(house.tx, row.id, date(2028, 7, 25))
    assert remind(house.tx, house.office, datetime(2028, 7, 25, 10, tzinfo=ROME)) == 0
    assert remind(house.tx, house.office, datetime(2028, 7, 26, 10, tzinfo=ROME)) == 1


def test_the_deputy_hears_in_the_place_of_who_is_away_and_apart_from_their_own(house: House) -> None:
    """A43, and decision 15: the absent one hears nothing."""
    house.confirms(*SIGNED)
    carla = house.person("carla.immaginelli")
    absences.add(house.tx, house.person(ADA).id, date(2026, 11, 19), date(2026, 12, 10), carla.id)
    assert morning(house, 19) == ["morning"]
    (push,) = house.pushes()
    assert push.person == carla.id
    assert list(told(push)) == ["Per conto di Ada Esempioli, assente fino a giovedì 10 dicembre 2026"]


def test_who_comes_back_hears_what_is_late_or_due_and_not_the_backlog(house: House) -> None:
    """Away until Wednesday 2 December: the deputy heard; on Thursday Ada hears the truth of it, once."""
    house.confirms(*SIGNED)
    ada, carla = house.person(ADA), house.person("carla.immaginelli")
    absences.add(house.tx, ada.id, date(2026, 11, 19), date(2026, 12, 2), carla.id)
    heard = {**days(house, 19, 30), **{day + 100: one for day, one in days(house, 1, 4, month=12).items()}}
    assert list(heard) == [19, 20, 23, 24, 101, 103]
    last = house.pushes()[-1]
    assert (last.person, list(told(last))) == (ada.id, ["In ritardo"])


def test_what_could_not_leave_within_its_day_never_does_and_comes_with_the_truth_of_the_next(
    house: House,
) -> None:
    house.confirms(*INTEGRATED)
    assert morning(house, 24, carried=False) == ["morning"]
    assert carry(house, at(24, 19)) == []
    assert carry(house, at(25, 8)) == []
    assert morning(house, 25) == ["morning"]
    assert list(told(house.pushes()[-1])) == ["Oggi"]
    assert morning(house, 26) == ["morning"]


def test_a_stop_of_a_week_is_one_message_with_the_truth_of_the_day(house: House) -> None:
    """Papers due on Thursday 19 and a quote due on Wednesday 25; the service is away until Wednesday 2."""
    house.confirms(*SIGNED)
    house.confirms(*CATALOGUE, ref="A005")
    assert days(house, 2, 2, month=12) == {2: ["morning"]}
    (push,) = house.pushes()
    assert {head: len(titles) for head, titles in told(push).items()} == {"In ritardo": 3}
    assert morning(house, 2, 9, month=12) == []


def test_who_has_had_the_morning_hears_what_comes_to_them_later_on_the_next(house: House) -> None:
    """At noon, before her hours begin, Ada is away and Carla her deputy; Carla has had her message."""
    house.confirms(*SIGNED)
    house.confirms(*SIGNED, ref="A002", turn=house.turn("carla.immaginelli"))
    ada, carla = house.person(ADA), house.person("carla.immaginelli")
    preferences.put(house.tx, ada.id, Preferences(opens=14))
    assert morning(house, 19) == ["morning"]
    absences.add(house.tx, ada.id, date(2026, 11, 19), date(2026, 11, 20), carla.id)
    assert morning(house, 19, 12) == []
    assert morning(house, 20) == ["morning"]
    assert list(told(house.pushes()[-1])) == [
        "In ritardo",
        "Per conto di Ada Esempioli, assente fino a venerdì 20 novembre 2026",
    ]


def test_what_nobody_is_to_do_yet_is_told_to_nobody(house: House) -> None:
    house.opens_d1("A003")
    (row,) = house.open(house.company("A003"))
    deadlines.hand_to(house.tx, row.id, owner=None, owner_email="")
    assert morning(house, 2, month=12) == []
