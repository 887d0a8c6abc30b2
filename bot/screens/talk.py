"""A dialogue drawn: the question with its numbered buttons, the recap, the question before cancelling."""

from collections.abc import Sequence
from typing import Any

from actions.converse import Talk
from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc, fits, in_rows, short
from conversations.dialogue import Answered, Asking, Complete, Flow
from conversations.phrases import say

ON, OFF = "☑ ", "☐ "
MOST_EDITS = 96  # Telegram takes a hundred buttons
WIDTHS = ((90, 300), (60, 100), (40, 40), (24, 20), (16, 12))  # characters of a question and its answer
ROOM = 3600  # of a message's, with the company's name and a note above


def draw_talk(talk: Talk) -> Screen:
    """The question that stands, or the recap."""
    if isinstance(talk.state, Complete):
        return _recap(talk, talk.state)
    return _question(talk, talk.state)


def ask_to_cancel(draft: int, company: str) -> Screen:
    """Cancelling is asked twice, and by name: what was told is lost."""
    rows = (
        (button(say("screen.cancel.no"), Verb.RESUME, draft),),
        (button(say("screen.cancel.yes"), Verb.CANCEL_SURELY, draft),),
    )
    return Screen(f"{bold(company)}\n{esc(say('screen.cancel.ask'))}", rows)


def _question(talk: Talk, asking: Asking) -> Screen:
    view = asking.view
    toggles = any(o.key == "=" for o in view.options)
    buttons = [
        button(
            f"{_mark(option.key, option.chosen, toggles)}{option.label}",
            Verb.ANSWER,
            talk.draft,
            talk.revision,
            option.key,
        )
        for option in view.options
    ]
    prompt = view.prompt.split("\n", 1)
    head = bold(prompt[0]) + (f"\n{esc(prompt[1])}" if len(prompt) > 1 else "")
    return Screen(_noted(talk.note, head), (*in_rows(buttons, across=2), _ways_out(talk)))


def _mark(key: str, chosen: bool, toggles: bool) -> str:
    if key == "=":
        return "➜ "
    if toggles:
        return ON if chosen else OFF
    return "✓ " if chosen else ""


def _ways_out(talk: Talk) -> Row:
    back = button(say("screen.back"), Verb.BACK, talk.draft, talk.revision, key="0")
    return (back, button(say("screen.cancel.button"), Verb.CANCEL, talk.draft, key=""))


def _recap(talk: Talk, done: Complete[Any]) -> Screen:
    head = say("screen.recap.ask", company=talk.title)
    confirm = button(f"✅ {say('screen.recap.confirm')}", Verb.CONFIRM, talk.draft, talk.revision, key="0")
    edits = [
        button(f"✎ {_title(talk.flow, a)}", Verb.EDIT, talk.draft, talk.revision, a.step.key)
        for a in done.trail
    ]
    cancel = button(say("screen.cancel.button"), Verb.CANCEL, talk.draft, key="")
    text = _noted(talk.note, f"{bold(head)}\n\n{_lines(talk.flow, done.trail)}")
    return Screen(text, ((confirm,), *_two_by_two(edits[:MOST_EDITS]), (cancel,)))


def _lines(flow: Flow[Any, Any], trail: Sequence[Answered]) -> str:
    """An answer a line; long ones are cut as far as it takes to show them all."""
    for asked, told in WIDTHS:
        each = [f"{esc(short(_title(flow, a), asked))}: {bold(short(a.told, told))}" for a in trail]
        lines = "\n".join(f"{n}. {line}" for n, line in enumerate(each, 1))
        if fits(lines, ROOM):
            break
    return lines


def _two_by_two(buttons: list[Button]) -> list[Row]:
    return [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]


def _title(flow: Flow[Any, Any], answered: Answered) -> str:
    return answered.step.title or say(f"{flow.phrases}.{answered.step.key}.told")


def _noted(note: str, text: str) -> str:
    return f"<i>{esc(note).replace(chr(10), '</i>' + chr(10) + '<i>')}</i>\n\n{text}" if note else text
