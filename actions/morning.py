"""The morning's plan: what is told today to each receiver, from what is stored and from the time alone.

One look into the store for everybody, then plain reckoning over tuples. Refuses to know how a reminder looks,
and to write anything: `actions.remind` queues what is planned here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, TypeAlias

from actions.office import Office
from actions.recipient import InPlaceOf, Recipient, Recipients
from procedure import hours
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind
from procedure.hours import DEFAULT, Preferences
from procedure.notices import Subject
from procedure.quotes import QuoteState
from procedure.reminders import Level, next_remind_on, owed
from procedure.workdays import WorkCalendar
from store import mornings
from store.mornings import Waiting
from store.rosters import PreparedRoster
from store.transaction import Transaction

_SUNDAY = 6


class Hearer(NamedTuple):
    """Who hears what one owner is to be told, and in whose place; the same `key` is the same receiver."""

    key: str
    person: int | None
    contact: Contact
    by_mail: bool
    preferences: Preferences
    calendar: WorkCalendar
    place: InPlaceOf | None

    @property
    def also_by_mail(self) -> bool:
        """True where they want it in the chat and by mail."""
        return self.preferences.also_by_mail and not self.by_mail


class Telling(NamedTuple):
    """One deadline, told at this level, perhaps in somebody's place."""

    row: Waiting
    level: Level
    place: InPlaceOf | None


@dataclass(slots=True)
class Message:
    """All that one receiver is told this morning."""

    hearer: Hearer
    told: list[Telling] = field(default_factory=list)


@dataclass(slots=True)
class Morning:
    """The plan: messages by receiver; and what has its day today and yet nothing to say (T10)."""

    day: date
    messages: dict[str, Message] = field(default_factory=dict)
    silent: list[Waiting] = field(default_factory=list)


_Owner: TypeAlias = int | str
_Dates: TypeAlias = tuple[DeadlineKind, date, date, date, str]


def plan_morning(
    tx: Transaction, office: Office, now: datetime, returned: frozenset[int] = frozenset()
) -> Morning:
    """What is to be told now, to those who may be written to now; of `returned`, all that is late or due."""
    today = now.date()
    rows = mornings.to_remind(tx, today, horizon(today))
    if returned:
        midnight = datetime.combine(today, time(), tzinfo=now.tzinfo)
        due = mornings.due_of(tx, returned, today, horizon(today), opened_before=midnight)
        rows = _with(rows, due)
    return _Planning(tx, office, now, rows).done()


def horizon(today: date) -> date:
    """Until when `/oggi` looks ahead: the Sunday of this week."""
    return today + timedelta(days=_SUNDAY - today.weekday())


def next_days(office: Office, told: Iterable[Waiting], today: date) -> list[tuple[int, date | None]]:
    """When each of these is told of next. Those of the same dates at the same sede are reckoned once."""
    known: dict[_Dates, date | None] = {}
    days = []
    for row in told:
        dates = _dates(row)
        if dates not in known:
            known[dates] = next_remind_on(row, today, office.calendar(row.company_site))
        days.append((row.id, known[dates]))
    return days


def _with(rows: list[Waiting], more: list[Waiting]) -> list[Waiting]:
    there = {row.id for row in rows}
    return [*rows, *(row for row in more if row.id not in there)]


def _dates(row: Waiting) -> _Dates:
    return row.kind, row.starts_on, row.last_useful, row.on_time_until, row.company_site


class _Planning:
    """One plan in the making; what is the same for many rows is reckoned once."""

    def __init__(self, tx: Transaction, office: Office, now: datetime, rows: list[Waiting]) -> None:
        self._tx = tx
        self._office = office
        self._now = now
        self._today = now.date()
        self._rows = rows
        absent = {row.owner for row in rows if row.is_away and row.owner is not None}
        self._absent = Recipients(office, PreparedRoster(tx, self._today, absent))
        self._hearers: dict[_Owner, Hearer | None] = {}
        self._levels: dict[_Dates, Level] = {}
        self._open: dict[tuple[int, int, int], bool] = {}  # hours and calendar → may they be written to now
        self._morning = Morning(self._today)

    def done(self) -> Morning:
        """The plan of the rows."""
        asked: list[tuple[Waiting, Hearer]] = []
        for row in self._rows:
            if row.owner is None and not row.owner_email:
                continue  # nobody is to do it yet: a new member that is not attributed
            hearer = self._hearer(row)
            if hearer is None:
                continue
            level = self._level(row)
            if level is Level.ASK and row.kind is DeadlineKind.D13:
                asked.append((row, hearer))
            else:
                self._tell(row, level, hearer)
        self._ask(asked)
        return self._morning

    def _tell(self, row: Waiting, level: Level, hearer: Hearer) -> None:
        message = self._morning.messages.get(hearer.key)
        if message is None:
            message = self._morning.messages[hearer.key] = Message(hearer)
        message.told.append(Telling(row, level, hearer.place))

    def _ask(self, asked: list[tuple[Waiting, Hearer]]) -> None:
        """T10: only where nothing has been told since the delivery; what was put off is told all the same."""
        states = mornings.quote_states(self._tx, [row.about_id for row, _ in asked])
        for row, hearer in asked:
            if row.about_kind == Subject.QUOTE and states.get(row.about_id) is QuoteState.DELIVERED:
                self._tell(row, Level.ASK, hearer)
            elif row.postponed_why:
                self._tell(row, Level.EARLY, hearer)
            else:
                self._morning.silent.append(row)

    def _level(self, row: Waiting) -> Level:
        dates = _dates(row)
        level = self._levels.get(dates)
        if level is None:
            calendar = self._office.calendar(row.company_site)
            level = self._levels[dates] = owed(row, self._today, calendar)
        return level

    def _hearer(self, row: Waiting) -> Hearer | None:
        """Who hears it; None where they are not written to now."""
        owner = row.owner_email if row.owner is None else row.owner
        try:
            return self._hearers[owner]
        except KeyError:
            hearer = self._found(row)
            self._hearers[owner] = hearer if self._may_write_to(hearer) else None
            return self._hearers[owner]

    def _may_write_to(self, hearer: Hearer) -> bool:
        alike = hearer.preferences.opens, hearer.preferences.closes, id(hearer.calendar)
        may = self._open.get(alike)
        if may is None:
            may = self._open[alike] = hours.may_write(self._now, hearer.preferences, hearer.calendar)
        return may

    def _found(self, row: Waiting) -> Hearer:
        if row.owner is None or row.is_away:
            return _stand_in(self._absent.of_owner(row.owner, row.owner_email))
        chosen = DEFAULT
        if row.opens is not None and row.closes is not None:
            chosen = Preferences(row.opens, row.closes, bool(row.by_mail), bool(row.also_by_mail))
        return Hearer(
            key=row.owner_email.casefold(),
            person=row.owner,
            contact=Contact(row.owner_name or row.owner_email, row.owner_email),
            by_mail=chosen.by_mail or row.telegram_id is None,
            preferences=chosen,
            calendar=self._office.days_of(row.owner_site),
            place=None,
        )


def _stand_in(found: Recipient) -> Hearer:
    person = found.person.id if found.person else None
    return Hearer(
        found.key, person, found.contact, found.by_mail, found.preferences, found.calendar, found.in_place_of
    )
