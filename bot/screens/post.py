"""The sorting room drawn: the letters that wait, one of them with its ways out, and the messages about them.

Of a letter's text one line is shown, cut; the whole travels by mail only. Refuses to know who may see which.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from actions.by_mail.holding import Held
from actions.open_letter import Opened
from actions.sort_letters import PAGE
from bot.buttons import Button, Verb, button
from bot.screens.attribution import part, turning
from bot.screens.screen import Row, Screen, bold, esc, fitted, short
from conversations.letters import LONGEST_LINE, first_line, why_it_waits
from conversations.phrases import say
from procedure.italian import write_date_short
from store.letters import Outcome
from store.page import Page
from store.sorting import LetterLine

Context = Mapping[str, Any]

LONGEST_NAME = 60
IN_A_LIST = 100
"""Characters of the first line, where eight letters share a message."""


def draw_waiting(page: Page[LetterLine], now: datetime, *, sees_recorded: bool) -> Screen:
    """`/posta`: the letters to sort, each with why it waits."""
    rows: list[Row] = [(_to(one),) for one in page.items]
    rows += turning(page, PAGE, Verb.LETTERS)
    if sees_recorded:
        rows.append((button(f"🗂 {say('screen.post.recorded')}", Verb.LETTERS_RECORDED, 0),))
    if not page.total:
        return Screen(esc(say("screen.post.none")), (*rows, _home()))
    lines = [bold(say("screen.post.title")), esc(say("screen.post.count", **part(page)))]
    for one in page.items:
        lines += ["", *_told(one, now, IN_A_LIST), f"<i>{esc(why_it_waits(one.reason))}</i>"]
    return Screen("\n".join(lines), (*rows, _home()))


def draw_recorded(page: Page[LetterLine], now: datetime) -> Screen:
    """The letters that had an effect, the newest first."""
    if not page.items:
        return Screen(esc(say("screen.post.none_recorded")), (_to_list(), _home()))
    lines = [bold(say("screen.post.recorded"))]
    for one in page.items:
        undone = f" · {say('screen.post.undone')}" if one.undone_at else ""
        lines += ["", *_told(one, now, IN_A_LIST), f"<i>{esc(say('screen.post.did') + undone)}</i>"]
    rows: list[Row] = [(_to(one),) for one in page.items]
    return Screen("\n".join(lines), (*rows, *turning(page, PAGE, Verb.LETTERS_RECORDED), _to_list(), _home()))


def draw_letter(opened: Opened, now: datetime, said: str = "") -> Screen:
    """One letter: who, when, its first line, why it waits, and what can be done; `said` stands above it."""
    one = opened.letter
    lines = [esc(said), ""] if said else []
    lines += [*_told(one, now, LONGEST_LINE), "", esc(_standing(one))]
    lines += [f"• {esc(_choice(opened, number))}" for number in range(len(opened.choices))]
    original = button(f"✉ {say('screen.post.original')}", Verb.LETTER_ORIGINAL, one.id)
    rows = [*_deciding(opened), (original,)]
    if opened.sorts:
        rows.append((button(f"✓ {say('screen.post.sorted')}", Verb.LETTER_SORTED, one.id),))
    if opened.takes_back:
        rows.append((button(f"↩ {say('screen.post.undo')}", Verb.LETTER_UNDO, one.id),))
    return Screen("\n".join(lines), (*rows, *((_to_list(),) if opened.sorts else ()), _home()))


def draw_undo_asked(opened: Opened, now: datetime) -> Screen:
    """What a letter did is to be undone: once more."""
    lines = [esc(say("screen.post.undo_ask")), "", *_told(opened.letter, now, LONGEST_LINE)]
    surely = button(f"↩ {say('screen.post.undo_surely')}", Verb.LETTER_UNDO_SURELY, opened.letter.id)
    not_now = button(f"‹ {say('screen.post.not_now')}", Verb.LETTER, opened.letter.id)
    return Screen("\n".join(lines), ((surely,), (not_now,)))


def _told(one: LetterLine, now: datetime, line: int) -> list[str]:
    """Subject, company, who and when, and so much of the first line."""
    told = short(first_line(one.text), line)
    return [
        bold(short(one.subject or say("screen.post.no_subject"), LONGEST_NAME)),
        *([esc(short(one.company, LONGEST_NAME))] if one.company else []),
        esc(f"{short(one.sender, LONGEST_NAME)} · {written(one.received_at, now)}"),
        *([esc(f"«{told}»")] if told else []),
    ]


def written(at: datetime, now: datetime) -> str:
    """When it came, short: `mer 18 nov alle 15:00`."""
    there: tzinfo | None = now.tzinfo
    local = at.astimezone(there)
    return f"{write_date_short(local.date(), now.date())}, {local:%H:%M}"


def _to(one: LetterLine) -> Button:
    return button(
        fitted(short(one.sender.partition("@")[0], 24), one.subject or one.company), Verb.LETTER, one.id
    )


def _standing(one: LetterLine) -> str:
    """Why it waits; of one that waits no longer, what came of it."""
    if one.outcome is Outcome.TO_SORT:
        return say("screen.post.waits", why=why_it_waits(one.reason))
    if one.outcome is Outcome.RECORDED:
        return say("screen.post.was_undone" if one.undone_at else "screen.post.was_recorded")
    return say("screen.post.was_set_aside")


def _choice(opened: Opened, number: int) -> str:
    choice = opened.choices[number]
    return say("screen.post.choice", number=number + 1, says=choice.says, answers=choice.answers)


def _deciding(opened: Opened) -> tuple[Row, ...]:
    """The buttons of what is held, for who may decide it."""
    if not opened.choices or opened.why is None:
        return ()
    if opened.why is Held.AMBIGUOUS:
        return _which([one.answers for one in opened.choices], opened.letter.id)
    return _yes_no(opened.why, opened.letter.id)


def _yes_no(why: Held, letter: int) -> tuple[Row, ...]:
    yes = button(f"✓ {say(f'screen.post.yes.{why.value}')}", Verb.LETTER_HOLDS, letter, 0)
    return ((yes,), (button(f"✗ {say(f'screen.post.no.{why.value}')}", Verb.LETTER_HOLDS_NOT, letter),))


def _which(names: Sequence[str], letter: int) -> tuple[Row, ...]:
    """A button for each of several mails, and one for none of them."""
    ways = [(button(short(name, 50), Verb.LETTER_HOLDS, letter, n),) for n, name in enumerate(names)]
    none = button(f"✗ {say(f'screen.post.no.{Held.AMBIGUOUS.value}')}", Verb.LETTER_HOLDS_NOT, letter)
    return (*ways, (none,))


def _to_list() -> Row:
    return (button(f"‹ {say('screen.post.to_list')}", Verb.LETTERS, 0),)


def _home() -> Row:
    return (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)


def draw_to_sort(context: Context) -> Screen:
    """Once a day: letters wait."""
    text = say("push.post.to_sort", count=context["count"])
    return Screen(esc(text), ((button(f"📥 {say('screen.post.title')}", Verb.LETTERS, 0),),))


def draw_colleague_asked(context: Context) -> Screen:
    """A colleague answered in this person's place: does it hold?"""
    lines = _asked(say("push.post.colleague", who=context["who"]), context)
    lines.append(esc(say("push.post.would", what="; ".join(context["would"]))))
    return Screen("\n".join(lines), (*_yes_no(Held.COLLEAGUE, context["letter"]), _see(context["letter"])))


def draw_which_one(context: Context) -> Screen:
    """A letter fits several mails of ours: which one?"""
    lines = _asked(say("push.post.ambiguous", who=context["who"]), context)
    names = [one["what"] for one in context["candidates"]]
    return Screen("\n".join(lines), (*_which(names, context["letter"]), _see(context["letter"])))


def draw_absence_read(context: Context) -> Screen:
    """An automatic answer tells of an absence: is it to be recorded?"""
    lines = _asked(say("push.post.absence", who=context["who"]), context)
    return Screen("\n".join(lines), (*_yes_no(Held.ABSENCE, context["letter"]), _see(context["letter"])))


def _asked(question: str, context: Context) -> list[str]:
    line = first_line(context["first_line"])
    head = [bold(context["company"])] if context.get("company") else []
    return [*head, esc(question), *([esc(f"«{line}»")] if line else [])]


def _see(letter: int) -> Row:
    return (button(say("push.post.see"), Verb.LETTER, letter),)


def to_original(context: Context) -> tuple[Row, ...]:
    """The whole letter that a message tells of, one tap away; messages queued before this have none."""
    if "letter" not in context:
        return ()
    return ((button(f"✉ {say('screen.post.original')}", Verb.LETTER_ORIGINAL, context["letter"]),),)
