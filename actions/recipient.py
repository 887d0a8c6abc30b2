"""Who really hears what is meant for a person on a day, by which channel and in which hours.

Decision 15 as a look-up: whoever queues or carries a notice asks here first. Refuses to know what is told.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from actions.office import Office
from conversations.phrases import say
from procedure import hours
from procedure.absences import is_at_work, who_hears
from procedure.campaign import Contact
from procedure.hours import DEFAULT, Preferences
from procedure.italian import write_date
from procedure.people import Person, Role
from procedure.workdays import ONE_DAY, WorkCalendar
from store import absences
from store.rosters import AskedRoster, Reached, WholeRoster
from store.transaction import Transaction

LONGEST_REST: Final = timedelta(days=31)
"""No closure is longer: who came back before it has heard the truth since."""


@dataclass(frozen=True, slots=True)
class InPlaceOf:
    """Whom a notice was meant for. `until` is the last day of their absence; None where they have left."""

    person: int
    name: str
    until: date | None

    @property
    def sentence(self) -> str:
        """As a message says it, before anything else."""
        if self.until is None:
            return say("push.in_place_of.left", name=self.name)
        return say("push.in_place_of.absent", name=self.name, day=write_date(self.until))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is written to, how and when.

    Args:
        person: None where there is only an address: an AM without a row, a role's mailbox.
        contact: their name and mail address.
        in_place_of: whom it was meant for, where that is another.
        by_mail: True where it must be a mail: no Telegram, or they want it so.
        preferences: their hours, within A46.
        calendar: the working days of their own sede; of Italy, where they have none.
    """

    person: Person | None
    contact: Contact
    in_place_of: InPlaceOf | None
    by_mail: bool
    preferences: Preferences
    calendar: WorkCalendar

    @property
    def key(self) -> str:
        """The same for the same receiver, however they were found: what groups a morning's messages."""
        return self.contact.email.casefold()

    @property
    def also_by_mail(self) -> bool:
        """True where they want it in the chat and by mail."""
        return self.preferences.also_by_mail and not self.by_mail

    def may_be_written_to(self, now: datetime) -> bool:
        """True in their hours (A46)."""
        return hours.may_write(now, self.preferences, self.calendar)

    def next_opening(self, now: datetime) -> datetime:
        """`now` where they may be written to, else the next moment at which they may."""
        return hours.next_opening(now, self.preferences, self.calendar)


class Recipients:
    """Everybody's recipient on one day."""

    def __init__(self, office: Office, roster: Reached) -> None:
        self._office = office
        self._roster = roster

    def of(self, person: int) -> Recipient:
        """Who hears what is meant for this person.

        Raises:
            LookupError: nobody has this id: a fault of the code, since no row of a person goes away.
        """
        meant = self._roster.person(person)
        if meant is None:
            raise LookupError(f"no person {person}")
        hears = who_hears(person, self._roster)
        if hears is None:
            return self._mailbox(self._last_resort(), self._in_place_of(meant))
        return self._person(hears, self._in_place_of(meant) if hears.id != person else None)

    def of_owner(self, person: int | None, email: str, name: str = "") -> Recipient:
        """Who hears what is meant for the owner of a deadline or a quote, who may be only an address."""
        known = self._roster.person(person) if person is not None else self._roster.at(email)
        return self.of(known.id) if known else self._mailbox(Contact(name or email, email), None)

    def _person(self, person: Person, in_place_of: InPlaceOf | None) -> Recipient:
        chosen = self._roster.preferences(person.id)
        return Recipient(
            person=person,
            contact=Contact(person.name, person.email),
            in_place_of=in_place_of,
            by_mail=chosen.by_mail or person.telegram_id is None,
            preferences=chosen,
            calendar=calendar_of(self._office, person),
        )

    def _mailbox(self, contact: Contact, in_place_of: InPlaceOf | None) -> Recipient:
        return Recipient(None, contact, in_place_of, True, DEFAULT, self._office.days_of(None))

    def _in_place_of(self, meant: Person) -> InPlaceOf:
        absence = self._roster.absence(meant.id) if self._roster.is_here(meant.id) else None
        return InPlaceOf(meant.id, meant.name, absence.last if absence else None)

    def _last_resort(self) -> Contact:
        """Nobody of the house is at work: the mailbox of RPS, else of RPC; nothing is dropped (A42)."""
        boxes = [self._office.campaign.mailbox(role) for role in (Role.RPS, Role.RPC)]
        contacts = [contact for box in boxes for contact in (box.contact, box.deputy) if contact]
        if not contacts:
            raise LookupError("neither RPS nor RPC has a mailbox: the campaign file is refused (A54)")
        return next((c for c in contacts if not self._is_somebody_away(c)), contacts[0])

    def _is_somebody_away(self, contact: Contact) -> bool:
        owner = self._roster.at(contact.email)
        return owner is not None and who_hears(owner.id, self._roster) != owner


def calendar_of(office: Office, person: Person) -> WorkCalendar:
    """The working days of the person's sede; of Italy, where they have none."""
    return office.days_of(person.site)


def recipient(tx: Transaction, office: Office, person: int, day: date) -> Recipient:
    """Who hears what is meant for this person on this day: a few short queries.

    Raises:
        LookupError: nobody has this id.
    """
    return Recipients(office, AskedRoster(tx, day)).of(person)


def recipients(tx: Transaction, office: Office, day: date) -> Recipients:
    """The same for everybody: four queries, however many are asked for after."""
    return Recipients(office, WholeRoster(tx, day))


def returned_on(tx: Transaction, office: Office, day: date) -> frozenset[int]:
    """Those for whom `day` is the first working day after an absence: they hear the truth of the day (A43).

    Empty for a person who is absent again, or has left.
    """
    roster = WholeRoster(tx, day)
    ended = absences.between(tx, day - LONGEST_REST, day - ONE_DAY)
    back = set()
    for absence in ended:
        person = roster.person(absence.person)
        if person is None or not is_at_work(person.id, roster):
            continue
        if calendar_of(office, person).next_working(absence.last + ONE_DAY) == day:
            back.add(person.id)
    return frozenset(back)
