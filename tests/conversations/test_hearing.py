"""What is heard in a date or an hour, and what is honestly not. The base is Wednesday 18 November 2026."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.hearing import Heard, NotHeard, hear_date, hear_moment, hear_time
from procedure.italian import write_date, write_date_short

TODAY = date(2026, 11, 18)


def november(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("oggi", november(18)),
        ("in data odierna", november(18)),
        ("ieri", november(17)),
        ("Ieri.", november(17)),
        ("IERI", november(17)),
        ("ieri pomeriggio", november(17)),
        ("ieri sera", november(17)),
        ("l'altro ieri", november(16)),
        ("L’altro ieri", november(16)),
        ("l'altroieri", november(16)),
        ("altroieri", november(16)),
        ("avantieri", november(16)),
        ("avant'ieri", november(16)),
        ("ieri l'altro", november(16)),
        ("stamattina", november(18)),
        ("stamani", november(18)),
        ("questa mattina", november(18)),
        ("domani", november(19)),
        ("domani mattina", november(19)),
        ("dopodomani", november(20)),
        ("lunedì scorso", november(16)),
        ("lunedi scorso", november(16)),
        ("lunedi' scorso", november(16)),
        ("lo scorso lunedì", november(16)),
        ("giovedì scorso", november(12)),
        ("giovedì passato", november(12)),
        ("domenica scorsa", november(15)),
        ("mercoledì scorso", november(11)),
        ("venerdì prossimo", november(20)),
        ("mercoledì prossimo", november(25)),
        ("3 giorni fa", november(15)),
        ("tre giorni fa", november(15)),
        ("un giorno fa", november(17)),
        ("una settimana fa", november(11)),
        ("due settimane fa", november(4)),
        ("fra 3 giorni", november(21)),
        ("tra tre giorni", november(21)),
        ("fra una settimana", november(25)),
        ("12/3", date(2026, 3, 12)),
        ("12-3-26", date(2026, 3, 12)),
        ("12.3.2026", date(2026, 3, 12)),
        ("12 / 3 / 2026", date(2026, 3, 12)),
        ("2026-11-18", november(18)),
        ("2026/11/05", november(5)),
        ("12 mar", date(2026, 3, 12)),
        ("12 mar.", date(2026, 3, 12)),
        ("12 marzo", date(2026, 3, 12)),
        ("il 12 marzo", date(2026, 3, 12)),
        ("il 12 marzo 2026", date(2026, 3, 12)),
        ("12 marzo scorso", date(2026, 3, 12)),
        ("18 novembre scorso", date(2025, 11, 18)),
        ("12 marzo prossimo", date(2027, 3, 12)),
        ("dodici marzo", date(2026, 3, 12)),
        ("primo maggio", date(2026, 5, 1)),
        ("il 1° maggio", date(2026, 5, 1)),
        ("1º maggio", date(2026, 5, 1)),
        ("4 sett", date(2026, 9, 4)),
        ("il diciotto novembre", november(18)),
        ("il diciotto novembre duemilaventisei", november(18)),
        ("ventitré ottobre", date(2026, 10, 23)),
        ("il giorno 12 marzo", date(2026, 3, 12)),
        ("la visita è di ieri", november(17)),
        ("La visita è stata fatta il 12 marzo. ", date(2026, 3, 12)),
        ("visita del 5 novembre", november(5)),
        ("mercoledì, 18 novembre 2026", november(18)),
        ("mer 11 nov", november(11)),
        ("venerdì 20 novembre", november(20)),
        ("venerdì 13", november(13)),
        ("18/11", november(18)),
        ("１２/３", date(2026, 3, 12)),
        ("29/2/2024", date(2024, 2, 29)),
    ],
)
def test_a_plain_date_is_certain(text: str, day: date) -> None:
    assert hear_date(text, TODAY) == Heard(day, ambiguous=False, candidates=(day,))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("lunedì", (november(16), november(23))),
        ("giovedi'", (november(12), november(19))),
        ("giovedì mattina", (november(12), november(19))),
        ("mercoledì", (november(18), november(11))),
        ("il 5", (november(5), date(2026, 12, 5))),
        ("5", (november(5), date(2026, 12, 5))),
        ("3", (november(3), date(2026, 12, 3))),
        ("17", (november(17), date(2026, 12, 17))),
        ("18", (november(18), date(2026, 10, 18))),
        ("31", (date(2026, 10, 31), date(2026, 12, 31))),
        ("dodici", (november(12), date(2026, 12, 12))),
        ("3/12", (date(2025, 12, 3), date(2026, 12, 3))),
        ("20 novembre", (date(2025, 11, 20), november(20))),
    ],
)
def test_a_date_with_two_readings_is_asked_the_likely_one_first(
    text: str, candidates: tuple[date, ...]
) -> None:
    assert hear_date(text, TODAY) == Heard(candidates[0], ambiguous=True, candidates=candidates)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("12/3", (date(2027, 3, 12),)),
        ("20/11", (november(20),)),
        ("18/11", (november(18),)),
        ("12/11", (date(2027, 11, 12), november(12))),
        ("venerdì", (november(20), november(13))),
        ("mercoledì", (november(18), november(25))),
        ("il 5", (date(2026, 12, 5), november(5))),
        ("il 18", (november(18), date(2026, 12, 18))),
    ],
)
def test_looking_ahead_the_future_is_the_likely_reading(text: str, candidates: tuple[date, ...]) -> None:
    assert hear_date(text, TODAY, prefer="future").candidates == candidates


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12/13", "date_impossible"),
        ("31/2", "date_impossible"),
        ("31 febbraio 2026", "date_impossible"),
        ("29/2", "date_impossible"),
        ("32", "date_impossible"),
        ("0", "date_impossible"),
        ("12/3/0026", "date_impossible"),
        ("novecentomila settimane fa", "date_impossible"),
        ("martedì 18 novembre 2026", "date_weekday_mismatch"),
        ("lunedì 13", "date_weekday_mismatch"),
        ("fine mese", "date_not_understood"),
        ("la settimana scorsa", "date_not_understood"),
        ("Pasqua", "date_not_understood"),
        ("a Natale", "date_not_understood"),
        ("qualche giorno fa", "date_not_understood"),
        ("un mese fa", "date_not_understood"),
        ("circa il 12 marzo", "date_not_understood"),
        ("ieri o l'altro ieri", "date_not_understood"),
        ("ieri?", "date_not_understood"),
        ("non ieri", "date_not_understood"),
        ("2026", "date_not_understood"),
        ("marzo", "date_not_understood"),
        ("12/3/202", "date_not_understood"),
        ("15:30", "date_not_understood"),
        ("12²", "date_not_understood"),
        ("12 brumaio", "date_not_understood"),
        ("", "date_not_understood"),
        ("🙂", "date_not_understood"),
    ],
)
def test_what_is_not_a_date_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotHeard) as refused:
        hear_date(text, TODAY)
    assert refused.value.reason == reason


@settings(deadline=None)  # a busy machine is not a failure
@given(today=st.dates(date(2000, 1, 1), date(2100, 1, 1)), away=st.integers(-80, 80))
def test_a_written_date_is_heard_back(today: date, away: int) -> None:
    day = today + timedelta(days=away)
    assert hear_date(write_date(day), today).value == day
    assert not hear_date(write_date(day), today).ambiguous
    assert hear_date(write_date_short(day), today).value == day


WORDS = (
    *("oggi", "ieri", "altro", "l'", "lunedì", "mar", "12", "3", "31", "/", ".", "-", ":", "marzo", "feb"),
    *("fa", "giorni", "settimane", "fra", "scorso", "prossimo", "alle", "e", "ore", "mezza", "un", "primo"),
    *("venti", "2026", "di", "pomeriggio", "il", "la", "visita", "novecentomila", "meno", "mezzogiorno"),
)
REASONS = {
    *("date_not_understood", "date_impossible", "date_weekday_mismatch"),
    *("time_not_understood", "time_impossible", "time_missing"),
}


def reason_or_none(hear: Callable[[], Heard[Any]]) -> str | None:
    try:
        heard = hear()
    except NotHeard as refused:
        return refused.reason
    assert heard.value == heard.candidates[0]
    assert heard.ambiguous == (len(heard.candidates) > 1)
    return None


@settings(deadline=None)  # a busy machine is not a failure
@given(text=st.text() | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_no_text_does_worse_than_not_being_heard(text: str) -> None:
    hearings: tuple[Callable[[], Heard[Any]], ...] = (
        lambda: hear_date(text, TODAY),
        lambda: hear_time(text),
        lambda: hear_moment(text, TODAY),
    )
    assert {reason_or_none(hear) for hear in hearings} <= {None, *REASONS}


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("15:30", time(15, 30)),
        ("15.30", time(15, 30)),
        ("15h30", time(15, 30)),
        ("alle 15 e 30", time(15, 30)),
        ("alle 15 e mezza", time(15, 30)),
        ("alle quindici e trenta", time(15, 30)),
        ("ore 9", time(9)),
        ("Ore 9.", time(9)),
        ("h 9", time(9)),
        ("9", time(9)),
        ("per le 11", time(11)),
        ("alle 10 meno un quarto", time(9, 45)),
        ("alle 10 e un quarto", time(10, 15)),
        ("03:30", time(3, 30)),
        ("alle 3 del pomeriggio", time(15)),
        ("le tre e mezza del pomeriggio", time(15, 30)),
        ("alle 8 di sera", time(20)),
        ("alle 7 di mattina", time(7)),
        ("mezzogiorno", time(12)),
        ("a mezzogiorno", time(12)),
        ("0:15", time(0, 15)),
    ],
)
def test_a_plain_hour_is_certain(text: str, hour: time) -> None:
    assert hear_time(text) == Heard(hour, ambiguous=False, candidates=(hour,))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("alle 3", (time(15), time(3))),
        ("alle tre e mezza", (time(15, 30), time(3, 30))),
        ("all'una", (time(13), time(1))),
        ("alle 7", (time(7), time(19))),
    ],
)
def test_a_small_hour_is_asked_the_working_half_of_the_day_first(
    text: str, candidates: tuple[time, ...]
) -> None:
    assert hear_time(text).candidates == candidates


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("25:00", "time_impossible"),
        ("15:70", "time_impossible"),
        ("alle 0 meno 5", "time_impossible"),
        ("alle 12 meno 70", "time_impossible"),
        ("verso le 15", "time_not_understood"),
        ("presto", "time_not_understood"),
        ("alle 15 e qualcosa", "time_not_understood"),
        ("15:3", "time_not_understood"),
        ("", "time_not_understood"),
    ],
)
def test_what_is_not_an_hour_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotHeard) as refused:
        hear_time(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("3 novembre alle 15", ("2026-11-03T15:00",)),
        ("il 3 novembre, ore 15", ("2026-11-03T15:00",)),
        ("3 novembre 15:30", ("2026-11-03T15:30",)),
        ("oggi alle 9", ("2026-11-18T09:00",)),
        ("15:30", ("2026-11-18T15:30",)),
        ("alle 15 e 30", ("2026-11-18T15:30",)),
        ("ore 9", ("2026-11-18T09:00",)),
        ("domani pomeriggio alle 3", ("2026-11-19T15:00",)),
        ("domani a mezzogiorno", ("2026-11-19T12:00",)),
        ("alle 15 di domani", ("2026-11-19T15:00",)),
        ("alle 3 del pomeriggio di domani", ("2026-11-19T15:00",)),
        ("giovedì alle 15", ("2026-11-12T15:00", "2026-11-19T15:00")),
    ],
)
def test_a_moment_is_a_day_and_an_hour(text: str, candidates: tuple[str, ...]) -> None:
    heard = hear_moment(text, TODAY)
    assert heard.candidates == tuple(map(datetime.fromisoformat, candidates))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("domani", "time_missing"),
        ("31/2 alle 15", "date_impossible"),
        ("domani alle 25", "time_impossible"),
        ("boh alle 15", "date_not_understood"),
        ("boh", "date_not_understood"),
    ],
)
def test_what_is_not_a_moment_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(NotHeard) as refused:
        hear_moment(text, TODAY)
    assert refused.value.reason == reason
