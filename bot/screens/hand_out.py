"""The RS hands out the companies of the sede: what to pick, whom to give it to, with what each has in hand.

Refuses to know who may have what.
"""

from collections.abc import Sequence
from datetime import date

from actions.hand_out import HandedOut, Picking
from bot.buttons import Button, Verb, button
from bot.screens.attribution import home, part, turning
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import plural, write_date_short
from procedure.people import Person
from procedure.visits import Company
from store.loads import Load, Waiting

PAGE = 8
NAMED = 12
"""Companies named before a yes; of the others it says how many."""

MOST = 30
"""Addetti of one sede that are shown."""

Team = Sequence[tuple[Person, Load]]


def draw_to_assign(picking: Picking, site: str, today: date) -> Screen:
    """The RS's own companies, to be handed out."""
    page = picking.page
    back = (button(say("screen.assign.back_from"), Verb.BACK_WHOM),)
    if not page.total:
        return Screen(esc(say("screen.assign.none")), (back, home()))
    rows: list[Row] = [(_toggle(one, picking, today, Verb.ASSIGN_PICK, page.offset),) for one in page.items]
    if len(page.items) > 1:
        rows.append((button(_all_label(picking), Verb.ASSIGN_PAGE, page.offset),))
    rows += turning(page, PAGE, Verb.ASSIGN)
    if picking.picked:
        rows.append(
            (button(f"▶ {say('screen.assign.forth', picked=len(picking.picked))}", Verb.ASSIGN_WHOM),)
        )
    title = say("screen.assign.title", site=site)
    return Screen(_head(title, picking), (*rows, back, home()))


def draw_assign_whom(team: Team, companies: Sequence[Company], site: str) -> Screen:
    """The addetti of the sede, each with what they have in hand."""
    back = (button(f"‹ {say('screen.assign.to_list')}", Verb.ASSIGN, 0),)
    if not team:
        return Screen(esc(say("screen.assign.nobody", site=site)), (back,))
    text = f"{say('screen.assign.whom', companies=_named(companies))}\n\n{_loads(team)}"
    return Screen(esc(text), (*_people(team, Verb.ASSIGN_TO), back))


def draw_assign_ask(to: Person, load: Load | None, companies: Sequence[Company]) -> Screen:
    """These to this one: once more."""
    text = say("screen.assign.ask", name=to.name, companies=_named(companies))
    lines = [esc(text), *([esc(_load(to, load))] if load else [])]
    rows: tuple[Row, ...] = (
        (button(f"✓ {say('screen.assign.yes')}", Verb.ASSIGN_SURELY, to.id),),
        (button(f"‹ {say('screen.assign.to_list')}", Verb.ASSIGN, 0),),
    )
    return Screen("\n\n".join(lines), rows)


def draw_handed_out(done: HandedOut) -> Screen:
    """Who has how many more."""
    count = _companies(len(done.companies))
    lines = [say("screen.assign.done", name=done.to.name, count=count), say("screen.assign.told")]
    if any(given.first_visit for given in done.companies):
        lines.append(say("screen.assign.answers"))
    return Screen(esc("\n".join(lines)), (_to_list(), home()))


def draw_back_whom(team: Team) -> Screen:
    """From whom to take back."""
    busy = [(person, load) for person, load in team if load.to_visit]
    rows = _people(busy, Verb.BACK_FROM, 0)
    text = f"{bold(say('screen.assign.from_whom'))}\n\n{esc(_loads(busy))}"
    return Screen(text.strip(), (*rows, _to_list()))


def draw_to_take(picking: Picking, today: date) -> Screen:
    """An addetto's companies, to be taken back."""
    page, holder = picking.page, picking.holder
    if not page.total:
        return Screen(esc(say("screen.assign.back_none", name=holder.name)), (_to_list(), home()))
    rows: list[Row] = [
        (_toggle(one, picking, today, Verb.BACK_PICK, holder.id, page.offset),) for one in page.items
    ]
    rows += turning(page, PAGE, Verb.BACK_FROM, holder.id)
    if picking.picked:
        label = say("screen.assign.take", picked=len(picking.picked))
        rows.append((button(f"▶ {label}", Verb.BACK_ASK, holder.id),))
    return Screen(_head(say("screen.assign.back_title", name=holder.name), picking), (*rows, _to_list()))


def draw_back_ask(holder: Person, companies: Sequence[Company]) -> Screen:
    """These from this one: once more."""
    text = say("screen.assign.ask_back", name=holder.name, companies=_named(companies))
    rows: tuple[Row, ...] = (
        (button(f"✓ {say('screen.assign.yes_back')}", Verb.BACK_SURELY, holder.id),),
        _to_list(),
    )
    return Screen(esc(text), rows)


def draw_taken_back(done: HandedOut) -> Screen:
    """They are the RS's again."""
    count = _companies(len(done.companies))
    text = f"{say('screen.assign.done_back', count=count)}\n{say('screen.assign.told')}"
    return Screen(esc(text), (_to_list(), home()))


def _head(title: str, picking: Picking) -> str:
    count = say("screen.assign.count", picked=len(picking.picked), **part(picking.page))
    return f"{bold(title)}\n{esc(count)}"


def _toggle(one: Waiting, picking: Picking, today: date, verb: Verb, *args: object) -> Button:
    mark = "☑" if one.id in picking.picked else "☐"
    due = f" · {say('screen.assign.due', day=write_date_short(one.due_on, today))}" if one.due_on else ""
    return button(f"{mark} {short(one.name, 30)} · {short(one.comune, 16)}{due}", verb, *args, one.id)


def _all_label(picking: Picking) -> str:
    every = {one.id for one in picking.page.items} <= set(picking.picked)
    return say("screen.assign.page_off") if every else say("screen.assign.page")


def _people(team: Team, verb: Verb, *more: object) -> tuple[Row, ...]:
    return tuple((button(_short_load(person, load), verb, person.id, *more),) for person, load in team[:MOST])


def _loads(team: Team) -> str:
    return "\n".join(_load(person, load) for person, load in team[:MOST])


def _short_load(person: Person, load: Load) -> str:
    return say("screen.assign.person", name=short(person.name, 30), to_visit=load.to_visit)


def _load(person: Person, load: Load) -> str:
    return say(
        "screen.assign.load",
        name=short(person.name, 40),
        companies=_companies(load.companies),
        to_visit=load.to_visit,
        due=load.due,
    )


def _named(companies: Sequence[Company]) -> str:
    names = [f"• {short(company.name, 60)}" for company in companies[:NAMED]]
    left = len(companies) - NAMED
    return "\n".join([*names, *([say("screen.assign.more", count=left)] if left > 0 else [])])


def _companies(count: int) -> str:
    return f"{count} {plural(count, 'azienda', 'aziende')}"


def _to_list() -> Row:
    return (button(f"‹ {say('screen.assign.to_list')}", Verb.ASSIGN, 0),)
