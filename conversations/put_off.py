"""The short dialogue that puts a reminder off: until when, and why. The deadline itself never moves.

Refuses to know which days are worked: the likely ones come with the facts, and a typed day of rest becomes
the next working one when it is confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice
from conversations.values import Day
from procedure.italian import write_date_short


@dataclass(frozen=True, slots=True)
class PutOffFacts:
    """What the questions depend on. `likely`: working days from today → the day that is so far away."""

    today: date
    company: str
    what: str  # the deadline, in a few words
    term: str  # its explanation
    likely: Mapping[int, date]


@dataclass(frozen=True, slots=True)
class PutOff:
    """Remind me then, and why not before."""

    until: date
    reason: str


def put_off(facts: PutOffFacts) -> Dialogue[PutOff]:
    """Until when, and why."""
    asked = say("put_off.until.ask", company=facts.company, what=facts.what, term=facts.term)
    tomorrow = facts.today + timedelta(days=1)
    until = yield from Day(
        "until", asked, facts.today, _labels(facts), first=tomorrow, too_early="hint.in_the_past"
    )
    reasons = {key: say(f"put_off.why.{key}") for key in ("absent", "asked", "waiting")}
    reason = yield from Choice("why", say("put_off.why.ask"), reasons, reasons, words=str)
    return PutOff(until, reason)


PUT_OFF = Flow("put_off", 1, put_off, phrases="put_off")


def _labels(facts: PutOffFacts) -> dict[str, date]:
    return {
        say(f"put_off.until.{days}", day=write_date_short(day, facts.today)): day
        for days, day in facts.likely.items()
    }
