"""A draft: what a person has answered so far, as one row of plain data. Refuses to know any question."""

from dataclasses import dataclass, field, replace
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished dialogue. `revision` grows by one with every write and is the optimistic lock."""

    flow: str
    version: int
    revision: int = 0
    reopened: str | None = None  # the key asked again from the recap
    answers: dict[str, Json] = field(default_factory=dict)  # by the question's name, never by position

    def with_answer(self, key: str, value: Json) -> "Draft":
        """The draft with this question answered, and nothing reopened."""
        return self._next(answers={**self.answers, key: value}, reopened=None)

    def reopening(self, key: str) -> "Draft":
        """The draft in which this question is asked again, its old answer still standing until then."""
        return self._next(answers=self.answers, reopened=key)

    def taking_back(self, key: str, earlier: Json, asked: str) -> "Draft":
        """The draft in which `key` has its earlier answer again (None: none), and `asked` is asked."""
        kept = {k: v for k, v in self.answers.items() if k != key}
        return self._next(answers=kept if earlier is None else {**kept, key: earlier}, reopened=asked)

    def _next(self, *, answers: dict[str, Json], reopened: str | None) -> "Draft":
        return replace(self, answers=answers, reopened=reopened, revision=self.revision + 1)
