"""A person leaves: all that is open passes on in one action, each is told once, the names stay (A44)."""

from datetime import date, datetime, timedelta

import pytest

from actions.leave import Left, leave, tell_orphaned
from actions.recipient import recipient, recipients
from actions.standing_in import with_the_absent
from actions.tell_quote import tell_quote
from actions.turn import Turn
from procedure.errors import Refusal
from procedure.notices import Push
from procedure.quotes import QuoteEvent
from store import (
    absences,
    appointments,
    deadlines,
    history,
    people,
    quote_list,
    quotes,
    register,
    tables,
    visits,
)
from tests.actions.house import AT, CATALOGUE, EVERYTHING, FILE, OFFICE, PLAIN, House, at

TODAY = date(2026, 11, 18)
ADA, BRUNO, CARLA, IVO, ADMIN = (
    *("ada.esempioli", "bruno.fintarelli", "carla.immaginelli", "ivo.prototipelli", "zeno.modellucci"),
)


def leaves(house: House, name: str, to: str | None = None) -> Left:
    person = people.by_email(house.tx, name + AT) or people.gone(house.tx, name + AT)
    assert person is not None
    return leave(house.tx, person, house.person(to) if to else None, who="congeda", now=house.now)


def pushes(house: House, screen: str) -> list[Push]:
    return [push for push in house.pushes() if push.screen == screen]


def a_past(house: House) -> int:
    """Ada has visited, owns a catalogue quote, has a term and an appointment; a visit is begun. The quote."""
    quote = house.quote(*CATALOGUE)
    house.opens_d1("A003")
    house.tells("none", ref="A002")
    ada = house.person(ADA).id
    soon = datetime.combine(TODAY + timedelta(days=2), datetime.min.time(), house.now.tzinfo)
    appointments.fix(
        house.tx, company=house.company("A003").id, person=ada, starts_at=soon, note="", now=house.now
    )
    return quote


def test_everything_open_passes_to_the_successor(house: House) -> None:
    quote = a_past(house)
    ada, bruno = house.person(ADA), house.person(BRUNO)
    left = leaves(house, ADA, BRUNO)
    assert (left.open.companies, left.open.quotes, left.open.appointments, left.open.drafts) == (5, 1, 1, 1)
    assert left.open.deadlines == 2
    assert deadlines.of_person(house.tx, ada.id) == []
    assert len(deadlines.of_person(house.tx, bruno.id)) == 2
    assert register.assigned_to(house.tx, ada.id, offset=0, limit=9).total == 0
    assert register.assigned_to(house.tx, bruno.id, offset=0, limit=9).total == 6
    (kept,) = quote_list.open_of(house.tx, bruno.id, offset=0, limit=9).items
    passed = quotes.get(house.tx, quote)
    assert passed is not None
    assert (kept.id, passed.owner_email) == (quote, bruno.email)
    (line,) = appointments.of_person(house.tx, bruno.id, house.now, house.now + timedelta(days=9))
    assert line.company_name == "Forno Immaginario S.r.l."
    (draft,) = house.tx.all(tables.drafts.select().where(tables.drafts.c.outcome == "handed_on"))
    assert draft.person_id == ada.id


def test_the_history_keeps_the_names(house: House) -> None:
    quote = a_past(house)
    visit = quotes.get(house.tx, quote)
    leaves(house, ADA, BRUNO)
    ada = people.gone(house.tx, ADA + AT)
    assert ada is not None
    assert visit is not None
    told = visits.get(house.tx, visit.visit)
    assert told is not None
    assert told.av == ada.id
    change = history.changes(house.tx, "companies", house.company("A001").id)[-1]
    assert (change.field, change.old, change.hand.who) == ("assignee_id", str(ada.id), "congeda")
    assert quotes.story(house.tx, quote)[-1].event == f"passa a {BRUNO}{AT}"


def test_the_successor_is_told_once_what_they_got(house: House) -> None:
    a_past(house)
    leaves(house, ADA, BRUNO)
    (push,) = pushes(house, "handed_on")
    assert push.person == house.person(BRUNO).id
    assert (push.context["companies"], push.context["by_mail"]) == (5, False)
    assert any("redazione del preventivo" in str(item) for item in push.context["items"])  # type: ignore[union-attr]  # a list of lines
    assert pushes(house, "handed_on_list") == []
    assert {push.person for push in house.pushes()} == {house.person(BRUNO).id}


def test_a_long_list_goes_by_mail(house: House) -> None:
    a_past(house)
    house.confirms(*EVERYTHING, ref="A005")
    leaves(house, ADA, BRUNO)
    (push,), (whole,) = pushes(house, "handed_on"), pushes(house, "handed_on_list")
    assert push.context["by_mail"] is True
    items = whole.context["items"]
    assert isinstance(items, list)
    assert len(items) > 10
    assert any("Tessitura" in str(item) for item in items)


def test_who_leaves_nothing_open_disturbs_nobody(house: House) -> None:
    assert leaves(house, "lia.segnapostini", IVO).open.total == 0
    assert house.pushes() == []


def test_nothing_passes_without_a_successor_and_the_head_of_the_sede_hears_it_meanwhile(house: House) -> None:
    a_past(house)
    ada = house.person(ADA)
    left = leaves(house, ADA)
    assert left.to is None
    assert len(deadlines.of_person(house.tx, ada.id)) == 2
    assert house.pushes() == []
    assert recipient(house.tx, OFFICE, ada.id, TODAY).contact.name == "Carla Immaginelli"
    assert leaves(house, ADA, BRUNO).open.deadlines == 2  # it passes later, in one action too
    assert deadlines.of_person(house.tx, ada.id) == []


def test_what_still_comes_for_who_has_left_reaches_the_successor(house: House) -> None:
    a_past(house)
    ada = house.person(ADA).id
    leaves(house, ADA, BRUNO)
    found = recipient(house.tx, OFFICE, ada, TODAY)
    assert found.contact.name == "Bruno Fintarelli"
    assert found.in_place_of is not None
    assert (found.in_place_of.name, found.in_place_of.until) == ("Ada Esempioli", None)
    assert recipients(house.tx, OFFICE, TODAY).of(ada) == found


def test_of_a_successor_who_is_absent_the_deputy_hears_it(house: House) -> None:
    ada = house.person(ADA).id
    leaves(house, ADA, BRUNO)
    absences.add(house.tx, house.person(BRUNO).id, TODAY, TODAY, house.person(IVO).id)
    assert recipient(house.tx, OFFICE, ada, TODAY).contact.name == "Ivo Prototipelli"


def test_a_successor_who_leaves_too_passes_on_what_they_were_given(house: House) -> None:
    a_past(house)
    ada = house.person(ADA).id
    leaves(house, ADA, BRUNO)
    leaves(house, BRUNO, CARLA)
    assert recipient(house.tx, OFFICE, ada, TODAY).contact.name == "Carla Immaginelli"
    assert len(deadlines.of_person(house.tx, house.person(CARLA).id)) == 2


def test_two_who_pass_everything_to_each_other_end_with_the_head_of_the_sede(house: House) -> None:
    ada, bruno = house.person(ADA).id, house.person(BRUNO).id
    leaves(house, ADA, BRUNO)
    people.leave(house.tx, bruno, TODAY)
    people.succeed(house.tx, bruno, ada)
    assert recipient(house.tx, OFFICE, ada, TODAY).contact.name == "Dario Provenzoni"


def test_the_successor_may_do_what_who_left_would_have_done(house: House) -> None:
    done = house.confirms(*EVERYTHING)
    leaves(house, ADA, BRUNO)
    acting = with_the_absent(house.tx, house.person(BRUNO), TODAY)
    assert [one.name for one in acting.stands_for] == ["Ada Esempioli"]
    quote = next(row.about.id for row in house.open(done.company) if row.due.kind == "D10")
    turn = Turn(house.tx, OFFICE, house.person(IVO), at(18))
    tell_quote(turn, quote, QuoteEvent.DRAFTED, TODAY, channel="chat")  # an AM's quote stayed theirs


def test_the_absent_who_had_named_them_as_deputy_hear_it_once(house: House) -> None:
    ada, bruno = house.person(ADA).id, house.person(BRUNO).id
    for day in (TODAY + timedelta(days=5), TODAY + timedelta(days=20)):
        absences.add(house.tx, bruno, day, day, ada)
    leaves(house, ADA, CARLA)
    (push,) = pushes(house, "deputy_left")
    assert (push.person, push.context["name"]) == (bruno, "Ada Esempioli")
    assert [one.deputy for one in absences.of_person(house.tx, bruno, TODAY)] == [None, None]


def test_nobody_passes_everything_to_themselves(house: House) -> None:
    with pytest.raises(Refusal, match="leave_to_themselves"):
        leaves(house, ADA, ADA)


def test_who_is_no_longer_on_the_list_is_told_to_the_administrators(house: House) -> None:
    a_past(house)
    listed = [entry for entry in FILE.persons if not entry.email.startswith(ADA)]
    (gone,) = people.sync(house.tx, listed, TODAY, house.now)
    tell_orphaned(house.tx, gone, house.now)
    (push,) = pushes(house, "orphaned")
    assert push.person == house.person(ADMIN).id
    assert (push.context["companies"], push.context["deadlines"]) == (5, 2)
    assert push.context["email"] == ADA + AT


def test_who_comes_back_has_no_successor_any_more(house: House) -> None:
    ada = house.person(ADA).id
    leaves(house, ADA, BRUNO)
    people.readmit(house.tx, ada)
    people.leave(house.tx, ada, TODAY)
    assert recipient(house.tx, OFFICE, ada, TODAY).contact.name == "Carla Immaginelli"


def test_an_am_s_quotes_that_were_a_mailbox_s_pass_too(house: House) -> None:
    quote = house.quote(*PLAIN[:5], "PAGHE", "=", "-", "good", "=")
    house.tx.execute(tables.quotes.update().values(owner_id=None))
    assert leaves(house, IVO, "lia.segnapostini").open.quotes == 1
    kept = quotes.get(house.tx, quote)
    assert kept is not None
    assert kept.owner == house.person("lia.segnapostini").id
