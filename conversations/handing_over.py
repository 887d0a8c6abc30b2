"""The short dialogue about signed forms: the day on which they were handed over (A11c).

Refuses to know which forms they are, and whether they wait to be handed over at all.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.values import Day, past_days


@dataclass(frozen=True, slots=True)
class HandOverFacts:
    """What the question depends on: not before the visit, not in the future."""

    today: date
    visited_on: date
    company: str
    forms: str  # "moduli" or "RID", as people call them


def hand_over(facts: HandOverFacts) -> Dialogue[date]:
    """On which day."""
    likely = {
        say("button.today"): facts.today,
        say("button.yesterday"): facts.today - timedelta(days=1),
    }
    return (
        yield from Day(
            "handed_over_on",
            say("papers.handed_over_on.ask", company=facts.company, forms=facts.forms),
            facts.today,
            likely,
            first=facts.visited_on,
            last=facts.today,
            too_early="hint.before_the_visit",
            too_late="hint.in_the_future",
            more=past_days(facts.today, facts.visited_on),
        )
    )


HAND_OVER_FORMS = Flow("hand_over_forms", 1, hand_over, phrases="papers")
HAND_OVER_RID = Flow("hand_over_rid", 1, hand_over, phrases="papers")
