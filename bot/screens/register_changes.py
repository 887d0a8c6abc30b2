"""Servizi, sede and codice that a list wants changed: what it says, what follows, yes or no (A19b).

Refuses to know how the terms are reckoned.
"""

from actions.change_register import Change
from bot.buttons import Verb, button
from bot.screens.attribution import PAGE, home, part, to_waiting, turning
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import write_date
from store.page import Page
from store.register_changes import ChangeRow, Field

NAME_WIDTH = 60


def draw_changes(page: Page[ChangeRow]) -> Screen:
    """What waits, a page of it."""
    if not page.total:
        return Screen(esc(say("screen.attribution.none")), (to_waiting(), home()))
    lines = [bold(say("screen.attribution.changes", count=page.total))]
    lines.append(esc(say("screen.attribution.count", **part(page))))
    rows: list[Row] = [
        (button(f"{short(row.company_name, 30)}: {_what(row)}", Verb.CHANGE, row.id),) for row in page.items
    ]
    return Screen("\n".join(lines), (*rows, *turning(page, PAGE, Verb.CHANGES), to_waiting()))


def draw_change(change: Change) -> Screen:
    """One change and all that it moves."""
    row = change.row
    head = say("screen.change.head", company=short(row.company_name, NAME_WIDTH), what=_what(row))
    first, _, rest = head.partition("\n")
    holder = change.holder.name if change.holder else ""
    owned = say("screen.change.holder", holder=holder) if holder else say("screen.change.nobody")
    lines = [bold(first), esc(rest), esc(owned), "", *map(esc, _follows(change))]
    rows: tuple[Row, ...] = (
        (button(f"✓ {say('screen.change.yes')}", Verb.CHANGE_YES, row.id),),
        (button(say("screen.change.no"), Verb.CHANGE_NO, row.id),),
        (button(f"‹ {say('screen.attribution.to_list')}", Verb.CHANGES, 0),),
    )
    return Screen("\n".join(lines), rows)


def draw_changed(change: Change) -> Screen:
    """It is done; who has the company still has it."""
    said = say("screen.change.done", company=short(change.row.company_name, NAME_WIDTH))
    lines = [esc(said), *map(esc, _follows(change))]
    rows: list[Row] = []
    if change.holder:
        lines.append(esc(say("screen.change.holder", holder=change.holder.name)))
        rows.append((button(f"⇄ {say('screen.mine.pass_on')}", Verb.TO_COLLEAGUE, change.company.id),))
    return Screen("\n".join(lines), (*rows, to_waiting(), home()))


def draw_unchanged(change: Change) -> Screen:
    """It stays as it is."""
    said = say("screen.change.refused", company=short(change.row.company_name, NAME_WIDTH))
    return Screen(esc(said), (to_waiting(), home()))


def _what(row: ChangeRow) -> str:
    old, new = _word(row.field, row.old), _word(row.field, row.new)
    return say(f"screen.change.{row.field.value}", old=old, new=new)


def _word(field: Field, value: str) -> str:
    if field is not Field.SERVICES:
        return value
    return say("screen.change.with") if value == str(True) else say("screen.change.without")


def _follows(change: Change) -> list[str]:
    lines = [
        "• "
        + say(
            "screen.change.move",
            label=move.row.due.kind.label,
            old=write_date(move.row.due.due_on),
            new=write_date(move.to.due_on),
        )
        for move in change.moves
    ]
    if lines:
        lines.insert(0, say("screen.change.moves", site=change.row.new))
    if change.first_visit_due:
        lines.append(say("screen.change.first_visit", day=write_date(change.first_visit_due)))
    return lines or [say("screen.change.still")]
