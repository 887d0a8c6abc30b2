"""The morning's reminders: each once, at the right hours, to chat or by mail; what was missed heals."""

import pytest

from actions.converse import begin_about_quote
from actions.finish import finish
from actions.hand_over import hand_over
from actions.remind import remind
from actions.tell_quote import tell_quote
from conversations.dialogue import Typed
from procedure.quotes import QuoteEvent
from store import people
from tests.actions.house import INTEGRATED, PLAIN, House, at

IVO, LIA, ADA = "ivo.prototipelli", "lia.segnapostini", "ada.esempioli"
SIGNED = (*PLAIN[:4], "all", *PLAIN[5:])
SICUREZZA = (*PLAIN[:5], "SICUREZZA", "=", "-", "good", "=")


def morning(house: House, day: int, hour: int = 8, month: int = 11) -> list[str]:
    """What a tick queues: the screen or kind of each notice."""
    pushed, mailed = len(house.pushes()), len(house.mails())
    count = remind(house.tx, house.office, at(day, hour, month=month))
    fresh = [p.screen for p in house.pushes()[pushed:]] + [m.kind.value for m in house.mails()[mailed:]]
    assert count == len(fresh)
    return fresh


def days(house: House, first: int, last: int, month: int = 11) -> dict[int, list[str]]:
    told = {day: morning(house, day, month=month) for day in range(first, last + 1)}
    return {day: fresh for day, fresh in told.items() if fresh}


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
    items = push.context["items"]
    assert isinstance(items, list)
    assert {item["kind"] for item in items if isinstance(item, dict)} == {"D6", "D7"}
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
    assert '"late"' in str(push.context).replace("'", '"')
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
    assert "Tessitura Finzioni" in str(mail.context["items"])


def test_an_owner_who_is_only_a_mailbox_gets_the_mail(house: House) -> None:
    house.confirms(*SICUREZZA)
    people.leave(house.tx, house.person(LIA).id, house.now.date())
    assert morning(house, 24) == ["N3"]
    assert house.mails()[-1].to[0].email == "lia.segnapostini@associazione.example.com"


def test_a_sollecito_is_a_message_of_its_own(house: House) -> None:
    """D13: early, the eve, the day. M15."""
    quote = delivered(house)
    told = {**days(house, 28, 30), **{day + 100: t for day, t in days(house, 1, 9, month=12).items()}}
    assert told == {104: ["follow_up"], 107: ["follow_up"], 109: ["follow_up"]}
    push = house.pushes()[-1]
    assert (push.about.id, push.context["about_id"]) == (quote, quote)


def test_a_sollecito_and_the_rest_of_the_morning_are_told_apart(house: House) -> None:
    delivered(house)
    house.confirms(*INTEGRATED, ref="A002", turn=house.turn(at=at(30)))  # late already
    assert morning(house, 7, month=12) == ["morning", "follow_up"]


def test_what_is_done_is_not_spoken_of(house: House) -> None:
    done = house.confirms(*SIGNED)
    hand_over(house.turn(at=at(19, 7)), done.visit, "D6")
    hand_over(house.turn(at=at(19, 7)), done.visit, "D7")
    assert days(house, 19, 27) == {}


def test_a_reminder_put_off_comes_on_its_day_whatever_the_plan_says(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(24))
    talk = begin_about_quote(ivo, quote, "postpone")
    talk = house.goes_on(talk, Typed("3/12/2026"), "absent", turn=ivo)
    finish(ivo, talk.draft, talk.revision)
    assert days(house, 25, 30) == {}
    assert list(days(house, 1, 7, month=12)) == [3, 7]


def test_a_reminder_put_off_and_missed_comes_on_the_day_it_is_found(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn(IVO, at(19))
    talk = begin_about_quote(ivo, quote, "postpone")
    talk = house.goes_on(talk, Typed("20/11/2026"), "asked", turn=ivo)
    finish(ivo, talk.draft, talk.revision)
    assert morning(house, 23) == ["morning"]
    (push,) = house.pushes()
    assert "'late': False" in str(push.context)


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
