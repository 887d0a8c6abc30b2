"""What is shown about people: who is absent and who stands in, what each prefers, whose chat is closed.

Refuses to know how it was gathered, and who may.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.absence import AbsenceSet
from actions.recipient import InPlaceOf
from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc
from conversations.absence import write_period
from conversations.phrases import say
from procedure.absences import Absence
from procedure.italian import write_date_short
from procedure.people import Person
from store.page import Page

Context = Mapping[str, Any]

PAGE = 8
SHOWN = 10
"""Absences in one list: nobody plans more."""


@dataclass(frozen=True, slots=True)
class Named:
    """An absence with the names that go with it."""

    absence: Absence
    absent: str
    deputy: str = ""

    @property
    def days(self) -> str:
        """From when to when, in words."""
        return write_period((self.absence.first, self.absence.last))


@dataclass(frozen=True, slots=True)
class Absences:
    """The absences of one person, as whoever looks at them sees them."""

    of: Person
    own: bool
    today: date
    planned: Sequence[Named]
    stands_in: Sequence[Named] = ()
    for_others: bool = False


def draw_absences(seen: Absences) -> Screen:
    """`/assenza`: what is planned, each with its way out; a new one; a colleague's."""
    head = say("screen.absence.mine") if seen.own else say("screen.absence.title", name=seen.of.name)
    lines = [bold(head), *(f"• {esc(_line(one))}" for one in seen.planned[:SHOWN])]
    if not seen.planned:
        lines.append(esc(say("screen.absence.none")))
    standing = (_standing(one) for one in seen.stands_in[:SHOWN])
    rows: list[Row] = [(_way_out(one, seen.today),) for one in seen.planned[:SHOWN]]
    rows.append((button(f"+ {say('screen.absence.new')}", Verb.ABSENCE_NEW, seen.of.id),))
    if seen.own and seen.for_others:
        rows.append((button(say("screen.absence.others"), Verb.ABSENCE_OTHERS, 0),))
    return Screen("\n".join([*lines, *standing]), (*rows, (_home(),)))


def _standing(one: Named) -> str:
    return esc(say("screen.absence.standing_in", name=one.absent, days=one.days))


def _line(one: Named) -> str:
    key = "line" if one.deputy else "line_alone"
    return say(f"screen.absence.{key}", days=one.days, deputy=one.deputy)


def _way_out(one: Named, today: date) -> Button:
    key = "back" if one.absence.first <= today else "remove"
    label = say(f"screen.absence.{key}", days=_short_days(one.absence, today))
    return button(label, Verb.ABSENCE_END, one.absence.id)


def _short_days(absence: Absence, today: date) -> str:
    first, last = (write_date_short(day, today) for day in (absence.first, absence.last))
    return first if first == last else f"{first} – {last}"


def draw_coming_back(one: Named, own: bool, days: Sequence[date], today: date) -> Screen:
    """From when they are back: one of these days, or the whole absence was not to be."""
    asked = say("screen.absence.when_back_own") if own else say("screen.absence.when_back", name=one.absent)
    rows: list[Row] = [(_back_from(one.absence, day, today),) for day in days]
    rows.append((button(say("screen.absence.keep"), Verb.ABSENCES, one.absence.person),))
    return Screen(f"{bold(one.days)}\n{esc(asked)}", tuple(rows))


def _back_from(absence: Absence, day: date, today: date) -> Button:
    if day == absence.first and day > today:
        label = say("screen.absence.all_of_it")
    elif day == today:
        label = say("screen.absence.from_today")
    else:
        label = say("screen.absence.from_day", day=write_date_short(day, today))
    return button(label, Verb.ABSENCE_BACK, absence.id, day.isoformat())


def draw_colleagues(page: Page[Person], words: str) -> Screen:
    """Whose absence it is: those of whom the person may say it."""
    if not page.items:
        return Screen(esc(say("screen.absence.whose_none")), ((_home(),),))
    rows: list[Row] = [(button(one.name, Verb.ABSENCES, one.id),) for one in page.items]
    turning = []
    if page.has_previous:
        turning.append(_to(max(page.offset - PAGE, 0), "‹ " + say("screen.companies.before"), words))
    if page.has_next:
        turning.append(_to(page.offset + PAGE, say("screen.companies.after") + " ›", words))
    lines = [bold(say("screen.absence.whose")), esc(say("screen.absence.write_name"))]
    return Screen("\n".join(lines), (*rows, *([tuple(turning)] if turning else []), (_home(),)))


def _to(offset: int, label: str, words: str) -> Button:
    return button(label, Verb.ABSENCE_OTHERS, offset, words.encode()[:40].decode(errors="ignore"))


def draw_absence_set(done: AbsenceSet) -> Screen:
    """It is written down, and who hears what is theirs meanwhile."""
    days = write_period((done.absence.first, done.absence.last))
    key = "done" if done.own else "done_of"
    lines = [
        say(f"screen.absence.{key}", days=days, name=done.absent.name),
        say("screen.absence.cover", who=done.cover),
    ]
    more = button(say("screen.absence.mine"), Verb.ABSENCES, done.absent.id)
    return Screen(esc("\n".join(lines)), ((more,), (_home(),)))


def draw_standing_in(context: Context) -> Screen:
    """To the deputy: whom, from when to when, and what awaits."""
    lines = [bold(say("push.standing_in.head", name=context["name"], days=context["days"]))]
    lines += _listed("due", context["items"], context["due"])
    lines += _listed("held", context["appointments"], context["held"])
    if not context["due"] and not context["held"]:
        lines.append(esc(say("push.standing_in.nothing")))
    return Screen("\n".join(lines))


def _listed(key: str, items: Sequence[str], count: int) -> list[str]:
    if not items:
        return []
    more = [esc(say("push.standing_in.more", count=count - len(items)))] if count > len(items) else []
    return ["", esc(say(f"push.standing_in.{key}")), *(f"• {esc(item)}" for item in items), *more]


def draw_standing_in_over(context: Context) -> Screen:
    """To the deputy: the absent are back before their time."""
    return Screen(esc(say("push.standing_in.over", name=context["name"], day=context["back_on"])))


def draw_absence_by_other(context: Context) -> Screen:
    """To the absent: another has said it of them."""
    said = {key: context[key] for key in ("by", "days", "deputy")}
    return Screen(esc(say("push.absence.by_other", **said)))


def draw_handed_on(context: Context) -> Screen:
    """To the successor: what they got, counted; the first of it, or the mail that lists it."""
    lines = [bold(say("push.handed_on.head", name=context["name"])), *_counted(context), ""]
    if context["by_mail"]:
        lines.append(esc(say("push.handed_on.by_mail")))
    else:
        lines += [f"• {esc(item)}" for item in context["items"]]
    return Screen("\n".join(lines).rstrip())


def draw_handed_on_list(context: Context) -> Screen:
    """The whole list, for a mail."""
    lines = [bold(say("push.handed_on.list", name=context["name"])), ""]
    lines += [f"• {esc(item)}" for item in context["items"]]
    more = [esc(say("push.standing_in.more", count=context["more"]))] if context["more"] else []
    return Screen("\n".join([*lines, *more]))


def draw_orphaned(context: Context) -> Screen:
    """To an administrator: what somebody who is no longer on the list leaves open, and how to pass it on."""
    lines = [f"⚠ {bold(say('push.orphaned.head', name=context['name']))}", *_counted(context), ""]
    return Screen("\n".join([*lines, esc(say("push.orphaned.how", email=context["email"]))]))


def draw_deputy_left(context: Context) -> Screen:
    """To who is, or will be, absent: nobody stands in any more."""
    return Screen(esc(say("push.deputy_left.text", name=context["name"])))


def _counted(context: Context) -> list[str]:
    counts = ((key, context[key]) for key in ("companies", "deadlines", "quotes", "appointments", "drafts"))
    return [f"• {esc(counted(key, number))}" for key, number in counts if number]


def counted(what: str, number: int) -> str:
    """`3 aziende`, `1 scadenza`: a kind of belonging with its number."""
    form = "one" if number == 1 else "many"
    return f"{number} {say(f'handed_on.{what}_{form}')}"


def on_behalf(screen: Screen, of: InPlaceOf | None) -> Screen:
    """The screen with whom it was meant for on its first line, where that is another."""
    if of is None:
        return screen
    return replace(screen, text=f"<i>{esc(of.sentence)}</i>\n\n{screen.text}")


def draw_chat_refused(context: Context) -> Screen:
    """To an administrator: somebody's chat is closed to us."""
    return Screen(f"⚠ {esc(say('push.chat_refused.text', name=context['name']))}")


def _home() -> Button:
    return button(f"⌂ {say('screen.home.button')}", Verb.HOME)
