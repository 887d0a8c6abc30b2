"""The morning's message: sections by urgency, each item with the button that finishes it.

Refuses to plan it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.buttons import Button, Verb, button
from bot.screens.quote import answer_rows
from bot.screens.screen import Row, Screen, bold, esc, fitted, short
from conversations.phrases import say
from procedure.deadlines import DeadlineKind
from procedure.notices import Subject

Context = Mapping[str, Any]

SHOWN = 15
"""Items in one message; `/oggi` leads to the others."""

LONGEST_TITLE, LONGEST_WHY = 90, 160  # characters: fifteen items fit into one message

_PAPERS = {DeadlineKind.D6: "forms", DeadlineKind.D7: "rid"}
_VISITS = frozenset({DeadlineKind.D1, DeadlineKind.D8})


def draw_morning(context: Context) -> Screen:
    """What is told at the opening of the day."""
    lines = [bold(say("push.morning.head", day=context["day"]))]
    rows: list[Row] = []
    for section, items in _shown(context):
        lines += ["", f"<b>{esc(section['head'])}</b>"]
        for item in items:
            rows.append((finishing(item), _put_off(item)))
            lines += _lines(section["name"], item, number=len(rows))  # as its button has it
    if more := _more(context):
        lines += ["", esc(more)]
    return Screen("\n".join(lines), tuple(rows))


def draw_follow_up(context: Context) -> Screen:
    """The sollecito on its last useful day, and the buttons that finish it [r.161]."""
    quote = context["about_id"]
    lines = [bold(say("push.follow_up.head", company=context["company"])), esc(context["explanation"])]
    if products := context.get("products"):
        lines.insert(1, esc(products))
    if valid_until := context.get("valid_until"):
        lines.append(esc(say("push.follow_up.valid_until", day=valid_until)))
    if place := context.get("place"):
        lines.insert(0, f"<i>{esc(place)}</i>")
    later = button(f"⏰ {say('screen.quote.postpone')}", Verb.POSTPONE, context["deadline"])
    rows: list[Row] = [
        (button(f"✓ {say('push.follow_up.done')}", Verb.QUOTE_EVENT, quote, "sollecitato"),),
        *answer_rows(quote),
        (later,),
    ]
    return Screen("\n".join(lines), tuple(rows))


def finishing(item: Context) -> Button:
    """The button that goes from an item to what finishes it."""
    kind, about = DeadlineKind(item["kind"]), Subject(item["about_kind"])
    label = fitted(kind.label, item["company"])
    if about is Subject.QUOTE:
        return button(label, Verb.QUOTE, item["about_id"])
    if about is Subject.VISIT and kind in _PAPERS:
        handed = f"✓ {say('screen.today.handed', what=say(f'screen.today.{_PAPERS[kind]}'))}"
        return button(fitted(handed, item["company"]), Verb.HANDED_OVER, item["about_id"], kind.value)
    if kind in _VISITS:
        return button(fitted(f"✍ {kind.label}", item["company"]), Verb.VISIT, item["company_id"])
    return button(label, Verb.COMPANY, item["company_id"])


def _put_off(item: Context) -> Button:
    return button(say("push.morning.put_off"), Verb.POSTPONE, item["deadline"], key="")


def _shown(context: Context) -> Iterator[tuple[Context, list[Context]]]:
    """The sections with their items, until there is no more room."""
    room = SHOWN
    for section in context["sections"]:
        if room > 0:
            yield section, section["items"][:room]
        room -= len(section["items"])


def _lines(section: str, item: Context, number: int) -> list[str]:
    late = f" {say('screen.late')}" if item["late"] and section == "place" else ""
    title, why = short(item["title"], LONGEST_TITLE), short(item["explanation"], LONGEST_WHY)
    return [f"{number}. {bold(title)}{esc(late)}", f"  {esc(why)}"]


def _more(context: Context) -> str:
    hidden = max(sum(len(section["items"]) for section in context["sections"]) - SHOWN, 0)
    count = hidden + context["more"]
    if not count:
        return ""
    return say("push.morning.more_one") if count == 1 else say("push.morning.more", count=count)
