"""A person says when and where they want to be written to. Refuses to know how they were asked."""

from dataclasses import replace

from actions.turn import Turn
from procedure.hours import CLOSINGS, OPENINGS, Place, Preferences
from store import preferences


def prefer(
    turn: Turn, *, opens: int | None = None, closes: int | None = None, place: Place | None = None
) -> Preferences:
    """Change what is given, keep the rest; gives all of it.

    Raises:
        ValueError: an hour that nobody offers.
    """
    if opens not in {None, *OPENINGS} or closes not in {None, *CLOSINGS}:
        raise ValueError(f"not offered: from {opens} to {closes}")
    old = preferences.get(turn.tx, turn.person.id)
    chosen = replace(
        old,
        opens=old.opens if opens is None else opens,
        closes=old.closes if closes is None else closes,
    ).at(place or old.place)
    preferences.put(turn.tx, turn.person.id, chosen)
    return chosen
