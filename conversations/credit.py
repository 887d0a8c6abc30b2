"""The short dialogue that changes the outcome Crediti after the visit (A8). Refuses to know who is told."""

from dataclasses import dataclass

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice
from procedure.visits import CreditOutcome

_PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """What the questions depend on: the company's name, and the outcome as it is told now."""

    company: str
    outcome: CreditOutcome
    partly: bool


@dataclass(frozen=True, slots=True)
class CreditChange:
    """The outcome that holds now, and why. `partly`: some of it was collected, without a plan (A7)."""

    outcome: CreditOutcome
    partly: bool
    reason: str


def change_credit(facts: CreditFacts) -> Dialogue[CreditChange]:
    """Which outcome holds now, and why."""
    values = {outcome.name.lower(): (outcome, False) for outcome in CreditOutcome}
    values[_PARTLY] = (CreditOutcome.UNCOLLECTED, True)
    values = {key: value for key, value in values.items() if value != (facts.outcome, facts.partly)}
    labels = {key: say(f"credit.now.{key}") for key in values}
    asked = say("credit.now.ask", company=facts.company, before=said(facts.outcome, facts.partly))
    outcome, partly = yield from Choice("now", asked, labels, values)
    reasons = {key: say(f"credit.why.{key}") for key in ("later", "mistake")}
    reason = yield from Choice("why", say("credit.why.ask"), reasons, reasons, words=str)
    return CreditChange(outcome, partly, reason)


def said(outcome: CreditOutcome, partly: bool) -> str:
    """The outcome as people read it: the word of the gestionale, and whether a part came in."""
    return say("credit.in_part", outcome=outcome.value) if partly else outcome.value


CHANGE_CREDIT = Flow("change_credit", 1, change_credit, phrases="credit")
