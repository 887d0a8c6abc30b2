"""What a list of companies would do to the register, before anything is written.

It asks of each row what the load asks (`actions.import_register`), and looks besides for what nobody may
want: twins by tax code, members that the list no longer has. Refuses to know the file, and to write.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actions.attributing import candidates
from actions.import_register import entry_of, wanted_of
from procedure.attribution import Proposal, Unassigned, attribute
from procedure.register_rows import RegisterRow
from procedure.visits import Code
from store import loading, people, proposals, register
from store.loading import CompanyEntry, Compared
from store.register import Twin
from store.register_changes import Wanted
from store.transaction import Transaction

WHOLE = 0.5
"""The share of the register from which a list is taken for a whole one, and who is not in it for gone."""

_AT_ONCE = 500  # rows looked up by one statement


@dataclass(frozen=True, slots=True)
class NewMember:
    """A neo associata that the list brings, and the days left of its thirty; below 0 they are over [r.82]."""

    row: RegisterRow
    left: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A company that the list gives to another person."""

    ref: str
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A change of servizi, sede or codice that would wait for a person (A19b)."""

    ref: str
    name: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Preview:
    """What a load would do.

    Attributes:
        twins: rows whose partita IVA or codice fiscale another company of the register has.
        gone: who is in the register and not in the list; None where the list is no whole one.
        proposed: how many companies each person would be proposed for, by name.
        nobody: companies that the rules would name nobody for.
    """

    compared: Compared
    new_members: tuple[NewMember, ...]
    moved: tuple[Moved, ...]
    asked: tuple[Asked, ...]
    twins: tuple[Twin, ...]
    gone: tuple[tuple[str, str], ...] | None
    proposed: tuple[tuple[str, int], ...]
    nobody: int


def preview_register(tx: Transaction, rows: Sequence[RegisterRow], *, today: date, term: int) -> Preview:
    """What loading these rows would do; `term` is of the first visit to a new member, in calendar days."""
    look = _Look(tx)
    compared = loading.compare(tx, look.entries(rows))
    new = frozenset(compared.new)
    brought = [row for row in rows if row.ref in new]
    proposed, nobody = look.proposed(brought)
    return Preview(
        compared=compared,
        new_members=tuple(_new_members(brought, today, term)),
        moved=tuple(look.moved),
        asked=tuple(look.asked),
        twins=tuple(_twins(tx, rows)),
        gone=_gone(tx, rows),
        proposed=proposed,
        nobody=nobody,
    )


class _Look:
    """The rows as they would enter, and what is found on the way."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._names = {person.id: person.name for person in people.active(tx)}
        self.moved: list[Moved] = []
        self.asked: list[Asked] = []

    def entries(self, rows: Sequence[RegisterRow]) -> Iterator[CompanyEntry]:
        for some in _chunks(rows):
            known = register.standing(self._tx, [row.ref for row in some])
            for row in some:
                stands = known.get(row.ref)
                if stands is not None:
                    self.asked += [Asked(row.ref, row.name, each) for each in wanted_of(row, stands)]
                    if row.assignee is not None and row.assignee != stands.assignee:
                        old, new = self._names.get(stands.assignee or 0, ""), self._names[row.assignee]
                        self.moved.append(Moved(row.ref, row.name, old, new))
                yield entry_of(row, stands)

    def proposed(self, brought: Sequence[RegisterRow]) -> tuple[tuple[tuple[str, int], ...], int]:
        """Whom the rules would propose for what the list brings and for what waits already."""
        waiting = [
            Unassigned(-number, row.code, row.has_services, row.site, row.trade)
            for number, row in enumerate(brought, 1)
            if row.assignee is None and not row.ceased
        ]
        known = proposals.unassigned(self._tx)
        outcomes = list(attribute([*known, *waiting], candidates(self._tx), proposals.held(self._tx)))
        made = Counter(self._names[one.person] for one in outcomes if isinstance(one, Proposal))
        return tuple(sorted(made.items())), len(outcomes) - sum(made.values())


def _new_members(brought: Sequence[RegisterRow], today: date, term: int) -> Iterator[NewMember]:
    for row in brought:
        if row.code is Code.NEW_MEMBER and row.joined_on and not row.ceased:
            yield NewMember(row, (row.joined_on + timedelta(days=term) - today).days)


def _twins(tx: Transaction, rows: Sequence[RegisterRow]) -> Iterator[Twin]:
    for some in _chunks(rows):
        yield from register.twins(tx, {row.ref: row.fields for row in some})


def _gone(tx: Transaction, rows: Sequence[RegisterRow]) -> tuple[tuple[str, str], ...] | None:
    there = register.active_names(tx)
    listed = {row.ref for row in rows}
    if len(listed & there.keys()) < len(there) * WHOLE:
        return None
    return tuple((ref, name) for ref, name in sorted(there.items()) if ref not in listed)


def _chunks(rows: Sequence[RegisterRow]) -> Iterator[Sequence[RegisterRow]]:
    yield from (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
