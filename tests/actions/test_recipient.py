"""Who hears what was meant for somebody: the person, or who stands in (decision 15, A42, A43)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from actions.recipient import Recipient, Recipients, recipients, returned_on
from actions.recipient import recipient as asked
from procedure.hours import Preferences
from store import absences, people, preferences
from store.people import PersonEntry
from tests.actions.house import AT, FILE, OFFICE, House, at

TODAY = date(2026, 11, 18)
ADA, CARLA, BRUNO, DARIO, IVO = (
    *("ada.esempioli", "carla.immaginelli", "bruno.fintarelli", "dario.provenzoni", "ivo.prototipelli"),
)
RPS = "sandro.apocrifelli"
Ask = Callable[[House, str], Recipient]


def one_by_one(house: House, name: str) -> Recipient:
    return asked(house.tx, house.office, person(house, name), TODAY)


def whole(house: House, name: str) -> Recipient:
    return recipients(house.tx, house.office, TODAY).of(person(house, name))


@pytest.fixture(params=[one_by_one, whole])
def ask(request: pytest.FixtureRequest) -> Ask:
    found: Ask = request.param
    return found


def person(house: House, name: str) -> int:
    found = people.by_email(house.tx, name + AT) or people.gone(house.tx, name + AT)
    assert found is not None
    return found.id


def is_away(house: House, name: str, deputy: str | None = None, days: int = 3) -> int:
    who = person(house, deputy) if deputy else None
    return absences.add(house.tx, person(house, name), TODAY, TODAY + timedelta(days=days), who)


def leaves(house: House, name: str) -> None:
    people.leave(house.tx, person(house, name), TODAY)


def name_of(found: Recipient) -> str:
    return found.contact.email.removesuffix(AT)


def test_who_is_here_hears_their_own(house: House, ask: Ask) -> None:
    found = ask(house, ADA)
    assert (name_of(found), found.in_place_of, found.by_mail) == (ADA, None, False)


def test_the_deputy_hears_what_is_for_who_is_absent_and_until_when(house: House, ask: Ask) -> None:
    is_away(house, ADA, BRUNO)
    found = ask(house, ADA)
    assert name_of(found) == BRUNO
    assert found.in_place_of is not None
    assert (found.in_place_of.name, found.in_place_of.until) == ("Ada Esempioli", date(2026, 11, 21))


def test_without_a_deputy_it_is_the_head_of_the_sede(house: House, ask: Ask) -> None:
    is_away(house, ADA)
    assert name_of(ask(house, ADA)) == CARLA


def test_a_deputy_who_is_away_or_has_left_is_none(house: House, ask: Ask) -> None:
    is_away(house, ADA, BRUNO)
    is_away(house, BRUNO)
    assert name_of(ask(house, ADA)) == CARLA
    leaves(house, BRUNO)
    assert name_of(ask(house, ADA)) == CARLA


def test_two_who_stand_in_for_each_other_do_not_chase_one_another(house: House, ask: Ask) -> None:
    is_away(house, ADA, CARLA)
    is_away(house, CARLA, ADA)
    assert (name_of(ask(house, ADA)), name_of(ask(house, CARLA))) == (RPS, RPS)


def test_the_head_of_a_sede_does_not_stand_in_for_themselves(house: House, ask: Ask) -> None:
    is_away(house, CARLA)
    assert name_of(ask(house, CARLA)) == RPS


def test_of_two_heads_of_a_sede_the_other_one_stands_in(house: House, ask: Ask) -> None:
    listed = [p for p in FILE.persons if not p.email.startswith(DARIO)]
    carla = next(p for p in FILE.persons if p.email.startswith(CARLA))
    dario = PersonEntry("Dario Provenzoni", DARIO + AT, carla.roles, carla.site)
    people.sync(house.tx, [*listed, dario], TODAY, house.now)
    is_away(house, CARLA)
    assert name_of(ask(house, CARLA)) == DARIO


def test_who_has_no_sede_and_no_deputy_is_heard_by_rps(house: House, ask: Ask) -> None:
    is_away(house, IVO)
    assert name_of(ask(house, IVO)) == RPS


def test_when_nobody_of_the_house_is_at_work_the_mailbox_of_rps_is_written_to(house: House, ask: Ask) -> None:
    for one in (CARLA, RPS, ADA):
        is_away(house, one)
    found = ask(house, ADA)
    assert (found.person, name_of(found), found.by_mail) == (None, "politiche.servizi", True)
    assert found.in_place_of is not None


def test_what_is_for_who_has_left_falls_to_the_head_of_the_sede(house: House, ask: Ask) -> None:
    leaves(house, ADA)
    found = ask(house, ADA)
    assert name_of(found) == CARLA
    assert found.in_place_of is not None
    assert (found.in_place_of.name, found.in_place_of.until) == ("Ada Esempioli", None)


def test_an_absence_of_other_days_changes_nothing(house: House, ask: Ask) -> None:
    absences.add(house.tx, person(house, ADA), date(2026, 11, 16), date(2026, 11, 17))
    absences.add(house.tx, person(house, ADA), date(2026, 11, 19), date(2026, 11, 20))
    assert name_of(ask(house, ADA)) == ADA


def test_who_has_no_telegram_or_prefers_mail_gets_mail(house: House, ask: Ask) -> None:
    assert ask(house, DARIO).by_mail
    preferences.put(house.tx, person(house, ADA), Preferences(by_mail=True))
    assert ask(house, ADA).by_mail


def test_the_hours_and_the_days_are_those_of_who_hears_it(house: House, ask: Ask) -> None:
    """Ada's day off is not Bruno's."""
    preferences.put(house.tx, person(house, BRUNO), Preferences(opens=10, closes=17))
    is_away(house, ADA, BRUNO)
    found = ask(house, ADA)
    assert not found.may_be_written_to(at(18, 9))
    assert found.next_opening(at(18, 18)) == at(19, 10)
    assert found.calendar == OFFICE.calendar("Prato")


def test_an_owner_who_is_only_an_address_is_written_to_there(house: House) -> None:
    found = everybody(house).of_owner(None, "am@altrove.example.com", "Un AM")
    assert (found.person, found.contact.name, found.contact.email) == (
        *(None, "Un AM", "am@altrove.example.com"),
    )
    assert found.by_mail
    assert found.may_be_written_to(at(18, 8))
    assert not found.may_be_written_to(at(8, 10, month=12))


def test_an_address_that_is_somebodys_is_that_person(house: House) -> None:
    is_away(house, IVO, ADA)
    assert name_of(everybody(house).of_owner(None, "Ivo.Prototipelli" + AT)) == ADA
    assert name_of(everybody(house).of_owner(person(house, IVO), "whatever@x.example")) == ADA


@pytest.mark.parametrize(
    ("last", "back"),
    [
        (date(2026, 11, 20), date(2026, 11, 23)),  # Friday: on Monday
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 11, 18), date(2026, 11, 19)),
        (date(2026, 12, 7), date(2026, 12, 9)),  # over the 8th
    ],
)
def test_the_first_morning_back_is_the_first_working_day_after(house: House, last: date, back: date) -> None:
    ada = person(house, ADA)
    absences.add(house.tx, ada, date(2026, 11, 16), last)
    days = [back + timedelta(days=n) for n in range(-5, 6)]
    assert [day for day in days if ada in returned_on(house.tx, OFFICE, day)] == [back]


def test_who_is_away_again_is_not_back(house: House) -> None:
    ada, monday = person(house, ADA), date(2026, 11, 23)
    absences.add(house.tx, ada, date(2026, 11, 16), date(2026, 11, 20))
    absences.add(house.tx, ada, monday, monday)
    assert returned_on(house.tx, OFFICE, monday) == frozenset()
    assert returned_on(house.tx, OFFICE, monday + timedelta(days=1)) == {ada}


def everybody(house: House) -> Recipients:
    return recipients(house.tx, house.office, TODAY)
