"""Telegram's flood limits, in seconds on paper."""

import pytest

from bot.pace import Pace


def test_the_first_message_leaves_at_once_and_the_next_to_the_same_chat_a_second_later() -> None:
    pace = Pace()
    assert [pace.wait(1, 100.0), pace.wait(1, 100.0), pace.wait(1, 100.5)] == [0, 1, 1.5]


def test_thirty_chats_a_second_are_told() -> None:
    pace = Pace()
    waits = [pace.wait(chat, 100.0) for chat in range(91)]
    assert waits[0] == 0
    assert waits[30] == pytest.approx(1)
    assert waits[90] == pytest.approx(3)


def test_pushes_make_room_for_replies() -> None:
    pace = Pace()
    for _ in range(15):
        pace.replied(100.0)
    assert pace.wait(1, 100.0) == pytest.approx(0.5)


def test_however_many_replies_put_pushes_off_by_a_second_at_most() -> None:
    pace = Pace()
    for _ in range(5_000):
        pace.replied(100.0)
    assert pace.wait(1, 100.0) == pytest.approx(1)


def test_chats_that_have_been_quiet_are_forgotten() -> None:
    pace = Pace()
    for chat in range(5_000):
        pace.wait(chat, float(chat))
    assert len(pace._chats) <= 1_001
