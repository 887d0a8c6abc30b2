"""The calendar or the lengths of the terms have changed: every open term is reckoned anew, and who has some
that move is told, in one message.

What was changed is found by comparing with what the terms were last reckoned on, so it does not matter when
and how it changed: a campaign file edited, or a holiday that the law added. Refuses to know which of the two.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from itertools import chain
from typing import Final, TypeAlias

from actions.deliver import put_all
from actions.office import Office
from actions.unsay import unsay
from conversations.phrases import say
from procedure.campaign import Contact
from procedure.deadlines import Due, due
from procedure.explanations import explain_move
from procedure.italian import write_date
from procedure.notices import About, Json, Mail, MailKind, Notice, Push, Subject
from procedure.reminders import next_remind_on
from procedure.workdays import ONE_DAY, WorkCalendar
from store import marks, open_terms
from store.open_terms import Group, OpenTerm, Reckoned
from store.transaction import Transaction

SHOWN: Final = 15
"""Terms told one by one in a message; of the others how many."""

_MARK = "calendars"
_Moved: TypeAlias = list[tuple[OpenTerm, Due]]


def reckon_again(tx: Transaction, office: Office, now: datetime) -> int:
    """Reckon every open term on what holds today, if it is not what held before; how many notices."""
    holds = _fingerprint(office, now.date())
    if marks.get(tx, _MARK) == holds:
        return 0
    marks.put(tx, _MARK, holds)
    moved = _write(tx, _changed(tx, office, now.date()))
    if moved:
        unsay(tx, {term.id for term, _ in chain.from_iterable(moved.values())}, now)
    notices = (_notice(told, now) for told in moved.values())
    return put_all(tx, ((one, None) for one in notices), minted_by=office.minting, now=now)


def _changed(tx: Transaction, office: Office, today: date) -> dict[Group, Reckoned]:
    """The groups that are not what they were. A sede that the campaign no longer has keeps its terms."""
    changed = {}
    for group in open_terms.groups(tx):
        calendar = office.calendars.get(group.site)
        if calendar is None:
            continue
        new = due(group.kind, group.starts_on, calendar, office.campaign.terms)
        remind_on = _remind_on(group, new, calendar, today)
        if _dates(group) != _dates(new) or (group.explanation, group.remind_on) != (
            new.explanation,
            remind_on,
        ):
            changed[group] = Reckoned(new, remind_on)
    return changed


def _remind_on(group: Group, new: Due, calendar: WorkCalendar, today: date) -> date | None:
    """By the dates that hold now; what is owed today already, or was put off, stays where it was.

    What nobody is to hear of stays silent: nobody answers for it yet, or it waits for nothing (A47).
    """
    if group.remind_on is None:
        return None
    owed = group.remind_on <= today
    if not _moves(group, new) and (owed or group.is_put_off):
        return group.remind_on
    return next_remind_on(new, today - ONE_DAY if owed else today, calendar)


def _write(tx: Transaction, changed: Mapping[Group, Reckoned]) -> dict[str, _Moved]:
    """Write what changed; what moves, by its owner's address."""
    which: dict[Group, list[int]] = defaultdict(list)
    moved: dict[str, _Moved] = defaultdict(list)
    for term in open_terms.of_groups(tx, changed) if changed else ():
        which[term.group].append(term.id)
        if term.group.remind_on is not None and _moves(term.group, changed[term.group].due):
            moved[term.owner_email.casefold()].append((term, changed[term.group].due))
    for group, terms in which.items():
        open_terms.write(tx, changed[group], terms)
    return moved


def _dates(term: Group | Due) -> tuple[date, date, date]:
    return term.due_on, term.last_useful, term.on_time_until


def _moves(old: Group, new: Due) -> bool:
    """True where people must know: another day, or in time until another."""
    return (old.due_on, old.on_time_until) != (new.due_on, new.on_time_until)


def _notice(told: _Moved, now: datetime) -> Notice:
    """By chat (which becomes a mail for who has none), or by mail to who is only an address."""
    owner, address = told[0][0].owner, told[0][0].owner_email
    key = f"terms_moved:{address.casefold()}:{now.isoformat(timespec='microseconds')}"
    about = About(Subject.PERSON, owner or 0)
    lines: list[Json] = [*_lines(told)]
    if owner is not None:
        return Push(key, "terms_moved", about, owner, {"lines": lines})
    text = "\n".join(str(line) for line in lines)
    return Mail(
        key, MailKind.NEWS, about, (Contact(address, address),), (), {"person": address, "text": text}
    )


def _lines(told: _Moved) -> Iterator[str]:
    one = len(told) == 1
    yield say("push.terms_moved.head_one") if one else say("push.terms_moved.head", count=len(told))
    yield from (f"• {_line(term, new)}" for term, new in told[:SHOWN])
    if len(told) > SHOWN:
        yield say("push.terms_moved.more", count=len(told) - SHOWN)


def _line(term: OpenTerm, new: Due) -> str:
    old, kind = term.group, term.group.kind
    if old.due_on == new.due_on:
        told = {"company": term.company, "what": kind.label, "day": write_date(new.on_time_until)}
        return say("push.terms_moved.late_after", **told)
    return f"{term.company}, {kind.label}: {explain_move(old.due_on, new.due_on)}"


def _fingerprint(office: Office, today: date) -> str:
    """The same for the same lengths and the same days of rest, of last year, this one and the next."""
    years = range(today.year - 1, today.year + 2)
    rests = [
        (site, repr(calendar), [_days_off(calendar, year) for year in years])
        for site, calendar in sorted(office.calendars.items())
    ]
    return sha256(repr((office.campaign.terms, rests)).encode()).hexdigest()


@cache
def _days_off(calendar: WorkCalendar, year: int) -> tuple[date, ...]:
    return calendar.skipped(date(year - 1, 12, 31), date(year, 12, 31))
