"""What a person reads when a dialogue is confirmed: one drawing for each thing that an action gives."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from actions.confirm_visit import Confirmed
from actions.tell_quote import Told
from bot.screens.confirmed import draw_confirmed
from bot.screens.quote import draw_told
from bot.screens.screen import Screen


def draw_done(done: Any) -> Screen:
    """The answer to what was done.

    Raises:
        KeyError: nobody draws it: a fault of the code, which tests/bot/test_screens.py finds.
    """
    return DRAWN[type(done)](done)


DRAWN: Final[Mapping[type, Callable[[Any], Screen]]] = MappingProxyType(
    {Confirmed: draw_confirmed, Told: draw_told}
)
"""What `actions.finish` gives → who draws it."""
