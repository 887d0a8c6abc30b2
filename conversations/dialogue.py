"""The engine of guided dialogues: a script, replayed over the answers saved so far. All of it pure.

A script is a generator of steps (house.md, "Guided dialogues"). Replaying it tells which question stands;
answering, going back and editing only make a new draft. Refuses to know chats, mails, databases and the time.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from conversations.answers import Draft, Json
from conversations.steps import Many, NotUnderstood, Step, StillOpen, Unreadable, View

F = TypeVar("F")
R = TypeVar("R")

Dialogue: TypeAlias = Generator[Step[Any], Any, R]


@dataclass(frozen=True, slots=True)
class Flow(Generic[F, R]):
    """A kind of dialogue: its name and version in drafts, its script, and where its phrases stand.

    One that is `at_once` has so little to ask that its last answer does it, without a recap.
    """

    name: str
    version: int
    script: Callable[[F], Dialogue[R]]
    phrases: str
    at_once: bool = False

    def begin(self) -> Draft:
        """A draft with nothing answered."""
        return Draft(self.name, self.version)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question behind us: its step, what was saved, and what it was read as."""

    step: Step[Any]
    value: Any

    @property
    def told(self) -> str:
        """The answer in a few words."""
        return self.step.told(self.value)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question stands. `changed` is True where an earlier answer to it no longer fits."""

    step: Step[Any]
    saved: Json
    trail: tuple[Answered, ...]
    changed: bool = False

    @property
    def view(self) -> View:
        """The question as it is to be shown."""
        return self.step.view(self.saved)


@dataclass(frozen=True, slots=True)
class Complete(Generic[R]):
    """Every question is answered; the recap shows the trail, each step of it open to editing."""

    result: R
    trail: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was tapped: its option's key."""

    option: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A message was typed (or dictated)."""

    text: str


def standing(flow: Flow[F, R], facts: F, draft: Draft) -> Asking | Complete[R]:
    """Which question stands, or the result: found by replaying the script over the saved answers."""
    return _Replay(flow.script(facts)).until(draft)


class _Replay(Generic[R]):
    """A script under way over a draft's answers, and farther on once one more is given."""

    def __init__(self, script: Dialogue[R]) -> None:
        self._script = script
        self._trail: list[Answered] = []
        self._step: Step[Any] | None = None

    def until(self, draft: Draft) -> Asking | Complete[R]:
        """Go on to the first question that this draft does not answer."""
        try:
            step = self._step or next(self._script)
            while (asking := self._asked(step, draft)) is None:
                step = self._script.send(self._trail[-1].value)
        except StopIteration as stop:
            return Complete(stop.value, tuple(self._trail))
        self._step = step
        return asking

    def _asked(self, step: Step[Any], draft: Draft) -> Asking | None:
        """The question, if the draft does not answer it; else the answer joins the trail."""
        saved = draft.answers.get(step.key)
        if step.key == draft.reopened or saved is None:
            return Asking(step, saved, tuple(self._trail))
        try:
            value = step.read(saved)
        except StillOpen:
            return Asking(step, saved, tuple(self._trail))
        except Unreadable:
            return Asking(step, None, tuple(self._trail), changed=True)
        self._trail.append(Answered(step, value))
        return None


def answer(flow: Flow[F, R], facts: F, draft: Draft, raw: Tap | Typed) -> Draft:
    """The draft with the standing question answered (or half answered: a toggle, a date to confirm).

    Raises:
        NotUnderstood: no answer to this question, or no question stands.
    """
    return told(flow, facts, draft, raw)[0]


def told(flow: Flow[F, R], facts: F, draft: Draft, raw: Tap | Typed) -> tuple[Draft, Asking | Complete[R]]:
    """What `answer` gives, and what stands then: one replay for both.

    Raises:
        NotUnderstood: no answer to this question, or no question stands.
    """
    replay = _Replay(flow.script(facts))
    asking = replay.until(draft)
    if isinstance(asking, Complete):
        raise NotUnderstood("")
    match raw:
        case Tap(option):
            saved = asking.step.tap(option, asking.saved)
        case Typed(text):
            saved = _heard(asking, text)
    answered = draft.with_answer(asking.step.key, _keeping(asking, saved))
    return answered, replay.until(answered)


def _heard(asking: Asking, text: str) -> Json:
    """A button's number or its very words are a tap; anything else is the step's to understand."""
    options = asking.view.options
    said = text.strip().casefold()
    if said.isdecimal() and 0 < int(said) <= len(options):
        return asking.step.tap(options[int(said) - 1].key, asking.saved)
    for option in options:
        if said == option.label.casefold():
            return asking.step.tap(option.key, asking.saved)
    return asking.step.hear(text, asking.saved)


_EARLIER = "was"


def _keeping(asking: Asking, saved: Json) -> Json:
    """Half an answer carries the whole one that it may come to replace: going back loses nothing."""
    if not isinstance(saved, dict) or not _is_half(asking.step, saved):
        return saved
    earlier = _earlier(asking.step, asking.saved)
    return saved if earlier is None else {**saved, _EARLIER: earlier}


def _earlier(step: Step[Any], saved: Json) -> Json:
    """The last whole answer to this question; None where there was none."""
    if isinstance(saved, dict) and _is_half(step, saved):
        return saved.get(_EARLIER)
    return saved


def _is_half(step: Step[Any], saved: Json) -> bool:
    try:
        step.read(saved)
    except StillOpen:
        return True
    except Unreadable:
        return False
    return False


def back(flow: Flow[F, R], facts: F, draft: Draft) -> Draft:
    """The draft with the question before the standing one asked again; its answer stands until a new one.

    From a doubt ("which day did you mean?") it is the same question, asked plainly. At the first, nothing
    changes.
    """
    now = standing(flow, facts, draft)
    before = now.trail[-1].step.key if now.trail else None
    if isinstance(now, Asking) and isinstance(now.saved, dict) and _is_half(now.step, now.saved):
        earlier = _earlier(now.step, now.saved)
        if not isinstance(now.step, Many):
            return draft.taking_back(now.step.key, earlier, asked=now.step.key)
        if earlier is not None and before is not None:
            return draft.taking_back(now.step.key, earlier, asked=before)
    return draft if before is None else draft.reopening(before)


def reopen(draft: Draft, key: str) -> Draft:
    """The draft in which the question `key` is asked again: "edit" on the recap."""
    return draft.reopening(key)
