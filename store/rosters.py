"""The people of the house on one day: asked for one by one, read whole, or those prepared who are asked of.

All are `procedure.absences.Roster`. Refuses to judge who stands in for whom.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from procedure.absences import Absence, Roster
from procedure.hours import DEFAULT, Preferences
from procedure.people import Person, Role
from store import absences, people, preferences
from store.transaction import Transaction


class Reached(Roster, Protocol):
    """A roster that also knows addresses, and what each has set."""

    def at(self, email: str) -> Person | None:
        """Whose address this is, also when they have left."""

    def preferences(self, which: int) -> Preferences:
        """What the person has set, or the defaults."""


class AskedRoster:
    """A look into the store for each question: for one notice."""

    def __init__(self, tx: Transaction, day: date) -> None:
        self._tx = tx
        self._day = day

    def person(self, which: int) -> Person | None:
        """The person of this id, also when they have left."""
        return people.by_id(self._tx, which)

    def is_here(self, which: int) -> bool:
        """True for who has not left."""
        return people.is_here(self._tx, which)

    def absence(self, which: int) -> Absence | None:
        """The absence that covers the day."""
        return absences.on(self._tx, which, self._day)

    def successor(self, which: int) -> int | None:
        """Who was given all that was theirs, if they have left."""
        return people.successor(self._tx, which)

    def bearers(self, role: Role, site: str | None = None) -> Sequence[Person]:
        """Those who bear the role and have not left, by name."""
        return people.with_role(self._tx, role, site)

    def at(self, email: str) -> Person | None:
        """Whose address this is, also when they have left."""
        return people.by_email(self._tx, email) or people.gone(self._tx, email)

    def preferences(self, which: int) -> Preferences:
        """What the person has set, or the defaults."""
        return preferences.get(self._tx, which)


class WholeRoster:
    """Four queries, and none after them: for a morning's plan."""

    def __init__(self, tx: Transaction, day: date) -> None:
        everyone = people.everyone(tx)
        self._people = {person.id: person for person, _ in everyone}
        self._here = {person.id for person, here in everyone if here}
        self._by_email = {person.email: person for person, _ in everyone}
        self._away = {absence.person: absence for absence in absences.between(tx, day, day)}
        self._preferences = preferences.everybody(tx)
        self._successors = people.successors(tx)
        self._bearers: dict[tuple[Role, str | None], tuple[Person, ...]] = {}

    def person(self, which: int) -> Person | None:
        """The person of this id, also when they have left."""
        return self._people.get(which)

    def is_here(self, which: int) -> bool:
        """True for who has not left."""
        return which in self._here

    def absence(self, which: int) -> Absence | None:
        """The absence that covers the day."""
        return self._away.get(which)

    def successor(self, which: int) -> int | None:
        """Who was given all that was theirs, if they have left."""
        return self._successors.get(which)

    def bearers(self, role: Role, site: str | None = None) -> Sequence[Person]:
        """Those who bear the role and have not left, by name; looked for once."""
        found = self._bearers.get((role, site))
        if found is None:
            found = tuple(p for p in self._people.values() if p.id in self._here and p.bears(role, site))
            self._bearers[role, site] = found
        return found

    def at(self, email: str) -> Person | None:
        """Whose address this is, also when they have left."""
        return self._by_email.get(people.normal(email))

    def preferences(self, which: int) -> Preferences:
        """What the person has set, or the defaults."""
        return self._preferences.get(which, DEFAULT)


class PreparedRoster(AskedRoster):
    """For a morning of thousands: what is asked of those whom others stand in for is read at once, for all of
    them and their deputies; whatever else is asked is looked for in the store, and of a role once.
    """

    def __init__(self, tx: Transaction, day: date, which: Collection[int]) -> None:
        super().__init__(tx, day)
        self._away = {absence.person: absence for absence in absences.between(tx, day, day)}
        deputies = {self._away[one].deputy for one in which if one in self._away} - {None}
        read = people.some(tx, {*which, *(one for one in deputies if one is not None)})
        self._people = {person.id: person for person, _ in read}
        self._here = {person.id: here for person, here in read}
        self._preferences = preferences.some(tx, self._people)
        self._bearers: dict[tuple[Role, str | None], Sequence[Person]] = {}

    def person(self, which: int) -> Person | None:
        """The person of this id, also when they have left."""
        return self._people.get(which) or super().person(which)

    def is_here(self, which: int) -> bool:
        """True for who has not left."""
        here = self._here.get(which)
        return super().is_here(which) if here is None else here

    def absence(self, which: int) -> Absence | None:
        """The absence that covers the day."""
        return self._away.get(which)

    def bearers(self, role: Role, site: str | None = None) -> Sequence[Person]:
        """Those who bear the role and have not left, by name."""
        found = self._bearers.get((role, site))
        if found is None:
            found = self._bearers[role, site] = super().bearers(role, site)
            self._here |= {person.id: True for person in found}
        return found

    def preferences(self, which: int) -> Preferences:
        """What the person has set, or the defaults."""
        if which in self._people:
            return self._preferences.get(which, DEFAULT)
        return super().preferences(which)
