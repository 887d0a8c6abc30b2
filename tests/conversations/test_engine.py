"""The engine: answering, going back, editing, half answers, facts that changed, drafts of another version."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from conversations.answers import Draft
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed, answer, back, reopen, standing
from conversations.quote import ACCEPT, POSTPONE, QuoteFacts
from conversations.steps import NotUnderstood
from conversations.upgrades import UPGRADES, upgraded
from conversations.visit import VISIT, visit
from tests.conversations.given import MEMBER, TODAY, a_company, about, asked, result, told

PLAIN = ("none", "2026-11-18", "company", "=", "in_order", "=", "not_now", "2027-02-16", "good", "=")
QUOTE = QuoteFacts(TODAY, "Finzioni", "Paghe")


def test_an_answer_stands_in_the_draft_under_the_question_s_name() -> None:
    draft = told(VISIT, MEMBER, ["open", "collected"])
    assert draft.answers == {"credit": "open", "credit_what": "collected"}


def test_the_same_draft_always_asks_the_same_question() -> None:
    draft = told(VISIT, MEMBER, ["none"])
    assert asked(VISIT, MEMBER, draft).step.key == asked(VISIT, MEMBER, draft).step.key == "visited_on"


def test_a_number_or_the_words_on_a_button_are_a_tap() -> None:
    tapped = told(VISIT, MEMBER, ["managed"])
    for words in ("2", " 2 ", "Sì, già gestito", "sì, GIÀ gestito"):
        assert told(VISIT, MEMBER, [Typed(words)]) == tapped


@pytest.mark.parametrize("words", ["0", "4", "-1", "²", "boh", ""])
def test_what_is_no_button_is_not_understood_and_changes_nothing(words: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        told(VISIT, MEMBER, [Typed(words)])
    assert refused.value.sentence


@pytest.mark.parametrize("option", ["", "collected", "=", "+", "None"])
def test_a_button_of_another_question_is_not_understood(option: str) -> None:
    with pytest.raises(NotUnderstood):
        told(VISIT, MEMBER, [option])


def test_nothing_answers_a_recap() -> None:
    with pytest.raises(NotUnderstood):
        told(VISIT, MEMBER, [*PLAIN, Typed("grazie")])


def test_editing_an_answer_asks_only_what_is_new() -> None:
    draft = reopen(told(VISIT, MEMBER, PLAIN), "credit")
    draft = told(VISIT, MEMBER, ["open"], draft)
    assert asked(VISIT, MEMBER, draft).step.key == "credit_what"
    done = standing(VISIT, MEMBER, told(VISIT, MEMBER, ["collected"], draft))
    assert isinstance(done, Complete)


def test_leaving_a_branch_and_coming_back_finds_its_answers() -> None:
    draft = told(VISIT, MEMBER, ["open", "agreed"])
    draft = told(VISIT, MEMBER, ["none"], reopen(draft, "credit"))
    draft = told(VISIT, MEMBER, ["open"], reopen(draft, "credit"))
    assert asked(VISIT, MEMBER, draft).step.key == "visited_on"


def test_a_question_asked_again_shows_what_was_chosen() -> None:
    draft = reopen(told(VISIT, MEMBER, PLAIN), "mode")
    assert [o.key for o in asked(VISIT, MEMBER, draft).view.options if o.chosen] == ["company"]


def test_going_back_and_on_again_costs_one_answer_for_each_step_back() -> None:
    draft = told(VISIT, MEMBER, PLAIN[:4])
    draft = back(VISIT, MEMBER, back(VISIT, MEMBER, draft))
    assert asked(VISIT, MEMBER, draft).step.key == "mode"
    draft = told(VISIT, MEMBER, ["phone"], draft)
    assert asked(VISIT, MEMBER, draft).step.key == "forms"


def test_a_day_of_another_kind_is_half_an_answer_and_back_asks_plainly() -> None:
    draft = told(VISIT, MEMBER, ["none", "+"])
    assert asked(VISIT, MEMBER, draft).step.key == "visited_on"
    assert "+" not in [o.key for o in asked(VISIT, MEMBER, draft).view.options]
    plain = back(VISIT, MEMBER, draft)
    assert [o.key for o in asked(VISIT, MEMBER, plain).view.options] == ["2026-11-18", "2026-11-17", "+"]


def test_a_doubt_over_an_edited_day_never_loses_the_day_there_was() -> None:
    draft = told(VISIT, MEMBER, ["+"], reopen(told(VISIT, MEMBER, PLAIN), "visited_on"))
    plain = back(VISIT, MEMBER, draft)
    assert plain.revision == draft.revision + 1
    assert plain.answers["visited_on"] == "2026-11-18"
    assert asked(VISIT, MEMBER, plain).step.key == "visited_on"
    before = back(VISIT, MEMBER, plain)
    done = standing(VISIT, MEMBER, told(VISIT, MEMBER, ["none"], before))
    assert isinstance(done, Complete)


def test_a_doubt_after_a_doubt_still_knows_the_first_answer() -> None:
    draft = reopen(told(VISIT, MEMBER, PLAIN), "visited_on")
    draft = told(VISIT, MEMBER, ["+", Typed("lunedì")], draft)
    assert back(VISIT, MEMBER, draft).answers["visited_on"] == "2026-11-18"


def test_words_of_one_s_own_survive_going_back_from_their_question() -> None:
    own = [*PLAIN[:6], Typed("ci pensano da soli"), *PLAIN[7:]]
    draft = back(VISIT, MEMBER, reopen(told(VISIT, MEMBER, own), "why_none"))
    assert draft.answers["why_none"] == {"words": "ci pensano da soli"}


def test_toggles_left_in_the_middle_of_an_edit_leave_the_old_choice() -> None:
    draft = told(VISIT, MEMBER, ["PAGHE"], reopen(told(VISIT, MEMBER, PLAIN), "interest"))
    assert asked(VISIT, MEMBER, draft).step.key == "interest"
    gone = back(VISIT, MEMBER, draft)
    assert gone.answers["interest"] == {"chosen": [], "done": True}
    assert asked(VISIT, MEMBER, gone).step.key == "forms"


def test_toggles_of_a_first_time_are_kept_when_going_back() -> None:
    draft = told(VISIT, MEMBER, [*PLAIN[:5], "PAGHE"])
    again = told(VISIT, MEMBER, ["in_order"], back(VISIT, MEMBER, draft))
    assert [o.key for o in asked(VISIT, MEMBER, again).view.options if o.chosen] == ["PAGHE"]


def test_a_day_that_no_longer_fits_is_asked_again_with_a_note() -> None:
    draft = told(VISIT, MEMBER, PLAIN)
    moved = about(replace(a_company(), joined_on=TODAY + timedelta(days=1)))
    later = replace(moved, today=TODAY + timedelta(days=3))
    state = standing(VISIT, later, draft)
    assert isinstance(state, Asking)
    assert (state.step.key, state.changed) == ("visited_on", True)


def test_a_product_out_of_the_catalogue_is_dropped_and_no_interest_is_asked_for() -> None:
    draft = told(VISIT, MEMBER, [*PLAIN[:5], "PAGHE", "=", "-"])
    state = standing(VISIT, about(products=MEMBER.products[1:]), draft)
    assert isinstance(state, Asking)
    assert state.step.key == "why_none"


@pytest.mark.parametrize("broken", [12, True, [], ["x"], {"x": 1}, "???", {"chosen": "PAGHE", "done": True}])
@pytest.mark.parametrize("key", ["credit", "visited_on", "register", "interest", "mood", "next_contact"])
def test_an_answer_that_nobody_could_have_given_is_asked_again_or_left_out(key: str, broken: object) -> None:
    whole = told(VISIT, MEMBER, PLAIN)
    draft = replace(whole, answers={**whole.answers, key: broken})  # type: ignore[dict-item] # on purpose
    state = standing(VISIT, MEMBER, draft)
    assert isinstance(state, Complete) or state.step.key == key


def test_an_amount_that_does_not_read_is_asked_again() -> None:
    draft = replace(ACCEPT.begin(), answers={"value": "molto"})
    state = standing(ACCEPT, QUOTE, draft)
    assert isinstance(state, Asking)
    assert state.changed


def test_several_numbers_at_once_choose_as_many() -> None:
    for words in ("1, 3", "1 3", "1 e 3", "3,1"):
        draft = told(VISIT, MEMBER, [*PLAIN[:5], Typed(words)])
        chosen = [o.key for o in asked(VISIT, MEMBER, draft).view.options if o.chosen]
        assert chosen == ["PAGHE", "SICUREZZA"], words


@pytest.mark.parametrize("words", ["1, 99", "1 0", "paghe e contabilità", "1 due"])
def test_a_number_too_many_chooses_nothing(words: str) -> None:
    with pytest.raises(NotUnderstood):
        told(VISIT, MEMBER, [*PLAIN[:5], Typed(words)])


def test_a_second_tap_turns_a_choice_off_again() -> None:
    draft = told(VISIT, MEMBER, [*PLAIN[:5], "PAGHE", "CONT", "PAGHE"])
    assert [o.key for o in asked(VISIT, MEMBER, draft).view.options if o.chosen] == ["CONT"]


def test_words_too_long_are_told_by_how_much() -> None:
    with pytest.raises(NotUnderstood) as refused:
        told(VISIT, MEMBER, [*PLAIN[:5], "PAGHE", "=", Typed("x" * 201)])
    assert "201" in refused.value.sentence
    assert "200" in refused.value.sentence


def test_empty_words_are_no_answer() -> None:
    with pytest.raises(NotUnderstood):
        told(VISIT, MEMBER, [*PLAIN[:9], "notes", "=", Typed("  \n ")])


def test_an_older_draft_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(draft: Draft) -> Draft:
        answers = {("credit" if k == "credito" else k): v for k, v in draft.answers.items()}
        return replace(draft, answers=answers)

    third = Flow("visit", 3, visit, phrases="visit")
    monkeypatch.setitem(UPGRADES, ("visit", 1), renamed)
    old = Draft("visit", 1, revision=4, answers={"credito": "none"})
    new = upgraded(third, old)
    assert (new.version, new.revision, new.answers) == (3, 4, {"credit": "none"})


def test_a_draft_of_today_s_version_is_left_alone() -> None:
    draft = told(VISIT, MEMBER, ["none"])
    assert upgraded(VISIT, draft) is draft


def test_an_answer_to_a_question_no_longer_asked_is_ignored() -> None:
    draft = told(VISIT, MEMBER, PLAIN)
    with_more = replace(draft, answers={**draft.answers, "parking": "yes"})
    assert result(VISIT, MEMBER, with_more) == result(VISIT, MEMBER, draft)


def test_a_reminder_is_never_put_off_to_today_or_before() -> None:
    for words in ("oggi", "ieri"):
        with pytest.raises(NotUnderstood):
            told(POSTPONE, QUOTE, [Typed(words)])
    until = result(POSTPONE, QUOTE, told(POSTPONE, QUOTE, [Typed("domani"), "waiting"])).until
    assert until == date(2026, 11, 19)


def test_a_tap_is_answered_as_a_tap_though_it_looks_typed() -> None:
    assert answer(VISIT, MEMBER, VISIT.begin(), Tap("none")).revision == 1
