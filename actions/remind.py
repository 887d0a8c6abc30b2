"""The morning's reminders: what is due, told to whoever must do it, with the buttons that finish it.

The plan follows from what is stored and from the time alone, so a missed tick heals by itself and a second one does
no harm: each notice has a key. Refuses to know how a reminder looks.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from actions.deliver import put_mail, put_push
from actions.office import Office
from procedure.campaign import Contact
from procedure.deadlines import DeadlineKind
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Push, Subject
from procedure.reminders import Reminder, may_send, next_remind_on, plan
from store import deadlines, people
from store.deadlines import DueRow
from store.transaction import Transaction


def remind(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue today's reminders; how many notices. Nothing outside 8 to 19 of working days (A46)."""
    today = now.date()
    rows = {row.id: row for row in deadlines.to_remind(tx, today)}
    open_ = [row for row in rows.values() if may_send(now, office.calendar(row.site))]
    reminders = plan([row.as_open() for row in open_], today, office.calendars)
    queued = 0
    for owner, own in _by_owner(rows, reminders).items():
        queued += _tell(tx, office, owner, own, rows, now)
    for row in open_:
        deadlines.set_remind_on(
            tx, row.id, next_remind_on(row.as_open(), today, office.calendar(row.site))
        )
    return queued


def _by_owner(rows: dict[int, DueRow], reminders: Iterable[Reminder]) -> dict[str, list[Reminder]]:
    grouped: dict[str, list[Reminder]] = defaultdict(list)
    for reminder in reminders:
        grouped[rows[reminder.deadline.id].owner_email].append(reminder)
    return grouped


def _tell(
    tx: Transaction,
    office: Office,
    owner: str,
    reminders: list[Reminder],
    rows: dict[int, DueRow],
    now: datetime,
) -> int:
    """By chat to who has one: a list of the morning, and each sollecito by itself; else one mail."""
    person = people.by_email(tx, owner)
    items = [_item(reminder, rows[reminder.deadline.id]) for reminder in reminders]
    key = _key(owner, reminders, now.date())
    if person is None or person.telegram_id is None:
        name = person.name if person else owner
        context: dict[str, Json] = {"person": name, "day": write_date(now.date()), "items": [*items]}
        mail = Mail(
            key, MailKind.MORNING, About(Subject.PERSON, person.id if person else 0), (Contact(name, owner),)
        )
        put_mail(
            tx,
            Mail(mail.key, mail.kind, mail.about, mail.to, (), context),
            minted_by=office.minting,
            now=now,
        )
        return 1
    solleciti = [item for item in items if item["kind"] == DeadlineKind.D13.value]
    others = [item for item in items if item not in solleciti]
    pushes = [_follow_up(person.id, item, now.date()) for item in solleciti]
    if others:
        about = About(Subject.PERSON, person.id)
        day = write_date(now.date())
        pushes.insert(0, Push(key, "morning", about, person.id, {"day": day, "items": [*others]}))
    for push in pushes:
        put_push(tx, push, now=now)
    return len(pushes)


def _key(owner: str, reminders: list[Reminder], today: date) -> str:
    """One message a morning; what becomes due later in the day is a message of its own."""
    first = min(reminder.deadline.id for reminder in reminders)
    return f"morning:{owner}:{today.isoformat()}:{first}"


def _follow_up(person: int, item: dict[str, Json], today: date) -> Push:
    """The sollecito, by itself, with its buttons [r.161]."""
    key = f"deadline:{item['deadline']}:{item['level']}:{today.isoformat()}"
    quote = item["about_id"]
    return Push(key, "follow_up", About(Subject.QUOTE, int(str(quote))), person, item)


def _item(reminder: Reminder, row: DueRow) -> dict[str, Json]:
    return {
        "deadline": row.id,
        "kind": row.kind.value,
        "level": reminder.level.value,
        "title": f"{row.kind.label}: {row.company_name}",
        "company": row.company_name,
        "company_id": row.company,
        "explanation": row.explanation,
        "late": reminder.level.value == "late",
        "about_kind": row.about.kind.value,
        "about_id": row.about.id,
    }
