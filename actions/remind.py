"""The morning's reminders: one message to each receiver, in sections, at the opening of their hours.

The plan follows from what is stored and from the time alone, so a missed tick heals by itself and a second
one does no harm: each message has a key of its receiver and its day, and never leaves after their hours.
Refuses to know how a reminder looks.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from actions.by_mail.agenda import for_its_receiver
from actions.deliver import put_all
from actions.morning import Hearer, Message, Morning, Telling, horizon, next_days, plan_morning
from actions.office import Office
from actions.recipient import InPlaceOf, returned_on
from conversations.phrases import say
from procedure import hours
from procedure.campaign import Terms
from procedure.deadlines import DeadlineKind
from procedure.hours import CLOSES, OPENS
from procedure.italian import join_it, write_date
from procedure.notices import About, Json, Mail, MailKind, Notice, Push, Subject
from procedure.reminders import Level
from procedure.validity import validity_at
from procedure.workdays import ONE_DAY
from store import marks, mornings, outbox, quotes
from store.mornings import Waiting
from store.transaction import Transaction

Item = dict[str, Json]
Queued = tuple[Notice, datetime]

SECTIONS: Final = {
    Level.LATE: "late",
    Level.DAY: "today",
    Level.EVE: "soon",
    Level.EARLY: "soon",
    Level.ASK: "questions",
}
"""Level → section, in the order of a message; what is heard in another's place comes after them all."""

_ORDER = {level: number for number, level in enumerate(SECTIONS)}
_MARK = "mornings"
_LONGEST_STOP = timedelta(days=31)  # who came back during a longer one hears with the others


def remind(tx: Transaction, office: Office, now: datetime) -> int:
    """Queue this morning's messages for those who may be written to now; how many notices (A46)."""
    if not OPENS <= now.hour < CLOSES:
        return 0
    back = _back(tx, office, now.date())
    morning = plan_morning(tx, office, now, back)
    count = queue(tx, office, morning, now)
    _forget(tx, back, morning)
    return count


def queue(tx: Transaction, office: Office, morning: Morning, now: datetime) -> int:
    """Queue a plan, and write down when each deadline is told of next. Who has had today's message waits."""
    had = outbox.known(tx, [_key(message.hearer, morning.day) for message in morning.messages.values()])
    notices: list[Queued] = []
    terms = office.campaign.terms
    told: list[Waiting] = list(morning.silent)
    named = _products(tx, morning)
    for message in morning.messages.values():
        single, rest = _apart(message)
        if _key(message.hearer, morning.day) in had:
            rest = []
        until = _closing(message.hearer, now)
        if rest:
            notices.append((_message(message.hearer, rest, morning.day, terms), until))
        if message.hearer.also_by_mail and (single or rest):
            notices.append((_mail(message.hearer, message.told, morning.day, terms), until))
        follow_ups = (_follow_up(message.hearer, one, morning.day, terms) for one in single)
        notices += [(_naming(office, push, named), until) for push in follow_ups]
        told += [one.row for one in (*single, *rest)]
    listed = [(for_its_receiver(tx, office, notice, now), until) for notice, until in notices]
    count = put_all(tx, listed, minted_by=office.minting, now=now)
    mornings.plan(tx, next_days(office, told, morning.day))
    return count


def _back(tx: Transaction, office: Office, today: date) -> frozenset[int]:
    """Those whose first morning back it is, and who have not heard of it yet (A43); looked for once a day.

    Where the service did not run on that morning, it is the first on which it does.
    """
    mark = marks.get(tx, _MARK) or {"day": (today - ONE_DAY).isoformat(), "back": []}
    if mark["day"] == today.isoformat():
        return frozenset(mark["back"])
    since = max(date.fromisoformat(mark["day"]), today - _LONGEST_STOP)
    missed = (since + timedelta(days=n) for n in range(1, (today - since).days + 1))
    back = frozenset(mark["back"]).union(*(returned_on(tx, office, day) for day in missed))
    marks.put(tx, _MARK, {"day": today.isoformat(), "back": [*sorted(back)]})
    return back


def _forget(tx: Transaction, back: frozenset[int], morning: Morning) -> None:
    """Who has heard the truth of the day hears the rest by the rhythm."""
    heard = {message.hearer.person for message in morning.messages.values()}
    if left := back & heard:
        marks.put(tx, _MARK, {"day": morning.day.isoformat(), "back": [*sorted(back - left)]})


def _products(tx: Transaction, morning: Morning) -> dict[int, list[str]]:
    """The products of every sollecito that comes singly, asked for once."""
    told = (one for message in morning.messages.values() for one in message.told)
    single = [one.row.about_id for one in told if _is_single(one)]
    return quotes.products(tx, single) if single else {}


def _apart(message: Message) -> tuple[list[Telling], list[Telling]]:
    """A sollecito on its last useful day comes singly, to who reads the chat; the rest is the morning's."""
    single = [one for one in message.told if _is_single(one) and not message.hearer.by_mail]
    rest = [one for one in message.told if not _is_single(one) or message.hearer.by_mail]
    return single, sorted(rest, key=_nearness)


def _is_single(one: Telling) -> bool:
    return one.row.kind is DeadlineKind.D13 and one.level is Level.DAY


def _nearness(one: Telling) -> tuple[str, int, date, int]:
    name = one.place.name if one.place else ""
    return name, _ORDER[one.level], one.row.due_on, one.row.id


def _key(hearer: Hearer, day: date) -> str:
    """One message a morning, by whichever wire."""
    who = hearer.key if hearer.person is None else hearer.person
    return f"morning:{who}:{day.isoformat()}"


def _closing(hearer: Hearer, now: datetime) -> datetime:
    return datetime.combine(now.date(), hours.window(hearer.preferences)[1], tzinfo=now.tzinfo)


def _message(hearer: Hearer, told: list[Telling], day: date, terms: Terms) -> Notice:
    if hearer.by_mail or hearer.person is None:
        return _mail(hearer, told, day, terms)
    about = About(Subject.PERSON, hearer.person)
    return Push(_key(hearer, day), "morning", about, hearer.person, _context(told, day, terms))


def _mail(hearer: Hearer, told: Iterable[Telling], day: date, terms: Terms) -> Mail:
    """The same by mail; of who wants both, beside the message, under a key of its own."""
    key = _key(hearer, day) + (":mail" if hearer.also_by_mail else "")
    about = About(Subject.PERSON, hearer.person or 0)
    context = _context(sorted(told, key=_nearness), day, terms) | {"person": hearer.contact.name}
    return Mail(key, MailKind.MORNING, about, (hearer.contact,), (), context)


def _context(told: list[Telling], day: date, terms: Terms) -> dict[str, Json]:
    return {
        "day": write_date(day),
        "sections": [*_sections(told, terms)],
        "more": _others(told, day),
        "quotes": [*_quotes(told)],
    }


def _sections(told: Iterable[Telling], terms: Terms) -> Iterator[Json]:
    """In the order of urgency, each told once; then what is heard for others, a section for each."""
    sections: dict[tuple[str, str], list[Json]] = {}
    for one in told:
        at = ("place", in_place_of(one.place)) if one.place else (SECTIONS[one.level], "")
        sections.setdefault(at, []).append(item(one, terms))
    for (name, place), items in sections.items():
        yield {"name": name, "head": place or say(f"push.morning.{name}"), "items": items}


def in_place_of(place: InPlaceOf) -> str:
    """For whom it is heard, as "Per conto di Ada Esempioli, assente fino a giovedì 10 dicembre 2026"."""
    if place.until is None:
        return say("push.morning.left", name=place.name)
    return say("push.morning.away", name=place.name, day=write_date(place.until))


def _quotes(told: Iterable[Telling]) -> set[int]:
    """The quotes that a message tells of: a mail about one alone may be answered (9.1)."""
    return {one.row.about_id for one in told if one.row.about_kind == Subject.QUOTE}


def _others(told: list[Telling], day: date) -> int:
    """What the receiver has in /oggi beside this message."""
    own = [one.row for one in told if one.place is None]
    here = sum(1 for row in own if row.due_on <= horizon(day))
    return max(own[0].others - here, 0) if own else 0


def _follow_up(hearer: Hearer, one: Telling, day: date, terms: Terms) -> Push:
    """The sollecito, by itself, with its buttons [r.161]."""
    key = f"deadline:{one.row.id}:{one.level.value}:{day.isoformat()}"
    about = About(Subject(one.row.about_kind), one.row.about_id)
    place = in_place_of(one.place) if one.place else ""
    return Push(key, "follow_up", about, hearer.person or 0, {**item(one, terms), "place": place})


def _naming(office: Office, push: Push, codes: Mapping[int, list[str]]) -> Push:
    """The push with the products of its quote: who follows several must know which."""
    names = [office.campaign.product(code).name for code in codes.get(push.about.id, ())]
    return replace(push, context={**push.context, "products": join_it(names)})


def item(one: Telling, terms: Terms) -> Item:
    """One deadline as a message tells it; of a delivered quote also until when it is valid (A24)."""
    row = one.row
    valid_until = validity_at(row.kind, row.starts_on, terms)
    asks = one.level is Level.ASK and row.kind is DeadlineKind.D13
    return {
        "deadline": row.id,
        "kind": row.kind.value,
        "level": one.level.value,
        "title": f"{row.kind.label}: {row.company_name}",
        "company": row.company_name,
        "company_id": row.company,
        "explanation": say("push.morning.asked") if asks else row.explanation,
        "valid_until": write_date(valid_until) if valid_until else "",
        "late": one.level is Level.LATE,
        "about_kind": row.about_kind,
        "about_id": row.about_id,
    }
