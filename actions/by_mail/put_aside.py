"""A letter that waited was dealt with by hand: it waits no longer, and nothing of it is recorded.

Refuses to know who may say so.
"""

from datetime import datetime
from typing import Any, Final

from actions.by_mail.answering import Answering
from procedure.correspondence.commands import Command
from procedure.errors import Refusal
from procedure.italian import plural
from store import audit, letters, sorting
from store.letters import Outcome
from store.transaction import Transaction

SORTED: Final = "sorted"
"""The reason of a letter that a person has dealt with; who it was, the audit knows."""


def put_aside(tx: Transaction, letter: int, by: str, now: datetime) -> bool:
    """It is dealt with, says whoever has the address `by`. False where it waited no longer."""
    line = sorting.get(tx, letter)
    if line is None or line.outcome is not Outcome.TO_SORT:
        return False
    letters.settle(tx, letter, outcome=Outcome.IGNORED, reason=SORTED, about=line.about, now=now)
    letters.hold(tx, letter, None)
    audit.note(tx, now, by.casefold(), "letter_sorted", {"letter": letter})
    return True


def put_aside_by_mail(its: Answering, _command: Command) -> str:
    """FATTO, under the list of the letters to sort: all those it lists that still wait.

    Raises:
        Refusal: `letter_not_waiting`: none of them does.
    """
    listed: Any = its.mail.context["waiting"]
    done = sum(put_aside(its.tx, each["letter"], its.sender.email, its.now) for each in listed)
    if not done:
        raise Refusal("letter_not_waiting")
    return f"{done} {plural(done, 'mail sistemata', 'mail sistemate')}"
