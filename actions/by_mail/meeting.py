"""An appointment fixed, or moved, by one line: the company and when, heard as the chat's dialogue hears them.

Refuses to know who may write such a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from actions import converse
from actions.appoint import begin_appointment
from actions.finish import finish
from actions.turn import Turn
from conversations.answers import Json
from conversations.dialogue import Asking
from conversations.moments import ALL_THE_SAME, Moment
from conversations.phrases import say
from conversations.steps import NotUnderstood, Step


@dataclass(frozen=True, slots=True)
class When:
    """The one line of the form: when it is. `sure`: an odd hour is right."""

    text: str
    sure: bool = False

    def saved(self, asking: Asking) -> Json:
        """The moment.

        Raises:
            NotUnderstood: it is none, or one that is past.
        """
        if asking.step.key != "when":
            return None
        heard = asking.step.hear(self.text, None)
        if self.sure and isinstance(heard, dict) and "doubt" in heard:
            return asking.step.tap(ALL_THE_SAME, heard)
        return heard

    def left_out(self, step: Step[Any]) -> Json:
        """A note may be."""
        return "" if step.key == "note" else None


def parted(turn: Turn, words: str) -> Iterator[tuple[str, When]]:
    """The ways to part a line into a company and a moment, the longest moment first."""
    line, _, after = words.rpartition(" ")
    sure = after.casefold().strip(".!") == "confermo"
    pieces = (line if sure else words).replace(",", " ").split()
    now = turn.now.replace(tzinfo=None)
    step = Moment("when", "", now, turn.office.days_of(turn.person.site))
    for at in range(1, len(pieces)):
        when = When(" ".join(pieces[at:]), sure)
        try:
            step.hear(when.text, None)
        except NotUnderstood:
            continue
        yield " ".join(pieces[:at]).rstrip(":"), when


def fix_by_line(turn: Turn, company: int, when: When) -> str:
    """Fix the appointment, or move the one that stands; empty, since its mail for the calendar tells it; else
    what is to be said better.

    Raises:
        NotAllowed: the company is not theirs to visit.
        Refusal: it can not be visited.
    """
    begun = begin_appointment(turn, company)
    talk, filled = converse.tell_lines(turn, begun.draft, when)
    if not filled.gaps:
        finish(turn, talk.draft, talk.revision)
        return ""
    if not begun.note:
        converse.cancel(turn, talk.draft)
    gap = filled.gaps[0]
    return say("by_mail.meeting.again", why=gap.hint or gap.asking.view.prompt)
