"""Attributions that wait for a yes or a no: the list, one of them, whom else to name, what was done.

Refuses to know how they were weighed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.attribute import Attributed
from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import plural
from procedure.people import Person
from procedure.why import why
from store.page import Page
from store.proposals import ProposalRow

PAGE = 8
NAME_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Nobodys:
    """A company for which nobody is proposed; `why` is empty where a proposal was refused."""

    company: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits for one person; `newest` is the last proposal there is."""

    proposed: Page[ProposalRow]
    nobodys: Page[Nobodys]
    changes: int
    newest: int


def draw_waiting(waiting: Waiting) -> Screen:
    """The list, a page of it, and the ways on."""
    page, nobodys = waiting.proposed, waiting.nobodys
    if not page.total and not nobodys.total and not waiting.changes:
        return Screen(esc(say("screen.attribution.none")), (home(),))
    lines = [bold(say("screen.attribution.title"))]
    if page.items:
        lines.append(esc(say("screen.attribution.count", **part(page))))
        lines += [f"• {esc(_line(row))}" for row in page.items]
    if nobodys.items:
        lines += ["", bold(say("screen.attribution.nobody", count=nobodys.total))]
        lines += [f"• {esc(_nobodys(one))}" for one in nobodys.items]
    return Screen("\n".join(lines), _waiting_rows(waiting))


def _waiting_rows(waiting: Waiting) -> tuple[Row, ...]:
    page = waiting.proposed
    rows: list[Row] = []
    if page.total:
        label = say("screen.attribution.confirm_all", total=page.total)
        rows.append((button(f"✓ {label}", Verb.PROPOSALS_YES, waiting.newest),))
    rows += [(button(_line(row), Verb.PROPOSAL, row.id),) for row in page.items]
    rows += [(button(f"○ {one.name}", Verb.NAME, one.company, 0),) for one in waiting.nobodys.items]
    rows += turning(page, PAGE, Verb.PROPOSALS)
    if waiting.changes:
        rows.append((button(say("screen.attribution.changes", count=waiting.changes), Verb.CHANGES, 0),))
    return (*rows, home())


def _line(row: ProposalRow) -> str:
    return say("screen.attribution.line", company=short(row.company_name, NAME_WIDTH), person=row.person_name)


def _nobodys(one: Nobodys) -> str:
    name = short(one.name, NAME_WIDTH)
    if not one.why:
        return say("screen.attribution.nobody_rejected", company=name)
    return say("screen.attribution.nobody_line", company=name, why=one.why)


def draw_proposal(row: ProposalRow) -> Screen:
    """One proposal with its reason, and what may be said of it."""
    text = say(
        "screen.attribution.proposal", company=short(row.company_name, NAME_WIDTH), person=row.person_name
    )
    first, _, rest = text.partition("\n")
    lines = [bold(first), esc(rest), "", esc(why(row.reason) if row.reason else row.why)]
    rows: tuple[Row, ...] = (
        (button(f"✓ {say('screen.attribution.yes')}", Verb.PROPOSAL_YES, row.id),),
        (button(say("screen.attribution.other"), Verb.PROPOSAL_OTHER, row.id, 0),),
        (button(say("screen.attribution.no"), Verb.PROPOSAL_NO, row.id),),
        to_waiting(),
    )
    return Screen("\n".join(lines), rows)


def draw_all_asked(total: int, upto: int) -> Screen:
    """All of them: once more."""
    rows: tuple[Row, ...] = (
        (button(say("screen.attribution.yes_all"), Verb.PROPOSALS_SURELY, upto),),
        (button(f"‹ {say('screen.attribution.not_now')}", Verb.PROPOSALS, 0),),
    )
    return Screen(esc(say("screen.attribution.ask_all", total=total)), rows)


def draw_whom(company: str, people: Page[Person], to: Verb, turn: Verb, which: int) -> Screen:
    """Whom to name in the place of the one proposed, or where nobody is."""
    rows: list[Row] = [(button(_named(one), to, which, one.id),) for one in people.items]
    rows += turning(people, PAGE, turn, which)
    return Screen(
        bold(say("screen.attribution.whom", company=short(company, NAME_WIDTH))), (*rows, to_waiting())
    )


def draw_attributed(done: Attributed) -> Screen:
    """What was confirmed, by person."""
    lines = [esc(say("screen.attribution.done", count=_companies(done.count)))]
    lines += [
        f"• {esc(say('screen.attribution.done_line', person=person.name, count=_companies(len(given))))}"
        for person, given in done.given
    ]
    if done.passed:
        lines.append(esc(say("screen.attribution.passed", count=done.passed)))
    return Screen("\n".join(lines), (to_waiting(), home()))


def draw_rejected(company: str) -> Screen:
    """A proposal that was refused."""
    text = say("screen.attribution.rejected", company=short(company, NAME_WIDTH))
    return Screen(esc(text), (to_waiting(), home()))


def part(page: Page[Any]) -> dict[str, str]:
    """Which of how many are shown: `9–16` and `40`."""
    return {"shown": f"{page.offset + 1}–{page.offset + len(page.items)}", "total": str(page.total)}


def turning(page: Page[Any], size: int, verb: Verb, *before: object) -> list[Row]:
    """The buttons that turn the page, whose arguments are `before` and the offset."""
    row: list[Button] = []
    if page.has_previous:
        label = f"‹ {say('screen.attribution.previous')}"
        row.append(button(label, verb, *before, max(page.offset - size, 0)))
    if page.has_next:
        row.append(button(f"{say('screen.attribution.next')} ›", verb, *before, page.offset + size))
    return [tuple(row)] if row else []


def paged(people: Sequence[Person], offset: int) -> Page[Person]:
    """A page of these people."""
    start = min(max(offset, 0), max(len(people) - 1, 0))
    return Page(tuple(people[start : start + PAGE]), len(people), start)


def to_waiting() -> Row:
    """Back to the list."""
    return (button(f"‹ {say('screen.attribution.to_list')}", Verb.PROPOSALS, 0),)


def home() -> Row:
    """The way home."""
    return (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)


def _named(person: Person) -> str:
    roles = ", ".join(sorted(role.value for role in person.roles))
    return f"{person.name} · {roles}{f' · {person.site}' if person.site else ''}"


def _companies(count: int) -> str:
    return f"{count} {plural(count, 'azienda', 'aziende')}"
