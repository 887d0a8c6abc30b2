"""Once a day, in their first hour, administrators read that letters wait to be sorted: by chat how many, by
mail which, with the letters themselves.

Only what is new is a reason, and once a week what still waits; never an empty list. Refuses to know why a
letter waits and how it gets a place.
"""

from datetime import datetime, timedelta
from typing import Final

from actions.deliver import put_all
from actions.office import Office
from actions.recipient import Recipient, recipient
from conversations.letters import first_line, why_it_waits
from procedure.hours import CLOSES, OPENS
from procedure.italian import write_date
from procedure.notices import About, Enclosed, Json, Mail, MailKind, Notice, Push, Subject
from procedure.people import Role
from store import marks, people, sorting
from store.page import Page
from store.sorting import LetterLine
from store.transaction import Transaction

MARK: Final = "letters_to_sort"
"""Address → the newest letter that it was told of, and the day."""

AGAIN: Final = timedelta(days=7)
"""After so long, what still waits is told of once more."""

LISTED: Final = 10
"""Letters in one mail, each enclosed; the others are counted."""


def tell_to_sort(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue what is to be told now; how many notices."""
    if not OPENS <= now.hour < CLOSES:
        return 0
    waiting = sorting.waiting(tx, None, offset=0, limit=LISTED)
    if not waiting.items:
        return 0
    told: dict[str, list[Json]] = marks.get(tx, MARK) or {}
    notices: list[Notice] = []
    for person in people.with_role(tx, Role.ADMIN):
        to = recipient(tx, office, person.id, now.date())
        if _is_due(told.get(to.key), waiting.items[0].id, now) and to.may_be_written_to(now):
            told[to.key] = [waiting.items[0].id, now.date().isoformat()]
            notices.append(_notice(to, person.id, waiting, now))
    if notices:
        marks.put(tx, MARK, {**told})
    return put_all(tx, [(notice, None) for notice in notices], minted_by=office.minting, now=now)


def _is_due(last: list[Json] | None, newest: int, now: datetime) -> bool:
    if last is None:
        return True
    day = now.date() - AGAIN
    is_news = isinstance(last[0], int) and last[0] < newest and str(last[1]) < now.date().isoformat()
    return is_news or str(last[1]) <= day.isoformat()


def _notice(to: Recipient, person: int, waiting: Page[LetterLine], now: datetime) -> Notice:
    key = f"{MARK}:{now.date().isoformat()}:{to.key}"
    about = About(Subject.PERSON, person)
    if not to.by_mail:
        return Push(key, "letters_to_sort", about, person, {"count": waiting.total})
    context: dict[str, Json] = {
        "person": to.contact.name,
        "day": write_date(now.date()),
        "more": waiting.total - len(waiting.items),
        "waiting": [_item(one, now) for one in waiting.items],
    }
    encloses = tuple(Enclosed(one.id) for one in waiting.items)
    return Mail(key, MailKind.TO_SORT, about, (to.contact,), context=context, encloses=encloses)


def _item(one: LetterLine, now: datetime) -> dict[str, Json]:
    return {
        "letter": one.id,
        "sender": one.sender,
        "arrived": write_date(one.received_at.astimezone(now.tzinfo).date()),
        "subject": one.subject,
        "line": first_line(one.text),
        "told_of": one.company,
        "why": why_it_waits(one.reason),
    }
