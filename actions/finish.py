"""The last tap of a dialogue: what it tells is done. Refuses to know what any of them does."""

from actions.confirm_visit import Confirmed, confirm_visit
from actions.converse import Talk, resume
from actions.tell_quote import Told, finish_dialogue
from actions.turn import Turn


def finish(turn: Turn, draft: int, seen: int) -> Confirmed | Told | Talk:
    """Do what the draft tells; or the dialogue as it stands, where it is not complete or has moved on.

    Raises:
        NotAllowed: the draft is another's.
        Refusal: `draft_closed`, also at the second of two taps; or what is stored no longer allows it.
    """
    talk = resume(turn, draft)
    if talk.row.quote is None:
        return confirm_visit(turn, talk, seen)
    return finish_dialogue(turn, talk, talk.row.quote, seen)
