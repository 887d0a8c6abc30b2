"""The kinds of question there are, as data: each can show itself, and read what was tapped, typed or saved.

A step is iterable so that a script can write `answer = yield from STEP` and have the answer's exact type.
Refuses to know the order of questions, who asks, and what a button looks like.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from conversations.answers import Json
from conversations.phrases import say

T = TypeVar("T")


class NotUnderstood(Exception):
    """What was tapped or typed is no answer here; `sentence` tells what is expected, in Italian."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StillOpen(Exception):
    """The saved answer is half given (a toggle, an ambiguous date): the same question still stands."""


class Unreadable(Exception):
    """The saved answer no longer fits the question (the list or the rule changed): it is asked again."""


@dataclass(frozen=True, slots=True)
class Option:
    """One button. `key` is what is saved, `label` what is read; `chosen` marks a toggle that is on."""

    key: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A question as it stands: plain data for whoever draws it, in chat or by mail."""

    prompt: str
    options: tuple[Option, ...] = ()


class Step(Generic[T]):
    """A question with a name. Subclasses are frozen dataclasses that begin with `key` and `prompt`.

    `title` names it in the recap; where it is empty, the flow's phrase of that key does.
    """

    key: str
    prompt: str
    title: str

    def __iter__(self) -> Generator["Step[Any]", Any, T]:
        """Yield the step itself; what is sent back is the answer."""
        answer: T = yield self
        return answer

    def view(self, saved: Json) -> View:
        """The question to show, given what is saved of its answer so far (None: nothing)."""
        raise NotImplementedError

    def read(self, saved: Json) -> T:
        """The answer, from what was saved.

        Raises:
            StillOpen: half an answer.
            Unreadable: an answer that no longer fits.
        """
        raise NotImplementedError

    def tap(self, option: str, saved: Json) -> Json:
        """What to save once the button `option` was tapped.

        Raises:
            NotUnderstood: the question has no such button.
        """
        raise NotImplementedError

    def hear(self, text: str, saved: Json) -> Json:
        """What to save once `text` was typed.

        Raises:
            NotUnderstood: it is no answer to this question.
        """
        raise NotImplementedError

    def told(self, value: T) -> str:
        """The answer in a few words, for the recap."""
        raise NotImplementedError


@dataclass(frozen=True)
class Choice(Step[T]):
    """One of several buttons; `values` gives each button's value.

    With `words`, typed text is an answer too.
    """

    key: str
    prompt: str
    labels: Mapping[str, str]
    values: Mapping[str, T]
    words: Callable[[str], T] | None = None
    title: str = ""

    def view(self, saved: Json) -> View:
        """All buttons; the one chosen before is marked."""
        return View(self.prompt, tuple(Option(k, label, k == saved) for k, label in self.labels.items()))

    def read(self, saved: Json) -> T:
        """The value of the button, or of the words."""
        if isinstance(saved, str) and saved in self.values:
            return self.values[saved]
        if self.words and isinstance(saved, dict) and isinstance(words := saved.get("words"), str):
            return self.words(words)
        raise Unreadable

    def tap(self, option: str, saved: Json) -> Json:
        """The button's key."""
        if option not in self.values:
            raise NotUnderstood(say("hint.buttons"))
        return option

    def hear(self, text: str, saved: Json) -> Json:
        """The words, where they are an answer."""
        if self.words is None:
            raise NotUnderstood(say("hint.buttons"))
        return {"words": _within(text, 200)}

    def told(self, value: T) -> str:
        """The button's label, or the words."""
        for key, known in self.values.items():
            if known == value:
                return self.labels[key]
        return str(value)


@dataclass(frozen=True)
class Many(Step[tuple[str, ...]]):
    """Any number of buttons, each on or off, then `done`; with none on, the last button reads `none`."""

    key: str
    prompt: str
    labels: Mapping[str, str]
    none: str
    done: str = field(default_factory=lambda: say("button.next"))
    title: str = ""

    def view(self, saved: Json) -> View:
        """The toggles and the button that ends them."""
        chosen = self._chosen(saved)
        toggles = tuple(Option(k, label, k in chosen) for k, label in self.labels.items())
        return View(self.prompt, (*toggles, Option("=", self.done if chosen else self.none)))

    def read(self, saved: Json) -> tuple[str, ...]:
        """The keys that are on, in the order of the buttons; those no longer offered are left out."""
        if not isinstance(saved, dict) or "done" not in saved:
            raise Unreadable
        if not saved["done"]:
            raise StillOpen
        return self._chosen(saved)

    def tap(self, option: str, saved: Json) -> Json:
        """Turn one on or off, or end."""
        chosen = self._chosen(saved)
        if option == "=":
            return {"chosen": list(chosen), "done": True}
        if option not in self.labels:
            raise NotUnderstood(say("hint.toggles"))
        turned = [k for k in self.labels if (k in chosen) != (k == option)]
        return {"chosen": [*turned], "done": False}

    def hear(self, text: str, saved: Json) -> Json:
        """Several numbers at once: `1, 3`. A single one is a tap (see `dialogue`)."""
        numbers = text.replace(",", " ").replace("e", " ").split()
        keys = list(self.labels)
        if len(numbers) < 2 or not all(n.isdecimal() and 0 < int(n) <= len(keys) for n in numbers):
            raise NotUnderstood(say("hint.toggles"))
        wanted = {keys[int(n) - 1] for n in numbers}
        return {"chosen": [k for k in keys if k in wanted], "done": False}

    def told(self, value: tuple[str, ...]) -> str:
        """The labels that are on."""
        return ", ".join(self.labels[k] for k in value) or self.none

    def _chosen(self, saved: Json) -> tuple[str, ...]:
        chosen = saved.get("chosen") if isinstance(saved, dict) else None
        return tuple(k for k in self.labels if isinstance(chosen, list) and k in chosen)


@dataclass(frozen=True)
class Words(Step[str]):
    """A few words of one's own; `skip`, where given, is the button that leaves them out."""

    key: str
    prompt: str
    skip: str | None = None
    limit: int = 500
    title: str = ""

    def view(self, saved: Json) -> View:
        """The question, and the button to skip it."""
        return View(self.prompt, (Option("-", self.skip),) if self.skip else ())

    def read(self, saved: Json) -> str:
        """The words; empty where skipped."""
        if not isinstance(saved, str) or not (saved or self.skip):
            raise Unreadable
        return saved

    def tap(self, option: str, saved: Json) -> Json:
        """Skip."""
        if option != "-" or not self.skip:
            raise NotUnderstood(say("hint.words"))
        return ""

    def hear(self, text: str, saved: Json) -> Json:
        """The words, cleaned of white space at both ends."""
        return _within(text, self.limit)

    def told(self, value: str) -> str:
        """The words."""
        return value or "–"


def _within(text: str, limit: int) -> str:
    words = text.strip()
    if not words:
        raise NotUnderstood(say("hint.words"))
    if len(words) > limit:
        raise NotUnderstood(say("hint.too_long", limit=limit, length=len(words)))
    return words
