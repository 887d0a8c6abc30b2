"""What each kind of dialogue stands on: the facts that its script needs, and what it is called to people.

Refuses to know the questions, and who may: whoever begins a dialogue has checked, whoever finishes it checks
again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from actions.turn import Turn
from conversations.quote import QuoteFacts
from conversations.visit import VisitFacts
from procedure.errors import Refusal
from procedure.italian import join_it
from procedure.visits import Company
from store import quotes, register


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
    products = turn.office.campaign.product
    names = [products(line.product).name for line in quotes.lines(turn.tx, quote)]
    return Grounds(QuoteFacts(turn.today, company.name, join_it(names)), company.name)


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
    {"visit": _visit, "accept": _quote, "refuse": _quote, "postpone": _quote}
)
"""Flow → how its facts are gathered, given the id of what the draft is about. Each flow of
`conversations.flows` has its line here and one in `actions.finish`.
"""
