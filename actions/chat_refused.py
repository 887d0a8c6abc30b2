"""Telegram no longer reaches somebody: what they are told goes by mail, and the administrators hear of it.

Once for each person and day, however many messages were refused. Refuses to know why Telegram refuses.
"""

from datetime import datetime

from actions.deliver import put_push
from procedure.notices import About, Push, Subject
from procedure.people import Person, Role
from store import audit, people
from store.transaction import Transaction


def chat_refused(tx: Transaction, person: Person, now: datetime) -> None:
    """Write down that the person's chat refuses us for good, and tell every administrator but them."""
    audit.note(tx, now, person.email, "chat_refused", {})
    about = About(Subject.PERSON, person.id)
    for admin in people.with_role(tx, Role.ADMIN):
        if admin.id != person.id:
            key = f"chat_refused:{person.id}:{now.date().isoformat()}:{admin.id}"
            put_push(tx, Push(key, "chat_refused", about, admin.id, {"name": person.name}), now=now)
