"""The messages that an appointment sets off by itself: the evening before, after its hour, the next morning.

They come singly (docs/decisions/0015), once each, and only as long as they are true: the plan follows from
what is stored and from the time alone. Refuses to know the words.
"""

from datetime import date, datetime, time

from actions.deliver import put_push
from actions.office import Office
from actions.put_in_calendar import phones_of, place_of
from actions.recipient import recipients
from procedure.appointments import Appointment, Call, call_due, write_hour, write_moment
from procedure.notices import About, Json, Push, Subject
from procedure.visits import Company
from procedure.workdays import ONE_DAY
from store import appointments, outbox, register
from store.transaction import Transaction

SCREENS = {Call.EVE: "appointment_eve", Call.ASKED: "appointment_asked", Call.AGAIN: "appointment_asked"}


def call_for_appointments(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue what is to be said now; how many messages. In the hours of whoever hears it (A46)."""
    near = appointments.between(tx, *_reach(office, now))
    if not near:
        return 0
    everybody = recipients(tx, office, now.date())
    queued = 0
    for one in near:
        hears = everybody.of(one.person)
        if call := call_due(one, now, hears.preferences, hears.calendar):
            queued += _call(tx, one, call, now)
    return queued


def still_true(tx: Transaction, push: Push) -> bool:
    """False for a message about an appointment of which something was told since it was queued."""
    if push.about.kind is not Subject.APPOINTMENT:
        return True
    found = appointments.get(tx, push.about.id)
    return found is not None and found.is_open


def _reach(office: Office, now: datetime) -> tuple[datetime, datetime]:
    """From when to when an appointment begins of which somebody may hear today: on any calendar, the last
    working day to the next.
    """
    today, calendars = now.date(), office.calendars.values()
    first = min(calendar.last_working(today - ONE_DAY) for calendar in calendars)
    last = max(calendar.next_working(today + ONE_DAY) for calendar in calendars)
    return _midnight(first, now), _midnight(last + ONE_DAY, now)


def _midnight(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), tzinfo=like.tzinfo)


def _call(tx: Transaction, appointment: Appointment, call: Call, now: datetime) -> bool:
    key = f"appointment:{appointment.id}:{call.value}:{appointment.starts_at.isoformat()}"
    if outbox.by_key(tx, key):
        return False
    company = register.company(tx, appointment.company)
    if company is None or company.ceased:
        return False
    about = About(Subject.APPOINTMENT, appointment.id)
    context = _context(appointment, company, now)
    return put_push(tx, Push(key, SCREENS[call], about, appointment.person, context), now=now)


def _context(appointment: Appointment, company: Company, now: datetime) -> dict[str, Json]:
    starts_at = appointment.starts_at.astimezone(now.tzinfo)
    ahead = (starts_at.date() - now.date()).days
    return {
        "appointment": appointment.id,
        "company": company.name,
        "company_id": company.id,
        "when": write_moment(starts_at),
        "hour": write_hour(starts_at),
        "days_ahead": ahead,
        "where": place_of(company),
        "phones": [*phones_of(company)],
        "note": appointment.note,
        "checked": appointment.credit_checked_at is not None,
    }
