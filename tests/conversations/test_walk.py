"""What holds on every path of every flow, found by taking them all."""

import ast
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path as File
from typing import Any

import pytest

from conversations.absence import AbsenceFacts, Colleague
from conversations.appointment import AppointmentFacts
from conversations.credit import CreditFacts
from conversations.dialogue import Answered, Asking, Complete, Flow, back, reopen, standing, told
from conversations.flows import FLOWS
from conversations.passing import PassingFacts
from conversations.phrases import has_phrase, phrase_keys
from conversations.put_off import PutOffFacts
from conversations.quote import Line, QuoteFacts
from procedure.quote_days import Earlier, QuoteDay
from procedure.quotes import QuoteEvent
from procedure.visits import Code, CreditOutcome
from procedure.workdays import WorkCalendar
from tests.conversations import papers, redatable
from tests.conversations.given import MEMBER, NEW_MEMBER, PERSONAL, PRODUCTS, TODAY, a_company, about
from tests.conversations.walker import Path, walk

EVENTS = (QuoteEvent.DRAFTED, QuoteEvent.DELIVERED)
PAGHE = Line(1, "Paghe", Decimal(900))
QUOTE = QuoteFacts(TODAY, "Tessitura Finzioni S.r.l.", "Paghe", (PAGHE,), events=EVENTS)
TWO = replace(QUOTE, lines=(PAGHE, Line(2, "Sicurezza")))
DELIVERED = Earlier(QuoteDay.DELIVERED, TODAY)
ODD = replace(TWO, archived_on=TODAY, earlier=dict.fromkeys(QuoteEvent, DELIVERED))
TEN = datetime.combine(TODAY, time(10))
ABSENT = AbsenceFacts(TODAY, colleagues=(Colleague(2, "Bruno Neri"),), cover="Dina Rossi")
LIKELY = {days: TODAY + timedelta(days=days) for days in (1, 2, 5)}
PUT_OFF = PutOffFacts(TODAY, "Tessitura Finzioni S.r.l.", "sollecito", "entro domani", LIKELY)
APPOINTMENT = AppointmentFacts(TEN, "Tessitura Finzioni S.r.l.", WorkCalendar(), standing="domani")
WALKED: dict[str, tuple[str, Any]] = {
    "a member": ("visit", MEMBER),
    "a member without services": ("visit", about(a_company(services=False))),
    "a new member": ("visit", NEW_MEMBER),
    "a new member without services": ("visit", about(a_company(Code.NEW_MEMBER, services=False))),
    "no socio on the list": ("visit", about(a_company(soci=0))),
    "three soci": ("visit", about(a_company(soci=3))),
    "a sole trader": ("visit", about(a_company(codice_fiscale=PERSONAL))),
    "an empty register": ("visit", about(a_company(pec=None, email=None, phone=None, cap=None))),
    "only integrated products": ("visit", about(products=PRODUCTS[:3])),
    "only catalogue products": ("visit", about(products=PRODUCTS[3:])),
    "no products": ("visit", about(products=())),
    "accept": ("accept", QUOTE),
    "accept of two": ("accept", TWO),
    "accept late, on an odd day": ("accept", ODD),
    "refuse": ("refuse", QUOTE),
    "change the credit": ("change_credit", CreditFacts("Finzioni", CreditOutcome.UNCOLLECTED, partly=True)),
    "refuse on an odd day": ("refuse", ODD),
    "postpone": ("postpone", QUOTE),
    "put off": ("put_off", PUT_OFF),
    "cancel a quote": ("cancel_quote", QUOTE),
    "correct": ("correct", TWO),
    "withdraw": ("withdraw", QUOTE),
    "when": ("when", QUOTE),
    "when, on an odd day": ("when", ODD),
    "not mine": ("not_mine", QUOTE),
    "absence": ("absence", ABSENT),
    "absence of a colleague": ("absence", replace(ABSENT, name="Ada Esempioli")),
    "fix an appointment": ("appointment", APPOINTMENT),
    "move it": ("move_appointment", APPOINTMENT),
    "cancel it": ("cancel_appointment", APPOINTMENT),
    "it was not held": ("appointment_not_held", APPOINTMENT),
    "pass a company on": ("pass_on", PassingFacts("Finzioni", "Ada Esempioli", {7: "Bruno", 9: "Carla"})),
    "a visit's date put right": ("redate_visit", redatable.OF_VISIT),
    "a quote's date put right": ("redate_quote", redatable.OF_QUOTE),
    "forms handed over": ("hand_over_forms", papers.HANDING_OVER),
    "forms of today's visit": ("hand_over_forms", replace(papers.HANDING_OVER, visited_on=TODAY)),
    "a RID handed over": ("hand_over_rid", papers.HANDING_OVER),
    "a target": ("target", papers.TARGETS),
    "a target by an RS": ("target", replace(papers.TARGETS, sites=("Prato",), everywhere=False)),
    "a target of one of many": ("target", replace(papers.TARGETS, people=papers.CROWD)),
}
IN_PAIRS = frozenset({"a member", "a new member", "three soci", "accept", "refuse", "postpone"})
"""Walked with every pair of unusual answers; the others with every single one."""

every = pytest.mark.parametrize("walked", WALKED)


@cache
def paths(walked: str) -> tuple[Path, ...]:
    name, facts = WALKED[walked]
    return tuple(walk(FLOWS[name], facts, budget=2 if walked in IN_PAIRS else 1))


def flow_and_facts(walked: str) -> tuple[Flow[Any, Any], Any]:
    name, facts = WALKED[walked]
    return FLOWS[name], facts


def trail(state: Asking | Complete[Any]) -> tuple[Answered, ...]:
    return state.trail


def test_every_flow_is_walked() -> None:
    assert {name for name, _ in WALKED.values()} == set(FLOWS)


@every
def test_every_path_ends_and_tells_something(walked: str) -> None:
    assert paths(walked)
    for path in paths(walked):
        assert path.end.result is not None
        assert all(a.told for a in path.end.trail)


@every
def test_the_keys_of_a_path_are_unique(walked: str) -> None:
    for path in paths(walked):
        keys = [a.step.key for a in path.end.trail]
        assert len(keys) == len(set(keys)), keys


@every
def test_the_revision_grows_by_one_with_every_answer(walked: str) -> None:
    for path in paths(walked):
        assert [draft.revision for draft in path.drafts] == list(range(len(path.drafts)))


@every
def test_what_stands_after_an_answer_is_what_the_stored_draft_says(walked: str) -> None:
    """`told` goes on with the replay that it began; a crash in between must change nothing."""
    flow, facts = flow_and_facts(walked)
    for path in paths(walked)[:100]:
        for draft, raw in zip(path.drafts, path.raws, strict=False):
            answered, state = told(flow, facts, draft, raw)
            again = standing(flow, facts, answered)
            assert type(state) is type(again)
            assert [a.step.key for a in state.trail] == [a.step.key for a in again.trail]
            assert [a.told for a in state.trail] == [a.told for a in again.trail]
            if isinstance(state, Asking) and isinstance(again, Asking):
                assert (state.step.key, state.saved, state.view) == (again.step.key, again.saved, again.view)


@every
def test_every_question_has_words_and_a_name_in_the_recap(walked: str) -> None:
    flow, _ = flow_and_facts(walked)
    for path in paths(walked):
        for state in path.states:
            if isinstance(state, Asking):
                assert state.view.prompt
                assert "{" not in state.view.prompt
                assert all(option.label for option in state.view.options)
                assert state.step.title or has_phrase(f"{flow.phrases}.{state.step.key}.told")


@every
def test_every_question_has_a_button_or_takes_words_and_no_two_buttons_read_alike(walked: str) -> None:
    for path in paths(walked):
        for state in path.states:
            if isinstance(state, Asking):
                labels = [option.label.casefold() for option in state.view.options]
                assert len(labels) == len(set(labels)), labels


@every
def test_back_works_from_everywhere_and_loses_no_answer(walked: str) -> None:
    flow, facts = flow_and_facts(walked)
    for path in paths(walked):
        for draft, state in zip(path.drafts, path.states, strict=True):
            gone = back(flow, facts, draft)
            answered = {a.step.key: draft.answers[a.step.key] for a in trail(state)}
            assert {key: gone.answers[key] for key in answered} == answered
            asked = standing(flow, facts, gone)
            assert isinstance(asked, Asking)
            assert gone.revision == draft.revision + (gone != draft)


@every
def test_back_step_by_step_leads_from_the_recap_to_the_first_question(walked: str) -> None:
    flow, facts = flow_and_facts(walked)
    for path in paths(walked)[:50]:
        draft = path.drafts[-1]
        for answered in reversed(path.end.trail):
            draft = back(flow, facts, draft)
            state = standing(flow, facts, draft)
            assert isinstance(state, Asking)
            assert state.step.key == answered.step.key
        assert back(flow, facts, draft) == draft


@every
def test_every_answer_of_the_recap_can_be_asked_again_and_stands_until_then(walked: str) -> None:
    flow, facts = flow_and_facts(walked)
    for path in paths(walked)[:50]:
        for answered in path.end.trail:
            again = reopen(path.drafts[-1], answered.step.key)
            state = standing(flow, facts, again)
            assert isinstance(state, Asking)
            assert state.step.key == answered.step.key
            assert again.answers == path.drafts[-1].answers


def test_a_plain_visit_is_at_most_twelve_taps_from_the_company_s_card() -> None:
    """The card's button and the confirmation are two of them."""
    for walked in ("a member", "a new member"):
        assert min(path.taps for path in paths(walked)) + 2 <= 12


def test_every_phrase_that_the_code_asks_for_is_there() -> None:
    whole, _ = said(File(__file__).parents[2])
    assert [key for key in whole if "." in key and not has_phrase(key)] == []


SAYING = frozenset({"say", "counted"})
"""What says a phrase by its key; `counted` says the key of several."""


def test_no_phrase_is_left_over() -> None:
    """Names made of pieces are known by their beginning; a question's by the phrases of its flow."""
    whole, beginnings = said(File(__file__).parents[2])
    told = {f"{flow.phrases}." for flow in FLOWS.values()}
    made = (*beginnings, *told, "refusal.", "hint.")
    assert {key for key in phrase_keys() if key not in whole and not key.startswith(made)} == set()


def said(root: File) -> tuple[set[str], tuple[str, ...]]:
    """The keys given to `say` whole or handed on to be said (`too_early=`), and how the others begin."""
    rooms = ("conversations", "actions", "bot", "mailer")
    files = [file for room in rooms for file in (root / room).rglob("*.py")]
    calls = [
        node
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    named = [call.args[0] for call in calls if getattr(call.func, "id", "") in SAYING and call.args]
    handed = [word.value for call in calls for word in call.keywords if str(word.arg).startswith("too_")]
    pieces = [piece for node in (*named, *handed) for piece in either(node)]
    whole = {str(piece.value) for piece in pieces if isinstance(piece, ast.Constant)}
    joined = [piece.values[0] for piece in pieces if isinstance(piece, ast.JoinedStr)]
    return whole, tuple(str(first.value) for first in joined if isinstance(first, ast.Constant))


def either(node: ast.expr) -> list[ast.expr]:
    """The expression, or both that it chooses between."""
    return [*either(node.body), *either(node.orelse)] if isinstance(node, ast.IfExp) else [node]
