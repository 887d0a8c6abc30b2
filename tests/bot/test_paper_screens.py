"""Papers, forms and obiettivi in the chat: within limits with the longest data, and each button does it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from actions.file_paper import Copy
from actions.hand_over import HandedOver
from actions.set_target import TargetSet
from bot.buttons import Verb, button
from bot.screens import papers
from bot.screens.forms import FormsCard, draw_forms, draw_handed_over
from bot.screens.screen import Screen
from bot.screens.targets import TargetLine, ask_to_drop, draw_target_set, draw_targets, target_line
from procedure.campaign import ProductKind
from procedure.correspondence.enclosures import Enclosure
from procedure.deadlines import DeadlineKind
from procedure.people import Person, Role
from procedure.quotes import Quote, QuoteState
from procedure.targets import Progress, Target
from procedure.visits import CreditOutcome, Form, FormOutcome, FormResult, Partner, VisitMode, VisitReport
from store.enclosures import KeptFile
from store.paper_copies import Filing, MissingCopy
from store.visits import RecordedForm, RecordedVisit
from tests.bot.test_screens import ADA, LARGEST, LONG, LONG_COMPANY, NOON, check
from tests.conversations.given import TODAY, a_company

QUOTE = Quote(
    LARGEST, LARGEST, LARGEST, ProductKind.CATALOGUE, LARGEST, "ada@x.it", QuoteState.DELIVERED, TODAY
)
DELIVERED = replace(QUOTE, delivered_on=TODAY)
PLAIN = Screen("Preventivo", ((button("⌂", Verb.HOME),),))
COPY = MissingCopy(LARGEST, LONG, "A" * 64, "Montecatini Terme", TODAY, LONG)
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def verbs(screen: Screen) -> list[str]:
    return [data.partition(":")[0] for data in screen.menu.values()]


@pytest.mark.parametrize("filing", [None, Filing(TODAY, "ada@x.it")])
@pytest.mark.parametrize("tells", [True, False])
def test_a_delivered_quote_says_where_its_copy_is_and_home_stays_last(
    filing: Filing | None, tells: bool
) -> None:
    screen = papers.with_copy(PLAIN, DELIVERED, filing, tells=tells)
    check(screen)
    assert f"Preventivo n. {LARGEST}" in screen.text
    assert ("copia in archivio da" if filing else "manca ancora") in screen.text
    ours = [Verb.NOT_FILED if filing else Verb.FILED, Verb.COVER] if tells else []
    assert verbs(screen) == [*ours, Verb.HOME]


def test_before_the_delivery_a_quote_s_screen_is_as_it_was() -> None:
    assert papers.with_copy(PLAIN, QUOTE, None, tells=True) == PLAIN


def test_the_list_of_missing_copies_is_within_limits_and_says_how_many_more() -> None:
    check(papers.draw_missing([], ADA, TODAY))
    copies = [replace(COPY, quote=n) for n in range(1, 100)]
    screen = papers.draw_missing(copies, ADA, TODAY)
    check(screen)
    assert f"e altre {99 - papers.SHOWN}" in screen.text


def test_who_follows_the_quote_is_named_only_where_it_is_another() -> None:
    ada = Person(1, "Ada Esempioli", "ada@x.it", frozenset({Role.AV}))
    own = replace(COPY, owner=ada.name)
    assert "segue" not in papers.draw_missing([own], ada, TODAY).text
    assert "segue Ivo" in papers.draw_missing([replace(COPY, owner="Ivo")], ada, TODAY).text


def test_what_was_filed_from_the_list_may_be_taken_back_there() -> None:
    done = Copy(DELIVERED, LONG_COMPANY, Filing(TODAY, "ada@x.it"))
    rest = papers.draw_missing([replace(COPY, quote=1)], ADA, TODAY)
    filed = papers.draw_filed(done, rest)
    check(filed)
    assert verbs(filed)[0] == Verb.NOT_FILED
    taken_out = papers.draw_filed(replace(done, filing=None), rest)
    check(taken_out)
    assert "torna fra quelle che mancano" in taken_out.text


def test_the_cover_is_told_with_its_address() -> None:
    screen = papers.with_cover_sent(PLAIN, "ada@x.it")
    check(screen)
    assert "ada@x.it" in screen.text


def a_visit(*forms: RecordedForm) -> RecordedVisit:
    report = VisitReport(1, TODAY, VisitMode.AT_COMPANY, CreditOutcome.NO_CREDIT)
    return RecordedVisit(LARGEST, 1, report, NOON, None, forms)


def a_form(
    partner: int, form: Form, *days: date | None, outcome: FormOutcome = FormOutcome.SIGNED
) -> RecordedForm:
    return RecordedForm(1, FormResult(partner, form, outcome), *[*days, None, None, None][:3])


FORMS = (
    a_form(1, Form.DELEGA_INPS, date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)),
    a_form(2, Form.DELEGA_INPS, date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23)),
    a_form(3, Form.DELEGA_INPS, date(2026, 11, 19)),
    a_form(2, Form.REVOCA_INPS, outcome=FormOutcome.REFUSED),
    a_form(1, Form.RID),
)


def card(**more: Any) -> FormsCard:
    soci = tuple(Partner(n, name) for n, name in enumerate(("Uno A", "Due B", "Tre C"), 1))
    company = replace(a_company(), partners=soci)
    return replace(FormsCard(a_visit(*FORMS), company, TODAY, [], tells=True), **more)


def test_forms_say_where_each_has_come_to_by_the_soci_s_numbers() -> None:
    screen = draw_forms(card())
    check(screen)
    assert screen.text.splitlines()[3:] == [
        (
            "• <b>delega INPS</b> · soci 1, 2: consegnato gio 19 nov, ricevuto ven 20 nov, "
            "originale a RA lun 23 nov"
        ),
        "• <b>delega INPS</b> · socio 3: consegnato gio 19 nov",
        "• <b>RID (mandato SDD)</b> · socio 1: da consegnare",
    ]
    for name in ("Uno A", "Due B", "Tre C"):
        assert name not in screen.text


def test_each_hand_over_that_waits_has_two_buttons_today_and_another_day() -> None:
    screen = draw_forms(card(waiting=[DeadlineKind.D6, DeadlineKind.D7]))
    check(screen)
    two = [Verb.HANDED_OVER, Verb.HANDED_OVER_WHEN]
    assert verbs(screen) == [*two, *two, Verb.HAND_OVER_LIST, Verb.COMPANY, Verb.HOME]


def test_who_only_looks_has_no_button_that_tells() -> None:
    screen = draw_forms(card(tells=False, company=LONG_COMPANY))
    check(screen)
    assert verbs(screen) == [Verb.COMPANY, Verb.HOME]


def test_a_hand_over_leads_back_to_the_forms() -> None:
    screen = draw_handed_over(HandedOver(LARGEST, LONG_COMPANY, DeadlineKind.D6, TODAY))
    check(screen)
    assert verbs(screen) == [Verb.FORMS, Verb.HOME]


def a_line(made: int = 7, target: Target | None = None, **more: Any) -> TargetLine:
    wanted = target or Target(*NOVEMBER, 12, "Pistoia", id=LARGEST)
    return replace(TargetLine(Progress(wanted, made), "sede di Pistoia", 11, may_drop=False), **more)


def test_a_target_reads_as_the_procedure_s_people_say_it() -> None:
    assert target_line(a_line().progress) == "Obiettivo novembre 2026: 7 visite su 12"
    assert target_line(a_line(1).progress) == "Obiettivo novembre 2026: 1 visita su 12"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (a_line(), "7 visite su 12 · a questo ritmo 11 entro lun 30 nov"),
        (a_line(12), "12 visite su 12 · raggiunto"),
        (a_line(pace=None), "7 visite su 12"),
        (
            a_line(0, Target(date(2026, 12, 1), date(2026, 12, 31), 9), pace=None),
            "0 visite su 9 · comincia martedì 1 dicembre 2026",
        ),
    ],
)
def test_a_target_tells_its_pace_or_that_it_is_reached(line: TargetLine, said: str) -> None:
    screen = draw_targets([line], TODAY, may_set=False)
    check(screen)
    assert screen.text.splitlines()[-1].endswith(said)


def test_many_targets_are_within_limits() -> None:
    lines = [a_line(target=Target(*NOVEMBER, 12, id=n), whose=LONG, may_drop=True) for n in range(1, 60)]
    check(draw_targets(lines, TODAY, may_set=True))
    check(draw_targets([], TODAY, may_set=False))


def test_a_target_is_set_and_dropped_within_limits() -> None:
    done = TargetSet(Target(date(2026, 11, 3), date(2026, 12, 5), 1, id=LARGEST), LONG)
    for screen in (draw_target_set(done), ask_to_drop(done)):
        check(screen)
    assert verbs(ask_to_drop(done)) == [Verb.TARGETS, Verb.DROP_TARGET_SURELY]


def test_a_quote_with_its_pdf_names_it_and_offers_it_by_mail_only() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    file = Enclosure(2, "<b>" + "x" * 300 + ".pdf", "application/pdf", 9, "")
    kept = KeptFile(1, 7, file, None, "", "ivo@x.it", at)
    screen = papers.with_file(PLAIN, QUOTE, kept, TODAY)
    check(screen)
    assert "&lt;b&gt;xxx" in screen.text
    assert Verb.QUOTE_FILE.value in verbs(screen)
    assert papers.with_file(PLAIN, QUOTE, None, TODAY) == PLAIN
    check(papers.with_file_sent(PLAIN, "ada@x.it"))


def test_a_form_whose_scan_went_on_says_when_and_the_others_say_nothing() -> None:
    report = VisitReport(1, TODAY, VisitMode.AT_COMPANY, CreditOutcome.NO_CREDIT)
    forms = tuple(
        RecordedForm(n, FormResult(0, form, FormOutcome.SIGNED), None, None, None)
        for n, form in enumerate((Form.RID, Form.REVOCA_INPS))
    )
    visit = RecordedVisit(1, 1, report, NOON, None, forms)
    card = FormsCard(visit, a_company(), TODAY, (), tells=False, scanned={Form.RID: TODAY})
    assert draw_forms(card).text.count("scansione inviata") == 1
