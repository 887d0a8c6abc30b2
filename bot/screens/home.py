"""Where a person lands: what matters now, their companies, help and privacy.

Refuses to know how it was gathered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc, in_rows
from bot.screens.today import Day, urgent
from conversations.phrases import say
from procedure.italian import plural, write_date, write_date_short
from procedure.people import Person, Role
from procedure.permissions import attributes, follows_visits
from store.finding import Found
from store.page import Page
from store.register import CompanyLine

PAGE = 8
SHOWN_FIRST = 3
SHOWN_BEGUN = 3


@dataclass(frozen=True, slots=True)
class Begun:
    """A dialogue left in the middle."""

    draft: int
    company: str


@dataclass(frozen=True, slots=True)
class Now:
    """What matters to a person now."""

    person: Person
    day: Day
    companies: int
    begun: Sequence[Begun]
    target: str = ""  # the visits made of those wanted of this person, in a line
    letters: int = 0  # those that wait for this person to sort them


def draw_home(now: Now) -> Screen:
    """`/start`: what was begun, the most urgent things, and the ways to everything else."""
    today = now.day.now.date()
    lines = [bold(say("screen.home.hello", name=now.person.name.split()[0])), esc(write_date(today))]
    lines += [*([esc(now.target)] if now.target else []), ""]
    resume = [
        button(f"▶ {say('screen.home.resume', company=one.company)}", Verb.RESUME, one.draft)
        for one in now.begun[:SHOWN_BEGUN]
    ]
    first = urgent(now.day, SHOWN_FIRST)
    lines.append(esc(say("screen.home.first" if first else "screen.home.nothing_due")))
    lines += [text for text, _ in first]
    lines += ["", esc(say("screen.home.tip"))] if now.person.visits else []
    rows: list[Row] = [(one,) for one in (*resume, *(way for _, way in first))]
    return Screen("\n".join(lines), (*rows, *_ways(now)))


def _ways(now: Now) -> tuple[Row, ...]:
    """The ways that this person has, short ones side by side."""
    person = now.person
    counted = f"{now.companies} {plural(now.companies, 'azienda', 'aziende')}"
    ways = (
        (True, f"☀ {say('screen.home.today')}", Verb.TODAY),
        (person.visits, f"📅 {say('screen.home.appointments')}", Verb.APPOINTMENTS),
        (person.visits, f"🏢 {say('screen.home.companies')} · {counted}", Verb.COMPANIES),
        (person.visits or person.has(Role.AM), f"📄 {say('screen.home.quotes')}", Verb.QUOTES),
        (person.has(Role.RS), f"🤝 {say('screen.home.hand_out')}", Verb.ASSIGN),
        (bool(attributes(person)), f"🧭 {say('screen.home.attributions')}", Verb.PROPOSALS),
        (now.letters > 0, f"📥 {say('screen.home.letters')} · {now.letters}", Verb.LETTERS),
        (follows_visits(person), f"🎯 {say('screen.home.targets')}", Verb.TARGETS),
    )
    return in_rows([button(label, verb, 0) for mine, label, verb in ways if mine], across=2, wide=18)


def draw_companies(page: Page[CompanyLine], today: date, words: str | None = None) -> Screen:
    """A page of companies: the person's own, or those found for `words`."""
    head = say("screen.companies.mine") if words is None else _found(page, words)
    if not page.items:
        empty = (
            say("screen.companies.none") if words is None else say("screen.companies.not_found", words=words)
        )
        return Screen(esc(empty), ((_home(),),))
    shown = f"{page.offset + 1}–{page.offset + len(page.items)}"
    lines = [bold(head), esc(say("screen.companies.count", shown=shown, total=page.total))]
    if isinstance(page, Found) and page.more:
        lines.append(esc(say("screen.companies.many", most=page.total)))
    rows: list[Row] = [(button(_line(item, today), Verb.COMPANY, item.id),) for item in page.items]
    return Screen("\n".join(lines), (*rows, *_turning(page, words), (_home(),)))


def _found(page: Page[CompanyLine], words: str) -> str:
    if isinstance(page, Found) and page.near:
        return say("screen.companies.near", words=words)
    return say("screen.companies.found", words=words)


def _line(item: CompanyLine, today: date) -> str:
    late = item.next_due_on is not None and item.next_due_on < today
    mark = "❗" if late else "✓" if item.last_visit_on else "○"
    due = f" · {write_date_short(item.next_due_on, today)}" if item.next_due_on else ""
    return f"{mark} {item.name} · {item.comune}{due}"


def _turning(page: Page[CompanyLine], words: str | None) -> list[Row]:
    def to(offset: int, label: str) -> Button:
        if words is None:
            return button(label, Verb.COMPANIES, offset)
        return button(label, Verb.SEARCH, offset, _within(words))

    row = [to(max(page.offset - PAGE, 0), "‹ " + say("screen.companies.before"))] if page.has_previous else []
    row += [to(page.offset + PAGE, say("screen.companies.after") + " ›")] if page.has_next else []
    return [tuple(row)] if row else []


def _within(words: str) -> str:
    """The words, cut to what a button can carry."""
    return words.encode()[:40].decode(errors="ignore")


def _home() -> Button:
    return button(f"⌂ {say('screen.home.button')}", Verb.HOME)


def draw_help(person: Person) -> Screen:
    """`/aiuto`."""
    text = say("screen.help.visiting") if person.visits else say("screen.help.office")
    return Screen(f"{bold(say('screen.help.title'))}\n{esc(text)}", ((_home(),),))


def draw_privacy() -> Screen:
    """`/privacy`: what is kept, what must not be written here, whom to ask."""
    return Screen(f"{bold(say('screen.privacy.title'))}\n{esc(say('screen.privacy.text'))}", ((_home(),),))


def draw_withheld(kinds: tuple[str, ...]) -> Screen:
    """What may not pass through the chat was typed: it was not kept; where it goes instead."""
    return Screen(esc(say("screen.private.text", kinds=", ".join(kinds))))


def draw_media() -> Screen:
    """A photo or a scan was sent."""
    return Screen(esc(say("screen.private.media")))
