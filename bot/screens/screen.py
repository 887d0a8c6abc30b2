"""A screen: a text in Telegram's HTML and rows of buttons under it, within Telegram's limits.

Knows no words.
"""

import html
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from bot.buttons import Button, button
from procedure.notices import Json

TEXT_LIMIT = 4096  # UTF-16 units, Telegram's own
LABEL_LIMIT = 60

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees. `text` is HTML: data goes in through `esc`.

    Every button has a number that may be typed in its place, so that nobody has to hit one.
    """

    text: str
    rows: tuple[Row, ...] = field(default=())

    @property
    def markup(self) -> dict[str, Json]:
        """The buttons as the Bot API wants them."""
        rows: list[Json] = [
            [{"text": _label(key, one), "callback_data": one.data} for key, one in row]
            for row in self._keyed()
        ]
        return {"inline_keyboard": rows}

    @property
    def menu(self) -> dict[str, str]:
        """What each number stands for."""
        return {key: one.data for row in self._keyed() for key, one in row if key}

    @property
    def shown(self) -> str:
        """The text, cut where it is longer than Telegram takes; never inside a tag or an entity."""
        return fit(self.text)

    def _keyed(self) -> list[list[tuple[str, Button]]]:
        numbers = count(1)
        return [
            [(str(next(numbers)) if one.key is None else one.key, one) for one in row] for row in self.rows
        ]


def esc(text: object) -> str:
    """Data made safe to stand in a screen's text."""
    return html.escape(str(text), quote=False)


def bold(text: object) -> str:
    """Data, made safe, in bold."""
    return f"<b>{esc(text)}</b>"


def short(text: object, width: int) -> str:
    """Data in one line, cut to `width` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def fitted(told: str, name: str, width: int = LABEL_LIMIT - 4) -> str:
    """A button's label: what it does, whole; then a name, cut to the room that is left beside its number."""
    room = width - len(told) - 3
    return f"{told} · {short(name, room)}" if room > 2 else told


def fits(text: str, limit: int) -> bool:
    """True where Telegram counts at most `limit` units in the text."""
    return _units(text) <= limit


def fit(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text up to the last whole line that Telegram takes; every line's tags are closed on that line."""
    if _units(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - 2
    for line in text.split("\n"):
        room -= _units(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, "…"])


def in_rows(buttons: Iterable[Button], across: int = 1, wide: int = 16) -> tuple[Row, ...]:
    """Buttons one under the other; short ones side by side, at most `across`."""
    rows: list[Row] = []
    line: list[Button] = []
    for one in buttons:
        short = len(one.label) <= wide
        if line and (not short or len(line) == across):
            rows.append(tuple(line))
            line = []
        line.append(one)
        if not short:
            rows.append(tuple(line))
            line = []
    return (*rows, tuple(line)) if line else tuple(rows)


def _label(key: str, one: Button) -> str:
    label = f"{key}. {one.label}" if key else one.label
    return short(label, LABEL_LIMIT)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


__all__ = ["Button", "Row", "Screen", "bold", "button", "esc", "fit", "fits", "in_rows", "short"]
