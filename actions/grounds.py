"""What each kind of dialogue stands on: the facts that its script needs, and what it is called to people.

Refuses to know the questions, and who may: whoever begins a dialogue has checked, whoever finishes it checks
again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from actions.absence_facts import absence_facts
from actions.appointment_facts import facts_of_new, facts_of_standing
from actions.credit_facts import credit_facts
from actions.grounds_of_deadline import found_deadline, put_off_facts
from actions.hand_over_facts import HAND_OVER_FLOWS, hand_over_facts
from actions.passing_facts import passing_facts
from actions.quote_facts import QUOTE_FLOWS, quote_facts
from actions.redate_facts import redate_facts
from actions.target_facts import target_facts
from actions.turn import Turn
from conversations.phrases import say
from conversations.visit import VisitFacts
from procedure.errors import Refusal
from procedure.notices import About, Subject
from procedure.visits import Company
from store import appointments, quotes, register


@dataclass(frozen=True, slots=True)
class Grounds:
    """The facts of a script, as its flow wants them, and what the dialogue is about: a company's name."""

    facts: Any
    title: str


def _visit(turn: Turn, company: int) -> Grounds:
    found = _company(turn, company)
    return Grounds(VisitFacts(turn.today, found, turn.office.campaign.products), found.name)


def _quote(turn: Turn, quote: int) -> Grounds:
    found = quotes.get(turn.tx, quote)
    company = _company(turn, found.company if found else 0)
    if found is None:
        raise Refusal("draft_closed")
    return Grounds(quote_facts(turn, found, company), company.name)


def _new_appointment(turn: Turn, company: int) -> Grounds:
    found = _company(turn, company)
    return Grounds(facts_of_new(turn, found), found.name)


def _appointment(turn: Turn, appointment: int) -> Grounds:
    found = appointments.get(turn.tx, appointment)
    company = _company(turn, found.company if found else 0)
    if found is None or not found.is_open:
        raise Refusal("appointment_settled")
    return Grounds(facts_of_standing(turn, found, company), company.name)


def _deadline(turn: Turn, deadline: int) -> Grounds:
    row, company = found_deadline(turn, deadline)
    if row.closed_on is not None:
        raise Refusal("deadline_closed")
    return Grounds(put_off_facts(turn, row, company), company.name)


def _passing(turn: Turn, company: int) -> Grounds:
    found = _company(turn, company)
    return Grounds(passing_facts(turn, found), found.name)


def _redate_visit(turn: Turn, visit: int) -> Grounds:
    facts = redate_facts(turn, About(Subject.VISIT, visit))
    return Grounds(facts, facts.company)


def _redate_quote(turn: Turn, quote: int) -> Grounds:
    facts = redate_facts(turn, About(Subject.QUOTE, quote))
    return Grounds(facts, facts.company)


def _credit(turn: Turn, visit: int) -> Grounds:
    facts = credit_facts(turn, visit)
    return Grounds(facts, facts.company)


def _absence(turn: Turn, person: int) -> Grounds:
    facts, name = absence_facts(turn, person)
    return Grounds(facts, name)


def _handing_over(flow: str) -> Callable[[Turn, int], Grounds]:
    def gathered(turn: Turn, visit: int) -> Grounds:
        facts = hand_over_facts(turn, visit, flow)
        return Grounds(facts, facts.company)

    return gathered


def _company(turn: Turn, company: int) -> Company:
    """The company.

    Raises:
        Refusal: `draft_closed`: it is gone, and with it what was being told.
    """
    found = register.company(turn.tx, company)
    if found is None:
        raise Refusal("draft_closed")
    return found


GROUNDS: Final[Mapping[str, Callable[[Turn, int], Grounds]]] = MappingProxyType(
    {
        "visit": _visit,
        "absence": _absence,
        "pass_on": _passing,
        "put_off": _deadline,
        **dict.fromkeys(QUOTE_FLOWS, _quote),
        "change_credit": _credit,
        "appointment": _new_appointment,
        "move_appointment": _appointment,
        "cancel_appointment": _appointment,
        "appointment_not_held": _appointment,
        "redate_visit": _redate_visit,
        "redate_quote": _redate_quote,
        "target": lambda turn, _person: Grounds(target_facts(turn), say("screen.targets.title")),
        **{flow: _handing_over(flow) for flow in HAND_OVER_FLOWS},
    }
)
"""Flow → how its facts are gathered, given the id of what the draft is about. Each flow of
`conversations.flows` has its line here and one in `actions.finish`.
"""
