"""An obiettivo is set, or dropped, by who answers for those whose it is [r.84].

Refuses to know what counts for it; `store.targets` counts.
"""

from dataclasses import dataclass

from actions import converse
from actions.converse import Talk
from actions.target_facts import target_facts
from actions.turn import Turn
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.permissions import may_set_target
from procedure.targets import Target
from store import audit, people, targets
from store.history import Hand


@dataclass(frozen=True, slots=True)
class TargetSet:
    """The target as it stands now, and whose it is in the words of people."""

    target: Target
    whose: str


def begin_target(turn: Turn) -> Talk:
    """Begin the dialogue that sets a target.

    Raises:
        NotAllowed: the person answers for nobody's visits.
    """
    facts = target_facts(turn)
    if not (facts.sites or facts.people or facts.roles):
        raise _refused(turn, 0)
    return converse.begin(turn, "target", About(Subject.PERSON, turn.person.id))


def set_in_dialogue(turn: Turn, talk: Talk, wanted: Target) -> TargetSet:
    """Do what a confirmed dialogue says; a target of the same people and period takes the new number.

    Raises:
        NotAllowed: those are not this person's to set targets for.
    """
    del talk
    return set_target(turn, wanted, channel="chat")


def set_target(turn: Turn, wanted: Target, *, channel: str) -> TargetSet:
    """Write a target down.

    Raises:
        NotAllowed: those are not this person's to set targets for.
    """
    _must_answer_for(turn, wanted)
    targets.put(turn.tx, wanted, Hand(turn.person.email, turn.now, channel))
    return TargetSet(wanted, whose(turn, wanted))


def own_target(turn: Turn, which: int) -> TargetSet:
    """The target, if the person may drop it.

    Raises:
        NotAllowed: they may not.
        Refusal: `no_target`.
    """
    target = targets.get(turn.tx, which)
    if target is None:
        raise Refusal("no_target")
    _must_answer_for(turn, target)
    return TargetSet(target, whose(turn, target))


def drop_target(turn: Turn, which: int) -> TargetSet:
    """There is no such target any more.

    Raises:
        NotAllowed, Refusal: as `own_target`.
    """
    dropped = own_target(turn, which)
    targets.remove(turn.tx, dropped.target, Hand(turn.person.email, turn.now, "chat"))
    return dropped


def whose(turn: Turn, target: Target) -> str:
    """Whose target it is: `Ada Esempioli`, `sede di Prato`, `Addetto Visita, sede di Prato`."""
    holder = people.by_id(turn.tx, target.person) if target.person else None
    parts = [
        holder.name if holder else "",
        target.role.in_full if target.role else "",
        f"sede di {target.site}" if target.site else "",
    ]
    return ", ".join(part for part in parts if part)


def _must_answer_for(turn: Turn, target: Target) -> None:
    holder = people.by_id(turn.tx, target.person) if target.person else None
    if not may_set_target(turn.person, target, holder):
        raise _refused(turn, target.id)


def _refused(turn: Turn, which: int) -> NotAllowed:
    audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "target", "id": which})
    return NotAllowed("not_allowed")
