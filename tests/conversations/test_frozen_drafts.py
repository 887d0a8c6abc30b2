"""Drafts as released versions of the flows wrote them: today's scripts must still read them to the end.

One file for each released version of a flow; a file is never changed. A new version adds one
(docs/contributing/add-a-question.md).
"""

import json
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from conversations.absence import AbsenceFacts, Colleague
from conversations.answers import Draft
from conversations.appointment import AppointmentFacts
from conversations.credit import CreditFacts
from conversations.dialogue import Complete, standing
from conversations.flows import FLOWS
from conversations.passing import PassingFacts
from conversations.put_off import PutOffFacts
from conversations.quote import Line, QuoteFacts
from conversations.upgrades import upgraded
from procedure.quotes import QuoteEvent
from procedure.visits import CreditOutcome
from procedure.workdays import WorkCalendar
from tests.conversations import papers, redatable
from tests.conversations.given import TODAY, a_company, about

FROZEN = sorted((Path(__file__).parent / "drafts").glob("*.json"))
ABSENT = AbsenceFacts(TODAY, colleagues=(Colleague(2, "Bruno Neri"),))
APPOINTMENT = AppointmentFacts(datetime.combine(TODAY, time(10)), "Tessitura Finzioni S.r.l.", WorkCalendar())
FACTS: dict[str, Any] = {
    "visit": about(a_company(soci=3)),
    "absence": ABSENT,
    "change_credit": CreditFacts("Tessitura Finzioni S.r.l.", CreditOutcome.UNCOLLECTED, partly=False),
    "put_off": PutOffFacts(TODAY, "Tessitura Finzioni S.r.l.", "sollecito", "entro domani", {}),
    "pass_on": PassingFacts("Finzioni", "Ada Esempioli", {7: "Bruno Neri", 9: "Carla Verdi"}),
    "redate_visit": redatable.OF_VISIT,
    "redate_quote": redatable.OF_QUOTE,
    "hand_over_forms": papers.HANDING_OVER,
    "hand_over_rid": papers.HANDING_OVER,
    "target": papers.TARGETS,
    **dict.fromkeys(
        ("appointment", "move_appointment", "cancel_appointment", "appointment_not_held"), APPOINTMENT
    ),
}
QUOTE = QuoteFacts(TODAY, "Tessitura Finzioni S.r.l.", "Paghe", events=(QuoteEvent.DELIVERED,))
TWO = replace(QUOTE, lines=(Line(1, "Paghe"), Line(2, "Sicurezza")), archived_on=TODAY)
OF_FILE = {"accept.2": TWO, "correct.1": TWO}


def test_every_version_of_every_flow_is_frozen() -> None:
    released = {f"{flow.name}.{n}" for flow in FLOWS.values() for n in range(1, flow.version + 1)}
    assert {file.stem for file in FROZEN} == released


@pytest.mark.parametrize("file", FROZEN, ids=lambda file: file.stem)
def test_a_draft_of_each_released_version_still_reads_as_it_was_told(file: Path) -> None:
    frozen = json.loads(file.read_text("utf-8"))
    flow = FLOWS[frozen["draft"]["flow"]]
    draft = upgraded(flow, Draft(**frozen["draft"]))
    state = standing(flow, OF_FILE.get(file.stem, FACTS.get(flow.name, QUOTE)), draft)
    assert isinstance(state, Complete)
    assert {a.step.key: a.told for a in state.trail} == frozen["told"]
