"""What the history asks for: which deadlines are open, and what should leave at each moment, to whom.

Recomputed from what was told alone, by procedure.md (sections 8 to 10) and docs/decisions/0015. It never
looks into the service.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from tests.year.cast import AT, Cast, Company, Person, mailbox
from tests.year.duties import Duty, a_duty, next_day
from tests.year.history import CorrectionsDone, HandedOver, Notice, Quote, QuoteTold, Told, Visit, VisitTold

OPENS, CLOSES = time(8), time(19)
OFFICE_FORMS, RID = "D6", "D7"


class Truth:
    """The checker's own books."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.visits: list[Visit] = []
        self.quotes: list[Quote] = []
        self.duties: list[Duty] = []
        self._waiting: list[Notice] = []  # for its receiver's next hours

    # ---- the calendar's side ---------------------------------------------------------------------

    def load(self, companies: Iterable[Company], today: date) -> None:
        """A list came in: D1 runs for the new members on it [r.73, r.82]."""
        for one in companies:
            if one.joined_on:
                self._open("D1", one, one.owner, one.joined_on, today)

    def due_now(self, now: datetime) -> Counter[Notice]:
        """What should leave because it is this moment, with the service running."""
        expected = self._released(now)
        items: dict[str, list[Duty]] = {}
        for duty in self.duties:
            if self._is_owed(duty, now):
                items.setdefault(duty.owner, []).append(duty)
        for owner, duties in items.items():
            expected += self._morning(owner, duties, now.date())
        return expected

    def may_write(self, email: str, now: datetime) -> bool:
        """From 8 to 19 of the working days of the receiver's own site (A46)."""
        person = self._person(email)
        days = self.cast.days(person.site if person else None)
        return OPENS <= now.time() < CLOSES and days.works(now.date())

    def _is_owed(self, duty: Duty, now: datetime) -> bool:
        if duty.heard >= now.date() or not self.may_write(duty.owner, now):
            return False
        return next_day(duty, self.cast.days(duty.company.site)) <= now.date()

    def _morning(self, owner: str, duties: list[Duty], today: date) -> Counter[Notice]:
        """One message, and each sollecito on its last useful day by itself; where there is no Telegram, one
        mail with everything.
        """
        wire = self._wire(owner)
        expected: Counter[Notice] = Counter()
        for duty in duties:
            duty.heard = today
            alone = wire == "chat" and duty.kind == "D13" and today == duty.last
            kind = "sollecito" if alone else f"{duty.kind} {duty.level(today)}"
            expected[Notice(owner, wire, kind, duty.company.ref)] += 1
        if any(notice.kind != "sollecito" for notice in expected):
            expected[Notice(owner, wire, "morning")] += 1
        return expected

    def _released(self, now: datetime) -> Counter[Notice]:
        """What waited for its receiver's hours."""
        ready = [one for one in self._waiting if self.may_write(one.to, now)]
        self._waiting = [one for one in self._waiting if one not in ready]
        return Counter(ready)

    # ---- what is told ----------------------------------------------------------------------------

    def hears(self, told: Told, now: datetime) -> Counter[Notice]:
        """Write it down; what should leave at once."""
        match told:
            case VisitTold():
                return Counter(self._visit(told, now.date()))
            case QuoteTold():
                return self._quote(told, now)
            case HandedOver():
                return self._handed_over(told, now)
            case CorrectionsDone():
                self.visits[told.visit].registry_open = False
                return self._reply(self.visits[told.visit], told.mail, now)

    def _visit(self, told: VisitTold, today: date) -> Iterable[Notice]:
        visit = Visit(len(self.visits), told, today)
        self.visits.append(visit)
        self._close(lambda duty: duty.kind == "D1" and duty.company == told.company)
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
        else:
            self._answers(quote)
            self._moves(quote, told, today)
        if told.event in {"accepted", "refused"} and quote.av != told.by:
            expected += self._in_hours(
                Notice(quote.av, self._wire(quote.av), "closed", quote.company.ref), now
            )
        if told.event == "accepted":
            for role in ("RESPONSABILE_SERVIZI", "RPA"):
                expected[Notice(mailbox(role), "mail", "E10-11", quote.company.ref)] += 1
        if told.mail:
            expected += self._reply(self.visits[quote.visit], told.mail, now)
        return expected

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
                opens("A23c")
            case "delivered":
                quote.drafted = quote.drafted or told.on
                quote.delivered = told.on
                self._close(lambda duty: duty.quote == of)
                for kind in ("D13", "D14", "T10"):
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
        self._close(lambda duty: duty.quote == quote.number and duty.kind == "T10")

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
        return Counter({Notice(sender, "mail", "N8", ref): 1}) + self._in_hours(
            Notice(av, self._wire(av), "replied", ref), now
        )

    # ---- inside ----------------------------------------------------------------------------------

    def _in_hours(self, notice: Notice, now: datetime) -> Counter[Notice]:
        if self.may_write(notice.to, now):
            return Counter([notice])
        self._waiting.append(notice)
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
    ) -> None:
        duty = a_duty(kind, company, owner, starts, opened, days=self.cast.days(company.site))
        duty.quote, duty.visit = quote, visit
        self.duties.append(duty)

    def _close(self, which: Callable[[Duty], bool]) -> None:
        self.duties = [duty for duty in self.duties if not which(duty)]

    def _person(self, email: str) -> Person | None:
        return next((one for one in self.cast.people if one.email == email), None)

    def _wire(self, email: str) -> str:
        person = self._person(email)
        return "chat" if person and person.telegram else "mail"
