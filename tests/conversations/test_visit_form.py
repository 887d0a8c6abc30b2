"""The form of a visit: the same answers as by buttons, what is missing passed over, what is wrong asked."""

from datetime import date

import pytest

from conversations.answers import Draft
from conversations.dialogue import Complete, standing
from conversations.form import Filled, fill
from conversations.visit import VISIT, VisitFacts
from conversations.visit_form import VisitLines, hint_of, label_of
from procedure.fields import RegisterField
from procedure.visits import CreditOutcome, FormOutcome, Mood, VisitMode, VisitReport
from tests.conversations.given import MEMBER, NEW_MEMBER, PRODUCTS, a_company, about, told
from tests.conversations.test_walk import WALKED, paths

PLAIN = {
    "Crediti": "nessuno",
    "Data visita": "oggi",
    "Modalità": "in azienda",
    "Dati da correggere": "tutto giusto",
    "Moduli": "già in regola",
    "Interesse": "nessuno",
    "Motivo": "Non è il momento",
    "Prossimo contatto": "fra tre mesi",
    "Clima": "buona",
}


def filled(facts: VisitFacts = MEMBER, draft: Draft | None = None, /, **lines: str) -> Filled:
    """The form with these lines, `_` standing for a space; the draft begins empty."""
    told = [(label.replace("_", " "), text) for label, text in lines.items()]
    return fill(VISIT, facts, draft or VISIT.begin(), VisitLines.read(told, facts.products))


def report(done: Filled, facts: VisitFacts = MEMBER) -> VisitReport:
    assert done.gaps == (), [(gap.asking.step.key, gap.hint) for gap in done.gaps]
    state = standing(VISIT, facts, done.draft)
    assert isinstance(state, Complete)
    assert isinstance(state.result, VisitReport)
    return state.result


def missing(done: Filled) -> list[str]:
    return [gap.asking.step.key for gap in done.gaps]


def test_a_plain_form_is_complete_in_one_go_and_one_revision() -> None:
    done = filled(**PLAIN)
    plain = report(done)
    assert done.draft.revision == 1
    assert (plain.credit, plain.visited_on, plain.mode) == (
        CreditOutcome.NO_CREDIT, date(2026, 11, 18), VisitMode.AT_COMPANY,
    )  # fmt: skip
    assert (plain.no_interest_reason, plain.next_contact_on) == ("Non è il momento", date(2027, 2, 16))
    assert plain.mood is Mood.GOOD


def test_an_empty_form_asks_for_every_line_and_saves_nothing() -> None:
    done = filled()
    assert missing(done) == [
        *("credit", "visited_on", "mode", "register", "forms", "interest", "why_none", "next_contact"),
        "mood",
    ]
    assert done.draft == VISIT.begin()
    assert [label_of(gap.asking.step) for gap in done.gaps] == list(PLAIN)
    assert all(hint_of(gap.asking.step) for gap in done.gaps)


CREDIT = {
    "riscosso": (CreditOutcome.COLLECTED, False),
    "Riscosso!": (CreditOutcome.COLLECTED, False),
    "ACCORDO": (CreditOutcome.AGREED, False),
    "in parte": (CreditOutcome.UNCOLLECTED, True),
    "non riscosso": (CreditOutcome.UNCOLLECTED, False),
    "gestito": (CreditOutcome.MANAGED, False),
    "Sì, già gestito": (CreditOutcome.MANAGED, False),
    "No crediti": (CreditOutcome.NO_CREDIT, False),
}


@pytest.mark.parametrize(("said", "told"), CREDIT.items())
def test_one_line_tells_the_credit_and_what_became_of_it(said: str, told: tuple[CreditOutcome, bool]) -> None:
    done = report(filled(**{**PLAIN, "Crediti": said}))
    assert (done.credit, done.partly_collected) == told


def test_an_open_credit_without_its_outcome_is_asked_for_that_alone() -> None:
    done = filled(**{**PLAIN, "Crediti": "non gestito"})
    assert missing(done) == ["credit_what"]
    assert report(filled(MEMBER, done.draft, Crediti="riscosso")).credit is CreditOutcome.COLLECTED


def test_what_is_wrong_stops_nothing_behind_it_and_says_why() -> None:
    done = filled(**{**PLAIN, "Data visita": "31/2", "Clima": "boh"})
    assert missing(done) == ["visited_on", "mood"]
    assert "Non ho capito il giorno" in done.gaps[0].hint
    assert "«boh» non è fra le risposte: Buona / Così così / Tesa" in done.gaps[1].hint
    assert report(filled(MEMBER, done.draft, Data_visita="ieri", Clima="tesa")).mood is Mood.TENSE


@pytest.mark.parametrize("day", ["19/11/2026", "domani"])
def test_a_visit_to_come_is_refused_with_the_chat_s_words(day: str) -> None:
    (gap,) = filled(**{**PLAIN, "Data visita": day}).gaps
    assert "deve ancora arrivare" in gap.hint


def test_a_number_on_a_line_is_never_a_button() -> None:
    done = filled(**{**PLAIN, "Data visita": "2", "Clima": "1"})
    assert "mood" in missing(done)
    assert done.draft.answers.get("visited_on") != "2026-11-17"


def test_corrections_are_named_with_their_values() -> None:
    done = report(
        filled(**{**PLAIN, "Dati da correggere": "PEC = nuova@pec.example.com; telefono: 0573 999000"})
    )
    assert {c.field: c.new for c in done.corrections} == {
        RegisterField.PEC: "nuova@pec.example.com",
        RegisterField.PHONE: "+390573999000",
    }


def test_a_correction_without_its_value_is_asked_on_a_line_of_its_own() -> None:
    done = filled(**{**PLAIN, "Dati da correggere": "PEC"})
    (gap,) = done.gaps
    assert (label_of(gap.asking.step), hint_of(gap.asking.step)) == (
        "PEC",
        "abbiamo: finzioni@pec.example.com",
    )
    (told,) = report(filled(MEMBER, done.draft, PEC="nuova@pec.example.com")).corrections
    assert told.new == "nuova@pec.example.com"


def test_a_signature_s_pec_corrects_nothing() -> None:
    assert report(filled(**PLAIN, PEC="sede@pec.example.com")).corrections == ()
    named = filled(
        **{**PLAIN, "Dati da correggere": "PEC = giusta@pec.example.com"}, PEC="sede@pec.example.com"
    )
    (told,) = report(filled(MEMBER, named.draft, PEC="sede@pec.example.com")).corrections
    assert told.new == "giusta@pec.example.com"


def test_a_wrong_value_is_refused_with_the_register_s_words_and_the_rest_is_kept() -> None:
    done = filled(**{**PLAIN, "Dati da correggere": "Partita IVA = 123"})
    (gap,) = done.gaps
    assert "11 cifre" in gap.hint
    assert done.draft.answers["mood"] == "good"


def test_a_doubtful_value_is_confirmed_by_a_yes() -> None:
    done = filled(**{**PLAIN, "Dati da correggere": "PEC = tizio@gmail.com"})
    (gap,) = done.gaps
    assert "tizio@gmail.com" in gap.hint
    (told,) = report(filled(MEMBER, done.draft, PEC="sì")).corrections
    assert told.new == "tizio@gmail.com"


def test_products_are_named_by_their_first_words_each_with_its_need() -> None:
    done = report(filled(**{**PLAIN, "Interesse": "paghe (due dipendenti), privacy e sicurezza"}))
    assert {i.product: i.need for i in done.interests} == {
        "PAGHE": "due dipendenti", "SICUREZZA": "", "PRIVACY": "",
    }  # fmt: skip


def test_needs_may_stand_on_a_line_of_their_own() -> None:
    done = report(filled(**{**PLAIN, "Interesse": "paghe, haccp", "Bisogni": "Paghe = due; HACCP: un bar"}))
    assert {i.product: i.need for i in done.interests} == {"PAGHE": "due", "HACCP": "un bar"}


def test_a_product_that_is_two_or_none_is_asked() -> None:
    several = filled(about(products=PRODUCTS), **{**PLAIN, "Interesse": "p"})
    assert "può essere Paghe o Privacy" in several.gaps[0].hint
    assert "«gelati» non è fra i prodotti" in filled(**{**PLAIN, "Interesse": "gelati"}).gaps[0].hint
    assert "forse Privacy?" in filled(**{**PLAIN, "Interesse": "privaci"}).gaps[0].hint


def test_an_interest_makes_the_reason_for_none_needless() -> None:
    lines = {label: text for label, text in PLAIN.items() if label not in {"Motivo", "Prossimo contatto"}}
    assert report(filled(**{**lines, "Interesse": "paghe"})).no_interest_reason == ""


def test_forms_one_by_one_are_asked_by_name_and_socio() -> None:
    facts = about(a_company(soci=2))
    done = filled(facts, **{**PLAIN, "Moduli": "socio per socio"})
    assert [label_of(gap.asking.step) for gap in done.gaps] == ["Moduli del socio 1", "Moduli del socio 2"]
    more = filled(
        facts, done.draft, **{"Moduli del socio 1": "tutti firmati", "delega INPS socio 2": "firmato"}
    )
    assert [label_of(gap.asking.step) for gap in more.gaps] == [
        "revoca INPS · socio 2", "delega associativa (adesione) · socio 2",
    ]  # fmt: skip
    whole = filled(
        facts, more.draft, **{"revoca INPS · socio 2": "non serve", "delega associativa socio 2": "rifiutato"}
    )
    results = [result.outcome for result in report(whole, facts).forms]
    assert results.count(FormOutcome.SIGNED) == 5
    assert results[-2:] == [FormOutcome.NOT_NEEDED, FormOutcome.REFUSED]


def test_a_new_member_s_forms_need_no_line_but_have_one() -> None:
    lines = {label: text for label, text in PLAIN.items() if label != "Moduli"}
    assert report(filled(NEW_MEMBER, **lines), NEW_MEMBER).forms == ()
    assert len(report(filled(NEW_MEMBER, **lines, Moduli="tutti firmati"), NEW_MEMBER).forms) == 4


def test_what_is_seldom_needed_is_recorded_where_it_is_written() -> None:
    done = report(filled(**PLAIN, Nota="chiede\ndi Anna", Reclamo="Nessuno risponde", Presenti="il figlio"))
    assert (done.notes, done.complaint, done.attendees) == (
        "chiede\ndi Anna",
        "Nessuno risponde",
        "il figlio",
    )


def test_a_draft_begun_by_buttons_is_asked_only_for_the_rest_and_keeps_what_was_told() -> None:
    begun = told(VISIT, MEMBER, ("managed", "2026-11-17", "phone"))
    assert missing(filled(MEMBER, begun))[:2] == ["register", "forms"]
    rest = dict(list(PLAIN.items())[3:])
    done = report(filled(MEMBER, begun, **rest))
    assert (done.credit, done.visited_on) == (CreditOutcome.MANAGED, date(2026, 11, 17))


def test_a_line_written_again_replaces_the_answer() -> None:
    done = filled(**PLAIN)
    again = filled(MEMBER, done.draft, Crediti="riscosso", Clima="tesa")
    assert (report(again).credit, report(again).mood) == (CreditOutcome.COLLECTED, Mood.TENSE)


def test_a_wrong_line_never_takes_away_the_answer_there_was() -> None:
    done = filled(MEMBER, filled(**PLAIN).draft, Clima="boh")
    assert missing(done) == ["mood"]
    assert done.draft.answers["mood"] == "good"


def test_nothing_is_left_out_while_something_is_missing() -> None:
    """A visit begun by mail and finished in chat is still asked what else there is."""
    done = filled(**{**PLAIN, "Clima": ""})
    assert "extras" not in done.draft.answers


@pytest.mark.parametrize("walked", [name for name, (flow, _) in WALKED.items() if flow == "visit"])
def test_every_way_through_the_script_is_passed_over_to_its_end(walked: str) -> None:
    facts: VisitFacts = WALKED[walked][1]
    for path in paths(walked)[:200]:
        for draft in path.drafts[::3]:
            done = filled(facts, draft)
            assert done.draft.answers == draft.answers or not done.gaps
