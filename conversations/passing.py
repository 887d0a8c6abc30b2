"""The short dialogue that passes a company on to another person: to whom, and why.

Refuses to know who may: the persons offered are those whom the rule allows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice

REASONS = ("load", "closer", "knows", "absent")


@dataclass(frozen=True, slots=True)
class PassingFacts:
    """What the questions depend on: the company, whose it is, and who may have it, by id."""

    company: str
    holder: str
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Passing:
    """To whom, and why."""

    to: int
    reason: str


def pass_on(facts: PassingFacts) -> Dialogue[Passing]:
    """To whom, and why: the reason is kept, and both persons read it."""
    labels = {str(person): label for person, label in facts.people.items()}
    asked = say("passing.to.ask", company=facts.company, holder=facts.holder)
    to = yield from Choice("to", asked, labels, {str(person): person for person in facts.people})
    reasons = {key: say(f"passing.why.{key}") for key in REASONS}
    reason = yield from Choice("why", say("passing.why.ask"), reasons, reasons, words=str)
    return Passing(to, reason)


PASS_ON = Flow("pass_on", 1, pass_on, phrases="passing")
