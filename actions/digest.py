"""The supervisors' digests: what is late, by person and kind; never a push per case (A40, N5).

On the first day of a week on which its reader is written to, everything that is still open; on the others
only what is new since the last one; never an empty one. Counts nobody's times and ranks nobody (A65). Refuses
to know how a digest looks, and who reads of what: `procedure.escalation` says.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from actions.deliver import put_all
from actions.office import Office
from actions.readers import Bearer, Post, Reading, readers
from actions.recipient import Recipient, Recipients
from actions.remind import in_place_of
from conversations.phrases import say
from procedure import hours
from procedure.escalation import ESCALATIONS, delay, escalates, is_new_week, is_news, reader
from procedure.hours import CLOSES, OPENS
from procedure.italian import plural, write_date, write_date_short
from procedure.notices import About, Json, Mail, MailKind, Notice, Push, Subject
from procedure.people import Role
from store import absences, lateness, marks, outbox, people
from store.lateness import Late
from store.rosters import AskedRoster
from store.transaction import Transaction

MARK: Final = "digests"
"""Bearer → the day of their last digest, or of the last day on which there was nothing to tell them."""

IN_CHAT: Final = 20
"""Lines of a chat message; a longer digest is there in part, and whole in a mail."""


@dataclass(slots=True)
class _Part:
    """What one post reads today."""

    reading: Reading
    hears: Recipient
    rows: list[Late]


@dataclass(slots=True)
class _Digest:
    """One reader's message: their parts, and for whose digest of which last day it is."""

    hears: Recipient
    parts: list[_Part] = field(default_factory=list)
    since: dict[str, Json] = field(default_factory=dict)
    weekly: bool = False


def digest(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue the digests of those who may be written to now; how many notices."""
    if not OPENS <= now.hour < CLOSES:
        return 0
    last: dict[str, str] = marks.get(tx, MARK) or {}
    waiting = _waiting(tx, office, now, last)
    if not waiting:
        return 0
    digests = _digests(office, waiting, last, _by_post(tx, office, now), now.date())
    told = [one for one in digests if one.parts]
    count = _queue(tx, office, told, now)
    lateness.read_on(tx, {row.id for one in told for part in one.parts for row in part.rows}, now.date())
    marks.put(tx, MARK, {**last, **{bearer.key: now.date().isoformat() for bearer, _, _ in waiting}})
    return count


def forget(tx: Transaction, since: Mapping[str, str]) -> None:
    """A digest could not leave on its day: its readers are where they were before it."""
    last: dict[str, str] = marks.get(tx, MARK) or {}
    marks.put(tx, MARK, {key: day for key, day in {**last, **since}.items() if day})


_Waiting = tuple[Bearer, list[Reading], Recipient]


def _waiting(tx: Transaction, office: Office, now: datetime, last: Mapping[str, str]) -> list[_Waiting]:
    """Whose digest is to be looked at now."""
    today = now.date().isoformat()
    recipients = Recipients(office, AskedRoster(tx, now.date()))
    found = []
    for bearer, readings in readers(tx, office).items():
        if last.get(bearer.key) != today:
            hears = recipients.of_owner(bearer.person, bearer.contact.email, bearer.contact.name)
            if hears.may_be_written_to(now):
                found.append((bearer, readings, hears))
    had = outbox.known(tx, [_key(hears, now.date()) for _, _, hears in found])
    return [one for one in found if _key(one[2], now.date()) not in had]


def _by_post(tx: Transaction, office: Office, now: datetime) -> dict[Post, list[Late]]:
    """Everything that has escalated, by who reads of it. What was opened today waits until tomorrow."""
    heads = {(one.id, one.site) for one in people.with_role(tx, Role.RS)}
    found: dict[Post, list[Late]] = {}
    midnight = datetime.combine(now.date(), time(), tzinfo=now.tzinfo)
    for row in lateness.late(tx, now.date(), ESCALATIONS, midnight):
        if escalates(row.kind, row.on_time_until, now.date(), office.calendar(row.site)):
            late_is_rs = (row.owner, row.site) in heads
            role = reader(row.kind, has_services=row.has_services, late_is_rs=late_is_rs)
            found.setdefault(Post(role, row.site if role is Role.RS else ""), []).append(row)
    return found


def _digests(
    office: Office,
    waiting: Iterable[_Waiting],
    last: Mapping[str, str],
    late: Mapping[Post, list[Late]],
    today: date,
) -> list[_Digest]:
    """A digest for each receiver; who reads in several places has one message."""
    found: dict[str, _Digest] = {}
    for bearer, readings, hears in waiting:
        one = found.setdefault(hears.key, _Digest(hears))
        before = last.get(bearer.key, "")
        one.since[bearer.key] = before
        day = date.fromisoformat(before) if before else None
        whole = is_new_week(day, today)
        for reading in readings:
            rows = late.get(reading.post, [])
            news = [row for row in rows if is_news(row.kind, row.escalated_on, day, whole_week=whole)]
            if news:
                one.weekly |= whole
                one.parts.append(_Part(reading, hears, news))
    return [*found.values()]


def _queue(tx: Transaction, office: Office, digests: Iterable[_Digest], now: datetime) -> int:
    away = frozenset(one.person for one in absences.between(tx, now.date(), now.date()))
    notices: list[tuple[Notice, datetime | None]] = []
    today = now.date()
    for one in digests:
        until = datetime.combine(today, hours.window(one.hears.preferences)[1], tzinfo=now.tzinfo)
        its = _notices(one, _context(office, one, away, today), today)
        notices += [(notice, until if is_first else None) for is_first, notice in its]
    return put_all(tx, notices, minted_by=office.minting, now=now)


def _notices(one: _Digest, context: dict[str, Json], today: date) -> Iterator[tuple[bool, Notice]]:
    """The digest; and where a chat cannot hold it, the whole of it by mail. Only the first is taken back."""
    key, hears = _key(one.hears, today), one.hears
    about = About(Subject.PERSON, hears.person.id if hears.person else 0)
    lines = sum(len(part.rows) for part in one.parts)
    whole = {**context, "person": hears.contact.name, "by_mail": True}
    if hears.person is None or hears.by_mail:
        yield True, Mail(key, MailKind.DIGEST, about, (hears.contact,), (), whole)
        return
    yield True, Push(key, "digest", about, hears.person.id, {**context, "by_mail": lines > IN_CHAT})
    if lines > IN_CHAT or hears.also_by_mail:
        yield False, Mail(f"{key}:whole", MailKind.DIGEST, about, (hears.contact,), (), whole)


def _key(hears: Recipient, today: date) -> str:
    who = hears.person.id if hears.person else hears.key
    return f"digest:{who}:{today.isoformat()}"


def _context(office: Office, one: _Digest, away: frozenset[int], today: date) -> dict[str, Json]:
    return {
        "head": say("digest.week" if one.weekly else "digest.news", day=write_date(today)),
        "parts": [
            {"head": _head(part), "people": [*_people(office, part.rows, away, today)]} for part in one.parts
        ],
        "since": one.since,
    }


def _head(part: _Part) -> str:
    """For whom it is read, where that is another than the reader."""
    vacant = say("digest.vacant", role=part.reading.post.in_full) if part.reading.vacant else ""
    place = in_place_of(part.hears.in_place_of) if part.hears.in_place_of else ""
    return " · ".join(one for one in (place, vacant) if one)


def _people(office: Office, rows: Iterable[Late], away: frozenset[int], today: date) -> Iterator[Json]:
    """By name, each with what is late, kind by kind."""
    owned: dict[tuple[str, int | None], list[Late]] = {}
    for row in rows:
        name = row.owner_name or row.owner_email or say("digest.nobody")
        owned.setdefault((name, row.owner), []).append(row)
    for (name, owner), its in sorted(owned.items(), key=lambda one: (one[0][0], one[0][1] or 0)):
        lines = sorted(its, key=lambda row: (row.kind.label, row.due_on, row.id))
        yield {
            "name": name,
            "away": owner in away,
            "items": [_item(office, row, today) for row in lines],
        }


def _item(office: Office, row: Late, today: date) -> dict[str, Json]:
    days = delay(row.on_time_until, today, office.calendar(row.site))
    worked = plural(days, "giorno lavorativo", "giorni lavorativi")
    return {
        "deadline": row.id,
        "title": f"{row.kind.label}: {row.company_name}",
        "late": say("digest.late", days=f"{days} {worked}"),
        "put_off": _put_off(row, today),
    }


def _put_off(row: Late, today: date) -> str:
    if not row.postponed_why:
        return ""
    if row.remind_on is None or row.remind_on <= today:
        return say("digest.was_put_off", why=row.postponed_why)
    return say("digest.put_off", day=write_date_short(row.remind_on, today), why=row.postponed_why)
