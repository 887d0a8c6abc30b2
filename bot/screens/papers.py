"""Paper copies drawn: on their quote, in the list of those that are missing, in the month's message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from actions.file_paper import Copy
from bot.buttons import Verb, button
from bot.screens.screen import Row, Screen, bold, esc, short
from conversations.phrases import say
from procedure.italian import write_date, write_date_short
from procedure.people import Person
from procedure.quotes import Quote, QuoteState
from store.enclosures import KeptFile
from store.paper_copies import Filing, MissingCopy

Context = Mapping[str, Any]

SHOWN = 15
"""Copies in one list, each with its button."""


def with_copy(screen: Screen, quote: Quote, filing: Filing | None, *, tells: bool) -> Screen:
    """A quote's screen, and under it where its paper copy is; the buttons for who tells of the quote. Nothing
    before the delivery.
    """
    if quote.delivered_on is None or quote.state is QuoteState.CANCELLED:
        return screen
    day = write_date(filing.on) if filing else ""
    line = say("screen.papers.filed" if filing else "screen.papers.missing", number=quote.id, day=day)
    ours = _copy_rows(quote.id, filed=filing is not None) if tells else ()
    rows = (*screen.rows[:-1], *ours, *screen.rows[-1:])
    return replace(screen, text=f"{screen.text}\n{esc(line)}", rows=rows)


def _copy_rows(quote: int, *, filed: bool) -> tuple[Row, ...]:
    cover = button(f"🖨 {say('screen.papers.cover')}", Verb.COVER, quote)
    if filed:
        return ((button(f"↩ {say('screen.papers.take_out')}", Verb.NOT_FILED, quote),), (cover,))
    return ((button(f"🗄 {say('screen.papers.file')}", Verb.FILED, quote),), (cover,))


def draw_missing(copies: Sequence[MissingCopy], reader: Person, today: date) -> Screen:
    """The copies that are missing, each a tap from done; who follows the quote, where it is another."""
    if not copies:
        return Screen(esc(say("screen.papers.none")), (_home(),))
    lines = [bold(say("screen.papers.head")), esc(say("screen.papers.why")), ""]
    lines += [_line(copy, reader, today) for copy in copies[:SHOWN]]
    if len(copies) > SHOWN:
        lines.append(esc(say("screen.papers.more", count=len(copies) - SHOWN)))
    rows: list[Row] = [
        (
            button(f"🗄 {short(copy.company, 40)}", Verb.FILED, copy.quote, "l"),
            button(f"🖨 {say('screen.papers.cover_short')}", Verb.COVER, copy.quote, "l"),
        )
        for copy in copies[:SHOWN]
    ]
    return Screen("\n".join(lines), (*rows, _home()))


def _line(copy: MissingCopy, reader: Person, today: date) -> str:
    told = say("screen.papers.delivered", day=write_date_short(copy.delivered_on, today))
    if copy.owner not in {reader.name, reader.email}:
        told = f"{told}, {say('screen.papers.owner', owner=copy.owner)}"
    return f"• {bold(short(copy.company, 80))} ({esc(copy.company_ref)}): {esc(told)}"


def draw_filed(done: Copy, rest: Screen) -> Screen:
    """What was done to a copy, the way to undo it, and below it what is left."""
    said = say(
        "screen.papers.filed_done" if done.filing else "screen.papers.taken_out", company=done.company.name
    )
    undo = button(f"↩ {say('screen.papers.take_out')}", Verb.NOT_FILED, done.quote.id, "l")
    rows = ((undo,), *rest.rows) if done.filing else rest.rows
    return Screen(f"✅ {esc(said)}\n\n{rest.text}", rows)


def with_cover_sent(screen: Screen, email: str) -> Screen:
    """The screen as it was, under the news that the cover is on its way."""
    said = say("screen.papers.cover_sent", to=email)
    return replace(screen, text=f"✉ {esc(said)}\n\n{screen.text}")


def with_file(screen: Screen, quote: Quote, kept: KeptFile | None, today: date) -> Screen:
    """A quote's screen, and under it the PDF that its owner mailed, with the way to one's own mailbox."""
    if kept is None:
        return screen
    day = write_date_short(kept.received_at.date(), today)
    line = say("screen.papers.file_of_quote", name=short(kept.file.name, 80), day=day)
    row = (button(f"✉ {say('screen.papers.send_me_file')}", Verb.QUOTE_FILE, quote.id),)
    rows = (*screen.rows[:-1], row, *screen.rows[-1:])
    return replace(screen, text=f"{screen.text}\n{esc(line)}", rows=rows)


def with_file_sent(screen: Screen, email: str) -> Screen:
    """The screen as it was, under the news that the PDF is on its way."""
    return replace(screen, text=f"✉ {esc(say('screen.papers.file_sent', to=email))}\n\n{screen.text}")


def draw_missing_at_site(context: Context) -> Screen:
    """The month's message to an RS: the copies that are missing in the archive of the sede."""
    lines = [bold(say("push.papers.head", site=context["site"])), esc(say("push.papers.why")), ""]
    for copy in context["copies"][:SHOWN]:
        line = say("push.papers.line", **{**copy, "company": short(copy["company"], 80)})
        lines.append(f"• {esc(line)}")
    if len(context["copies"]) > SHOWN:
        lines.append(esc(say("screen.papers.more", count=len(context["copies"]) - SHOWN)))
    rows: list[Row] = [
        (button(f"📄 {short(copy['company'], 50)}", Verb.QUOTE, copy["quote"]),)
        for copy in context["copies"][:SHOWN]
    ]
    return Screen("\n".join(lines), tuple(rows))


def draw_new_members(context: Context) -> Screen:
    """To Ufficio Sviluppo: the month's new members are to be loaded (D15) [r.73]."""
    head, text = (say(f"push.new_members.{key}", month=context["month"]) for key in ("head", "text"))
    return Screen(f"{bold(head)}\n{esc(text)}")


def _home() -> Row:
    return (button(f"⌂ {say('screen.home.button')}", Verb.HOME),)
