"""The year itself: the clock moved from hour to hour, people doing what they mean to, everything compared.

Brings up the emulated world and the service beside it. Each day's differences are printed as they are found,
with what is needed to see that day again.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

from emulator.clock import ROME
from emulator.world import World
from tests.journeys.stage import SECRET, SERVICE, TOKEN
from tests.year.acts import Acts
from tests.year.cast import SITES, Cast, a_cast, write_campaign, write_register
from tests.year.hands import Hands, NotInReachError, NotToldError
from tests.year.history import Difference, HandedOver, Notice, QuoteTold, Told, VisitTold
from tests.year.lives import GoneError, lives
from tests.year.plan import EVENING, SLOTS, Intent, Plan, TellQuote
from tests.year.recorder import Recorder, differences
from tests.year.troubles import Kill, Troubles
from tests.year.truth import Truth
from tests.year.workdays import DAY

HOURS = (time(7, 30), time(8), *SLOTS, EVENING)
REST_HOURS = (time(8), time(12), time(18, 30))  # of a Saturday, a Sunday and a holiday


@dataclass(frozen=True)
class Size:
    """What year to generate."""

    seed: int
    companies: int
    people: int
    days: int
    start: date

    def __str__(self) -> str:
        """The options that bring it back."""
        return " ".join(f"--{name} {value}" for name, value in asdict(self).items())


@dataclass
class Outcome:
    """What was found."""

    differences: list[Difference] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    kills: int = 0


class Year:
    """One generated year."""

    def __init__(self, size: Size, directory: Path, say: Callable[[str], None]) -> None:
        self._size = size
        self._directory = directory
        self._say = say
        self._cast: Cast = a_cast(
            size.seed, companies=size.companies, people=size.people, start=size.start, days=size.days
        )
        self._plan = Plan(self._cast, size.seed, size.start, size.days)
        self._truth = Truth(self._cast, size.start)
        self._troubles = Troubles(size.seed, size.start, size.days)
        self._unloaded = list(self._cast.companies)
        self._intents: list[Intent] = []
        self._killed = False
        self.outcome = Outcome()

    async def live(self) -> Outcome:
        """From the first day to the last."""
        async with self._everything():
            for n in range(self._size.days):
                await self._day(self._size.start + n * DAY)
        return self.outcome

    # ---- a day -----------------------------------------------------------------------------------

    async def _day(self, day: date) -> None:
        found = len(self.outcome.differences)
        hours = self._hours(day)
        for hour in hours:
            now = datetime.combine(day, hour, tzinfo=ROME)
            self._intents += self._plan.until(day, hour if hour != hours[-1] else time.max)
            self._world.clock.to(now)
            if self._troubles.is_down(now):
                await self._service.is_killed()
            else:
                await self._hour(now)
        for one in self.outcome.differences[found:]:
            self._say(str(one))

    def _hours(self, day: date) -> Sequence[time]:
        return HOURS if any(self._cast.days(site).works(day) for site in (None, *SITES)) else REST_HOURS

    async def _hour(self, now: datetime) -> None:
        kill = self._troubles.kill(now)
        self._killed = kill is not None
        await self._strikes_eight(now, kill)
        self._compare(now, self._truth.due_now(now))
        await self._load(now)
        if kill is Kill.CALM:
            await self._dies_and_rises(now)
        await self._acting(now, kill)

    async def _strikes_eight(self, now: datetime, kill: Kill | None) -> None:
        """The service sees the hour, whatever befalls it."""
        if not self._service.is_up:
            await self._service.start(now)
        elif kill is Kill.TELLING:
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._service.to(now))
                    tasks.create_task(self._dies())
            except* GoneError:
                self.outcome.kills += 1
            await self._service.start(now)
        else:
            await self._service.to(now)

    async def _acting(self, now: datetime, kill: Kill | None) -> None:
        """Everybody does what they meant to: at the same time, but for what makes another's phone ring."""
        intents, self._intents = [one for one in self._intents if self._acts.makes_sense(one)], []
        absent = [one for one in intents if self._truth.hearers.is_away(self._acts.doer(one), now.date())]
        self._intents = absent  # they do it when they are back
        intents = self._one_a_quote([one for one in intents if one not in absent])
        alone = [one for one in intents if self._acts.rings_elsewhere(one)]
        together = [one for one in intents if one not in alone]
        await self._all_at_once(together, now, kill)
        for one in alone:
            if self._acts.makes_sense(one):
                await self._all_at_once([one], now)

    def _one_a_quote(self, intents: list[Intent]) -> list[Intent]:
        """Of each quote one thing an hour; what else is meant of it comes in the next."""
        now: dict[int, Intent] = {}
        others = [one for one in intents if not isinstance(one, TellQuote)]
        for one in intents:
            if isinstance(one, TellQuote) and now.setdefault(one.quote, one) is not one:
                self._intents.append(one)
        return [*others, *now.values()]

    async def _dies(self) -> None:
        await asyncio.sleep(self._troubles.a_moment())
        await self._service.is_killed()

    async def _dies_and_rises(self, now: datetime) -> None:
        await self._dies()
        await self._service.start(now)
        self.outcome.kills += 1

    async def _all_at_once(self, intents: list[Intent], now: datetime, kill: Kill | None = None) -> None:
        """Each person one thing after another, all of them at the same time; then all that follows."""
        if not intents:
            return
        ordered = sorted(intents, key=self._acts.doer)
        told: list[Told] = []
        async with asyncio.TaskGroup() as tasks:
            for _, own in groupby(ordered, key=self._acts.doer):
                tasks.create_task(self._one_by_one(list(own), now, told))
            if kill is Kill.ACTING:
                tasks.create_task(self._dies_and_rises(now))
        expected: Counter[Notice] = Counter()
        for one in told:
            expected += self._truth.hears(one, now)
            self.outcome.told[_name(one)] += 1
        await self._service.does("quiet")
        self._compare(now, expected)
        for one in told:
            self._follow(one, now.date())

    async def _one_by_one(self, intents: Iterable[Intent], now: datetime, told: list[Told]) -> None:
        for intent in intents:
            if not self._acts.makes_sense(intent):
                continue
            try:
                told.append(await self._acts.do(intent, now))
            except NotInReachError:
                self._plan.tomorrow(intent, now)
            except NotToldError as error:
                if self._killed:  # the screen may have come twice: they try again later
                    self._intents.append(intent)
                    await self._back_home(self._acts.doer(intent))
                    continue
                self.outcome.untold.append(f"{now:%d/%m/%Y %H:%M} {intent}\n{error}")
                await self._back_home(self._acts.doer(intent))

    async def _back_home(self, doer: str) -> None:
        hands = self._acts.hands.get(doer)
        if hands:
            await hands.goes_home()

    def _follow(self, told: Told, today: date) -> None:
        if isinstance(told, VisitTold):
            visit = next(one for one in reversed(self._truth.visits) if one.told is told)
            self._plan.follow(visit, [self._truth.quotes[n] for n in visit.quotes], today)

    # ---- comparing -------------------------------------------------------------------------------

    def _compare(self, now: datetime, expected: Counter[Notice]) -> None:
        got = self._recorder.gathered(killed=self._killed)
        self.outcome.left.update(one.kind for one in got.elements())
        for what, notice, times in differences(expected, got, killed=self._killed):
            self.outcome.differences.append(Difference(now, what, notice, times))

    # ---- bringing everything up ------------------------------------------------------------------

    @asynccontextmanager
    async def _everything(self) -> AsyncIterator[None]:
        """The world, the service in its first life, the lists loaded, everybody in."""
        start = datetime.combine(self._size.start, time(6), tzinfo=ROME)
        async with AsyncExitStack() as stack:
            self._world = await stack.enter_async_context(
                World(None, token=TOKEN, service_address=SERVICE, start=start)
            )
            write_campaign(self._cast, self._directory / "campaign.toml", self._size.start)
            log = self._directory / "service.log"
            self._service = await stack.enter_async_context(lives(self._settings(), log))
            await self._service.start(start)
            self._acts = Acts(self._cast, self._world, self._service, self._truth)
            self._recorder = Recorder(self._cast, self._world, self._acts)
            await self._everybody_enters()
            yield

    def _settings(self) -> dict[str, str]:
        return {
            "DOPOVISITA_DATABASE_URL": f"sqlite:///{self._directory / 'dopovisita.db'}",
            "DOPOVISITA_TELEGRAM_TOKEN": TOKEN,
            "DOPOVISITA_TELEGRAM_BASE_URL": self._world.base_url,
            "DOPOVISITA_SMTP_URL": self._world.smtp_url,
            "DOPOVISITA_IMAP_URL": self._world.imap_url,
            "DOPOVISITA_MAIL_FROM": f"Dopovisita <{SERVICE}>",
            "DOPOVISITA_SECRET_KEY": SECRET,
            "DOPOVISITA_CAMPAIGN": str(self._directory / "campaign.toml"),
        }

    async def _everybody_enters(self) -> None:
        for person in self._cast.people:
            if person.telegram:
                phone = self._world.telegram.phone(person.telegram, person.name.split()[0])
                phone.start(await self._service.does("invite", email=person.email))
                await phone.hears("Ciao")
                self._acts.hands[person.email] = Hands(phone)
        await self._service.does("quiet")
        self._recorder.forgets()

    async def _load(self, now: datetime) -> None:
        """The lists that came: all of code 0 on the first day, new members each month."""
        companies = [one for one in self._unloaded if one.loaded_on <= now.date()]
        if companies:
            self._unloaded = [one for one in self._unloaded if one not in companies]
            path = self._directory / f"aziende-{now:%Y-%m-%d}.csv"
            write_register(self._cast, companies, path)
            await self._service.does("load", path=str(path))
            expected = self._truth.load(companies, now)
            await self._service.does("quiet")
            self._compare(now, expected)


def _name(told: Told) -> str:
    """What was told, in two words."""
    by = " by mail" if isinstance(told, QuoteTold | HandedOver) and told.mail else ""
    event = f" {told.event}" if isinstance(told, QuoteTold) else ""
    return f"{type(told).__name__}{event}{by}"
