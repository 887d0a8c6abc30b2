"""Who is to visit which company: the four rules of [r.75-86], and the fairness that A12 to A14 ask of them.

A company falls into a bucket; a bucket has one side or two, a side has its people. The side with the fewest
companies of the bucket is next, and of its people the one with the fewest: so inside a bucket nobody is ever
more than one ahead. What has been attributed since the campaign began counts (A12), whoever attributed it.
Refuses to know what becomes of a proposal, and the words that explain it (`procedure.why`).
"""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, TypeAlias

from procedure.people import Role
from procedure.visits import Code


class Rule(enum.StrEnum):
    """The four rules of section 4."""

    AT1 = "AT1"  # code 0 without services: the RS of the sede [r.77]
    AT2 = "AT2"  # code 0 with services: half EM, half EA [r.78]
    AT3 = "AT3"  # code 1 without services: half CS, half RS [r.79]
    AT4 = "AT4"  # code 1 with services: the EM [r.80]


SIDES: Final[Mapping[Rule, tuple[Role, ...]]] = MappingProxyType(
    {
        Rule.AT1: (Role.RS,),
        Rule.AT2: (Role.EM, Role.EA),
        Rule.AT3: (Role.RS, Role.CS),
        Rule.AT4: (Role.EM,),
    }
)
"""Who shares the companies of a rule. The first takes the odd one: local knowledge first (A13)."""


@dataclass(frozen=True, slots=True)
class Remit:
    """What an EM (`trades`) and an EA (`sites`) answer for, and the società whose coordinator a CS is."""

    trades: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    firm: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be given companies."""

    person: int
    name: str
    roles: frozenset[Role]
    site: str | None = None
    remit: Remit = field(default=Remit())

    @property
    def sites(self) -> frozenset[str]:
        """The sedi of an EA; where none is named, their own."""
        return self.remit.sites or frozenset({self.site} if self.site else ())

    def stands(self, side: Role, bucket: "Bucket") -> bool:
        """True where the person may take a company of the bucket, on this side of it."""
        if side not in self.roles:
            return False
        match side:
            case Role.RS:
                return self.site == bucket.site
            case Role.EA:
                return bucket.site in self.sites
            case Role.EM:
                return bucket.trade in {folded(trade) for trade in self.remit.trades}
            case _:
                return side is Role.CS

    @property
    def in_order(self) -> tuple[str, str, int]:
        """Alphabetical: of the CS by their società (A14), then by name."""
        return (self.remit.firm.casefold(), self.name.casefold(), self.person)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Companies that are shared out together: of a sede (AT1, AT3), of a mestiere (AT4), or of both (AT2)."""

    rule: Rule
    site: str = ""
    trade: str = ""  # as `folded` writes it


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A company that nobody is to visit yet."""

    company: int
    code: Code
    has_services: bool
    site: str
    trade: str

    @property
    def bucket(self) -> Bucket:
        """Where it is shared out."""
        return bucket_of(self.code, self.site, self.trade, has_services=self.has_services)


@dataclass(frozen=True, slots=True)
class Held:
    """How many companies of a bucket a person was given so far, on which side; None: nobody wrote it down."""

    bucket: Bucket
    person: int
    side: Role | None
    count: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a company goes to a person: all that was weighed, before it was given.

    `sides` has what each side held of the bucket; `peers` what each of the people of the side held, where
    there are several; `vacant` the sides that nobody stands on.
    """

    rule: Rule
    side: Role
    site: str
    trade: str
    sides: tuple[tuple[Role, int], ...]
    peers: tuple[tuple[str, int], ...] = ()
    vacant: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A company and the person whom the rules name for it."""

    company: int
    person: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Unattributable:
    """A company for which the rules name nobody: the sides that are vacant, for want of whom."""

    company: int
    rule: Rule
    site: str
    trade: str


Outcome: TypeAlias = Proposal | Unattributable


def rule_of(code: Code, *, has_services: bool) -> Rule:
    """The rule that a company falls under [r.77-80]."""
    if code is Code.NEW_MEMBER:
        return Rule.AT4 if has_services else Rule.AT3
    return Rule.AT2 if has_services else Rule.AT1


def bucket_of(code: Code, site: str, trade: str, *, has_services: bool) -> Bucket:
    """The bucket that a company falls into (A12)."""
    rule = rule_of(code, has_services=has_services)
    return Bucket(
        rule,
        site if rule is not Rule.AT4 else "",
        folded(trade) if rule in {Rule.AT2, Rule.AT4} else "",
    )


def folded(trade: str) -> str:
    """A mestiere as it is compared: the list and the campaign file may write it in different cases."""
    return " ".join(trade.casefold().split())


def side_of(bucket: Bucket, candidate: Candidate) -> Role | None:
    """The side on which a company counts that the person was given without us; None: on neither.

    What an addetto of the sede has, the RS has handed out [r.86].
    """
    sides = SIDES[bucket.rule]
    if Role.RS in sides and Role.AV in candidate.roles and candidate.site == bucket.site:
        return Role.RS
    return next((side for side in sides if candidate.stands(side, bucket)), None)


def attribute(
    companies: Iterable[Unassigned], candidates: Sequence[Candidate], held: Iterable[Held] = ()
) -> Iterator[Outcome]:
    """What the rules say of each company, in their order; each counts for those that follow.

    Args:
        companies: those without an assignee; one that has been attributed is not touched (A12).
        candidates: everyone who makes visits and is here.
        held: what was attributed so far, in all buckets.
    """
    scales = _Scales(candidates, held)
    return (scales.weigh(company) for company in companies)


def arrived_expired(on_time_until: date, arrived_on: date) -> bool:
    """True where a new member's term had passed before the list brought it: nobody's delay (A18)."""
    return arrived_on > on_time_until


class _Scales:
    """The counts of all buckets, and who stands on each side of them."""

    def __init__(self, candidates: Sequence[Candidate], held: Iterable[Held]) -> None:
        self._candidates = sorted(candidates, key=lambda one: one.in_order)
        self._standing: dict[tuple[Bucket, Role], list[Candidate]] = {}
        self._of_side: Counter[tuple[Bucket, Role]] = Counter()
        self._of_person: Counter[tuple[Bucket, Role, int]] = Counter()
        self._in_all: Counter[int] = Counter()
        known = {one.person: one for one in candidates}
        for each in held:
            self._take(each, known.get(each.person))

    def weigh(self, company: Unassigned) -> Outcome:
        """Whose turn it is in the company's bucket; the company counts as theirs from here on."""
        bucket = company.bucket
        staffed = [side for side in SIDES[bucket.rule] if self._people(bucket, side)]
        if not staffed:
            return Unattributable(company.company, bucket.rule, company.site, company.trade)
        side = min(staffed, key=lambda one: self._of_side[bucket, one])  # of equals the first (A13)
        person = min(self._people(bucket, side), key=lambda one: self._weight(bucket, side, one))
        reason = self._reason(company, side, staffed)
        self._count(bucket, side, person.person, 1)
        return Proposal(company.company, person.person, reason)

    def _take(self, held: Held, candidate: Candidate | None) -> None:
        side = held.side or (side_of(held.bucket, candidate) if candidate else None)
        if side is None:
            self._in_all[held.person] += held.count
        else:
            self._count(held.bucket, side, held.person, held.count)

    def _count(self, bucket: Bucket, side: Role, person: int, how_many: int) -> None:
        self._of_side[bucket, side] += how_many
        self._of_person[bucket, side, person] += how_many
        self._in_all[person] += how_many

    def _weight(self, bucket: Bucket, side: Role, one: Candidate) -> tuple[int, int]:
        """Fewest of the bucket first; of equals, fewest in all (A14); then the alphabet, as they stand."""
        return self._of_person[bucket, side, one.person], self._in_all[one.person]

    def _people(self, bucket: Bucket, side: Role) -> list[Candidate]:
        found = self._standing.get((bucket, side))
        if found is None:
            found = [one for one in self._candidates if one.stands(side, bucket)]
            self._standing[bucket, side] = found
        return found

    def _reason(self, company: Unassigned, side: Role, staffed: Sequence[Role]) -> Reason:
        bucket = company.bucket
        peers = [(one.name, self._of_person[bucket, side, one.person]) for one in self._people(bucket, side)]
        return Reason(
            rule=bucket.rule,
            side=side,
            site=company.site,
            trade=company.trade,
            sides=tuple((one, self._of_side[bucket, one]) for one in staffed),
            peers=tuple(peers) if len(peers) > 1 else (),
            vacant=tuple(one for one in SIDES[bucket.rule] if one not in staffed),
        )
