"""What the visit asks of whom (section 7), the meaning of its answers, and the days it takes."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conversations.answers import Draft
from conversations.dialogue import Asking, Typed, reopen, standing
from conversations.steps import NotUnderstood
from conversations.visit import VISIT, VisitFacts, shown_in_chat
from procedure.fields import RegisterField
from procedure.visits import Code, CreditOutcome, Form, FormOutcome, FormResult, Interest, Mood, VisitMode
from tests.conversations.given import (
    JOINED,
    MEMBER,
    NEW_MEMBER,
    PERSONAL,
    a_company,
    about,
    asked,
    told,
    visit_told,
)

DAY = "2026-11-18"
START = ("none", DAY, "company")
AFTER_FORMS = ("=", "not_now", "2027-02-16", "good", "=")
PLAIN = (*START, "=", "in_order", *AFTER_FORMS)
PLAIN_NEW = (*START, "=", *AFTER_FORMS)
MATRIX = {
    (Code.MEMBER, True): True,
    (Code.MEMBER, False): True,
    (Code.NEW_MEMBER, True): False,
    (Code.NEW_MEMBER, False): False,
}
ALWAYS = [
    "credit",
    "visited_on",
    "mode",
    "register",
    "interest",
    "why_none",
    "next_contact",
    "mood",
    "extras",
]


def keys(facts: VisitFacts, raws: tuple[str, ...]) -> list[str]:
    return [a.step.key for a in standing(VISIT, facts, told(VISIT, facts, raws)).trail]


@pytest.mark.parametrize(("kind", "forms"), [*MATRIX.items()])
def test_each_kind_of_company_is_asked_what_section_7_says(kind: tuple[Code, bool], forms: bool) -> None:
    facts = about(a_company(kind[0], services=kind[1]))
    expected = [*ALWAYS[:4], *(["forms"] if forms else []), *ALWAYS[4:]]
    assert keys(facts, PLAIN if forms else PLAIN_NEW) == expected


@pytest.mark.parametrize(
    ("answers", "credit", "partly"),
    [
        (["none"], CreditOutcome.NO_CREDIT, False),
        (["managed"], CreditOutcome.MANAGED, False),
        (["open", "collected"], CreditOutcome.COLLECTED, False),
        (["open", "agreed"], CreditOutcome.AGREED, False),
        (["open", "partly"], CreditOutcome.UNCOLLECTED, True),  # A7
        (["open", "not"], CreditOutcome.UNCOLLECTED, False),
    ],
)
def test_the_decision_tree_of_crediti_ends_in_its_five_values(
    answers: list[str], credit: CreditOutcome, partly: bool
) -> None:
    report = visit_told(MEMBER, [*answers, *PLAIN[1:]])
    assert (report.credit, report.partly_collected) == (credit, partly)


def test_crediti_is_the_first_question() -> None:
    """A8b."""
    assert asked(VISIT, MEMBER, VISIT.begin()).step.key == "credit"


def test_no_amount_is_asked_in_a_visit() -> None:
    report = visit_told(MEMBER, ["open", "partly", *PLAIN[1:]])
    assert report.partly_collected


@pytest.mark.parametrize(("key", "mode"), [*zip(("company", "phone", "office"), VisitMode, strict=True)])
def test_the_mode_is_one_of_three(key: str, mode: VisitMode) -> None:
    assert visit_told(MEMBER, [*START[:2], key, *PLAIN[3:]]).mode is mode


@pytest.mark.parametrize(("key", "mood"), [*zip(("good", "so_so", "tense"), Mood, strict=True)])
def test_the_mood_is_one_of_three(key: str, mood: Mood) -> None:
    assert visit_told(MEMBER, [*PLAIN[:8], key, "="]).mood is mood


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("oggi", date(2026, 11, 18)),
        ("ieri", date(2026, 11, 17)),
        ("3 giorni fa", date(2026, 11, 15)),
        ("12/3", date(2026, 3, 12)),
        ("12 marzo 2026", date(2026, 3, 12)),
        ("lunedì scorso", None),
    ],
)
def test_a_day_may_be_typed_as_people_say_it(typed: str, day: date | None) -> None:
    draft = told(VISIT, MEMBER, ["none", Typed(typed)])
    assert draft.answers["visited_on"] == (day.isoformat() if day else draft.answers["visited_on"])


@pytest.mark.parametrize("typed", ["domani", "2027-01-01", "1/1/2027"])
def test_a_visit_to_come_is_refused_and_said_so(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="deve ancora arrivare"):
        told(VISIT, MEMBER, ["none", Typed(typed)])


def test_a_visit_before_the_joining_is_refused_with_the_day_of_joining() -> None:
    with pytest.raises(NotUnderstood, match="lunedì 2 novembre 2026"):
        told(VISIT, NEW_MEMBER, ["none", Typed("1/11/2026")])
    assert visit_told(NEW_MEMBER, ["none", Typed("2/11/2026"), *PLAIN_NEW[2:]]).visited_on == JOINED


def test_on_the_day_of_joining_only_that_day_is_offered() -> None:
    facts = replace(NEW_MEMBER, today=JOINED)
    options = asked(VISIT, facts, told(VISIT, facts, ["none"])).view.options
    assert [o.key for o in options] == ["2026-11-02"]


def test_behind_another_day_stand_the_ten_days_before() -> None:
    options = asked(VISIT, MEMBER, told(VISIT, MEMBER, ["none", "+"])).view.options
    assert [o.key for o in options] == [f"2026-11-{n:02}" for n in range(16, 6, -1)]
    options = asked(VISIT, NEW_MEMBER, told(VISIT, NEW_MEMBER, ["none", "+"])).view.options
    assert options[-1].key == "2026-11-07"


@pytest.mark.parametrize("typed", ["lunedì", "15", "3/12"])
def test_a_day_that_may_be_two_is_asked_back(typed: str) -> None:
    draft = told(VISIT, MEMBER, ["none", Typed(typed)])
    state = asked(VISIT, MEMBER, draft)
    assert state.step.key == "visited_on"
    assert state.view.prompt == "Quale giorno intendi?"
    assert all(date.fromisoformat(o.key) <= MEMBER.today for o in state.view.options)
    chosen = told(VISIT, MEMBER, [state.view.options[0].key], draft)
    assert asked(VISIT, MEMBER, chosen).step.key == "mode"


def test_a_forged_day_is_refused_like_a_typed_one() -> None:
    for option in ("2026-11-19", "1999-99-99", "domani"):
        with pytest.raises(NotUnderstood):
            told(VISIT, MEMBER, ["none", option])


def test_the_next_contact_is_after_today() -> None:
    draft = told(VISIT, MEMBER, PLAIN[:7])
    for words in ("oggi", "ieri"):
        with pytest.raises(NotUnderstood, match="già passato"):
            told(VISIT, MEMBER, [Typed(words)], draft)
    report = visit_told(MEMBER, [*PLAIN[:7], Typed("fra 20 giorni"), *PLAIN[8:]])
    assert report.next_contact_on == date(2026, 12, 8)


def test_why_not_may_be_said_in_one_s_own_words() -> None:
    report = visit_told(MEMBER, [*PLAIN[:6], Typed("  ci pensa il cognato "), *PLAIN[7:]])
    assert report.no_interest_reason == "ci pensa il cognato"
    assert visit_told(MEMBER, PLAIN).no_interest_reason == "Non è il momento"


# The forms (section 12)


def results(*raws: str, soci: int = 1, code: Code = Code.MEMBER) -> list[tuple[int, Form, FormOutcome]]:
    report = visit_told(about(a_company(code, soci=soci)), raws)
    return [(f.partner, f.form, f.outcome) for f in report.forms]


@pytest.mark.parametrize(
    ("key", "outcome"),
    [("all", FormOutcome.SIGNED), ("none", FormOutcome.TO_SIGN), ("in_order", FormOutcome.IN_ORDER)],
)
def test_one_key_answers_for_all_four_forms(key: str, outcome: FormOutcome) -> None:
    assert results(*PLAIN[:4], key, *AFTER_FORMS) == [(71, form, outcome) for form in Form]


def test_of_several_soci_each_has_the_forms_and_one_the_rid() -> None:
    """A11: the RID once a company."""
    told_of = Counter(form for _, form, _ in results(*PLAIN[:4], "all", *AFTER_FORMS, soci=3))
    assert told_of == {Form.DELEGA_INPS: 3, Form.REVOCA_INPS: 3, Form.DELEGA_ASSOCIATIVA: 3, Form.RID: 1}


def test_socio_by_socio_the_rid_is_asked_of_the_first_alone() -> None:
    one_by_one = (
        "each",
        "signed",
        "refused",
        "to_sign",
        "not_needed",
        "each",
        "signed",
        "signed",
        "signed",
        "none",
    )
    found = results(*PLAIN[:4], "each", *one_by_one, *AFTER_FORMS, soci=3)
    assert found[:4] == [
        (71, Form.DELEGA_INPS, FormOutcome.SIGNED),
        (71, Form.REVOCA_INPS, FormOutcome.REFUSED),
        (71, Form.DELEGA_ASSOCIATIVA, FormOutcome.TO_SIGN),
        (71, Form.RID, FormOutcome.NOT_NEEDED),
    ]
    assert [p for p, _, _ in found[4:]] == [72] * 3 + [73] * 3
    assert not any(form is Form.RID for _, form, _ in found[4:])


def test_a_company_without_a_list_of_soci_is_asked_once() -> None:
    assert results(*PLAIN, soci=0) == [(0, form, FormOutcome.IN_ORDER) for form in Form]


def test_a_new_member_s_forms_are_opened_by_one_key() -> None:
    """A9."""
    assert results(*PLAIN_NEW, code=Code.NEW_MEMBER) == []
    opened = (*PLAIN_NEW[:-1], "forms", "=", "all")
    assert results(*opened, code=Code.NEW_MEMBER) == [(71, form, FormOutcome.SIGNED) for form in Form]


def test_a_member_is_not_offered_the_forms_twice() -> None:
    extras = asked(VISIT, MEMBER, told(VISIT, MEMBER, PLAIN[:-1])).view.options
    assert "forms" not in [o.key for o in extras]


def test_soci_are_never_named_in_the_chat() -> None:
    facts = about(a_company(soci=3))
    draft = told(VISIT, facts, PLAIN[:4])
    shown = [asked(VISIT, facts, draft).view.prompt]
    for raw in ("each", "each", "signed", "signed", "signed", "signed", "all", "each"):
        draft = told(VISIT, facts, [raw], draft)
        view = asked(VISIT, facts, draft).view
        shown += [view.prompt, *(o.label for o in view.options)]
    assert "3 soci" in shown[0]
    assert "Socio 1 di 3" in shown[1]
    assert "Segreto" not in " ".join(shown)


# What the company would like


def interests(*raws: str) -> tuple[Interest, ...]:
    return visit_told(MEMBER, [*PLAIN[:5], *raws, "good", "="]).interests


def test_integrated_and_catalogue_products_come_with_the_need_in_a_few_words() -> None:
    draft = told(VISIT, MEMBER, [*PLAIN[:5], "PAGHE", "+", "=", "HACCP", "=", Typed("due dipendenti"), "-"])
    report = visit_told(
        MEMBER, [*PLAIN[:5], "PAGHE", "+", "=", "HACCP", "=", Typed("due dipendenti"), "-", "good", "="]
    )
    assert asked(VISIT, MEMBER, draft).step.key == "mood"
    assert report.interests == (Interest("PAGHE", "due dipendenti"), Interest("HACCP"))
    assert (report.no_interest_reason, report.next_contact_on) == ("", None)


def test_a_catalogue_alone_is_an_interest() -> None:
    assert interests("+", "=", "PRIVACY", "=", "-") == (Interest("PRIVACY"),)


def test_a_catalogue_looked_into_and_left_is_no_interest() -> None:
    draft = told(VISIT, MEMBER, [*PLAIN[:5], "+", "=", "="])
    assert asked(VISIT, MEMBER, draft).step.key == "why_none"


# The rest


def test_who_was_there_a_note_and_a_complaint_are_asked_where_wanted() -> None:
    wanted = [*PLAIN[:-1], "attendees", "notes", "complaint", "="]
    report = visit_told(MEMBER, [*wanted, Typed("la titolare"), Typed("richiamare"), Typed("troppe mail")])
    assert (report.attendees, report.notes, report.complaint) == ("la titolare", "richiamare", "troppe mail")


def test_a_plain_visit_says_nothing_more_than_it_was_told() -> None:
    report = visit_told(MEMBER, PLAIN)
    assert not report.corrections
    assert not report.interests
    assert report.attendees == report.notes == report.complaint == ""


# The register's card


def card(facts: VisitFacts) -> Asking:
    return asked(VISIT, facts, told(VISIT, facts, START))


def correcting(field: RegisterField, facts: VisitFacts = MEMBER) -> Draft:
    return told(VISIT, facts, [*START, field.value, "="])


def test_the_card_shows_what_is_known_and_what_is_missing() -> None:
    shown = card(MEMBER).view.prompt
    assert "Telefono: 0573 000101" in shown
    assert "Codice SDI: manca" in shown


GOOD = [
    (RegisterField.PARTITA_IVA, "012 345 604 70", "01234560470"),
    (RegisterField.CODICE_FISCALE, "01234560470", "01234560470"),
    (RegisterField.PEC, "Nuova@PEC.example.com", "Nuova@pec.example.com"),
    (RegisterField.EMAIL, "nuovo@example.com", "nuovo@example.com"),
    (RegisterField.PHONE, "0573 123456", "+390573123456"),
    (RegisterField.MOBILE, "333 1234567", "+393331234567"),
    (RegisterField.CODICE_SDI, "abcdef1", "ABCDEF1"),
    (RegisterField.ATECO, "132000", "13.20.00"),
    (RegisterField.ADDRESS, "Via Nuova 1", "Via Nuova 1"),
    (RegisterField.CAP, "51100", "51100"),
    (RegisterField.COMUNE, "pistoia", "Pistoia"),
    (RegisterField.NAME, "Finzioni Nuova S.r.l.", "Finzioni Nuova S.r.l."),
]


@pytest.mark.parametrize(("field", "typed", "kept"), GOOD)
def test_a_field_told_anew_is_kept_in_its_canonical_form(field: RegisterField, typed: str, kept: str) -> None:
    draft = told(VISIT, MEMBER, [Typed(typed)], correcting(field))
    assert draft.answers[f"field:{field.value}"] == kept
    assert asked(VISIT, MEMBER, draft).step.key == "forms"


def test_every_field_of_the_card_has_its_test() -> None:
    assert set(shown_in_chat(a_company().fields)) == {field for field, _, _ in GOOD}


BAD = [
    (RegisterField.PARTITA_IVA, "01234567890"),
    (RegisterField.PARTITA_IVA, "123"),
    (RegisterField.CODICE_FISCALE, "0123456047X"),
    (RegisterField.PEC, "senza chiocciola"),
    (RegisterField.EMAIL, "due@chiocciole@example.com"),
    (RegisterField.PHONE, "non lo so"),
    (RegisterField.CODICE_SDI, "ABC"),
    (RegisterField.ATECO, "99.99.99"),
    (RegisterField.CAP, "511"),
    (RegisterField.NAME, "???"),
]


@pytest.mark.parametrize(("field", "typed"), BAD)
def test_a_wrong_value_is_refused_with_its_reason_and_asked_again(field: RegisterField, typed: str) -> None:
    draft = correcting(field)
    with pytest.raises(NotUnderstood) as refused:
        told(VISIT, MEMBER, [Typed(typed)], draft)
    assert len(refused.value.sentence) > 20
    assert asked(VISIT, MEMBER, draft).step.key == f"field:{field.value}"


def test_the_old_value_stands_beside_the_question() -> None:
    assert "Abbiamo: 0573 000101" in asked(VISIT, MEMBER, correcting(RegisterField.PHONE)).view.prompt
    assert "Abbiamo: manca" in asked(VISIT, MEMBER, correcting(RegisterField.MOBILE)).view.prompt


def test_a_doubt_is_confirmed_with_one_tap_or_answered_anew() -> None:
    draft = told(VISIT, MEMBER, [Typed("59100")], correcting(RegisterField.CAP))
    doubt = asked(VISIT, MEMBER, draft)
    assert doubt.step.key == "field:cap"
    assert "59100" in doubt.view.prompt
    assert told(VISIT, MEMBER, ["ok"], draft).answers["field:cap"] == "59100"
    assert told(VISIT, MEMBER, [Typed("51100")], draft).answers["field:cap"] == "51100"


def test_nothing_can_be_confirmed_where_nothing_was_typed() -> None:
    with pytest.raises(NotUnderstood):
        told(VISIT, MEMBER, ["ok"], correcting(RegisterField.CAP))


def test_the_value_that_was_already_there_is_no_correction() -> None:
    raws = [*START, "telefono", "email", "=", Typed("nuovo@example.com"), Typed("0573 000101"), *PLAIN[4:]]
    assert [c.field for c in visit_told(MEMBER, raws).corrections] == [RegisterField.EMAIL]


def test_a_correction_tells_what_was_and_what_is() -> None:
    raws = [*START, "telefono", "=", Typed("0573 123456"), *PLAIN[4:]]
    (correction,) = visit_told(MEMBER, raws).corrections
    assert (correction.old, correction.new) == ("+390573000101", "+390573123456")


@pytest.mark.parametrize(
    "fields",
    [{"codice_fiscale": PERSONAL}, {"legal_form": "Ditta individuale", "codice_fiscale": None}],
)
def test_a_person_s_codice_fiscale_is_neither_shown_nor_asked_in_chat(fields: dict[str, Any]) -> None:
    facts = about(a_company(**fields))
    shown = card(facts)
    assert PERSONAL not in shown.view.prompt
    assert "Codice fiscale" not in shown.view.prompt
    assert "codice_fiscale" not in [o.key for o in shown.view.options]


@pytest.mark.parametrize("typed", [PERSONAL, "rssmra 80a01 h501u", "RSSMRA80A01H501X"])
@pytest.mark.parametrize(
    "field", [RegisterField.CODICE_FISCALE, RegisterField.NAME, RegisterField.PARTITA_IVA]
)
def test_a_person_s_codice_fiscale_is_not_taken_for_a_company_s(typed: str, field: RegisterField) -> None:
    with pytest.raises(NotUnderstood, match="per mail"):
        told(VISIT, MEMBER, [Typed(typed)], correcting(field))


def test_a_field_edited_from_the_recap_is_asked_with_what_the_register_has() -> None:
    raws = [*START, "telefono", "=", Typed("0573 123456"), *PLAIN[4:]]
    draft = reopen(told(VISIT, MEMBER, raws), "field:telefono")
    assert "Abbiamo: 0573 000101" in asked(VISIT, MEMBER, draft).view.prompt


def test_a_form_result_says_which_socio() -> None:
    report = visit_told(MEMBER, PLAIN)
    assert report.forms[0] == FormResult(71, Form.DELEGA_INPS, FormOutcome.IN_ORDER)
    assert report.signed(*Form) == ()
