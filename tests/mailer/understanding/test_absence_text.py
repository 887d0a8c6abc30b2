from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.understanding.absence_text import absence_in

TODAY = date(2026, 12, 21)
JAN = 2027

TOLD = [
    ("Sono assente fino al 10 gennaio. Per urgenze rivolgersi a Rossi.", TODAY, date(JAN, 1, 10)),
    ("Assente fino al 10.", TODAY, date(JAN, 1, 10)),
    ("Gentili, rientro lunedì 4 gennaio", TODAY, date(JAN, 1, 3)),
    ("Rientro previsto: 11 gennaio", TODAY, date(JAN, 1, 10)),
    ("tornerò venerdì", TODAY, date(2026, 12, 24)),
    ("Rientrerò in ufficio il 7 gennaio 2027 alle 9:00.", TODAY, date(JAN, 1, 6)),
    ("Sarò fuori ufficio dal 23 dicembre al 6 gennaio compreso", date(2026, 12, 23), date(JAN, 1, 6)),
    ("Sono in ferie\ndal 3 al 10 gennaio", date(JAN, 1, 3), date(JAN, 1, 10)),
    ("Sono assente dal 18/12 al 7/1.", TODAY, date(JAN, 1, 7)),
    ("Siamo chiusi per ferie fino all’8 gennaio", TODAY, date(JAN, 1, 8)),
    ("Sarò assente il giorno 23", date(2026, 12, 23), date(2026, 12, 23)),
    ("I am out of the office until 10/01.", TODAY, date(JAN, 1, 10)),
    ("I will be back on January 7th, 2027.", TODAY, date(JAN, 1, 6)),
    ("Out of office from 22 December to 4 January", date(2026, 12, 22), date(JAN, 1, 4)),
]


@pytest.mark.parametrize(("text", "first", "last"), TOLD)
def test_an_absence_is_read_with_its_first_and_last_day(text: str, first: date, last: date) -> None:
    command = absence_in(text, TODAY)
    assert command is not None
    assert (command.since, command.on) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Il nostro ufficio è aperto dal lunedì al venerdì dalle 9 alle 13.",
        "Grazie, abbiamo ricevuto la sua mail. Risponderemo entro il 10 gennaio.",
        "Sono stato assente fino al 10 dicembre",
        "Sono fuori sede e leggerò la posta appena possibile.",
        "Assente fino al 31 febbraio",
        "Fuori ufficio fino alle 13",
    ],
)
def test_what_tells_of_no_days_to_come_is_no_absence(text: str) -> None:
    assert absence_in(text, TODAY) is None


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_no_absence_is_past(text: str) -> None:
    command = absence_in(f"Sono assente fino al {text}", TODAY)
    assert command is None or (command.on is not None and command.on >= TODAY)
