"""What the history asks for: which deadlines are open, and what should leave at each moment, to whom.

Recomputed from what was told alone, by procedure.md (sections 8 to 10) and docs/decisions/0015. It never
looks into the service.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime

from tests.year.cast import AT, Cast, Company, Person, mailbox
from tests.year.digests import Digests
from tests.year.duties import Duty, a_duty, next_day
from tests.year.hearers import Hearers
from tests.year.history import (
    CorrectionsDone,
    Fixed,
    GivenUp,
    HandedOver,
    Notice,
    Prefers,
    Quote,
    QuoteTold,
    Told,
    Visit,
    VisitTold,
    WentAway,
)
from tests.year.meetings import Meeting, Meetings
from tests.year.workdays import DAY

OFFICE_FORMS, RID = "D6", "D7"


class Truth:
    """The checker's own books."""

    def __init__(self, cast: Cast, began: date) -> None:
        self.cast = cast
        self.visits: list[Visit] = []
        self.quotes: list[Quote] = []
        self.duties: list[Duty] = []
        self._began = began - DAY
        self._loads: list[date] = []
        self._month_told: dict[str, date] = {}
        self.hearers = Hearers(cast)
        self.meetings = Meetings(cast, self.hearers)
        self._digests = Digests(cast, self.hearers)
        self._waiting: list[tuple[str, str, str, datetime]] = []  # whose, what, about whom, from when

    # ---- the calendar's side ---------------------------------------------------------------------

    def load(self, companies: Iterable[Company], now: datetime) -> Counter[Notice]:
        """A list came in: D1 runs for the new members on it [r.73, r.82], and whose they are is told (M1)."""
        self._loads.append(now.date())
        expected: Counter[Notice] = Counter()
        for one in companies:
            if one.joined_on:
                self._open("D1", one, one.owner, one.joined_on, now.date())
                expected += self._in_hours(one.owner, "given", one.ref, now)
        return expected

    def due_now(self, now: datetime) -> Counter[Notice]:
        """What should leave because it is this moment, with the service running."""
        expected = self._released(now) + self.meetings.due_now(now)
        self._owe_reports(now)
        back = self.hearers.come_back(now)
        items: dict[str, list[tuple[Duty, str]]] = {}
        for duty in self.duties:
            hears, place = self.hearers.of(duty.owner, now.date())
            if self._is_owed(duty, hears, now, is_back=duty.owner in back):
                items.setdefault(hears, []).append((duty, place))
        for hears, duties in items.items():
            expected += self._morning(hears, duties, now.date())
        return expected + self._monthly(now) + self._digests.due_now(self.duties, now)

    def _owe_reports(self, now: datetime) -> None:
        """D8 runs for each visit that seems made; on the next morning the appointment's own message asks."""
        for one in self.meetings.newly_over(now):
            duty = self._open("D8", one.company, one.person, one.starts.date(), now.date())
            duty.heard = self.hearers.days(one.person).after(one.starts.date(), 1)

    def _monthly(self, now: datetime) -> Counter[Notice]:
        """On the first working day of the month: to each RS the paper copies that miss at the site (M17), to
        Ufficio Sviluppo the question for new members, where no list came since the month before (D15).
        """
        expected: Counter[Notice] = Counter()
        for person in self.cast.people:
            if not self._begins_a_month(person, now):
                continue
            if "RS" in person.roles and self._missing_copies(person.site, now.date()):
                expected += self._in_hours(person.email, "copies", "", now)
            last_month = (now.date().replace(day=1) - DAY).replace(day=1)
            if "SVILUPPO" in person.roles and not any(day >= last_month for day in self._loads):
                expected += self._in_hours(person.email, "new members", "", now)
        return expected

    def _begins_a_month(self, person: Person, now: datetime) -> bool:
        """Once a month, on the first working day or when the service is back after it."""
        first = self.cast.days(person.site).on_or_after(now.date().replace(day=1))
        hears, _ = self.hearers.of(person.email, now.date())
        if not self._began < first <= now.date() or not self.hearers.may_write(hears, now):
            return False
        is_new = self._month_told.get(person.email) != first
        self._month_told[person.email] = first
        return is_new

    def _missing_copies(self, site: str | None, today: date) -> list[Quote]:
        """Delivered more than five working days ago, and the copy not in the archive."""
        days = self.cast.days(site)
        return [
            one
            for one in self.quotes
            if one.company.site == site and one.delivered and days.between(one.delivered, today) > 5
        ]

    def _is_owed(self, duty: Duty, hears: str, now: datetime, *, is_back: bool) -> bool:
        today, days = now.date(), self.cast.days(duty.company.site)
        if not self.hearers.may_write(hears, now):
            return False
        truth = is_back and duty.opened < today and duty.level(today, days) in {"late", "today"}
        return truth or (duty.heard < today and next_day(duty, days) <= today)

    def _morning(self, hears: str, duties: list[tuple[Duty, str]], today: date) -> Counter[Notice]:
        """One message, and each sollecito on its last useful day by itself; where there is no Telegram, one
        mail with everything.
        """
        wire = self.hearers.wire(hears)
        expected: Counter[Notice] = Counter()
        for duty, place in duties:
            duty.heard, duty.put_off = today, None
            level = duty.level(today, self.cast.days(duty.company.site))
            if wire == "chat" and duty.kind == "D13" and level == "today":
                kind = "sollecito"
            else:
                kind = f"{duty.kind} {level if not place else 'late' if level == 'late' else 'due'}"
            expected[Notice(hears, wire, kind, duty.company.ref, place)] += 1
        if any(notice.kind != "sollecito" for notice in expected):
            expected[Notice(hears, wire, "morning")] += 1
        return expected

    def _released(self, now: datetime) -> Counter[Notice]:
        """What waited for its receiver's hours."""
        waiting, self._waiting = self._waiting, []
        self._waiting = [one for one in waiting if one[3] > now]
        return sum((self._in_hours(*one[:3], now) for one in waiting if one[3] <= now), Counter())

    # ---- what is told ----------------------------------------------------------------------------

    def hears(self, told: Told, now: datetime) -> Counter[Notice]:
        """Write it down; what should leave at once."""
        match told:
            case WentAway():
                self.hearers.goes_away(told)
                return Counter()
            case Prefers():
                self.hearers.prefers(told)
                return Counter()
            case Fixed():
                self.meetings.fix(Meeting(told.company, told.av, told.starts, now))
                return Counter([Notice(told.av, "mail", "N10", told.company.ref)])
            case GivenUp():
                return self._given_up(told, now)
            case VisitTold():
                return Counter(self._visit(told, now.date()))
            case QuoteTold():
                return self._quote(told, now)
            case HandedOver():
                return self._handed_over(told, now)
            case CorrectionsDone():
                self.visits[told.visit].registry_open = False
                return self._reply(self.visits[told.visit], told.mail, now)

    def _given_up(self, told: GivenUp, now: datetime) -> Counter[Notice]:
        """The calendar is told of one that was still to come."""
        meeting = self.meetings.of(told.company)
        self.meetings.settle(told.company)
        self._close(lambda duty: duty.kind == "D8" and duty.company == told.company)
        cancelled = meeting is not None and now < meeting.starts
        return Counter([Notice(told.av, "mail", "N10", told.company.ref)] if cancelled else [])

    def _visit(self, told: VisitTold, today: date) -> Iterable[Notice]:
        visit = Visit(len(self.visits), told, today)
        self.visits.append(visit)
        self.meetings.settle(told.company, until=today)
        self._close(lambda duty: duty.kind in {"D1", "D8"} and duty.company == told.company)
        ref = told.company.ref
        if told.credit in {"partly", "not collected"}:
            yield Notice(mailbox("RPA"), "mail", "E1", ref)
            yield Notice(mailbox("RECUPERO_CREDITI"), "mail", "E2", ref)
        if told.credit == "agreed":
            yield Notice(mailbox("RECUPERO_CREDITI"), "mail", "A8", ref)
        if told.corrections:
            visit.registry_open = True
            yield Notice(mailbox("RA"), "mail", "E3", ref)
        if told.forms == "all":
            yield Notice(mailbox("ESSERE_IMPRESA"), "mail", "E4", ref)
            yield Notice(mailbox("RPA"), "mail", "E6", ref)
            yield Notice(told.av, "mail", "scans", ref)
            for kind in (OFFICE_FORMS, RID):
                visit.open_papers.add(kind)
                self._open(kind, told.company, told.av, told.visited_on, today, visit=visit.number)
        if told.complaint:
            yield Notice(f"{told.company.site.lower()}{AT}", "mail", "complaint", ref)
        yield from self._opens_quotes(visit, today)

    def _opens_quotes(self, visit: Visit, today: date) -> Iterable[Notice]:
        """One quote an AM, which takes the catalogue products along (the first one's); else one of the AV's
        own [r.142-143, A27, A28]. E7 to each AM, E8 to RPS; or E9 to each reference person, RPS in copy.
        """
        told, ref = visit.told, visit.told.company.ref
        products = [next(p for p in self.cast.products if p.code == code) for code in told.products]
        catalogue = [one for one in products if not one.integrated]
        owners = list(dict.fromkeys(one.contact for one in products if one.integrated))
        for number, owner in enumerate(owners):
            own = [one for one in products if one.integrated and one.contact == owner]
            also = catalogue if number == 0 else []
            self._opens(visit, owner, [one.code for one in (*own, *also)], today)
            yield Notice(owner, "mail", "E7", ref)
            for contact in dict.fromkeys(one.contact for one in also):
                yield Notice(contact, "cc", "E7", ref)
        if owners:
            yield Notice(mailbox("RPS"), "mail", "E8", ref)
        elif catalogue:
            self._opens(visit, told.av, [one.code for one in catalogue], today)
            for contact in dict.fromkeys(one.contact for one in catalogue):
                yield Notice(contact, "mail", "E9", ref)
                yield Notice(mailbox("RPS"), "cc", "E9", ref)

    def _opens(self, visit: Visit, owner: str, products: list[str], today: date) -> None:
        told = visit.told
        number = len(self.quotes)
        quote = Quote(number, visit.number, told.company, owner, tuple(products), told.av, today)
        self.quotes.append(quote)
        visit.quotes.append(number)
        self._open("D10", told.company, owner, told.visited_on, today, quote=number)

    def _quote(self, told: QuoteTold, now: datetime) -> Counter[Notice]:
        quote, today = self.quotes[told.quote], now.date()
        expected: Counter[Notice] = Counter()
        if told.event == "postponed":
            self._put_off(quote, told)
        elif told.event == "redated":
            return self._redated(quote, told, now)
        else:
            self._answers(quote)
            self._moves(quote, told, today)
        if told.event in {"accepted", "refused"} and quote.av != told.by:
            expected += self._in_hours(quote.av, "closed", quote.company.ref, now)
        if told.event == "accepted":
            for role in ("RESPONSABILE_SERVIZI", "RPA"):
                expected[Notice(mailbox(role), "mail", "E10-11", quote.company.ref)] += 1
        if told.mail:
            expected += self._reply(self.visits[quote.visit], told.mail, now)
        return expected

    def _redated(self, quote: Quote, told: QuoteTold, now: datetime) -> Counter[Notice]:
        """The day of delivery put right: what runs from it is reckoned anew, as if it were opened today.

        Who is concerned hears once.
        """
        quote.delivered = told.on
        for duty in [one for one in self.duties if one.quote == quote.number and one.kind in {"D13", "D14"}]:
            days = self.cast.days(duty.company.site)
            new = a_duty(duty.kind, duty.company, duty.owner, told.on, now.date(), days=days)
            new.quote, new.told_since, new.escalated = duty.quote, duty.told_since, duty.escalated
            self.duties[self.duties.index(duty)] = new
        concerned = dict.fromkeys((quote.owner, quote.av))
        return sum(
            (self._in_hours(one, "redated", quote.company.ref, now) for one in concerned if one != told.by),
            Counter(),
        )

    def _moves(self, quote: Quote, told: QuoteTold, today: date) -> None:
        """Section 10: what the event closes, and what runs from it."""
        of = quote.number

        def opens(kind: str) -> None:
            self._open(kind, quote.company, quote.owner, told.on, today, quote=of)

        match told.event:
            case "drafted":
                quote.drafted = told.on
                self._close(lambda duty: duty.quote == of and duty.kind == "D10")
                opens("D11")
            case "contacted":
                quote.drafted = quote.drafted or told.on
                quote.contacted = told.on
                self._close(lambda duty: duty.quote == of and duty.kind in {"D10", "D11"})
                opens("A22b")
            case "delivered":
                quote.drafted = quote.drafted or told.on
                quote.delivered = told.on
                self._close(lambda duty: duty.quote == of)
                for kind in ("D13", "D14"):
                    opens(kind)
            case "thinking":
                quote.thinking = True
            case "followed_up":
                quote.followed_up = quote.followed_up or told.on
                self._close(lambda duty: duty.quote == of and duty.kind == "D13")
            case "accepted" | "refused":
                quote.closed = told.event
                self._close(lambda duty: duty.quote == of)

    def _answers(self, quote: Quote) -> None:
        """Something was told since the delivery: it is not asked any more (T10)."""
        for duty in self.duties:
            duty.told_since |= duty.quote == quote.number

    def _put_off(self, quote: Quote, told: QuoteTold) -> None:
        """The next reminder moves to a working day; what comes later than that still comes."""
        if told.until is None:
            raise ValueError(told)
        days = self.cast.days(quote.company.site)
        day = days.on_or_after(told.until)
        mine = [duty for duty in self.duties if duty.quote == quote.number]
        sooner = [duty for duty in mine if next_day(duty, days) <= day]
        for duty in sooner or sorted(mine, key=lambda one: one.last)[:1]:
            duty.put_off = day

    def _handed_over(self, told: HandedOver, now: datetime) -> Counter[Notice]:
        visit = self.visits[told.visit]
        visit.open_papers.discard(told.kind)
        self._close(lambda duty: duty.visit == told.visit and duty.kind == told.kind)
        return self._reply(visit, told.mail, now) if told.mail else Counter()

    def _reply(self, visit: Visit, sender: str, now: datetime) -> Counter[Notice]:
        """N8 to who answered, a line to the AV in their hours."""
        av, ref = visit.told.av, visit.told.company.ref
        return Counter([Notice(sender, "mail", "N8", ref)]) + self._in_hours(av, "replied", ref, now)

    # ---- inside ----------------------------------------------------------------------------------

    def _in_hours(self, email: str, kind: str, ref: str, now: datetime) -> Counter[Notice]:
        """A line to somebody, or to who stands in for them, in that one's hours."""
        hears, place = self.hearers.of(email, now.date())
        if self.hearers.may_write(hears, now):
            return Counter([Notice(hears, self.hearers.wire(hears), kind, ref, place)])
        own = kind == "given" and not self.hearers.may_write(email, now)
        opens = email if own else hears  # a list is told from the opening of whose it is
        self._waiting.append((email, kind, ref, self.hearers.next_opening(opens, now)))
        return Counter()

    def _open(
        self,
        kind: str,
        company: Company,
        owner: str,
        starts: date,
        opened: date,
        *,
        quote: int | None = None,
        visit: int | None = None,
    ) -> Duty:
        duty = a_duty(kind, company, owner, starts, opened, days=self.cast.days(company.site))
        duty.quote, duty.visit = quote, visit
        self.duties.append(duty)
        return duty

    def _close(self, which: Callable[[Duty], bool]) -> None:
        self.duties = [duty for duty in self.duties if not which(duty)]
