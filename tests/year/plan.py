"""What the invented people mean to do, and when: visits, what becomes of quotes, papers, answers by mail.

Each thing has dice of its own, thrown from the seed and its own name, so that nothing that the service does
changes what anybody means to do.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from emulator.clock import ROME
from tests.year.cast import Cast, Company, mailbox
from tests.year.history import Quote, Visit, VisitTold

SLOTS = (time(9), time(12), time(17), time(18, 30))
EVENING = time(20)
NEVER = 0.06  # of the duties that nobody ever does


@dataclass(frozen=True)
class Fix:
    """An AV fixes an appointment."""

    company: Company
    starts: datetime


@dataclass(frozen=True)
class GiveUp:
    """An AV tells that it will not be, or was not."""

    company: Company


@dataclass(frozen=True)
class MakeVisit:
    """An AV tells a visit."""

    told: VisitTold


@dataclass(frozen=True)
class TellQuote:
    """Something is told of a quote: by its owner's chat, by mail from `mail`, or in another's chat (`by`)."""

    quote: int
    event: str
    by: str
    mail: str | None = None
    in_days: int = 0  # of a postponement; of a date put right, how many earlier


@dataclass(frozen=True)
class HandOver:
    """Papers go to their office; `mail` where the office answers that they came."""

    visit: int
    kind: str
    mail: str | None = None


@dataclass(frozen=True)
class CloseCorrections:
    """RA answers that the registry is updated."""

    visit: int


@dataclass(frozen=True)
class GoAway:
    """Somebody says that they will be absent; `deputy` by name, if the dialogue offers them."""

    person: str
    first: date
    last: date
    deputy: str | None


@dataclass(frozen=True)
class Prefer:
    """Somebody sets when or how they want to be written to."""

    person: str
    what: str


Intent = Prefer | Fix | GiveUp | GoAway | MakeVisit | TellQuote | HandOver | CloseCorrections


class Plan:
    """The agenda of everybody: day and hour → what they mean to do then."""

    def __init__(self, cast: Cast, seed: int, start: date, days: int) -> None:
        self._cast = cast
        self._seed = seed
        self._agenda: dict[date, list[tuple[time, Intent]]] = defaultdict(list)
        self.first, self.last = start, start + timedelta(days=days - 1)
        for company in cast.companies:
            self._visits(company, days)
            self._never_held(company, days)
        for person in cast.people:
            if person.telegram:
                self._absences(person.email, days)
                self._preferences(person.email, days)

    def until(self, day: date, hour: time) -> list[Intent]:
        """What is meant for the day up to this hour, in order; each is given once."""
        due = [one for one in self._agenda[day] if one[0] <= hour]
        self._agenda[day] = [one for one in self._agenda[day] if one[0] > hour]
        return [intent for _, intent in sorted(due, key=lambda one: one[0])]

    def tomorrow(self, intent: Intent, now: datetime) -> None:
        """It could not be done yet."""
        self._put(intent, now.date() + timedelta(days=1), now.time())

    def _put(self, intent: Intent, day: date, hour: time) -> None:
        self._agenda[day].append((hour, intent))

    def _dice(self, *names: object) -> Random:
        return Random(" ".join(map(str, (self._seed, *names))))

    # ---- visits ----------------------------------------------------------------------------------

    def _visits(self, company: Company, days: int) -> None:
        dice = self._dice("visits", company.ref)
        day = company.loaded_on + timedelta(days=int(dice.triangular(0, days * 0.85, days / 10)))
        for number in range(dice.choice((1, 1, 1, 2))):
            self._visit(company, number, day, dice)
            day += timedelta(days=dice.randint(120, 200))

    def _visit(self, company: Company, number: int, day: date, dice: Random) -> None:
        if dice.random() < NEVER:
            return
        ago = dice.choice((0, 0, 0, 0, 0, 1, 1, 1, 2, 4, 9, 20))
        if company.joined_on and day - timedelta(days=ago) < company.joined_on:
            ago = 0
        integrated = [one.code for one in self._cast.products if one.integrated]
        catalogue = [one.code for one in self._cast.products if not one.integrated]
        products = [
            *dice.sample(integrated, dice.choice((0, 0, 1, 1, 2))),
            *dice.sample(catalogue, dice.choice((0, 0, 0, 1, 1, 2))),
        ]
        offered = [one.code for one in self._cast.products]
        told = VisitTold(
            company=company,
            av=company.owner,
            visited_on=day - timedelta(days=ago),
            credit=dice.choice(("none", "none", "managed", "collected", "agreed", "partly", "not collected")),
            mode=dice.choice(("company", "phone", "office")),
            corrections=tuple(dice.sample(("PEC", "Email"), dice.choice((0, 0, 1, 2)))),
            forms=None if company.is_new else "in order" if number else dice.choice(("all", "all", "none")),
            products=() if number and dice.random() < 0.7 else tuple(sorted(products, key=offered.index)),
            complaint=dice.random() < 0.08,
        )
        self._put(MakeVisit(told), day, self._before(told, day, dice))

    # ---- appointments ----------------------------------------------------------------------------

    def _before(self, told: VisitTold, day: date, dice: Random) -> time:
        """Some visits had an appointment; the hour at which they are told then leaves it its own."""
        if dice.random() >= 0.35:
            return dice.choice((*SLOTS, *SLOTS, EVENING))
        starts = datetime.combine(told.visited_on, dice.choice((time(10), time(15))), tzinfo=ROME)
        fixed = told.visited_on - timedelta(days=dice.choice((0, 1, 1, 2, 4, 7)))
        fixed = max(fixed, told.company.loaded_on)
        self._put(Fix(told.company, starts), fixed, time(9))
        return dice.choice((time(17), time(18, 30), EVENING))

    def _never_held(self, company: Company, days: int) -> None:
        """An appointment of which nothing comes: given up before or after, or never told of."""
        dice = self._dice("appointment", company.ref)
        if dice.random() >= 0.15 or company.is_new:
            return
        day = self.first + timedelta(days=dice.randint(0, max(1, days - 12)))
        held = day + timedelta(days=dice.choice((1, 2, 5)))
        starts = datetime.combine(held, dice.choice((time(10), time(15), time(18))), tzinfo=ROME)
        self._put(Fix(company, starts), day, dice.choice(SLOTS))
        if dice.random() < 0.8:
            after = held + timedelta(days=dice.choice((-1, 0, 1, 2, 3, 6)))
            self._put(GiveUp(company), after, dice.choice((time(17), EVENING)))

    # ---- absences --------------------------------------------------------------------------------

    def _absences(self, person: str, days: int) -> None:
        dice = self._dice("absences", person)
        day = self.first + timedelta(days=dice.randint(5, 120))
        others = [one.email for one in self._cast.people if one.email != person]
        while day < self.last - timedelta(days=8):
            first = day + timedelta(days=dice.choice((0, 1, 3, 7)))
            last = first + timedelta(days=dice.choice((0, 1, 4, 6, 13)))
            deputy = dice.choice(others) if dice.random() < 0.7 else None
            self._put(GoAway(person, first, last, deputy), day, dice.choice(SLOTS))
            day = last + timedelta(days=dice.randint(20, 120))

    def _preferences(self, person: str, days: int) -> None:
        dice = self._dice("preferences", person)
        for what in ("opens 9", "by mail"):
            if dice.random() < 0.2:
                day = self.first + timedelta(days=dice.randint(1, max(2, days // 2)))
                self._put(Prefer(person, what), day, dice.choice(SLOTS))

    # ---- what follows a visit --------------------------------------------------------------------

    def follow(self, visit: Visit, quotes: list[Quote], today: date) -> None:
        """A visit was told: what its people will do about it."""
        dice = self._dice("papers", visit.number)
        for kind in sorted(visit.open_papers):
            if dice.random() >= NEVER:
                by_mail = (
                    mailbox("RPA" if kind == "D7" else "ESSERE_IMPRESA") if dice.random() < 0.3 else None
                )
                day = today + timedelta(days=dice.choice((0, 0, 1, 1, 1, 2, 4, 7, 15)))
                self._put(HandOver(visit.number, kind, by_mail), day, dice.choice(SLOTS))
        if visit.registry_open and dice.random() < 0.8:
            day = today + timedelta(days=dice.randint(0, 9))
            self._put(CloseCorrections(visit.number), day, dice.choice(SLOTS))
        for quote in quotes:
            self._course(quote, today)

    def _course(self, quote: Quote, today: date) -> None:
        """What will be told of a quote, from its drafting to its end."""
        dice = self._dice("quote", quote.visit, quote.owner)
        day = today
        for event, days in _course(dice):
            day += timedelta(days=days)
            hour = dice.choice((*SLOTS, *SLOTS, EVENING))
            intent = self._telling(quote, event, dice)
            if intent and today <= day <= self.last:
                self._put(intent, day, hour)

    def _telling(self, quote: Quote, event: str, dice: Random) -> TellQuote | None:
        """By whom: the owner in chat, who got the request by mail, or who may stand in for the owner."""
        owner = self._cast.person(quote.owner)
        likely = 0.7 if owner.telegram is None else 0.25 if event in {"drafted", "delivered"} else 0.05
        by_letter = event not in {"postponed", "redated"} and "AM" in owner.roles and dice.random() < likely
        by_letter |= event in {"drafted", "delivered"} and dice.random() < 0.2
        if by_letter:
            return TellQuote(quote.number, event, quote.owner, self._addressee(quote))
        in_days = {"postponed": dice.choice((1, 3, 7)), "redated": dice.choice((1, 2, 5))}.get(event, 0)
        if owner.telegram is not None:
            return TellQuote(quote.number, event, quote.owner, in_days=in_days)
        others = self._cast.bearers("RS", quote.company.site)
        return TellQuote(quote.number, event, others[0].email, in_days=in_days) if others else None

    def _addressee(self, quote: Quote) -> str:
        """Whose mail is answered: the AM's E7, or the E9 of the first product's reference person."""
        first = next(one for one in self._cast.products if one.code == quote.products[0])
        return first.contact


def _course(dice: Random) -> Iterator[tuple[str, int]]:
    """Events, each with the days since the one before."""
    if dice.random() < NEVER:
        return
    yield from _maybe(dice, 0.15, "postponed", range(7))
    yield from _maybe(dice, 0.75, "drafted", (0, 1, 2, 3, 4, 5, 5, 6, 7, 9, 12))
    yield from _maybe(dice, 0.5, "contacted", (0, 1, 1, 2, 2, 3, 5))
    if dice.random() < NEVER:
        return
    yield "delivered", dice.choice((0, 1, 2, 3, 5, 8, 14))
    yield from _maybe(dice, 0.15, "redated", (0, 1, 3, 6))
    yield from _maybe(dice, 0.5, "thinking", (0, 1, 2, 4))
    yield from _maybe(dice, 0.15, "postponed", range(11))
    yield from _maybe(dice, 0.6, "followed_up", (2, 4, 6, 8, 9, 10, 13))
    if dice.random() >= 2 * NEVER:
        yield dice.choice(("accepted", "refused")), dice.choice((0, 1, 4, 10, 18, 25, 30, 45))


def _maybe(dice: Random, likely: float, event: str, days: Sequence[int]) -> Iterator[tuple[str, int]]:
    if dice.random() < likely:
        yield event, dice.choice(days)
