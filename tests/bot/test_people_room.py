"""/assenza and /impostazioni, tap by tap: one's own, a colleague's, coming back, forged buttons."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.recipient import recipient
from procedure.hours import Preferences
from store import absences, audit, people, preferences
from tests.actions.house import PLAIN, House, at, opened
from tests.bot.test_desk import ADA, CARLA, Phone, button, shown

TODAY = date(2026, 11, 18)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path) as house:
        yield house


@pytest.fixture
def ada(house: House) -> Phone:
    return Phone(house, ADA)


@pytest.fixture
def carla(house: House) -> Phone:
    return Phone(house, CARLA)


def is_away(phone: Phone, days: str = "fino a venerdì", deputy: str = "Carla Immaginelli") -> str:
    """An absence, told to the end; what is read then."""
    phone.taps(button(phone.says("/assenza"), "Segna un'assenza"))
    phone.says(days)
    recap = phone.says(deputy)
    return shown(phone.taps(button(recap, "Conferma")))


def of_ada(house: House) -> list[tuple[date, date]]:
    return [
        (one.first, one.last) for one in absences.of_person(house.tx, house.person("ada.esempioli").id, TODAY)
    ]


def screens(house: House) -> list[str]:
    return [push.screen for push in house.pushes()]


def test_an_absence_is_told_in_two_answers_and_the_deputy_knows_at_once(house: House, ada: Phone) -> None:
    house.confirms(*PLAIN)
    house.opens_d1("A003")
    done = is_away(ada, "fino al 10")
    assert "assenza da mercoledì 18 novembre 2026 a giovedì 10 dicembre 2026" in done
    assert "avviso Carla Immaginelli" in done
    (push,) = (push for push in house.pushes() if push.screen == "standing_in")
    assert push.person == house.person("carla.immaginelli").id
    assert push.context["name"] == "Ada Esempioli"
    assert push.context["due"] == 1
    assert "Forno Immaginario" in str(push.context["items"])
    found = recipient(house.tx, house.office, house.person("ada.esempioli").id, TODAY)
    assert found.contact.name == "Carla Immaginelli"
    assert "absence_set" in house.traces()


def test_terms_run_on_while_somebody_is_away(house: House, ada: Phone) -> None:
    house.opens_d1("A003")
    before = [row.due for row in house.open(house.company("A003"))]
    is_away(ada)
    assert [row.due for row in house.open(house.company("A003"))] == before


def test_without_a_deputy_one_reads_who_is_told_instead(house: House, ada: Phone) -> None:
    assert "avviso Carla Immaginelli" in is_away(ada, deputy="Nessuno")
    assert "standing_in" not in screens(house)


def test_the_list_shows_what_is_planned_and_whom_one_stands_in_for(
    house: House, ada: Phone, carla: Phone
) -> None:
    is_away(ada)
    mine = ada.says("/assenza")
    assert "da mercoledì 18 novembre 2026 a venerdì 20 novembre 2026 · sostituisce Carla" in shown(mine)
    assert "Sostituisci Ada Esempioli: da mercoledì 18" in shown(carla.says("/assenza"))


def test_coming_back_before_the_time_frees_the_deputy(house: House, ada: Phone) -> None:
    is_away(ada, "fino al 10")
    asked = ada.taps(button(ada.says("/assenza"), "Rientro prima"))
    assert "Da quando sei di nuovo al lavoro?" in shown(asked)
    done = ada.taps(button(asked, "Da ven 20 nov"))
    assert "dal venerdì 20 novembre 2026" in shown(done)
    assert of_ada(house) == [(TODAY, date(2026, 11, 19))]
    (push,) = (push for push in house.pushes() if push.screen == "standing_in_over")
    assert push.person == house.person("carla.immaginelli").id


def test_an_absence_that_begins_today_and_ends_today_never_was(house: House, ada: Phone) -> None:
    is_away(ada)
    ada.taps(button(ada.taps(button(ada.says("/assenza"), "Rientro prima")), "Da oggi"))
    assert of_ada(house) == []


def test_an_absence_to_come_is_taken_back(house: House, ada: Phone) -> None:
    is_away(ada, "da lunedì a venerdì")
    ada.taps(button(ada.taps(button(ada.says("/assenza"), "Togli")), "non c'è più"))
    assert of_ada(house) == []


def test_days_that_are_taken_are_refused_and_nothing_changes(house: House, ada: Phone) -> None:
    is_away(ada)
    ada.taps(button(ada.says("/assenza"), "Segna un'assenza"))
    assert "c'è già un'assenza" in shown(ada.says("domani"))
    assert of_ada(house) == [(TODAY, date(2026, 11, 20))]


def test_an_absence_recorded_meanwhile_is_found_at_the_last_tap(house: House, ada: Phone) -> None:
    ada.taps(button(ada.says("/assenza"), "Segna un'assenza"))
    ada.says("domani")
    recap = ada.says("Nessuno")
    person = house.person("ada.esempioli").id
    absences.add(house.tx, person, TODAY, date(2026, 11, 30))
    answered = shown(ada.taps(button(recap, "Conferma")))
    assert "Quando manchi?" in answered or "c'è già" in answered
    assert len(of_ada(house)) == 1


def test_the_head_of_the_sede_says_it_for_a_colleague_who_is_told(house: House, carla: Phone) -> None:
    found = carla.says("/assenza esemp")
    carla.taps(button(carla.taps(button(found, "Ada Esempioli")), "Segna un'assenza"))
    carla.says("da lunedì a venerdì")
    done = shown(carla.taps(button(carla.says("Nessuno"), "Conferma")))
    assert "Ada Esempioli è assente da lunedì 23 novembre 2026" in done
    (push,) = (push for push in house.pushes() if push.screen == "absence_by_other")
    assert (push.person, push.context["by"]) == (house.person("ada.esempioli").id, "Carla Immaginelli")


def test_who_is_away_already_reads_it_by_mail(house: House, carla: Phone) -> None:
    carla.taps(f"Z1:{house.person('ada.esempioli').id}")
    carla.says("oggi")
    carla.taps(button(carla.says("Nessuno"), "Conferma"))
    (mail,) = house.mails()
    assert mail.to[0].name == "Ada Esempioli"
    assert "Carla Immaginelli ha segnato la tua assenza: mercoledì 18" in str(mail.context["text"])


def test_the_head_of_a_sede_finds_only_their_own(house: House, carla: Phone) -> None:
    assert "Bruno" not in str(carla.taps("Z2:0"))
    assert "Non trovo nessuno" in shown(carla.says("/assenza bruno"))


def test_an_addetto_says_it_for_nobody_else(house: House, ada: Phone) -> None:
    assert "Per un collega" not in str(ada.says("/assenza"))
    assert "Le tue assenze" in shown(ada.says("/assenza bruno"))


@pytest.mark.parametrize("verb", ["Z0", "Z1", "Z3", "Z4"])
def test_a_forged_button_about_somebody_else_changes_nothing_and_leaves_a_trace(
    house: House, ada: Phone, verb: str
) -> None:
    bruno = house.person("bruno.fintarelli").id
    which = absences.add(house.tx, bruno, TODAY, TODAY)
    ada.taps(f"{verb}:{bruno if verb in {'Z0', 'Z1'} else which}:2026-11-18")
    assert audit.latest(house.tx, 1)[0].what == "refused"
    assert absences.get(house.tx, which) is not None


@pytest.mark.parametrize(
    "data", ["Z0", "Z0:x", "Z4:1", "Z4:1:x", "Z5", "Z5:opens:7", "Z5:closes:23", "Z5:where:"]
)
def test_a_garbled_button_leads_home(house: House, ada: Phone, data: str) -> None:
    assert "Ciao Ada" in shown(ada.taps(data))
    assert preferences.everybody(house.tx) == {}


def test_an_absence_that_is_over_is_not_ended_twice(house: House, ada: Phone) -> None:
    person = house.person("ada.esempioli").id
    over = absences.add(house.tx, person, date(2026, 11, 10), date(2026, 11, 17))
    for data in (f"Z3:{over}", f"Z4:{over}:2026-11-12", f"Z4:{over}:2026-11-18"):
        ada.taps(data)
    kept = absences.get(house.tx, over)
    assert kept is not None
    assert kept.last == date(2026, 11, 17)


def test_who_has_left_is_absent_no_more(house: House, carla: Phone) -> None:
    ada = house.person("ada.esempioli").id
    people.leave(house.tx, ada, TODAY)
    carla.taps(f"Z1:{ada}")
    assert house.traces()[0] == "refused"


def test_preferences_are_three_taps_and_the_present_choice_is_marked(house: House, ada: Phone) -> None:
    first = ada.says("/impostazioni")
    assert "dalle 8 alle 19" in shown(first)
    for words in ("✓ Mattino 8", "✓ Stop 19", "✓ In chat"):
        assert button(first, words)
    ada.taps(button(first, "Mattino 9"))
    ada.taps(button(first, "Stop 17"))
    last = ada.taps(button(first, "Per mail"))
    for words in ("✓ Mattino 9", "✓ Stop 17", "✓ Per mail"):
        assert button(last, words)
    assert preferences.get(house.tx, house.person("ada.esempioli").id) == Preferences(9, 17, by_mail=True)


def test_who_wants_mails_is_still_answered_in_chat_at_any_hour(house: House, ada: Phone) -> None:
    ada.taps(button(ada.says("/impostazioni"), "Per mail"))
    assert "Ciao Ada" in shown(ada.says("/start", at=at(21, 23)))
