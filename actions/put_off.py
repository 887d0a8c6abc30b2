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


def next_of_quote(turn: Turn, quote: int) -> DeadlineRow:
    """Of what is open about a quote, the deadline that is told of first.

    Raises:
        Refusal: `quote_nothing_due`.
    """
    waiting = [row for row in deadlines.of_quote(turn.tx, quote) if row.remind_on is not None]
    if not waiting:
        raise Refusal("quote_nothing_due")
    return min(waiting, key=_first_told)


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
    for one in (row, *_sooner(turn, row, day)):
        deadlines.put_off(turn.tx, one.id, day, reason)
        _remember(turn, one, day, reason, channel)
    _remember_of_quote(turn, row, reason, channel)
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


def _sooner(turn: Turn, row: DeadlineRow, day: date) -> list[DeadlineRow]:
    """What else of the same quote would be told before that day: the owner wants to hear of it then."""
    if row.about.kind is not Subject.QUOTE:
        return []
    others = (one for one in deadlines.of_quote(turn.tx, row.about.id) if one.id != row.id)
    return [one for one in others if one.remind_on is not None and one.remind_on <= day]


def _remember(turn: Turn, row: DeadlineRow, day: date, reason: str, channel: str) -> None:
    hand = Hand(turn.person.email, turn.now, channel)
    before, after = history.as_text(row.remind_on), history.as_text(day)
    changes = [
        Change("deadlines", row.id, "remind_on", before, after, hand),
        Change("deadlines", row.id, "postponed_why", row.postponed_why, reason, hand),
    ]
    history.note(turn.tx, changes)


def _remember_of_quote(turn: Turn, row: DeadlineRow, reason: str, channel: str) -> None:
    quote = quotes.get(turn.tx, row.about.id) if row.about.kind is Subject.QUOTE else None
    if quote is not None:
        who = turn.person.email
        quotes.remember(turn.tx, quote, event=f"rinvia: {reason}", who=who, at=turn.now, channel=channel)


def _first_told(row: DeadlineRow) -> tuple[date, date, int]:
    return row.remind_on or date.max, row.due.due_on, row.id
