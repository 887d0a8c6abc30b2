"""`/preventivi`: the quotes in a person's hands, each one tap away. Refuses to know who gathered them."""

from datetime import date

from bot.buttons import Button, Verb, button
from bot.screens.screen import Row, Screen, bold, esc, fitted
from conversations.phrases import say
from procedure.italian import write_date_short
from store.page import Page
from store.quote_list import QuoteEntry

PAGE = 8


def draw_quotes(page: Page[QuoteEntry], today: date) -> Screen:
    """A page of open quotes, the next due first."""
    home = button(f"⌂ {say('screen.home.button')}", Verb.HOME)
    if not page.items:
        return Screen(esc(say("screen.quotes.none")), ((home,),))
    shown = f"{page.offset + 1}–{page.offset + len(page.items)}"
    lines = [bold(say("screen.quotes.title")), esc(say("screen.quotes.count", shown=shown, total=page.total))]
    rows: list[Row] = [(button(_line(entry, today), Verb.QUOTE, entry.id),) for entry in page.items]
    turning = tuple(_turning(page))
    return Screen("\n".join(lines), (*rows, *((turning,) if turning else ()), (home,)))


def _line(entry: QuoteEntry, today: date) -> str:
    """Its state and next day whole; what is cut to fit is the company's name."""
    due = f" {write_date_short(entry.next_due_on, today)}" if entry.next_due_on else ""
    late = "❗ " if entry.next_due_on and entry.next_due_on < today else ""
    return fitted(f"{late}{entry.state.value.lower()}{due}", entry.company)


def _turning(page: Page[QuoteEntry]) -> list[Button]:
    before = button(f"‹ {say('screen.companies.before')}", Verb.QUOTES, max(page.offset - PAGE, 0))
    after = button(f"{say('screen.companies.after')} ›", Verb.QUOTES, page.offset + PAGE)
    return [*([before] if page.has_previous else []), *([after] if page.has_next else [])]
