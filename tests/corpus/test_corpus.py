"""Replies as mail programs really write them, taken the whole way: no wrong effect, and enough understood."""

from collections import Counter

import pytest

from tests.corpus.judging import NOTHING, REPLIES, Judged, Verdict, judged, share, table

LEAST_UNDERSTOOD = 0.80
"""The share of replies that say something of which all is recorded; only ever raised."""


@pytest.fixture(scope="module")
def replies() -> list[Judged]:
    return judged(REPLIES)


@pytest.fixture(scope="module")
def quiet() -> list[Judged]:
    return judged(NOTHING)


def test_it_is_large_enough_and_no_reply_stands_in_it_twice() -> None:
    assert len(REPLIES) >= 300
    assert len(NOTHING) >= 100
    assert max(Counter((*REPLIES, *NOTHING)).values()) == 1


def test_no_reply_does_anything_but_what_it_says(replies: list[Judged]) -> None:
    assert [str(one) for one in replies if one.verdict is Verdict.WRONG] == []


def test_what_says_nothing_changes_nothing(quiet: list[Judged]) -> None:
    assert [str(one) for one in quiet if one.verdict is Verdict.WRONG] == []


def test_enough_is_understood(replies: list[Judged]) -> None:
    assert share(replies) >= LEAST_UNDERSTOOD, table(replies)


def test_no_program_hides_what_it_says(replies: list[Judged]) -> None:
    """A word that is understood from one program is understood from every other."""
    plain = {one.label.words for one in replies if one.verdict is Verdict.UNDERSTOOD}
    hidden = [one for one in replies if one.label.words in plain and one.verdict is not Verdict.UNDERSTOOD]
    assert len(hidden) <= len(replies) // 20, [str(one) for one in hidden]
