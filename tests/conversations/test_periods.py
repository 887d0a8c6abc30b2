"""What is heard in the days of an absence. The base is Wednesday 18 November 2026."""

from datetime import date

import pytest

from conversations.hearing import NotHeard, hear_period

TODAY = date(2026, 11, 18)


def nov(day: int) -> date:
    return date(2026, 11, day)


def dec(day: int) -> date:
    return date(2026, 12, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("oggi", nov(18), nov(18)),
        ("Domani", nov(19), nov(19)),
        ("solo domani", nov(19), nov(19)),
        ("lunedì", nov(23), nov(23)),
        ("il 24 novembre", nov(24), nov(24)),
        ("fino al 10", nov(18), dec(10)),
        ("fino al 10 dicembre", nov(18), dec(10)),
        ("fino al 10 compreso", nov(18), dec(10)),
        ("sono assente fino a venerdì", nov(18), nov(20)),
        ("in ferie fino al 23/11", nov(18), nov(23)),
        ("fino a domani", nov(18), nov(19)),
        ("da oggi fino a venerdì", nov(18), nov(20)),
        ("da lunedì a venerdì", nov(23), nov(27)),
        ("da domani a martedì", nov(19), nov(24)),
        ("dal 23 al 27", nov(23), nov(27)),
        ("dal 30 al 4", nov(30), dec(4)),
        ("dal 3 al 7 dicembre", dec(3), dec(7)),
        ("dal 28 al 4 dicembre", nov(28), dec(4)),
        ("dal 31 al 3 aprile", date(2027, 3, 31), date(2027, 4, 3)),
        ("dal 3 dicembre all'8 dicembre", dec(3), dec(8)),
        ("dal 3/12 al 7/12", dec(3), dec(7)),
        ("da lunedì fino al 10", nov(23), dec(10)),
        ("dal 23 dicembre al 6 gennaio", dec(23), date(2027, 1, 6)),
        ("questa settimana", nov(18), nov(20)),
        ("la settimana prossima", nov(23), nov(27)),
        ("la prossima settimana", nov(23), nov(27)),
    ],
)
def test_days_to_come_are_heard(text: str, first: date, last: date) -> None:
    heard = hear_period(text, TODAY)
    assert heard.value == (first, last)
    assert not heard.ambiguous


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ieri", "date_past"),
        ("fino a ieri", "date_past"),
        ("dal 12/11 al 20/11", "date_past"),
        ("dal 16 novembre 2026 al 20 novembre 2026", "date_past"),
        ("dal 7 dicembre 2026 al 3 dicembre 2026", "date_past"),
        ("boh", "date_not_understood"),
        ("dal 31 al 2 marzo 2027", "date_impossible"),
        ("fino al 31 novembre", "date_impossible"),
    ],
)
def test_what_is_past_or_no_day_is_refused(text: str, why: str) -> None:
    with pytest.raises(NotHeard) as refused:
        hear_period(text, TODAY)
    assert refused.value.reason == why


def test_today_s_own_weekday_is_asked() -> None:
    """On a Wednesday "mercoledì" may be today or in a week."""
    assert hear_period("mercoledì", TODAY).candidates == ((nov(18), nov(18)), (nov(25), nov(25)))


def test_every_reading_ends_on_or_after_the_day_it_begins() -> None:
    for text in ("da lunedì a venerdì", "dal 28 al 4 dicembre", "da venerdì a lunedì"):
        for first, last in hear_period(text, TODAY).candidates:
            assert TODAY <= first <= last
