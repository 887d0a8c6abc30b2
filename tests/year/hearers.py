"""Who is written to on a day for what is somebody's, how and in which hours (A42, A43, A46; decision 15).

It refuses to know what is told.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from tests.year.cast import Cast, Person, mailbox
from tests.year.history import Prefers, WentAway
from tests.year.workdays import DAY, Days

OPENS, CLOSES = time(8), time(19)


class Hearers:
    """Everybody, with their absences as they were told."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known = {one.email: one for one in cast.people}
        self._away: list[WentAway] = []
        self._by_mail: set[str] = set()
        self._opens: dict[str, time] = {}
        self._back: set[str] = set()  # who has not yet had their first morning back

    def goes_away(self, away: WentAway) -> None:
        """It was told."""
        self._away.append(away)

    def prefers(self, told: Prefers) -> None:
        """Somebody narrowed their hours, or wants mails."""
        if told.what == "by mail":
            self._by_mail.add(told.person)
        else:
            self._opens[told.person] = time(9)

    def is_away(self, email: str, day: date) -> bool:
        """Whether they are absent on this day."""
        return self._absence(email, day) is not None

    def of(self, email: str, day: date) -> tuple[str, str]:
        """Who hears what is theirs, and for whom: the name of the absent, or nothing."""
        person = self._known.get(email)
        away = self._absence(email, day)
        if person is None or away is None:
            return email, ""
        here = (one for one in self._stand_ins(person, away) if not self.is_away(one, day) and one != email)
        return next(here, mailbox("RPS")), person.name

    def may_write(self, email: str, now: datetime) -> bool:
        """From 8 to 19 of the working days of the receiver's own site."""
        return self._opens.get(email, OPENS) <= now.time() < CLOSES and self.days(email).works(now.date())

    def next_opening(self, email: str, now: datetime) -> datetime:
        """The next moment at which they may be written to, where now they may not."""
        opens = self._opens.get(email, OPENS)
        first = now.date() if now.time() < opens else now.date() + DAY
        return datetime.combine(self.days(email).on_or_after(first), opens, tzinfo=now.tzinfo)

    def wire(self, email: str) -> str:
        """By chat who has Telegram, else by mail."""
        person = self._known.get(email)
        return "chat" if person and person.telegram and email not in self._by_mail else "mail"

    def come_back(self, now: datetime) -> set[str]:
        """Whose first morning back it is: they hear the truth of the day, once."""
        self._back |= {one.person for one in self._away if one.last < now.date()}
        self._away = [one for one in self._away if one.last >= now.date()]
        ready = {one for one in self._back if self.may_write(one, now) and not self.is_away(one, now.date())}
        self._back -= ready
        return ready

    def _stand_ins(self, person: Person, away: WentAway) -> Iterator[str]:
        """The deputy, the RS of the absent one's site, RPS."""
        if away.deputy:
            yield away.deputy
        if person.site:
            yield from (one.email for one in self._by_name("RS", person.site))
        yield from (one.email for one in self._by_name("RPS"))

    def _by_name(self, role: str, site: str | None = None) -> list[Person]:
        return sorted(self._cast.bearers(role, site), key=lambda one: one.name)

    def _absence(self, email: str, day: date) -> WentAway | None:
        return next((one for one in self._away if one.person == email and one.first <= day <= one.last), None)

    def days(self, email: str) -> Days:
        """The working days of the receiver's own site; of Italy, where they have none."""
        person = self._known.get(email)
        return self._cast.days(person.site if person else None)
