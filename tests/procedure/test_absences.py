"""Who hears in the place of the absent, by decision 15's own order, on a roster of five."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.absences import Absence, is_at_work, overlap, who_hears
from procedure.people import Person, Role

DAY = date(2026, 11, 18)
AV, DEPUTY, HEAD, RPS, OTHER = range(1, 6)
ROLES = {AV: Role.AV, DEPUTY: Role.AV, HEAD: Role.RS, RPS: Role.RPS, OTHER: Role.RS}
SITES = {AV: "Pistoia", DEPUTY: "Prato", HEAD: "Pistoia", RPS: None, OTHER: "Prato"}
PEOPLE = {who: Person(who, str(who), f"{who}@x.it", frozenset({ROLES[who]}), SITES[who]) for who in ROLES}


@dataclass
class Five:
    """A roster told in a line: who is away and with which deputy, who has left and to whom."""

    away: dict[int, int | None] = field(default_factory=dict)
    left: dict[int, int | None] = field(default_factory=dict)

    def person(self, which: int) -> Person | None:
        return PEOPLE.get(which)

    def is_here(self, which: int) -> bool:
        return which in PEOPLE and which not in self.left

    def absence(self, which: int) -> Absence | None:
        return Absence(which, which, DAY, DAY, self.away[which]) if which in self.away else None

    def successor(self, which: int) -> int | None:
        return self.left.get(which)

    def bearers(self, role: Role, site: str | None = None) -> Sequence[Person]:
        return [p for p in PEOPLE.values() if p.bears(role, site) and self.is_here(p.id)]


@pytest.mark.parametrize(
    ("roster", "hears"),
    [
        (Five(), AV),
        (Five(away={AV: DEPUTY}), DEPUTY),
        (Five(away={AV: None}), HEAD),
        (Five(away={AV: DEPUTY, DEPUTY: AV}), HEAD),
        (Five(away={AV: DEPUTY}, left={DEPUTY: None}), HEAD),
        (Five(away={AV: None, HEAD: None}), RPS),
        (Five(away={AV: None, HEAD: None, RPS: None}), None),
        (Five(left={AV: None}), HEAD),
        (Five(left={AV: DEPUTY}), DEPUTY),
        (Five(left={AV: DEPUTY}, away={DEPUTY: OTHER}), OTHER),
        (Five(left={AV: DEPUTY, DEPUTY: AV}), OTHER),  # in a circle: whoever closes it falls to their RS
        (Five(left={AV: AV}), HEAD),
    ],
)
def test_who_hears_what_was_meant_for_the_av(roster: Five, hears: int | None) -> None:
    found = who_hears(AV, roster)
    assert (found.id if found else None) == hears


def test_of_nobody_nobody_hears() -> None:
    assert who_hears(99, Five()) is None


ANYBODY = st.sampled_from([*PEOPLE, None])
ROSTERS = st.builds(
    Five,
    away=st.dictionaries(st.sampled_from([*PEOPLE]), ANYBODY),
    left=st.dictionaries(st.sampled_from([*PEOPLE]), ANYBODY),
)


@given(ROSTERS, st.sampled_from([*PEOPLE]))
def test_whatever_happens_who_hears_is_at_work(roster: Five, meant: int) -> None:
    found = who_hears(meant, roster)
    assert found is None or is_at_work(found.id, roster)


@given(ROSTERS, st.sampled_from([*PEOPLE]))
def test_as_long_as_rps_is_at_work_somebody_hears(roster: Five, meant: int) -> None:
    roster.away.pop(RPS, None)
    roster.left.pop(RPS, None)
    assert who_hears(meant, roster) is not None


def test_two_periods_overlap_where_they_share_a_day() -> None:
    first, second, third = (date(2026, 11, n) for n in (18, 19, 20))
    assert overlap((first, second), (second, third))
    assert overlap((first, third), (second, second))
    assert not overlap((first, first), (second, third))
