"""Who acts for whom today: a deputy may do what the absent may (A50), who was given all that another left may
do what they did (A44), and the audit says so.

Where nobody at work was named, the RS of the absent one's sede may, and RPS. Refuses to know what is done.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from actions.turn import Turn
from procedure.people import Person, Role
from procedure.permissions import stood_in_for
from store import absences, audit, people
from store.transaction import Transaction


def with_the_absent(tx: Transaction, person: Person, day: date) -> Person:
    """The person, with those for whom they stand in on this day. Most have none: one look into an index."""
    absent = absences.in_whose_place(tx, person.id, day)
    if person.has(Role.RS) or person.has(Role.RPS):
        absent += [one for one in _without_deputy(tx, person, day) if one not in absent]
    if not absent:
        return person
    found = (people.by_id(tx, one) for one in absent if one != person.id)
    return replace(person, stands_for=tuple(one for one in found if one))


def note_standing_in(turn: Turn, what: str, which: int, may: Callable[[Person], bool]) -> None:
    """Write down for whom the person acts, where they may only because they stand in (A50)."""
    absent = stood_in_for(turn.person, may)
    if absent:
        detail: dict[str, str | int] = {"for": absent.email, "what": what, "id": which}
        audit.note(turn.tx, turn.now, turn.person.email, "stood_in", {**detail})


def _without_deputy(tx: Transaction, person: Person, day: date) -> list[int]:
    """RPS is everybody's last resort; an RS that of their own sede (decision 15)."""
    site = None if person.has(Role.RPS) else person.site
    return absences.without_deputy_at_work(tx, day, site)
