"""What a person may look at of papers, gathered from the store and drawn: the copies they have still to
file. Looking changes nothing.
"""

from actions.turn import Turn
from bot.screens.papers import draw_missing
from bot.screens.screen import Screen
from store import paper_copies


def missing_copies(turn: Turn) -> Screen:
    """The paper copies that this person has still to file; of an RS, the whole sede's (A64)."""
    return draw_missing(paper_copies.missing_for(turn.tx, turn.person), turn.person, turn.today)
