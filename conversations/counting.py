"""The question whose answer is a whole number. Refuses to know what is counted."""

from dataclasses import dataclass

from conversations.answers import Json
from conversations.phrases import say
from conversations.steps import NotUnderstood, Step, Unreadable, View


@dataclass(frozen=True)
class Count(Step[int]):
    """A whole number from 1 to `most`, typed: without buttons, so that no number stands for one of them."""

    key: str
    prompt: str
    most: int
    title: str = ""

    def view(self, saved: Json) -> View:
        """The question."""
        return View(self.prompt)

    def read(self, saved: Json) -> int:
        """The number, if it is still within its limits."""
        if not isinstance(saved, int) or not 1 <= saved <= self.most:
            raise Unreadable
        return saved

    def tap(self, option: str, saved: Json) -> Json:
        """There is nothing to tap."""
        raise NotUnderstood(say("hint.count", most=self.most))

    def hear(self, text: str, saved: Json) -> Json:
        """The number, alone or with a word after it: `12`, `12 visite`."""
        first = text.strip().replace(".", "").partition(" ")[0]
        if not (first.isascii() and first.isdecimal() and 1 <= int(first[:12]) <= self.most):
            raise NotUnderstood(say("hint.count", most=self.most))
        return int(first)

    def told(self, value: int) -> str:
        """The number."""
        return str(value)
