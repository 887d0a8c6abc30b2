"""What a tap leads to: a screen, or a dialogue. The type alone, so that every table of verbs can name it."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from actions.converse import Talk
from actions.turn import Turn
from bot.buttons import Pressed, Verb
from bot.screens.screen import Screen

Shown: TypeAlias = Screen | Talk
Does: TypeAlias = Mapping[Verb, Callable[[Turn, Pressed], Shown]]
