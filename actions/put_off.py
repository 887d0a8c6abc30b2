"""A reminder is put off by working days, with a reason that the supervisor reads. The deadline never moves.

For every deadline alike. Refuses to know how the two questions are asked.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from actions.converse import Talk, begin
from actions.grounds_of_deadline import found_deadline
from actions.standing_in import note_standing_in
from actions.turn import Turn
from conversations.put_off import PUT_OFF, PutOff
from procedure.errors import NotAllowed, Refusal
from procedure.notices import About, Subject
from procedure.people import Person
from procedure.permissions import may_put_off
from procedure.visits import Company
from store import audit, deadlines, history, quotes
from store.deadlines import DeadlineRow
from store.history import Change, Hand

CHAT: Final = "chat"


@dataclass(frozen=True, slots=True)
class PutOffDone:
    """The deadline as it stays, and the day on which its owner hears of it again."""

    deadline: DeadlineRow
    until: date
    reason: str


def begin_put_off(turn: Turn, deadline: int) -> Talk:
    """Begin (or resume) putting off the reminder of a deadline.

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `deadline_closed`.
    """
    row, _ = _own(turn, deadline)
    return begin(turn, PUT_OFF.name, About(Subject.DEADLINE, deadline), company=row.company)


def begin_put_off_quote(turn: Turn, quote: int) -> Talk:
    """The same about a quote: of what is open, the one whose reminder comes first.

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `quote_nothing_due`.
    """
    waiting = [row for row in deadlines.of_quote(turn.tx, quote) if row.remind_on is not None]
    if not waiting:
        raise Refusal("quote_nothing_due")
    return begin_put_off(turn, min(waiting, key=_first_told).id)


def put_off_in_dialogue(turn: Turn, talk: Talk, result: PutOff) -> PutOffDone:
    """Do what the confirmed dialogue says. See `put_off`."""
    return put_off(turn, talk.row.about.id, result.until, result.reason, channel=CHAT)


def put_off(turn: Turn, deadline: int, until: date, reason: str, *, channel: str) -> PutOffDone:
    """The owner hears of it again on `until`, or on the next working day of the company's sede.

    Raises:
        NotAllowed: it is not this person's.
        Refusal: `deadline_closed`.
    """
    row, company = _own(turn, deadline)
    day = turn.office.calendar(company.site).next_working(until)
    deadlines.put_off(turn.tx, deadline, day, reason)
    _remember(turn, row, day, reason, channel)
    return PutOffDone(row, day, reason)


def _own(turn: Turn, deadline: int) -> tuple[DeadlineRow, Company]:
    """The open deadline and its company, if the person may put it off."""
    row, company = found_deadline(turn, deadline)

    def may(person: Person) -> bool:
        return may_put_off(person, row.owner, row.owner_email, company)

    if not may(turn.person):
        audit.note(turn.tx, turn.now, turn.person.email, "refused", {"what": "deadline", "id": deadline})
        raise NotAllowed("not_allowed")
    if row.closed_on is not None:
        raise Refusal("deadline_closed")
    note_standing_in(turn, "deadline", deadline, may)
    return row, company


def _remember(turn: Turn, row: DeadlineRow, day: date, reason: str, channel: str) -> None:
    """In the deadline's history, and in that of its quote where it has one."""
    hand = Hand(turn.person.email, turn.now, channel)
    before, after = history.as_text(row.remind_on), history.as_text(day)
    changes = [
        Change("deadlines", row.id, "remind_on", before, after, hand),
        Change("deadlines", row.id, "postponed_why", row.postponed_why, reason, hand),
    ]
    history.note(turn.tx, changes)
    quote = quotes.get(turn.tx, row.about.id) if row.about.kind is Subject.QUOTE else None
    if quote is not None:
        event = f"rinvia: {reason}"
        quotes.remember(turn.tx, quote, event=event, who=hand.who, at=hand.at, channel=channel)


def _first_told(row: DeadlineRow) -> tuple[date, date, int]:
    return row.remind_on or date.max, row.due.due_on, row.id
