"""Section 17's vectors, and the sentences that tell a date."""

from datetime import date

import pytest

from procedure.campaign import Closure, Terms
from procedure.deadlines import RULES, DeadlineKind, Due, days_left, due, is_late
from procedure.explanations import explain_move
from procedure.workdays import WorkCalendar

TERMS = Terms()
CALENDARS = {
    "PT": WorkCalendar((7, 25), "San Jacopo"),
    "PO": WorkCalendar((12, 26), "Santo Stefano"),
}
PISTOIA = CALENDARS["PT"]

# Section 17: sede; data visita; D5-D8; D10; D11; D13; D14 as written, last useful day, late only after.
VECTORS = """
PT/PO | 18/11/2026 | 19/11/2026 | 25/11/2026 | 27/11/2026 | 09/12/2026 | 27/12/2026 | 24/12/2026 | 28/12/2026
PT/PO | 20/11/2026 | 23/11/2026 | 27/11/2026 | 01/12/2026 | 11/12/2026 | 31/12/2026 | 31/12/2026 | 31/12/2026
PT/PO | 02/04/2026 | 03/04/2026 | 10/04/2026 | 14/04/2026 | 23/04/2026 | 14/05/2026 | 14/05/2026 | 14/05/2026
PT/PO | 03/04/2026 | 07/04/2026 | 13/04/2026 | 15/04/2026 | 24/04/2026 | 15/05/2026 | 15/05/2026 | 15/05/2026
PT/PO | 24/04/2026 | 27/04/2026 | 04/05/2026 | 06/05/2026 | 15/05/2026 | 05/06/2026 | 05/06/2026 | 05/06/2026
PT/PO | 13/08/2026 | 14/08/2026 | 20/08/2026 | 24/08/2026 | 02/09/2026 | 23/09/2026 | 23/09/2026 | 23/09/2026
PT/PO | 23/12/2026 | 24/12/2026 | 31/12/2026 | 05/01/2027 | 15/01/2027 | 04/02/2027 | 04/02/2027 | 04/02/2027
PT/PO | 01/10/2027 | 05/10/2027 | 11/10/2027 | 13/10/2027 | 22/10/2027 | 12/11/2027 | 12/11/2027 | 12/11/2027
PT/PO | 29/05/2027 | 31/05/2027 | 07/06/2027 | 09/06/2027 | 18/06/2027 | 09/07/2027 | 09/07/2027 | 09/07/2027
PT    | 24/07/2025 | 28/07/2025 | 01/08/2025 | 05/08/2025 | 14/08/2025 | 04/09/2025 | 04/09/2025 | 04/09/2025
PO    | 24/07/2025 | 25/07/2025 | 31/07/2025 | 04/08/2025 | 13/08/2025 | 03/09/2025 | 03/09/2025 | 03/09/2025
PT    | 24/07/2028 | 26/07/2028 | 01/08/2028 | 03/08/2028 | 14/08/2028 | 02/09/2028 | 01/09/2028 | 04/09/2028
PO    | 24/07/2028 | 25/07/2028 | 31/07/2028 | 02/08/2028 | 11/08/2028 | 01/09/2028 | 01/09/2028 | 01/09/2028
"""

# Section 17: data di adesione; D1 as written, last useful day, late only after.
JOININGS = """
02/11/2026 | 02/12/2026 | 02/12/2026 | 02/12/2026
01/12/2026 | 31/12/2026 | 31/12/2026 | 31/12/2026
25/06/2026 | 25/07/2026 | 24/07/2026 | 27/07/2026
22/11/2026 | 22/12/2026 | 22/12/2026 | 22/12/2026
"""


def on(written: str) -> date:
    day, month, year = written.split("/")
    return date(int(year), int(month), int(day))


def reckon(kind: str, start: date, calendar: WorkCalendar = PISTOIA, terms: Terms = TERMS) -> Due:
    return due(DeadlineKind(kind), start, calendar, terms)


def three_dates(deadline: Due) -> tuple[date, date, date]:
    return deadline.due_on, deadline.last_useful, deadline.on_time_until


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


GOLDEN = [
    pytest.param(sede, [on(cell) for cell in cells], id=f"{sede} {cells[0]}")
    for sedi, *cells in table(VECTORS)
    for sede in sedi.split("/")
]


@pytest.mark.parametrize(("sede", "row"), GOLDEN)
def test_the_vectors_of_section_17_hold(sede: str, row: list[date]) -> None:
    visited_on, next_day, drafted_on, delivered_on, follow_up, *closing = row
    calendar = CALENDARS[sede]

    for kind in ("D4", "D5", "D6", "D7", "D8", "D9"):
        assert three_dates(reckon(kind, visited_on, calendar)) == (next_day, next_day, next_day)
    assert three_dates(reckon("D10", visited_on, calendar)) == (drafted_on, drafted_on, drafted_on)
    assert three_dates(reckon("D11", drafted_on, calendar)) == (delivered_on, delivered_on, delivered_on)
    assert three_dates(reckon("D13", delivered_on, calendar)) == (follow_up, follow_up, follow_up)
    for kind in ("D12", "D14"):
        assert list(three_dates(reckon(kind, delivered_on, calendar))) == closing


@pytest.mark.parametrize("row", table(JOININGS), ids=lambda row: row[0])
def test_a_new_member_is_visited_within_thirty_calendar_days(row: list[str]) -> None:
    joined_on, *expected = map(on, row)

    assert list(three_dates(reckon("D1", joined_on))) == expected


def test_every_kind_that_has_a_term_is_reckoned_and_the_others_are_refused() -> None:
    assert {str(kind) for kind in set(DeadlineKind) - set(RULES)} == {"D2", "D3", "D15", "D16"}
    for kind in set(DeadlineKind) - set(RULES):
        with pytest.raises(ValueError, match=f"{kind} has no term"):
            due(kind, date(2026, 11, 18), PISTOIA, TERMS)


def test_a_kind_is_found_by_its_id_and_read_by_its_name() -> None:
    assert DeadlineKind("D13") is DeadlineKind.D13
    assert str(DeadlineKind.D13) == "D13"
    assert DeadlineKind.D13.label == "sollecito"
    assert len({kind.label for kind in DeadlineKind}) == 17


def test_a_friday_visit_is_due_on_monday() -> None:
    assert reckon("D8", date(2026, 11, 20)).due_on == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("kind", "terms"),
    [
        ("D1", Terms(visit_new_member=3)),
        ("D8", Terms(next_day=3)),
        ("D10", Terms(drafting=3)),
        ("D11", Terms(handover=3)),
        ("D12", Terms(validity=3)),
        ("D13", Terms(follow_up=3)),
        ("D14", Terms(closing=3)),
    ],
)
def test_the_lengths_are_those_of_the_campaign(kind: str, terms: Terms) -> None:
    monday = date(2026, 11, 16)

    assert reckon(kind, monday, terms=terms).due_on == date(2026, 11, 19)
    assert reckon(kind, monday).due_on != date(2026, 11, 19)


@pytest.mark.parametrize(("kind", "terms"), [("D8", Terms(next_day=0)), ("D14", Terms(closing=0))])
def test_a_term_of_no_days_is_refused(kind: str, terms: Terms) -> None:
    with pytest.raises(ValueError, match="at least one"):
        reckon(kind, date(2026, 11, 18), terms=terms)


def test_a_closure_that_fills_a_calendar_term_moves_its_useful_day_after_it() -> None:
    closed = WorkCalendar(closures=(Closure(date(2026, 8, 3), date(2026, 9, 4), "ferie"),))

    deadline = reckon("D14", date(2026, 8, 4), closed)

    assert deadline.due_on == date(2026, 9, 3)
    assert deadline.last_useful == deadline.on_time_until == date(2026, 9, 7)


def test_a_term_that_ends_on_a_sunday_is_late_only_after_monday() -> None:
    closing = reckon("D14", date(2026, 11, 27))

    assert not is_late(closing, date(2026, 12, 27))
    assert not is_late(closing, date(2026, 12, 28))
    assert is_late(closing, date(2026, 12, 29))


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 12, 18), 4),
        (date(2026, 12, 23), 1),
        (date(2026, 12, 24), 0),
        (date(2026, 12, 26), 0),
        (date(2026, 12, 28), 0),
        (date(2026, 12, 29), -1),
        (date(2027, 1, 4), -4),
    ],
)
def test_the_days_left_are_working_days_and_turn_negative_with_delay(today: date, left: int) -> None:
    """Due on Sunday 27 December: useful until Thursday 24, in time until Monday 28."""
    assert days_left(reckon("D14", date(2026, 11, 27)), today, PISTOIA) == left


AUGUST = Closure(date(2026, 8, 10), date(2026, 8, 21), "ferie d'agosto")
BRIDGE = Closure(date(2026, 12, 7), date(2026, 12, 7), "ponte dell'Immacolata")
CLOSING = WorkCalendar((7, 25), "San Jacopo", (AUGUST, BRIDGE))
SATURDAYS_TOO = WorkCalendar(saturday_works=True)


@pytest.mark.parametrize(
    ("kind", "start", "calendar", "sentence"),
    [
        pytest.param(
            "D8",
            "18/11/2026",
            PISTOIA,
            "entro giovedì 19 novembre 2026: 1 giorno lavorativo dalla visita di mercoledì 18",
            id="nothing skipped",
        ),
        pytest.param(
            "D10",
            "18/11/2026",
            PISTOIA,
            "entro mercoledì 25 novembre 2026: 5 giorni lavorativi dalla visita di mercoledì 18; "
            "saltati sabato 21 e domenica 22",
            id="one weekend",
        ),
        pytest.param(
            "D8",
            "28/11/2026",
            PISTOIA,
            "entro lunedì 30 novembre 2026: 1 giorno lavorativo dalla visita di sabato 28; "
            "saltata domenica 29",
            id="a Sunday alone",
        ),
        pytest.param(
            "D8",
            "03/10/2027",
            PISTOIA,
            "entro martedì 5 ottobre 2027: 1 giorno lavorativo dalla visita di domenica 3; "
            "saltato lunedì 4 ottobre (Festa nazionale di San Francesco d'Assisi, patrono d'Italia)",
            id="a holiday alone",
        ),
        pytest.param(
            "D11",
            "28/05/2026",
            PISTOIA,
            "entro lunedì 1 giugno 2026: 2 giorni lavorativi dalla redazione di giovedì 28 maggio; "
            "saltati sabato 30 e domenica 31 maggio",
            id="a weekend of the month before",
        ),
        pytest.param(
            "D10",
            "03/04/2026",
            PISTOIA,
            "entro lunedì 13 aprile 2026: 5 giorni lavorativi dalla visita di venerdì 3; "
            "saltati i fine settimana e lunedì 6 aprile (Lunedì dell'Angelo)",
            id="two weekends and Easter Monday",
        ),
        pytest.param(
            "D10",
            "24/07/2028",
            PISTOIA,
            "entro martedì 1 agosto 2028: 5 giorni lavorativi dalla visita di lunedì 24 luglio; "
            "saltati martedì 25 luglio (San Jacopo, patrono), sabato 29 e domenica 30 luglio",
            id="the patron saint",
        ),
        pytest.param(
            "D11",
            "30/12/2026",
            PISTOIA,
            "entro lunedì 4 gennaio 2027: 2 giorni lavorativi dalla redazione di mercoledì 30 dicembre 2026; "
            "saltati venerdì 1 gennaio (Capodanno), sabato 2 e domenica 3",
            id="across new year",
        ),
        pytest.param(
            "D13",
            "05/08/2026",
            CLOSING,
            "entro venerdì 28 agosto 2026: 7 giorni lavorativi dalla consegna di mercoledì 5; "
            "saltati i fine settimana e 10 giorni (chiusura: ferie d'agosto)",
            id="a long closure",
        ),
        pytest.param(
            "D11",
            "04/12/2026",
            CLOSING,
            "entro giovedì 10 dicembre 2026: 2 giorni lavorativi dalla redazione di venerdì 4; "
            "saltati sabato 5, domenica 6, lunedì 7 dicembre (chiusura: ponte dell'Immacolata) "
            "e martedì 8 dicembre (Immacolata Concezione)",
            id="a closure of one day",
        ),
        pytest.param(
            "D13",
            "07/11/2026",
            SATURDAYS_TOO,
            "entro lunedì 16 novembre 2026: 7 giorni lavorativi dalla consegna di sabato 7; "
            "saltate domenica 8 e domenica 15",
            id="Saturdays worked",
        ),
        pytest.param(
            "D14",
            "01/12/2026",
            PISTOIA,
            "entro giovedì 31 dicembre 2026: 30 giorni di calendario dalla consegna di martedì 1",
            id="calendar days to a working day",
        ),
        pytest.param(
            "D14",
            "27/11/2026",
            PISTOIA,
            "entro domenica 27 dicembre 2026: 30 giorni di calendario dalla consegna di venerdì 27 novembre; "
            "ultimo giorno utile giovedì 24 dicembre, in ritardo solo dopo lunedì 28 dicembre",
            id="calendar days to a Sunday",
        ),
        pytest.param(
            "D14",
            "03/12/2026",
            PISTOIA,
            "entro sabato 2 gennaio 2027: 30 giorni di calendario dalla consegna di giovedì 3 dicembre 2026; "
            "ultimo giorno utile giovedì 31 dicembre 2026, in ritardo solo dopo lunedì 4 gennaio",
            id="years told where they differ",
        ),
        pytest.param(
            "D1",
            "25/06/2026",
            PISTOIA,
            "entro sabato 25 luglio 2026: 30 giorni di calendario dall'adesione di giovedì 25 giugno; "
            "ultimo giorno utile venerdì 24 luglio, in ritardo solo dopo lunedì 27 luglio",
            id="a new member",
        ),
        pytest.param(
            "D12",
            "27/11/2026",
            PISTOIA,
            "valido fino a domenica 27 dicembre 2026: "
            "30 giorni di calendario dalla consegna di venerdì 27 novembre",
            id="a validity, with which nobody is late",
        ),
    ],
)
def test_a_date_is_told_with_its_reason(kind: str, start: str, calendar: WorkCalendar, sentence: str) -> None:
    assert reckon(kind, on(start), calendar).explanation == sentence


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("25/11/2026", "27/11/2026", "da mercoledì 25 a venerdì 27 novembre"),
        ("27/11/2026", "01/12/2026", "da venerdì 27 novembre a martedì 1 dicembre"),
        ("31/12/2026", "04/01/2027", "da giovedì 31 dicembre 2026 a lunedì 4 gennaio 2027"),
    ],
)
def test_a_date_that_moves_is_told_from_when_to_when(old: str, new: str, told: str) -> None:
    assert explain_move(on(old), on(new)) == told


def test_many_sundays_are_told_together_where_saturday_is_worked() -> None:
    told = reckon("D13", date(2026, 11, 7), SATURDAYS_TOO, Terms(follow_up=14)).explanation

    assert told.endswith("; saltate le domeniche")


def test_a_term_of_one_calendar_day_is_told_in_the_singular() -> None:
    told = reckon("D14", date(2026, 11, 18), terms=Terms(closing=1)).explanation

    assert told.startswith("entro giovedì 19 novembre 2026: 1 giorno di calendario dalla consegna")


def test_the_delivery_is_asked_after_the_first_week_and_never_late() -> None:
    """A22b: contacted on Wednesday 18 November 2026, asked a working week later and until it is told."""
    asked = due(DeadlineKind.A22B, date(2026, 11, 18), WorkCalendar(), Terms())
    assert (asked.due_on, asked.last_useful) == (date(2026, 11, 25), date(2026, 11, 25))
    assert not is_late(asked, date(2099, 1, 1))
    assert days_left(asked, date(2027, 1, 7), WorkCalendar()) == 0
    assert (
        asked.explanation == "azienda contattata mercoledì 18 novembre 2026, la consegna è ancora da segnare"
    )
