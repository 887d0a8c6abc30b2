"""The dialogue that passes a company on: who may begin it, what it stands on, what its last tap does.

Refuses to know the questions: `conversations.passing` asks them.
"""

from typing import Any

from actions.attribute import refused
from actions.converse import Talk, begin
from actions.pass_on import Passed, pass_on
from actions.passing_facts import passing_facts
from actions.turn import Turn
from conversations.passing import Passing
from procedure.errors import Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_begin_passing
from store import register


def begin_passing(turn: Turn, company: int) -> Talk:
    """Begin to pass the company on, or resume what was begun.

    Raises:
        NotAllowed: the company is not this person's to pass on.
        Refusal: `nobody_to_have_it`.
    """
    found = register.company(turn.tx, company)
    if found is None or not may_begin_passing(turn.person, found):
        raise refused(turn, "company", company)
    if not passing_facts(turn, found).people:
        raise Refusal("nobody_to_have_it", company=found.name)
    return begin(turn, "pass_on", About(Subject.COMPANY, company), company=company)


def passed_on(turn: Turn, talk: Talk, result: Any) -> Passed:
    """Do what the dialogue tells.

    Raises:
        NotAllowed: the person may no longer.
        Refusal: `already_theirs`.
    """
    told: Passing = result
    return pass_on(turn, talk.row.about.id, told.to, told.reason)
