"""A load of the register is taken back: the companies, whose they are, the first visits, and who was told.

Only the last one that stands: an earlier one lies beneath it. Refuses to know tables and files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from actions import first_visit
from actions.deliver import put_push
from actions.propose import propose
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import About, Json, Push, Subject
from procedure.workdays import WorkCalendar
from store import audit, deadlines, imports, outbox, people, proposals, register, unloading
from store.history import Hand
from store.imports import CHANNEL, Import
from store.outbox import State
from store.transaction import Transaction
from store.unloading import Reassigned, Unloaded


@dataclass(frozen=True, slots=True)
class Undone:
    """The load that was taken back, and what that did."""

    load: Import
    unloaded: Unloaded


def undo_import(tx: Transaction, calendars: Mapping[str, WorkCalendar], *, by: str, now: datetime) -> Undone:
    """Take back the last load; what was touched since stays. `by` is an address or a part of the house.

    Raises:
        Refusal: `no_import_to_undo`.
    """
    load = imports.latest(tx)
    if load is None:
        raise Refusal("no_import_to_undo")
    done = unloading.unload(tx, load, Hand(by, now, CHANNEL))
    for each in done.reassigned:
        _hand_back(tx, calendars, each, now)
    proposals.unlist(tx, [each.company for each in done.reassigned], load.at)
    propose(tx, now, who=by)
    imports.undone(tx, load.id, by=by, now=now)
    audit.note(tx, now, by, "import_undone", {"import": load.id, "spared": len(done.spared)})
    _tell(tx, load, done, now)
    return Undone(load, done)


def _hand_back(
    tx: Transaction, calendars: Mapping[str, WorkCalendar], each: Reassigned, now: datetime
) -> None:
    """The first visit goes back with the company, where it was whose the company was."""
    company, row = register.company(tx, each.company), first_visit.find(tx, each.company)
    if company is None or row is None or row.owner != each.new:
        return
    owner = people.by_id(tx, each.old) if each.old is not None else None
    deadlines.hand_to(tx, row.id, owner=each.old, owner_email=owner.email if owner else "")
    if owner is None:
        deadlines.set_remind_on(tx, row.id, None)
    else:
        first_visit.remind(tx, calendars, company, row, now.date())


def _tell(tx: Transaction, load: Import, done: Unloaded, now: datetime) -> None:
    """What was to be told of the load is not; who has been told hears that it holds no longer."""
    prefixes = [f"{what}:import:{load.id}:" for what in ("given", "taken")]
    for row in outbox.waiting(tx, *prefixes):
        outbox.withdraw(tx, row.id, now)
    for person in _told(tx, load, done):
        about = About(Subject.PERSON, person)
        told: dict[str, Json] = {"loaded_on": write_date(load.at.astimezone(now.tzinfo).date())}
        put_push(tx, Push(f"import_undone:{load.id}:{person}", "import_undone", about, person, told), now=now)


def _told(tx: Transaction, load: Import, done: Unloaded) -> set[int]:
    """Those of whom the load had given or taken companies, and who were told so."""
    moved = chain.from_iterable((each.old, each.new) for each in done.reassigned)
    concerned = {person for person in (*done.removed, *moved) if person is not None}
    keys = {person: f"given:import:{load.id}:{person}" for person in concerned}
    sent = {row.key for key in keys.values() if (row := outbox.by_key(tx, key)) and row.state is State.SENT}
    return {person for person, key in keys.items() if key in sent}
