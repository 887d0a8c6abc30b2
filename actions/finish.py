"""The last tap of a dialogue: what it tells is done. Each kind of dialogue has the action that does it.

Refuses to know what any of them does.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from actions import appoint, correct_date
from actions.absence import record_absence
from actions.change_credit import changed_in_dialogue
from actions.confirm_visit import confirm_visit
from actions.converse import Talk, resume
from actions.hand_over import handed_over_in_dialogue
from actions.hand_over_facts import HAND_OVER_FLOWS
from actions.passing import passed_on
from actions.put_off import put_off_in_dialogue
from actions.quote_dialogues import done_in_dialogue
from actions.quote_facts import QUOTE_FLOWS
from actions.set_target import set_in_dialogue
from actions.turn import Turn
from conversations.dialogue import Complete
from conversations.phrases import say
from procedure.errors import Refusal
from store import drafts

OVERTAKEN = frozenset({"quote_not_open", "quote_already_drafted", "quote_already_delivered"}) | {
    "appointment_settled",
    "credit_same",
    "appointment_standing",
    "deadline_closed",
    "already_theirs",
}
"""Refusals after which there is nothing left to tell: what the dialogue was about was closed meanwhile."""


def finish(turn: Turn, draft: int, seen: int) -> Any:
    """Do what the draft tells, and give what its action gives; or the dialogue as it stands (a `Talk`), where
    it is not complete or has moved on.

    Raises:
        NotAllowed: the draft is another's, or its matter no longer the person's.
        Refusal: `draft_closed`, also at the second of two taps; or what is stored no longer allows it.
    """
    talk = resume(turn, draft)
    if seen != talk.revision or not isinstance(talk.state, Complete):
        return replace(talk, note=say("talk.passed"))
    try:
        done = FINISHERS[talk.flow.name](turn, talk, talk.state.result)
    except Refusal as refusal:
        if refusal.phrase in OVERTAKEN:
            drafts.close(turn.tx, draft, "overtaken", turn.now)
        raise
    drafts.close(turn.tx, draft, "confirmed", turn.now)
    return done


FINISHERS: Final[Mapping[str, Callable[[Turn, Talk, Any], Any]]] = MappingProxyType(
    {
        "visit": confirm_visit,
        "absence": record_absence,
        "pass_on": passed_on,
        "put_off": put_off_in_dialogue,
        **dict.fromkeys(QUOTE_FLOWS, done_in_dialogue),
        "change_credit": changed_in_dialogue,
        "appointment": appoint.fixed,
        "move_appointment": appoint.moved,
        "cancel_appointment": appoint.given_up,
        "appointment_not_held": appoint.given_up,
        "redate_visit": correct_date.done_in_dialogue,
        "redate_quote": correct_date.done_in_dialogue,
        "target": set_in_dialogue,
        **dict.fromkeys(HAND_OVER_FLOWS, handed_over_in_dialogue),
    }
)
"""Flow → what is done with its result."""
