"""Signed papers handed over: recorded once, by whoever may."""

from datetime import date
from typing import Any

import pytest

from actions.finish import finish
from actions.hand_over import HandedOver, begin_hand_over, hand_over
from actions.send_hand_over_list import send_hand_over_list
from conversations.dialogue import Asking, Typed
from procedure.errors import NotAllowed, Refusal
from procedure.notices import Attachment, Mail, MailKind
from procedure.visits import Form
from store import visits
from tests.actions.house import EVERYTHING, PLAIN, House


def handed(house: House, visit: int) -> dict[Form, date | None]:
    recorded = visits.get(house.tx, visit)
    assert recorded is not None
    return {form.result.form: form.handed_over_on for form in recorded.forms}


def test_the_office_s_forms_and_the_rid_are_handed_over_apart(house: House) -> None:
    visit, today = house.confirms(*EVERYTHING).visit, house.now.date()
    hand_over(house.turn(), visit, "D6")
    assert handed(house, visit) == {form: None if form is Form.RID else today for form in Form}
    assert "D6" not in {row.due.kind.value for row in house.open()}
    hand_over(house.turn(), visit, "D7")
    assert handed(house, visit)[Form.RID] == today
    assert {row.due.kind.value for row in house.open()} == {"D10"}


def test_what_was_handed_over_is_not_handed_over_again(house: House) -> None:
    visit = house.confirms(*EVERYTHING).visit
    hand_over(house.turn(), visit, "D6")
    with pytest.raises(Refusal):
        hand_over(house.turn(), visit, "D6")


@pytest.mark.parametrize("kind", ["", "D1", "D10", "D99", "x" * 50])
def test_a_forged_kind_closes_nothing(house: House, kind: str) -> None:
    visit = house.confirms(*EVERYTHING).visit
    before = house.open()
    with pytest.raises(Refusal):
        hand_over(house.turn(), visit, kind)
    assert house.open() == before


def test_where_nothing_was_signed_there_is_nothing_to_hand_over(house: House) -> None:
    with pytest.raises(Refusal):
        hand_over(house.turn(), house.confirms(*PLAIN).visit, "D6")


@pytest.mark.parametrize("name", ["bruno.fintarelli", "ivo.prototipelli", "dario.provenzoni"])
def test_another_s_papers_are_refused_and_leave_a_trace(house: House, name: str) -> None:
    visit = house.confirms(*EVERYTHING).visit
    for which in (visit, 999):
        with pytest.raises(NotAllowed):
            hand_over(house.turn(name), which, "D6")
    assert house.traces()[:2] == ["refused"] * 2
    assert set(handed(house, visit).values()) == {None}


def test_the_rs_of_the_sede_may_hand_over_for_the_av(house: House) -> None:
    visit = house.confirms(*EVERYTHING).visit
    hand_over(house.turn("carla.immaginelli"), visit, "D7")
    assert handed(house, visit)[Form.RID] == house.now.date()


def signed_on(house: House, day: int) -> int:
    """The visit of the 16th or later with everything signed, told on the 18th."""
    answers = tuple(f"2026-11-{day}" if one == "2026-11-18" else one for one in EVERYTHING)
    return house.confirms(*answers).visit


@pytest.mark.parametrize("day", [16, 17, 18])
def test_a_hand_over_is_told_of_any_day_from_the_visit_to_today(house: House, day: int) -> None:
    visit = signed_on(house, 16)
    done = hand_over(house.turn(), visit, "D6", date(2026, 11, day))
    assert done.on == date(2026, 11, day)
    assert handed(house, visit)[Form.DELEGA_INPS] == done.on


@pytest.mark.parametrize(("day", "phrase"), [(15, "before_the_visit"), (19, "day_to_come")])
def test_no_hand_over_before_the_visit_or_in_the_future(house: House, day: int, phrase: str) -> None:
    visit = signed_on(house, 16)
    with pytest.raises(Refusal, match=phrase):
        hand_over(house.turn(), visit, "D6", date(2026, 11, day))
    assert handed(house, visit)[Form.DELEGA_INPS] is None


@pytest.mark.parametrize(("kind", "form"), [("D6", Form.REVOCA_INPS), ("D7", Form.RID)])
def test_another_day_is_asked_in_one_question_and_confirmed(house: House, kind: str, form: Form) -> None:
    visit = signed_on(house, 16)
    talk = begin_hand_over(house.turn(), visit, kind)
    talk = house.goes_on(talk, Typed("lunedì scorso"))
    done = finish(house.turn(), talk.draft, talk.revision)
    assert isinstance(done, HandedOver)
    assert (done.kind, done.on) == (kind, date(2026, 11, 16))
    assert handed(house, visit)[form] == date(2026, 11, 16)


def test_the_dialogue_takes_no_day_before_the_visit_and_none_to_come(house: House) -> None:
    talk = begin_hand_over(house.turn(), signed_on(house, 16), "D6")
    for typed, hint in (("15/11", "prima della visita"), ("domani", "deve ancora arrivare")):
        refused = house.goes_on(talk, Typed(typed))
        assert not refused.understood
        assert hint in refused.note


def test_on_the_day_of_the_visit_yesterday_is_not_offered(house: House) -> None:
    talk = begin_hand_over(house.turn(), signed_on(house, 18), "D6")
    assert isinstance(talk.state, Asking)
    assert "Ieri" not in [option.label for option in talk.state.view.options]


def test_what_was_handed_over_meanwhile_is_not_told_twice(house: House) -> None:
    visit = signed_on(house, 16)
    talk = house.goes_on(begin_hand_over(house.turn(), visit, "D6"), "2026-11-17")
    hand_over(house.turn("carla.immaginelli"), visit, "D6")
    with pytest.raises(Refusal, match="draft_closed"):
        finish(house.turn(), talk.draft, talk.revision)
    with pytest.raises(Refusal, match="draft_closed"):
        begin_hand_over(house.turn(), visit, "D6")
    assert handed(house, visit)[Form.DELEGA_INPS] == date(2026, 11, 18)


def test_another_s_forms_are_neither_asked_for_nor_listed(house: House) -> None:
    visit = signed_on(house, 16)
    with pytest.raises(NotAllowed):
        begin_hand_over(house.turn("bruno.fintarelli"), visit, "D6")
    with pytest.raises(NotAllowed):
        send_hand_over_list(house.turn("bruno.fintarelli"), visit)


def offices(mail: Mail) -> list[Any]:
    found = mail.context["offices"]
    assert isinstance(found, list)
    return found


def test_the_list_has_each_office_s_forms_with_soci_by_number(house: House) -> None:
    answers = ("none", "2026-11-18", "company", "=", "each", "all", "all", "none", *PLAIN[5:])
    visit = house.confirms(*answers, ref="A002").visit
    mail = send_hand_over_list(house.turn(), visit)
    assert (mail.kind, mail.attachments) == (MailKind.HAND_OVER_LIST, (Attachment.HAND_OVER_LIST,))
    assert mail.to[0].email == "ada.esempioli@associazione.example.com"
    office, rpa = offices(mail)
    assert office["name"] == "Ufficio Essere Impresa"
    assert office["due"].startswith("entro giovedì 19 novembre 2026")
    assert office["forms"] == [
        {"name": form, "signers": ["socio 1", "socio 2"]}
        for form in ("delega INPS", "revoca INPS", "delega associativa (adesione)")
    ]
    assert rpa["forms"] == [{"name": "RID (mandato SDD)", "signers": ["socio 1"]}]
    assert "Uno A" not in str(mail.context)


def test_where_the_list_names_no_socio_the_company_signs(house: House) -> None:
    answers = (*PLAIN[:4], "all", *PLAIN[5:])
    visit = house.confirms(*answers, ref="A005").visit
    office, _ = offices(send_hand_over_list(house.turn(), visit))
    assert {signer for form in office["forms"] for signer in form["signers"]} == {"l'azienda"}


def test_where_nothing_was_signed_there_is_no_list(house: House) -> None:
    visit = house.confirms(*PLAIN).visit
    with pytest.raises(Refusal, match="no_forms"):
        send_hand_over_list(house.turn(), visit)
