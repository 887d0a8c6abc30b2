"""Every open deadline at one look, and many reckoned anew in a few statements: for hundreds of thousands.

Deadlines of the same dates are one *group*; what is the same for all of it is reckoned once. Refuses to
reckon, and to judge what moves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from sqlalchemy import bindparam, select

from procedure.deadlines import DeadlineKind, Due
from store.tables import companies, deadlines
from store.transaction import Transaction


class Group(NamedTuple):
    """Open deadlines of the same dates at the same sede. The dates are those of `procedure.deadlines.Due`."""

    kind: DeadlineKind
    site: str
    starts_on: date
    due_on: date
    last_useful: date
    on_time_until: date
    explanation: str
    remind_on: date | None
    is_put_off: bool


class OpenTerm(NamedTuple):
    """One deadline of a group, and whose it is."""

    id: int
    group: Group
    company: str
    owner: int | None
    owner_email: str


class Reckoned(NamedTuple):
    """What a group is from now on, and when it is next spoken of."""

    due: Due
    remind_on: date | None


_GROUPED = (
    deadlines.c.kind,
    companies.c.site,
    deadlines.c.starts_on,
    deadlines.c.due_on,
    deadlines.c.last_useful,
    deadlines.c.on_time_until,
    deadlines.c.explanation,
    deadlines.c.remind_on,
    deadlines.c.postponed_why != "",
)
_OPEN = deadlines.c.closed_on.is_(None)
_GROUPS = select(*_GROUPED).select_from(deadlines.join(companies)).where(_OPEN).distinct()
_EACH = (
    select(deadlines.c.id, companies.c.name, deadlines.c.owner_id, deadlines.c.owner_email, *_GROUPED)
    .select_from(deadlines.join(companies))
    .where(_OPEN)
)
_WRITE = (
    deadlines.update()
    .where(deadlines.c.id.in_(bindparam("deadlines", expanding=True)))
    .values(
        due_on=bindparam("due"),
        last_useful=bindparam("useful"),
        on_time_until=bindparam("until"),
        explanation=bindparam("why"),
        remind_on=bindparam("remind"),
    )
)
_AT_ONCE = 500  # deadlines written by one statement
_KINDS = {kind.value: kind for kind in DeadlineKind}


def groups(tx: Transaction) -> list[Group]:
    """Every group that there is."""
    return [Group(_KINDS[row[0]], *row[1:]) for row in tx.all(_GROUPS)]


def of_groups(tx: Transaction, wanted: Mapping[Group, object]) -> Iterator[OpenTerm]:
    """The deadlines of these groups, read as one goes."""
    same = {group: group for group in wanted}
    for key, company, owner, address, kind, *rest in tx.execute(_EACH):
        group = same.get(Group(_KINDS[kind], *rest))
        if group is not None:
            yield OpenTerm(key, group, company, owner, address)


def write(tx: Transaction, reckoned: Reckoned, which: Sequence[int]) -> None:
    """These deadlines are so from now on."""
    values = {
        "due": reckoned.due.due_on,
        "useful": reckoned.due.last_useful,
        "until": reckoned.due.on_time_until,
        "why": reckoned.due.explanation,
        "remind": reckoned.remind_on,
    }
    for some in _batches(which):
        tx.execute(_WRITE, {**values, "deadlines": some})


def _batches(which: Iterable[int]) -> Iterator[list[int]]:
    left = iter(which)
    while some := list(islice(left, _AT_ONCE)):
        yield some
