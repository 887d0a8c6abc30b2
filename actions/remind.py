"""The morning's reminders: what is due, told to whoever must do it, with the buttons that finish it.

The plan follows from what is stored and from the time alone, so a missed tick heals by itself and a second
one does no harm: each notice has a key. Refuses to know how a reminder looks.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from actions.deliver import put_mail, put_push
from actions.office import Office
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind, is_late
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.people import Person
from procedure.reminders import Level, OpenDeadline, Reminder, may_send, next_remind_on, plan
from store import deadlines, people
from store.deadlines import DeadlineRow
from store.transaction import Transaction

Item = dict[str, Json]


def remind(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue today's reminders; how many notices. Nothing outside 8 to 19 of working days (A46)."""
    today = now.date()
    waiting = [d for d in deadlines.to_remind(tx, today) if may_send(now, office.calendar(d.site))]
    queued = 0
    for owner, owed in _by_owner(tx, _spoken_of(waiting, today, office)).items():
        queued += _tell(tx, office, owner, owed, now)
    for deadline in waiting:
        after = next_remind_on(deadline, today, office.calendar(deadline.site))
        deadlines.set_remind_on(tx, deadline.id, after)
    return queued


def _spoken_of(waiting: list[OpenDeadline], today: date, office: Office) -> list[Reminder]:
    """The plan of today, and what was put off to a day that the plan leaves silent."""
    planned = plan(waiting, today, office.calendars)
    silent = {deadline.id: deadline for deadline in waiting}
    for reminder in planned:
        del silent[reminder.deadline.id]
    put_off = (Reminder(d, Level.LATE if is_late(d, today) else Level.DAY, today) for d in silent.values())
    return [*planned, *put_off]


Owed = tuple[Reminder, DeadlineRow]


def _by_owner(tx: Transaction, reminders: Iterable[Reminder]) -> dict[str, list[Owed]]:
    grouped: dict[str, list[Owed]] = defaultdict(list)
    for reminder in reminders:
        if row := deadlines.get(tx, reminder.deadline.id):
            grouped[row.owner_email].append((reminder, row))
    return grouped


def _tell(tx: Transaction, office: Office, owner: str, owed: list[Owed], now: datetime) -> int:
    """By chat to who has one: a list of the morning, and each sollecito by itself; else one mail."""
    person = people.by_email(tx, owner)
    items = [_item(reminder, row) for reminder, row in owed]
    key = _key(owner, owed, now.date())
    if person is None or person.telegram_id is None:
        put_mail(tx, _morning_mail(key, person, owner, items, now.date()), minted_by=office.minting, now=now)
        return 1
    pushes = _pushes(key, person, items, now.date())
    for push in pushes:
        put_push(tx, push, now=now)
    return len(pushes)


def _morning_mail(key: str, person: Person | None, owner: str, items: list[Item], today: date) -> Mail:
    name = person.name if person else owner
    context: dict[str, Json] = {"person": name, "day": write_date(today), "items": [*items]}
    about = About(Subject.PERSON, person.id if person else 0)
    return Mail(key, MailKind.MORNING, about, (Contact(name, owner),), (), context)


def _pushes(key: str, person: Person, items: list[Item], today: date) -> list[Push]:
    follow_ups = [item for item in items if item["kind"] == DeadlineKind.D13.value]
    others: list[Json] = [item for item in items if item not in follow_ups]
    pushes = [_follow_up(person.id, item, today) for item in follow_ups]
    if others:
        context: dict[str, Json] = {"day": write_date(today), "items": others}
        pushes.insert(0, Push(key, "morning", About(Subject.PERSON, person.id), person.id, context))
    return pushes


def _key(owner: str, owed: list[Owed], today: date) -> str:
    """One message a morning; what becomes due later in the day is a message of its own."""
    first = min(row.id for _, row in owed)
    return f"morning:{owner}:{today.isoformat()}:{first}"


def _follow_up(person: int, item: Item, today: date) -> Push:
    """The sollecito, by itself, with its buttons [r.161]."""
    key = f"deadline:{item['deadline']}:{item['level']}:{today.isoformat()}"
    quote = item["about_id"]
    return Push(key, "follow_up", About(Subject.QUOTE, int(str(quote))), person, item)


def _item(reminder: Reminder, row: DeadlineRow) -> Item:
    return {
        "deadline": row.id,
        "kind": row.due.kind.value,
        "level": reminder.level.value,
        "title": f"{row.due.kind.label}: {row.company_name}",
        "company": row.company_name,
        "company_id": row.company,
        "explanation": row.due.explanation,
        "late": reminder.level.value == "late",
        "about_kind": row.about.kind.value,
        "about_id": row.about.id,
    }
