"""A dialogue filled in as a form: many lines told at once, in the place of one answer at a time.

The same script is replayed, question by question in its order; each line is heard as its question hears it, a
button by its very words. What is missing does not stop those behind it: it is passed over with the answer
that opens no branch, which is never saved. Refuses to know mails, and which line belongs to which question.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, TypeVar

from conversations.answers import Draft, Json
from conversations.dialogue import Answered, Asking, Flow, standing
from conversations.hearing.heard import even
from conversations.moments import Moment
from conversations.phrases import say
from conversations.steps import Choice, Many, NotUnderstood, Step, StillOpen, Unreadable, Words
from conversations.values import Day, RegisterText
from procedure.workdays import ONE_DAY

F = TypeVar("F")
R = TypeVar("R")


class Lines(Protocol):
    """What was written, as the questions ask for it."""

    def saved(self, asking: Asking) -> Json:
        """What to save for this question; None where nothing was written.

        Raises:
            NotUnderstood: what was written is no answer to it.
        """

    def left_out(self, step: Step[Any]) -> Json:
        """What to save where nothing was written and nothing need be; None where the question wants one."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without its answer; `hint` says why what was written is none, empty where nothing was."""

    asking: Asking
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft after a form's lines.

    Attributes:
        draft: what may be saved: the answers understood, half ones among them; one revision farther, if any.
        gaps: what is still to be said, in the order of the script; none where it is complete.
        trail: the answers it has.
    """

    draft: Draft
    gaps: tuple[Gap, ...]
    trail: tuple[Answered, ...]


@dataclass
class _Filling:
    """A form while it is walked through."""

    draft: Draft
    lines: Lines
    told: dict[str, Json] = field(default_factory=dict)
    left_out: dict[str, Json] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    def answer(self, asking: Asking) -> Json:
        """What the walk goes on with; what of it may be saved is noted."""
        step = asking.step
        earlier = self.draft.answers.get(step.key)
        try:
            said = self.lines.saved(replace(asking, saved=earlier))
        except NotUnderstood as wrong:
            return self._gap(asking, earlier, wrong.sentence)
        if said is not None:
            self.told[step.key] = said
        elif not reads(step, earlier) and (said := self.lines.left_out(step)) is not None:
            self.left_out[step.key] = said
        found = said if said is not None else earlier
        return found if reads(step, found) else self._gap(replace(asking, saved=found), found)

    def _gap(self, asking: Asking, known: Json, hint: str = "") -> Json:
        self.gaps.append(Gap(asking, hint or _doubt(asking)))
        return known if reads(asking.step, known) else passed_over(asking.step)

    def filled(self, trail: tuple[Answered, ...]) -> Filled:
        """The draft as it may be saved: what was left out counts once nothing else is missing."""
        news = self.told if self.gaps else {**self.left_out, **self.told}
        answers = {**self.draft.answers, **news}
        draft = self.draft
        if answers != draft.answers or draft.reopened:
            draft = replace(draft, answers=answers, reopened=None, revision=draft.revision + 1)
        missing = {gap.asking.step.key for gap in self.gaps}
        known = tuple(one for one in trail if one.step.key in answers and one.step.key not in missing)
        return Filled(draft, tuple(self.gaps), known)


def fill(flow: Flow[F, R], facts: F, draft: Draft, lines: Lines) -> Filled:
    """Fill these lines into the draft. A line written again replaces the answer there is."""
    filling = _Filling(draft, lines)
    walk = replace(draft, answers={}, reopened=None)
    while isinstance(state := standing(flow, facts, walk), Asking):
        walk = walk.with_answer(state.step.key, filling.answer(state))
    return filling.filled(state.trail)


def hear(asking: Asking, text: str) -> Json:
    """A line as its question hears it: a button's words, else what was typed. A number is no button here.

    Raises:
        NotUnderstood: it is no answer.
    """
    step, half = asking.step, _half(asking)
    for option in step.view(half).options:
        is_yes = option.key == _RIGHT and bare(text) in _YES
        if is_yes or (option.key not in _NO_ANSWERS and same(text, option.label)):
            return step.tap(option.key, half)
    return step.hear(text, half)


def same(one: str, other: str) -> bool:
    """Whether two lines have the same words, whatever their case, accents and punctuation."""
    return bare(one) == bare(other)


def bare(text: str) -> str:
    """The words of a line, even, with single spaces between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in even(text)).split())


_NO_ANSWERS: Final = frozenset({"+", "="})
"""Buttons that open more buttons, or end them: not for a line."""

_RIGHT: Final = "ok"
_YES: Final = frozenset({"si", "ok", "giusto", "e giusto", "va bene", "confermo"})
_DOUBTS: Final = frozenset({"candidates", "doubtful", "doubts"})


def _half(asking: Asking) -> Json:
    """What is saved of the answer, where it is half given and waits for its other half."""
    try:
        asking.step.read(asking.saved)
    except StillOpen:
        return asking.saved
    except Unreadable:
        return None
    return None


def reads(step: Step[Any], saved: Json) -> bool:
    """Whether what is saved is a whole answer to this question."""
    if saved is None:
        return False
    try:
        step.read(saved)
    except (StillOpen, Unreadable):
        return False
    return True


def _doubt(asking: Asking) -> str:
    """What a half answer is asked back with: the readings, or why it is odd."""
    if not isinstance(asking.saved, dict) or not _DOUBTS & asking.saved.keys():
        return ""
    view = asking.step.view(asking.saved)
    choices = [option.label for option in view.options if option.key not in _NO_ANSWERS]
    return say("form.doubt", asked=view.prompt, choices=" / ".join(choices)) if choices else view.prompt


_PASSED: Final[Mapping[type[Step[Any]], Callable[[Any], Json]]] = {
    Choice: lambda step: "none" if "none" in step.values else next(iter(step.values)),
    Many: lambda _step: {"chosen": [], "done": True},
    Day: lambda step: (step.last or step.first or step.today).isoformat(),
    Words: lambda step: "" if step.skip else "–",
    RegisterText: lambda _step: "–",
    Moment: lambda step: (step.now + ONE_DAY).isoformat(timespec="minutes"),
}


def passed_over(step: Step[Any]) -> Json:
    """The answer that opens no branch, to see what comes behind a question: never saved."""
    return _PASSED[type(step)](step)
