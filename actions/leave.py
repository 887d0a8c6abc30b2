"""A person leaves, and all that is open passes to another in one action (A44); or it is said what stays open.

The history keeps the names. Nobody is told twice: the successor hears once what they got, whoever loses a
deputy hears that. Refuses to know who may order it: only the operator's command line comes here.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from actions.deliver import put_push
from procedure.errors import Refusal
from procedure.italian import write_date
from procedure.notices import About, Json, Push, Subject
from procedure.people import Person, Role
from store import audit, belongings, people
from store.belongings import Belonging, Belongings
from store.history import Hand
from store.transaction import Transaction

IN_CHAT = 10
"""As many are named in the chat; more go by mail, as a list."""

LISTED = 500
"""The longest list: its mail is still read."""


@dataclass(frozen=True, slots=True)
class Left:
    """What was open, and to whom it passed; to nobody, and it stays where it was."""

    person: Person
    open: Belongings
    to: Person | None = None


def leave(tx: Transaction, person: Person, to: Person | None, *, who: str, now: datetime) -> Left:
    """The chat is closed to the person from this moment; what is open passes to `to`, where one is named.

    Raises:
        Refusal: `leave_to_themselves`.
    """
    if to and to.id == person.id:
        raise Refusal("leave_to_themselves")
    held = belongings.count(tx, person, now.date())
    if people.is_here(tx, person.id):
        people.leave(tx, person.id, now.date())
        audit.note(tx, now, person.email, "left", {})
    if to:
        _hand_on(tx, person, to, held, Hand(who, now, "command"))
    _release_absent(tx, person, now)
    return Left(person, held, to)


def tell_orphaned(tx: Transaction, left: int, now: datetime) -> None:
    """Somebody is no longer on the list: every administrator hears what stays open and how to pass it on; the
    absent whose deputy they were hear that too.
    """
    person = people.by_id(tx, left)
    if person is None:
        raise LookupError(f"no person {left}")
    held = belongings.count(tx, person, now.date())
    _release_absent(tx, person, now)
    if not held.total:
        return
    context: dict[str, Json] = {"name": person.name, "email": person.email, **asdict(held)}
    for admin in people.with_role(tx, Role.ADMIN):
        key = f"orphaned:{person.id}:{now.date().isoformat()}:{admin.id}"
        _push(tx, key, "orphaned", person, admin.id, context, now)


def _hand_on(tx: Transaction, person: Person, to: Person, held: Belongings, hand: Hand) -> None:
    lines = [_line(one) for one in belongings.listed(tx, person, LISTED)]
    belongings.pass_on(tx, person, to, hand)
    people.succeed(tx, person.id, to.id)
    audit.note(tx, hand.at, hand.who, "handed_on", {"from": person.email, "to": to.email, **asdict(held)})
    if not held.total:
        return
    named: list[Json] = [*lines[:IN_CHAT]]
    context: dict[str, Json] = {"name": person.name, **asdict(held), "items": named, "by_mail": False}
    key = f"handed_on:{person.id}:{to.id}:{hand.at.isoformat()}"
    if len(lines) > IN_CHAT:
        listed: list[Json] = [*lines]
        more = max(held.total - held.deputies - LISTED, 0)
        whole: dict[str, Json] = {"name": person.name, "items": listed, "more": more}
        _push(tx, f"{key}:list", "handed_on_list", person, to.id, whole, hand.at)
        context["by_mail"] = True
    _push(tx, key, "handed_on", person, to.id, context, hand.at)


def _release_absent(tx: Transaction, deputy: Person, now: datetime) -> None:
    """Each absent person who had named them hears once that nobody stands in."""
    for absent in belongings.release_absent(tx, deputy, now.date()):
        if people.is_here(tx, absent):
            key = f"deputy_left:{deputy.id}:{absent}"
            _push(tx, key, "deputy_left", deputy, absent, {"name": deputy.name}, now)


def _line(one: Belonging) -> str:
    day = f", {write_date(one.day)}" if one.day else ""
    detail = f": {one.detail}" if one.detail else ""
    return f"{one.company}{detail}{day}"


def _push(  # noqa: PLR0917 – a notice has no fewer parts
    tx: Transaction, key: str, screen: str, person: Person, to: int, context: dict[str, Json], now: datetime
) -> None:
    put_push(tx, Push(key, screen, About(Subject.PERSON, person.id), to, context), now=now)
