"""The day and the appointments drawn: within Telegram's limits, in their order, the duty never cut."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from actions.appoint import Appointed
from actions.confirm_visit import Confirmed
from bot.buttons import Verb, read
from bot.screens.appointments import AppointmentCard, draw_appointed, draw_appointment, draw_appointments
from bot.screens.company import Card, draw_company
from bot.screens.confirmed import draw_confirmed
from bot.screens.duties import duty_button
from bot.screens.home import Begun, Now, draw_home
from bot.screens.pushes import draw_push
from bot.screens.screen import LABEL_LIMIT, Screen, fitted
from bot.screens.today import PAGE, Day, draw_today
from dopovisita.clock import ROME
from procedure.appointments import Appointment, Settled
from procedure.deadlines import RULES, DeadlineKind, Due
from procedure.notices import About, Subject
from procedure.people import Role
from procedure.visits import CreditOutcome, VisitMode, VisitReport
from store.agenda import Awaited, Duty
from store.appointments import AppointmentLine
from store.deadlines import DeadlineRow
from store.page import Page
from store.paper_copies import MissingCopy
from tests.bot.test_screens import ADA, AN_APPOINTMENT, LARGEST, LONG, LONG_COMPANY, check

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=ROME)
TODAY = NOW.date()


def an_appointment(starts_at: datetime = NOW + timedelta(hours=5), **more: Any) -> Appointment:
    return Appointment(LARGEST, LARGEST, 1, starts_at, NOW, LONG[:200], **more)


def a_line(starts_at: datetime = NOW + timedelta(hours=5), name: str = LONG, n: int = 0) -> AppointmentLine:
    return AppointmentLine(replace(an_appointment(starts_at), id=LARGEST - n), name, "+390573000101")


def a_duty(
    kind: DeadlineKind,
    day: date = TODAY,
    name: str = LONG,
    subject: Subject = Subject.QUOTE,
    n: int = 0,
    *,
    uncollected: bool = False,
) -> Duty:
    due = Due(kind, day, day, day, day, "entro oggi")
    about = About(subject, LARGEST - n)
    row = DeadlineRow(LARGEST - n, about, LARGEST - n, name, 1, "x@x.it", due, NOW, None, None, None)
    return Duty(row, Decimal(1200), uncollected)


def labels(screen: Screen) -> list[str]:
    keyboard: Any = screen.markup["inline_keyboard"]
    return [one["text"] for row in keyboard for one in row]


def verbs(screen: Screen) -> list[Verb]:
    return [read(one.data).verb for row in screen.rows for one in row]


# Appointments


@pytest.mark.parametrize("how", [None, *Settled])
@pytest.mark.parametrize("hours", [-5, 5, 500])
def test_an_appointment_s_card_is_within_limits(how: Settled | None, hours: int) -> None:
    settled = NOW if how else None
    one = an_appointment(NOW + timedelta(hours=hours), settled_at=settled, settled_how=how, reason=LONG)
    check(draw_appointment(AppointmentCard(one, LONG_COMPANY, NOW), LONG))
    if how not in {Settled.DONE, Settled.MOVED}:  # those follow from something else that is answered
        check(draw_appointed(Appointed(one, LONG_COMPANY, NOW)))
        check(draw_appointed(Appointed(one, LONG_COMPANY, NOW, before=one)))


def test_before_its_hour_it_is_moved_or_cancelled_and_after_it_told() -> None:
    before = draw_appointment(AppointmentCard(an_appointment(), LONG_COMPANY, NOW))
    assert verbs(before)[:3] == [Verb.CREDIT_CHECKED, Verb.APPOINTMENT_MOVE, Verb.APPOINTMENT_GIVE_UP]
    after = draw_appointment(AppointmentCard(an_appointment(NOW - timedelta(hours=2)), LONG_COMPANY, NOW))
    assert verbs(after)[:3] == [Verb.VISIT, Verb.APPOINTMENT_MOVE, Verb.APPOINTMENT_GIVE_UP]
    assert [label.split(" ", 2)[2] for label in labels(after)[1:3]] == ["Spostata", "Non fatta"]


def test_a_settled_one_offers_nothing_to_change() -> None:
    one = an_appointment(settled_at=NOW, settled_how=Settled.MOVED)
    screen = draw_appointment(AppointmentCard(one, LONG_COMPANY, NOW))
    assert verbs(screen) == [Verb.COMPANY, Verb.HOME]


def test_the_evening_s_message_says_when_where_whom_to_call_and_asks_for_the_credit() -> None:
    context = {**AN_APPOINTMENT, "company": "Finzioni", "where": "Via della Prova 1, 51100 Pistoia PT"}
    screen = draw_push("appointment_eve", {**context, "note": "citofono"})
    for words in ("Finzioni", "Domani alle 15:00", "Via della Prova 1", "+390573000101", "citofono"):
        assert words in screen.text
    assert "estratto conto, comprese le proforma?" in screen.text
    assert verbs(screen)[:2] == [Verb.CREDIT_CHECKED, Verb.CREDIT_LATER]
    checked = draw_push("appointment_eve", {**context, "checked": True})
    assert Verb.CREDIT_CHECKED not in verbs(checked)


def test_the_message_of_a_monday_names_the_day_on_friday() -> None:
    screen = draw_push("appointment_eve", {**AN_APPOINTMENT, "days_ahead": 3})
    assert "mercoledì 30 settembre 2026 alle 15:00" in screen.text
    today = draw_push("appointment_eve", {**AN_APPOINTMENT, "days_ahead": 0})
    assert "Oggi alle 15:00" in today.text


def test_how_did_it_go_has_its_three_buttons() -> None:
    screen = draw_push("appointment_asked", AN_APPOINTMENT)
    assert "Com'è andata?" in screen.text
    assert verbs(screen) == [Verb.VISIT, Verb.APPOINTMENT_MOVE, Verb.APPOINTMENT_GIVE_UP]


def test_the_list_of_appointments_is_within_limits_and_keeps_day_and_hour() -> None:
    lines = tuple(a_line(NOW + timedelta(days=n - 1), n=n) for n in range(8))
    for page in (Page(lines, 120, 8), Page(lines[:1], 1, 0), Page((), 0, 0)):
        check(draw_appointments(page, NOW))
    screen = draw_appointments(Page(lines, 8, 0), NOW)
    assert labels(screen)[1].startswith("2. 📅 mer 18 nov 10:00 · <Ditta & Figli>")
    assert "com'è andata?" in screen.text  # of yesterday's nothing was told


def test_a_company_s_card_offers_to_fix_move_and_cancel() -> None:
    company = replace(LONG_COMPANY, assignee=ADA.id)
    free = draw_company(Card(ADA, company, TODAY, None, None, (), ()))
    assert Verb.APPOINT in verbs(free)
    standing = (AppointmentCard(an_appointment(), company, NOW),)
    taken = draw_company(Card(ADA, company, TODAY, None, None, (), (), standing))
    check(taken)
    assert "Appuntamento: mercoledì 18 novembre 2026 alle 15:00" in taken.text
    assert {Verb.APPOINTMENT_MOVE, Verb.APPOINTMENT_GIVE_UP} <= set(verbs(taken))
    assert Verb.APPOINT not in verbs(taken)
    ceased = draw_company(Card(ADA, replace(company, ceased=True), TODAY, None, None, (), ()))
    assert Verb.APPOINT not in verbs(ceased)


def test_a_late_scheda_is_told_by_when_it_was_due_and_what_is_fixed_still() -> None:
    report = VisitReport(1, TODAY, VisitMode.AT_COMPANY, CreditOutcome.NO_CREDIT)
    late = Due(DeadlineKind.D8, TODAY, TODAY, TODAY, TODAY, "entro giovedì 19 novembre 2026: 1 giorno")
    later = (an_appointment(NOW + timedelta(days=3)),)
    screen = draw_confirmed(Confirmed(1, TODAY, LONG_COMPANY, report, (), (), late, later))
    check(screen)
    assert "La scheda andava completata entro giovedì 19 novembre 2026" in screen.text
    assert "Appuntamento: sabato 21 novembre 2026 alle 10:00" in screen.text
    assert Verb.APPOINTMENT_GIVE_UP in verbs(screen)


# The day


def a_full_day() -> Day:
    kinds = [kind for kind in RULES if not RULES[kind].shown_only]
    duties = [
        a_duty(kind, TODAY + timedelta(days=n - 20), subject=subject, n=100 * n + m)
        for n in range(50)
        for m, (kind, subject) in enumerate((k, s) for k in kinds for s in (Subject.QUOTE, Subject.VISIT))
    ]
    lines = [a_line(n=n) for n in range(30)]
    copies = [MissingCopy(LARGEST - n, LONG, "A" * 64, "Pistoia", TODAY, "Ada") for n in range(40)]
    return Day(NOW, lines, duties, copies, [Awaited(LARGEST - n, LONG, TODAY) for n in range(40)])


def test_every_page_of_a_day_is_within_limits_and_no_line_is_lost() -> None:
    day, offset, seen = a_full_day(), 0, 0
    while True:
        screen = draw_today(day, offset)
        check(screen)
        seen += sum("•" in line for line in screen.shown.split("\n"))
        if not any("Altre" in label for label in labels(screen)):
            break
        offset += PAGE
    shown = [duty for duty in day.duties if duty.row.due.last_useful <= TODAY + timedelta(days=7)]
    hidden = [d for d in day.duties if d not in shown and d.row.due.kind is DeadlineKind.A22B]
    assert seen == 30 + len(shown) + len(hidden) + 80
    assert draw_today(day, 10**6).text


def test_an_empty_day_says_so() -> None:
    screen = draw_today(Day(NOW, (), ()))
    check(screen)
    assert "Bene così" in screen.text


def test_the_day_goes_from_the_appointments_to_what_has_no_term() -> None:
    duties = [
        a_duty(DeadlineKind.D14, date(2026, 11, 16), "Tarda", n=1),
        a_duty(DeadlineKind.D10, TODAY, "Odierna", n=2),
        a_duty(DeadlineKind.D13, date(2026, 11, 25), "Settimana", n=3),
        a_duty(DeadlineKind.D14, date(2026, 11, 26), "Lontana", n=4),
        a_duty(DeadlineKind.A22B, date(2026, 11, 2), "Contattata", n=5),
    ]
    copies = [MissingCopy(7, "Carta", "A1", "Pistoia", date(2026, 11, 3), "Ada")]
    awaiting = [Awaited(8, "Corretta", date(2026, 11, 4))]
    screen = draw_today(Day(NOW, [a_line(name="Incontro")], duties, copies, awaiting))
    check(screen)
    order = [
        *("Appuntamenti di oggi", "15:00", "Incontro", "+390573000101"),
        *("In ritardo", "Tarda", "entro lun 16 nov (in ritardo)", "Da fare oggi", "Odierna"),
        *("Nei prossimi sette giorni", "Settimana", "Senza scadenza", "Contattata", "da lun 2 nov"),
        *("copia da archiviare", "Carta", "da mar 3 nov", "risposta di RA attesa", "Corretta"),
        "Più avanti: 1 scadenza",
    ]
    at = [screen.text.index(words) for words in order]
    assert at == sorted(at)
    assert "Lontana" not in screen.text
    assert verbs(screen)[:4] == [Verb.APPOINTMENT, Verb.QUOTE, Verb.QUOTE, Verb.QUOTE]


def test_an_uncollected_credit_is_named_on_its_line() -> None:
    screen = draw_today(Day(NOW, (), [a_duty(DeadlineKind.D13, uncollected=True)]))
    assert "credito non riscosso" in screen.text


@pytest.mark.parametrize("kind", [kind for kind in RULES if not RULES[kind].shown_only])
@pytest.mark.parametrize("subject", [Subject.QUOTE, Subject.VISIT, Subject.COMPANY])
def test_a_button_says_the_duty_whole_and_cuts_the_company(kind: DeadlineKind, subject: Subject) -> None:
    screen = Screen("x", ((duty_button(a_duty(kind, subject=subject).row),),))
    (label,) = labels(screen)
    handed = subject is Subject.VISIT and kind in {DeadlineKind.D6, DeadlineKind.D7}
    assert ("✓ Consegnati oggi: " if handed else kind.label) in label
    assert len(label) <= LABEL_LIMIT
    assert label.endswith("…")


def test_a_name_that_has_no_room_is_left_out_rather_than_the_duty_cut() -> None:
    assert fitted("una cosa da fare", "Forno", 20) == "una cosa da fare"
    assert fitted("fare", "Forno Gori", 20) == "fare · Forno Gori"
    assert fitted("fare", "Forno Gori e Figli S.n.c.", 20) == "fare · Forno Gori e…"


# Home


def test_home_is_short_however_much_there_is() -> None:
    begun = [Begun(LARGEST - n, LONG) for n in range(200)]
    for person in (ADA, replace(ADA, roles=frozenset({Role.AM}))):
        screen = draw_home(Now(person, a_full_day(), 120, begun))
        check(screen)
        assert verbs(screen).count(Verb.RESUME) == 3
        assert screen.text.count("•") == 3
        check(draw_home(Now(person, Day(NOW, (), ()), 0, [])))


def test_home_leads_to_the_day_the_companies_and_the_appointments() -> None:
    day = Day(NOW, (), ())
    av = replace(ADA, roles=frozenset({Role.AV}))
    assert verbs(draw_home(Now(av, day, 120, []))) == [
        *(Verb.TODAY, Verb.APPOINTMENTS, Verb.COMPANIES, Verb.QUOTES)
    ]
    chief = replace(ADA, roles=frozenset({Role.RS}))
    assert verbs(draw_home(Now(chief, day, 9, [])))[4:] == [Verb.ASSIGN, Verb.TARGETS]
    watching = replace(ADA, roles=frozenset({Role.RPS}))
    assert verbs(draw_home(Now(watching, day, 0, []))) == [Verb.TODAY, Verb.PROPOSALS, Verb.TARGETS]
    office = replace(ADA, roles=frozenset({Role.AM}))
    assert verbs(draw_home(Now(office, day, 0, []))) == [Verb.TODAY, Verb.QUOTES]


def test_home_names_the_most_urgent_first() -> None:
    duties = [
        a_duty(DeadlineKind.D14, date(2026, 11, 16), "Tarda", n=1),
        a_duty(DeadlineKind.D10, TODAY, "Odierna", n=2),
        a_duty(DeadlineKind.D13, date(2026, 11, 20), "Vicina", n=3),
    ]
    screen = draw_home(Now(ADA, Day(NOW, [a_line(name="Incontro")], duties), 1, []))
    at = [screen.text.index(words) for words in ("Incontro", "Tarda", "Odierna")]
    assert at == sorted(at)
    assert "Vicina" not in screen.text


def test_what_is_due_of_an_absent_says_whose_it_is() -> None:
    duty = a_duty(DeadlineKind.D10, TODAY, "Odierna")
    owner = duty.row.owner
    assert owner is not None
    mine = draw_today(Day(NOW, (), [duty])).text
    theirs = draw_today(Day(NOW, (), [duty], absent={owner: "Bruno <Fintarelli>"})).text
    assert "per conto di" not in mine
    assert "entro mer 18 nov, per conto di Bruno &lt;Fintarelli&gt;" in theirs
