"""The door: one link, one person, one account, once and for a while."""

from datetime import timedelta

import pytest

from actions.enrol import dismiss, enter, invite
from store import audit, people, tables
from store.invitations import Redeemed, Unredeemed
from tests.actions.house import House

WEEK = timedelta(days=7)
LIA, LIA_S_PHONE = "lia.segnapostini", 5001


def test_an_invitation_lets_its_person_in(house: House) -> None:
    token = invite(house.tx, house.person(LIA), WEEK, house.now)
    outcome = enter(house.tx, token, LIA_S_PHONE, house.now + WEEK - timedelta(seconds=1))
    assert isinstance(outcome, Redeemed)
    assert people.by_telegram(house.tx, LIA_S_PHONE) == outcome.person
    assert house.traces() == ["entered", "invited"]


def test_the_token_itself_is_not_kept(house: House) -> None:
    token = invite(house.tx, house.person(LIA), WEEK, house.now)
    rows = house.tx.all(tables.invitations.select())
    assert token not in str(rows)
    assert token not in str(audit.latest(house.tx, 9))


def test_two_invitations_differ_and_both_hold(house: House) -> None:
    first, second = (invite(house.tx, house.person(LIA), WEEK, house.now) for _ in range(2))
    assert first != second
    assert isinstance(enter(house.tx, first, LIA_S_PHONE, house.now), Redeemed)
    assert isinstance(enter(house.tx, second, LIA_S_PHONE + 1, house.now), Redeemed)
    assert people.by_telegram(house.tx, LIA_S_PHONE) is None


@pytest.mark.parametrize("token", ["", "x", "ABCDEFGH" * 8, "'; drop table people; --"])
def test_a_made_up_token_opens_nothing_and_leaves_a_trace(house: House, token: str) -> None:
    assert enter(house.tx, token, 6666, house.now) is Unredeemed.UNKNOWN
    (note,) = audit.latest(house.tx, 1)
    assert (note.what, note.who, note.detail) == ("invitation_refused", "telegram:6666", {"why": "unknown"})


def test_an_invitation_opens_nothing_once_its_time_is_over(house: House) -> None:
    token = invite(house.tx, house.person(LIA), WEEK, house.now)
    assert enter(house.tx, token, LIA_S_PHONE, house.now + WEEK) is Unredeemed.EXPIRED


def test_an_invitation_opens_once(house: House) -> None:
    token = invite(house.tx, house.person(LIA), WEEK, house.now)
    enter(house.tx, token, LIA_S_PHONE, house.now)
    assert enter(house.tx, token, 6666, house.now) is Unredeemed.USED
    assert people.by_telegram(house.tx, 6666) is None


def test_an_account_that_is_another_s_is_not_taken_over(house: House) -> None:
    token = invite(house.tx, house.person(LIA), WEEK, house.now)
    assert enter(house.tx, token, 1001, house.now) is Unredeemed.ACCOUNT_TAKEN
    assert people.by_telegram(house.tx, 1001) == house.person("ada.esempioli")


def test_who_has_left_is_not_let_in_by_an_old_invitation(house: House) -> None:
    token = invite(house.tx, house.person(LIA), WEEK, house.now)
    dismiss(house.tx, house.person(LIA), house.now)
    assert enter(house.tx, token, LIA_S_PHONE, house.now) is Unredeemed.LEFT


def test_who_leaves_loses_the_chat_at_once(house: House) -> None:
    dismiss(house.tx, house.person("ada.esempioli"), house.now)
    assert people.by_telegram(house.tx, 1001) is None
    assert house.traces() == ["left"]


def test_a_new_phone_takes_the_place_of_the_old_one(house: House) -> None:
    token = invite(house.tx, house.person("ada.esempioli"), WEEK, house.now)
    assert isinstance(enter(house.tx, token, 1999, house.now), Redeemed)
    assert people.by_telegram(house.tx, 1001) is None
