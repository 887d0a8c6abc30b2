"""One step of a dialogue on a real database: resuming, double taps, two phones, what is not one's own."""

from dataclasses import replace

import pytest

from actions import converse
from actions.converse import Talk
from actions.tell_quote import tell_quote
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed
from conversations.flows import FLOWS
from conversations.upgrades import UPGRADES
from conversations.visit import visit
from procedure.errors import NotAllowed, Refusal
from procedure.quotes import QuoteEvent
from store import audit, drafts, register, tables
from tests.actions.house import INTEGRATED, PLAIN, House, at


def asks(talk: Talk) -> str:
    assert isinstance(talk.state, Asking), "it is the recap"
    return talk.state.step.key


def stored(house: House, talk: Talk) -> dict[str, object]:
    row = drafts.load(house.tx, talk.draft)
    assert row is not None
    return dict(row.draft.answers)


def test_a_visit_begins_with_the_credit_and_is_kept_at_once(house: House) -> None:
    talk = converse.begin_visit(house.turn(), house.company().id)
    assert (asks(talk), talk.revision, talk.note) == ("credit", 0, "")
    assert stored(house, talk) == {}


def test_each_answer_is_written_before_the_next_question_is_shown(house: House) -> None:
    talk = house.tells("none", "2026-11-18")
    assert asks(talk) == "mode"
    assert stored(house, talk) == {"credit": "none", "visited_on": "2026-11-18"}


def test_days_later_the_visit_goes_on_where_it_was(house: House) -> None:
    begun = house.tells("none", "2026-11-18")
    again = converse.begin_visit(house.turn(at=at(25)), house.company().id)
    assert (again.draft, asks(again), again.revision) == (begun.draft, "mode", begun.revision)
    assert "Riprendiamo" in again.note
    assert converse.resume(house.turn(at=at(25)), begun.draft).note == ""


def test_a_double_tap_writes_once_and_shows_where_one_is(house: House) -> None:
    talk = house.tells()
    first = converse.tell(house.turn(), talk.draft, Tap("none"), seen=0)
    second = converse.tell(house.turn(), talk.draft, Tap("none"), seen=0)
    assert (asks(first), asks(second)) == ("visited_on", "visited_on")
    assert first.revision == second.revision == 1
    assert "già passata" in second.note


def test_an_old_button_never_overwrites_an_answer(house: House) -> None:
    talk = house.tells("none", "2026-11-18", "company")
    late = converse.tell(house.turn(), talk.draft, Tap("open"), seen=0)
    assert stored(house, late)["credit"] == "none"
    assert asks(late) == "register"


def test_two_phones_at_once_write_one_answer_each_in_its_turn(house: House) -> None:
    talk = house.tells("none")
    phone = converse.tell(house.turn(), talk.draft, Tap("2026-11-18"), seen=1)
    tablet = converse.tell(house.turn(), talk.draft, Tap("2026-11-17"), seen=1)
    assert stored(house, phone)["visited_on"] == "2026-11-18"
    assert "già passata" in tablet.note
    assert converse.tell(house.turn(), talk.draft, Tap("phone"), seen=tablet.revision).note == ""


def test_what_is_not_understood_changes_nothing_and_hints(house: House) -> None:
    talk = house.tells("none")
    missed = converse.tell(house.turn(), talk.draft, Typed("boh"))
    assert not missed.understood
    assert missed.note.startswith("Non ho capito il giorno")
    assert (asks(missed), missed.revision) == ("visited_on", talk.revision)


def test_words_on_a_recap_say_that_there_is_nothing_to_answer(house: House) -> None:
    missed = converse.tell(house.turn(), house.tells(*PLAIN).draft, Typed("grazie"))
    assert isinstance(missed.state, Complete)
    assert not missed.understood
    assert missed.note


def test_back_asks_the_question_before_and_keeps_its_answer(house: House) -> None:
    talk = house.tells("none", "2026-11-18")
    gone = converse.go_back(house.turn(), talk.draft, talk.revision)
    assert asks(gone) == "visited_on"
    assert stored(house, gone)["visited_on"] == "2026-11-18"


def test_back_from_the_first_question_says_so(house: House) -> None:
    talk = converse.go_back(house.turn(), house.tells().draft, 0)
    assert "prima domanda" in talk.note
    assert talk.revision == 0


def test_back_and_edit_of_an_old_screen_write_nothing(house: House) -> None:
    talk = house.tells(*PLAIN)
    for late in (
        converse.go_back(house.turn(), talk.draft, 2),
        converse.edit(house.turn(), talk.draft, 2, "credit"),
    ):
        assert late.revision == talk.revision
        assert "già passata" in late.note


def test_an_answer_of_the_recap_is_edited_and_the_recap_comes_back(house: House) -> None:
    talk = house.tells(*PLAIN)
    editing = converse.edit(house.turn(), talk.draft, talk.revision, "mood")
    assert asks(editing) == "mood"
    done = house.goes_on(editing, "tense")
    assert isinstance(done.state, Complete)
    assert done.state.result.mood == "tesa"


@pytest.mark.parametrize("key", ["", "credit_what", "x" * 300, "need:PAGHE"])
def test_an_edit_of_what_was_not_asked_writes_nothing(house: House, key: str) -> None:
    talk = house.tells(*PLAIN)
    same = converse.edit(house.turn(), talk.draft, talk.revision, key)
    assert same.revision == talk.revision
    assert isinstance(same.state, Complete)


def test_another_s_draft_is_refused_and_leaves_a_trace(house: House) -> None:
    talk = house.tells("none")
    for act in (
        lambda turn: converse.resume(turn, talk.draft),
        lambda turn: converse.tell(turn, talk.draft, Tap("2026-11-18"), seen=1),
        lambda turn: converse.go_back(turn, talk.draft, 1),
        lambda turn: converse.edit(turn, talk.draft, 1, "credit"),
        lambda turn: converse.cancel(turn, talk.draft),
    ):
        with pytest.raises(NotAllowed):
            act(house.turn("carla.immaginelli"))
    assert house.traces() == ["refused"] * 5
    (latest,) = audit.latest(house.tx, 1)
    assert latest.who == "carla.immaginelli@associazione.example.com"
    assert latest.detail == {"what": "draft", "id": talk.draft}
    assert drafts.load(house.tx, talk.draft) is not None


def test_another_s_company_is_refused_and_leaves_a_trace(house: House) -> None:
    for company in (house.company("B001").id, 999):
        with pytest.raises(NotAllowed):
            converse.begin_visit(house.turn(), company)
    assert house.traces() == ["refused"] * 2


def test_the_rs_may_tell_a_visit_of_their_sede_in_a_draft_of_their_own(house: House) -> None:
    """A50."""
    ada = house.tells("none")
    carla = converse.begin_visit(house.turn("carla.immaginelli"), house.company().id)
    assert carla.draft != ada.draft
    assert asks(carla) == "credit"


def test_a_ceased_company_is_not_visited(house: House) -> None:
    tx, company = house.tx, house.company()
    tx.execute(tables.companies.update().where(tables.companies.c.id == company.id).values(ceased=True))
    with pytest.raises(Refusal) as refused:
        converse.begin_visit(house.turn(), company.id)
    assert refused.value.phrase == "company_ceased"


def test_a_cancelled_visit_is_gone_and_the_next_begins_anew(house: House) -> None:
    talk = house.tells("none")
    converse.cancel(house.turn(), talk.draft)
    with pytest.raises(Refusal) as refused:
        converse.resume(house.turn(), talk.draft)
    assert refused.value.phrase == "draft_closed"
    assert asks(house.tells()) == "credit"


def test_a_draft_there_never_was_is_closed_not_a_fault(house: House) -> None:
    with pytest.raises(Refusal):
        converse.resume(house.turn(), 999)


def test_what_changed_in_the_register_meanwhile_is_asked_again_with_a_note(house: House) -> None:
    talk = house.tells(*PLAIN)
    joined = tables.companies.update().where(tables.companies.c.id == talk.row.about.id)
    house.tx.execute(joined.values(joined_on=at(20).date()))
    again = converse.resume(house.turn(at=at(23)), talk.draft)
    assert asks(again) == "visited_on"
    assert "non vale più" in again.note


def test_a_draft_of_an_older_version_is_brought_up_as_it_is_touched(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = house.tells("none")
    monkeypatch.setitem(FLOWS, "visit", Flow("visit", 2, visit, phrases="visit"))
    monkeypatch.setitem(UPGRADES, ("visit", 1), lambda draft: replace(draft, answers={"credit": "managed"}))
    converse.tell(house.turn(), talk.draft, Tap("2026-11-18"), seen=1)
    row = drafts.load(house.tx, talk.draft)
    assert row is not None
    assert (row.draft.version, row.draft.revision) == (2, 2)
    assert row.draft.answers == {"credit": "managed", "visited_on": "2026-11-18"}


# Dialogues about a quote


def test_an_answer_is_not_asked_of_a_quote_not_yet_delivered(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    with pytest.raises(Refusal) as refused:
        converse.begin_about_quote(house.turn("ivo.prototipelli"), quote, "accept")
    assert refused.value.phrase == "quote_not_delivered"
    asked = (("postpone", "until"), ("refuse", "why"), ("cancel_quote", "cancelled"))  # T14, A23c
    for flow, key in asked:
        assert asks(converse.begin_about_quote(house.turn("ivo.prototipelli"), quote, flow)) == key


def test_a_closed_quote_is_not_asked_about(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn("ivo.prototipelli")
    for event in (QuoteEvent.DELIVERED, QuoteEvent.REFUSED):
        tell_quote(ivo, quote, event, ivo.today, channel="chat")
    for flow in ("refuse", "postpone", "when", "not_mine", "cancel_quote"):
        with pytest.raises(Refusal) as refused:
            converse.begin_about_quote(ivo, quote, flow)
        assert refused.value.phrase == "quote_not_open"
    assert asks(converse.begin_about_quote(ivo, quote, "accept")) == "late"  # T15


def test_only_what_was_accepted_is_corrected_or_taken_back(house: House) -> None:
    """T16."""
    quote, ivo = house.quote(*INTEGRATED), house.turn("ivo.prototipelli")
    for flow in ("correct", "withdraw"):
        with pytest.raises(Refusal) as refused:
            converse.begin_about_quote(ivo, quote, flow)
        assert refused.value.phrase == "quote_not_accepted"


def test_what_a_button_has_said_is_not_asked_again_and_a_later_button_says_otherwise(house: House) -> None:
    quote, ivo = house.quote(*INTEGRATED), house.turn("ivo.prototipelli")
    first = converse.begin_about_quote(ivo, quote, "when", event="redatto")
    assert (asks(first), first.row.draft.answers) == ("happened_on", {"event": "redatto"})
    second = converse.begin_about_quote(ivo, quote, "when", event="consegnato")
    assert (second.draft, asks(second)) == (first.draft, "happened_on")
    assert second.row.draft.answers == {"event": "consegnato"}
    assert second.revision > first.revision


def test_another_s_quote_is_refused(house: House) -> None:
    quote = house.quote(*INTEGRATED)
    for name in ("bruno.fintarelli", "lia.segnapostini"):
        with pytest.raises(NotAllowed):
            converse.begin_about_quote(house.turn(name), quote, "postpone")
    with pytest.raises(NotAllowed):
        converse.begin_about_quote(house.turn(), 999, "postpone")


def test_each_quote_has_its_own_dialogue(house: House) -> None:
    """Two AMs of one visit, one person who watches both."""
    both = house.confirms(*PLAIN[:5], "PAGHE", "SICUREZZA", "=", "-", "-", "good", "=")
    first, second = (row.about.id for row in house.open(both.company))
    rps = house.turn("sandro.apocrifelli")
    drafts_ = [converse.begin_about_quote(rps, quote, "postpone").draft for quote in (first, second, first)]
    assert drafts_[0] == drafts_[2] != drafts_[1]


def test_the_register_a_dialogue_shows_is_the_one_of_now(house: House) -> None:
    talk = house.tells(*PLAIN[:3])
    field = next(iter(house.company().fields))
    register.set_field(house.tx, talk.row.about.id, field, "Nuova", who="ra", at=house.now, channel="mail")
    again = converse.resume(house.turn(), talk.draft)
    assert isinstance(again.state, Asking)
    assert "Nuova" in again.state.view.prompt
