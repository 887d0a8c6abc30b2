"""The conversation that every bot of the bench holds: the plain visit, in the service's own screens.

The screens are recorded once (`service.record`) and handed to the other bots as a file, so that each sends
the same words and keyboards. Each tap is answered by editMessageText, then answerCallbackQuery; the tap under
the last screen leads to the second again. Knows no bot, so that each bot's environment can load it.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Screen:
    """What stands in the chat, and the words on the button that is tapped under it."""

    text: str
    markup: dict[str, Any]
    tap: str

    def is_like(self, text: str, markup: dict[str, Any]) -> bool:
        """True for the same screen of any person and company: these differ in digits alone."""
        return _shape(text) == _shape(self.text) and list(map(_shape, labels(markup))) == self._labels

    @property
    def _labels(self) -> list[str]:
        return [_shape(label) for label in labels(self.markup)]


def after(place: int, screens: Sequence[Screen]) -> int:
    """Where the tap under this screen leads."""
    return place + 1 if place + 1 < len(screens) else 1


def labels(markup: dict[str, Any]) -> list[str]:
    """What is written on the buttons."""
    return [button["text"] for row in markup["inline_keyboard"] for button in row]


def data_of(words: str, markup: dict[str, Any]) -> str:
    """What the button with these words carries."""
    found: list[str] = [
        button["callback_data"]
        for row in markup["inline_keyboard"]
        for button in row
        if words in button["text"]
    ]
    return found[0]


def save(screens: Sequence[Screen], path: Path) -> None:
    """Write the screens for the other bots."""
    path.write_text(json.dumps([asdict(screen) for screen in screens]))


def load(path: str) -> list[Screen]:
    """The screens that `save` wrote."""
    return [Screen(**one) for one in json.loads(Path(path).read_text())]


def _shape(text: str) -> str:
    return _DIGITS.sub("0", text)


_DIGITS = re.compile(r"\d+")
