"""Intents carried out on phones and in mailboxes: the steps of each dialogue, by the table of words.

Gives what was told, for the history; raises where it could not be told.
"""

from datetime import date, datetime, timedelta

from emulator.letters import Letter
from emulator.world import World
from tests.year.cast import MONTHS, Cast, Company, mailbox
from tests.year.hands import Hands, NotInReachError, NotToldError, label
from tests.year.history import (
    CorrectionsDone,
    Fixed,
    GivenUp,
    HandedOver,
    Prefers,
    Quote,
    QuoteTold,
    Told,
    Visit,
    VisitTold,
    WentAway,
)
from tests.year.lives import Lives
from tests.year.plan import (
    CloseCorrections,
    Fix,
    GiveUp,
    GoAway,
    HandOver,
    Intent,
    MakeVisit,
    Prefer,
    TellQuote,
)
from tests.year.truth import Truth
from tests.year.words import REPLY

PAPERS = {"D6": ("E4", "ESSERE_IMPRESA"), "D7": ("E6", "RPA")}
ONE_TAP = ("drafted", "contacted", "delivered", "thinking", "followed_up")


class Acts:
    """Everybody's doing, in one world."""

    def __init__(self, cast: Cast, world: World, service: Lives, truth: Truth) -> None:
        self._cast = cast
        self._world = world
        self._service = service
        self._truth = truth
        self.hands: dict[str, Hands] = {}
        self.letters: dict[tuple[str, str, str], Letter] = {}  # mailbox, kind, company → the newest

    def _now(self) -> datetime:
        return self._world.clock.now()

    def doer(self, intent: Intent) -> str:
        """Whose phone or mailbox it is done with."""
        match intent:
            case GoAway() | Prefer():
                return intent.person
            case Fix(company) | GiveUp(company):
                return company.owner
            case MakeVisit():
                return intent.told.av
            case TellQuote():
                return intent.mail or intent.by
            case HandOver():
                return intent.mail or self._truth.visits[intent.visit].told.av
            case CloseCorrections():
                return mailbox("RA")

    def rings_elsewhere(self, intent: Intent) -> bool:
        """Whether somebody else's phone may ring of it: such things are done one at a time."""
        match intent:
            case GoAway():
                return True
            case MakeVisit() | Fix() | GiveUp() | Prefer():
                return False
            case TellQuote(quote, event, by, mail):
                closing = event in {"accepted", "refused"} and self._truth.quotes[quote].av != by
                return closing or mail is not None
            case HandOver(_, _, mail):
                return mail is not None
            case CloseCorrections():
                return True

    def makes_sense(self, intent: Intent) -> bool:
        """Whether it is still to be told, as far as the history knows."""
        match intent:
            case GoAway() | MakeVisit() | Prefer():
                return True
            case Fix(company, starts):
                return self._truth.meetings.of(company) is None and self._now() < starts
            case GiveUp(company):
                return self._truth.meetings.of(company) is not None
            case TellQuote(quote, event):
                found = self._truth.quotes[quote]
                if event == "redated":
                    return _fits(found, event) and self._right_day(found, intent.in_days) != found.delivered
                return _fits(found, event)
            case HandOver(visit, kind):
                return kind in self._truth.visits[visit].open_papers
            case CloseCorrections(visit):
                return self._truth.visits[visit].registry_open

    async def do(self, intent: Intent, now: datetime) -> Told:
        """Do it.

        Raises:
            NotToldError: it could not be told.
        """
        match intent:
            case GoAway():
                return await self._goes_away(intent)
            case Prefer(person, what):
                await self.hands[person].does_and_reads(what, "say /impostazioni", label(what))
                return Prefers(person, what)
            case Fix():
                return await self._fixes(intent)
            case GiveUp(company):
                return await self._gives_up(company)
            case MakeVisit(told):
                await self._tells_a_visit(told, (now.date() - told.visited_on).days)
                return told
            case TellQuote():
                return await self._tells_of_a_quote(intent, now.date())
            case HandOver():
                return await self._hands_over(intent)
            case CloseCorrections(visit):
                ref = self._truth.visits[visit].told.company.ref
                await self._answers(mailbox("RA"), "E3", ref, REPLY["done"])
                return CorrectionsDone(visit, mailbox("RA"))

    # ---- a visit ---------------------------------------------------------------------------------

    async def _tells_a_visit(self, told: VisitTold, ago: int) -> None:
        hands, company = self.hands[told.av], told.company
        await hands.does(f"say {company.ref}", company.name)
        if hands.has(label("resume")):  # left in the middle by a kill: begun again
            await hands.does(label("resume"), label("cancel"), label("cancel surely"))
            await hands.does(f"say {company.ref}", company.name)
        await hands.does(label("visit"))
        await hands.does(*_credit(told.credit), *_day(told.visited_on, ago), label(told.mode))
        await hands.does(*_corrections(told, company.ref))
        if told.forms is not None:
            await hands.does(label(f"forms {told.forms}"))
        await hands.does(*self._products(told.products), label("good"))
        end = (
            (label("complaint"), label("next"), "say Aspetta da un mese")
            if told.complaint
            else (label("nothing else"),)
        )
        await hands.does_and_reads("visit", *end, label("confirm"))

    def _products(self, codes: tuple[str, ...]) -> list[str]:
        if not codes:
            return [label("no interest"), label("why none"), label("next contact")]
        chosen = [next(one for one in self._cast.products if one.code == code) for code in codes]
        integrated = [one.name for one in chosen if one.integrated]
        catalogue = [one.name for one in chosen if not one.integrated]
        steps = [*integrated, *([label("catalogue")] if catalogue else []), label("next")]
        steps += [*catalogue, label("next")] if catalogue else []
        return [*steps, *[label("skip") for _ in codes]]

    # ---- an appointment --------------------------------------------------------------------------

    async def _fixes(self, intent: Fix) -> Fixed:
        company, starts = intent.company, intent.starts
        hands = self.hands[company.owner]
        await hands.does(f"say {company.ref}", company.name, label("fix"))
        await hands.answers("appointment", {"when": f"say {_in_words(starts.date())} alle {starts.hour}"})
        return Fixed(company, company.owner, starts)

    async def _gives_up(self, company: Company) -> GivenUp:
        hands = self.hands[company.owner]
        await hands.does(f"say {company.ref}", company.name)
        await hands.does(label("not held" if hands.has(label("not held")) else "give up"))
        await hands.answers("given up")
        return GivenUp(company, company.owner)

    # ---- an absence ------------------------------------------------------------------------------

    async def _goes_away(self, intent: GoAway) -> WentAway:
        hands = self.hands[intent.person]
        await hands.does("say /assenza", label("absence"))
        days = f"say dal {_in_words(intent.first)} al {_in_words(intent.last)}"
        await hands.does(days if intent.first != intent.last else f"say {_in_words(intent.first)}")
        name = self._cast.person(intent.deputy).name if intent.deputy else ""
        deputy = intent.deputy if name and hands.has(name) else None
        await hands.answers("absence", {"deputy": name if deputy else label("nobody")})
        return WentAway(intent.person, intent.first, intent.last, deputy)

    # ---- a quote ---------------------------------------------------------------------------------

    async def _tells_of_a_quote(self, intent: TellQuote, today: date) -> QuoteTold:
        quote = self._truth.quotes[intent.quote]
        if intent.mail:
            kind = "E7" if intent.mail == quote.owner else "E9"
            await self._answers(intent.mail, kind, quote.company.ref, REPLY[intent.event])
            return QuoteTold(quote.number, intent.event, today, quote.owner, mail=intent.mail)
        await self._opens_the_quote(quote, intent.by)
        until = None
        hands = self.hands[intent.by]
        match intent.event:
            case "accepted" | "refused" as event:
                await hands.does(label(event))
                await hands.answers("quote")
            case "postponed":
                until = date.fromordinal(today.toordinal() + intent.in_days)
                await hands.does(label("postpone"))
                await hands.answers("postponed", {"until": f"say {_in_words(until)}"})
            case "redated":
                right = self._right_day(quote, intent.in_days)
                await hands.does(label("redate"))
                await hands.answers("redated", {"right day": f"say {_in_words(right)}"})
                return QuoteTold(quote.number, "redated", right, intent.by)
            case event:
                await hands.does_and_reads("quote", label(event))
        return QuoteTold(quote.number, intent.event, today, intent.by, until=until)

    def _right_day(self, quote: Quote, earlier: int) -> date:
        """The day of delivery as it should have been told: some days earlier, in the order of section 10."""
        assert quote.delivered is not None
        visited = self._truth.visits[quote.visit].told.visited_on
        return max(quote.delivered - timedelta(days=earlier), quote.drafted or visited, visited)

    async def _opens_the_quote(self, quote: Quote, by: str) -> None:
        """By the company's card, where one may look for companies; else by a button that went by."""
        hands = self.hands[by]
        if by == quote.owner and not self._cast.person(by).visits:
            await hands.goes_home()
            await hands.opens_remembered(quote.company.name)
            if not self._shows(hands.phone.last.text, quote):
                raise NotInReachError(f"another quote than {quote}:\n{hands.phone.last}")
            return
        await hands.does(f"say {quote.company.ref}", quote.company.name)
        card = hands.phone.last
        for words in [one for one in card.labels if label("quote") in one]:
            await hands.does(words)
            if self._shows(hands.phone.last.text, quote):
                return
            await hands.does(f"say {quote.company.ref}", quote.company.name)
        raise NotToldError(f"the quote of {quote.products} is not on the card:\n{card}")

    def _shows(self, text: str, quote: Quote) -> bool:
        """Whether the second line names the quote's products, and no other."""
        line = text.splitlines()[1]
        return {one.code for one in self._cast.products if one.name in line} == set(quote.products)

    # ---- papers and mail -------------------------------------------------------------------------

    async def _hands_over(self, intent: HandOver) -> HandedOver:
        visit = self._truth.visits[intent.visit]
        if intent.mail:
            kind = PAPERS[intent.kind][0]
            await self._answers(intent.mail, kind, visit.told.company.ref, REPLY["received"])
        else:
            await self._taps_handed_over(visit, intent.kind)
        return HandedOver(intent.visit, intent.kind, visit.told.av, intent.mail)

    async def _taps_handed_over(self, visit: Visit, kind: str) -> None:
        hands = self.hands[visit.told.av]
        await hands.goes_home()
        of, name = {"D6": "mod", "D7": "RID"}[kind], visit.told.company.name.removesuffix(" S.r.l.")
        if not hands.has_all(label("handed over"), of, name):  # further down the list: by the company's card
            company = visit.told.company
            await hands.does(f"say {company.ref}", company.name, label("forms"))
            of, name = {"D6": "deleghe", "D7": "RID"}[kind], ""
        await hands.does_and_reads("handed over", f"{label('handed over')} + {of} + {name}")

    async def _answers(self, box: str, kind: str, ref: str, word: str) -> None:
        letter = self.letters.get((box, kind, ref))
        if letter is None:
            raise NotToldError(f"{kind} about {ref} never reached {box}")
        self._service.letters += 1
        await self._world.mail.mailboxes.reply(box, letter, f"{word}\n")


def _fits(quote: Quote, event: str) -> bool:
    if quote.closed:
        return False
    match event:
        case "drafted":
            return quote.drafted is None
        case "contacted":
            return quote.drafted is not None and quote.contacted is None and quote.delivered is None
        case "delivered":
            return quote.delivered is None
        case "thinking":
            return quote.delivered is not None and not quote.thinking and quote.followed_up is None
        case "postponed":
            return True
    return quote.delivered is not None


def _credit(credit: str) -> list[str]:
    return [label(credit)] if credit in {"none", "managed"} else [label("open"), label(credit)]


def _day(day: date, ago: int) -> list[str]:
    if ago < 2:
        return [label("yesterday" if ago else "today")]
    return [label("other day"), f"say {_in_words(day)}"]


def _corrections(told: VisitTold, ref: str) -> list[str]:
    if not told.corrections:
        return [label("all right")]
    new = {"PEC": f"say nuova{told.visited_on:%d%m}.{ref.lower()}@pec.example.com"}
    new["Email"] = f"say nuova{told.visited_on:%d%m}@{ref.lower()}.example.com"
    asked = [field for field in ("PEC", "Email") if field in told.corrections]
    return [*asked, label("correct"), *[new[field] for field in asked]]


def _in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
