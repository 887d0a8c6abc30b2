"""Walks every branch of a flow: each path is the plain one but for a few answers, each of them tried.

All the answers of a question are tried at each place where it can stand, with every pair of them that the
budget allows; of a list: none, each alone, and several.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from conversations.absence import Days
from conversations.answers import Draft
from conversations.counting import Count
from conversations.dialogue import Asking, Complete, Flow, Tap, Typed, answer, standing
from conversations.moments import Moment
from conversations.steps import Choice, Many, Step, Words
from conversations.values import Day, Money, RegisterText
from procedure.fields import RegisterField

Raw: TypeAlias = Tap | Typed
Way: TypeAlias = tuple[Raw, ...]

LONGEST_PATH = 400
SHORT_LIST = 5
VALUES = {
    RegisterField.NAME: "Forno Nuovo S.r.l.",
    RegisterField.PARTITA_IVA: "01234560470",
    RegisterField.CODICE_FISCALE: "01234560470",
    RegisterField.PEC: "forno@pec.example.com",
    RegisterField.EMAIL: "nuovo@example.com",
    RegisterField.PHONE: "0573 123456",
    RegisterField.MOBILE: "333 1234567",
    RegisterField.CODICE_SDI: "ABCDEF1",
    RegisterField.ATECO: "13.20.00",
    RegisterField.ADDRESS: "Via Nuova 1",
    RegisterField.CAP: "59100",
    RegisterField.COMUNE: "Prato",
}


@dataclass(frozen=True)
class Path:
    """One way through a flow: every draft on it in order, the answers given, and where it ends."""

    drafts: tuple[Draft, ...]
    states: tuple[Asking | Complete[Any], ...]
    raws: tuple[Raw, ...] = field(default=())

    @property
    def end(self) -> Complete[Any]:
        """The recap."""
        last = self.states[-1]
        assert isinstance(last, Complete), "a path did not end"
        return last

    @property
    def taps(self) -> int:
        """How many taps it took, the confirmation apart."""
        return len(self.raws)


def ways(step: Step[Any], asking: Asking) -> list[Way]:
    """Every way to answer a question; the plain one first."""
    keys = [option.key for option in asking.view.options]
    match step:
        case Choice():
            own: list[Way] = [(Typed("parole mie"),)] if step.words else []
            return [(Tap(key),) for key in keys] + own
        case Many():
            return _ways_of_many([key for key in keys if key != "="])
        case Words():
            typed: list[Way] = [(Typed("due parole"),)]
            return ([(Tap("-"),)] if step.skip else []) + typed
        case Day():
            more: list[Way] = [(Tap("+"), Tap(step.more[0].isoformat()))] if step.more else []
            likely: list[Way] = [(Tap(key),) for key in keys if key != "+"]
            known = step.more or step.last == step.today
            return [*likely, *more, (Typed("oggi" if known else "fra 10 giorni"),)]
        case Moment():
            asked_back: Way = (Typed("domenica alle 10"), Tap("ok"))
            return [(Typed("domani alle 15"),), (Tap(keys[-1]), Typed("16.30")), asked_back]
        case Days():
            return [*((Tap(key),) for key in keys), (Typed("fino al 10"),), (Typed("mercoledì"), Typed("2"))]
        case Count():
            return [(Typed("12"),)]
        case Money():
            return [(Typed("1200"),), (Typed("1.234"), Typed("1"))]
        case RegisterText():
            return [(Typed(VALUES[step.field]),)]
    raise AssertionError(f"the walker does not know {step!r}")


def _ways_of_many(keys: list[str]) -> list[Way]:
    alone = keys if len(keys) <= SHORT_LIST else [keys[0], keys[-1]]
    several = keys if len(keys) <= SHORT_LIST else [keys[0], keys[1], keys[-1]]
    groups = [[], *([key] for key in alone), *([several] if len(several) > 1 else [])]
    return [(*map(Tap, group), Tap("=")) for group in groups]


def walk(flow: Flow[Any, Any], facts: Any, budget: int = 2) -> Iterator[Path]:
    """Every path with at most `budget` answers that are not the plain ones."""
    begun = flow.begin()
    yield from _on(flow, facts, Path((begun,), (standing(flow, facts, begun),)), budget)


def _on(flow: Flow[Any, Any], facts: Any, path: Path, budget: int) -> Iterator[Path]:
    state = path.states[-1]
    if isinstance(state, Complete):
        yield path
        return
    assert len(path.raws) < LONGEST_PATH, "a path does not end"
    for number, way in enumerate(ways(state.step, state)):
        if number == 0 or budget > 0:
            yield from _on(flow, facts, _taking(flow, facts, path, way), budget - (number > 0))


def _taking(flow: Flow[Any, Any], facts: Any, path: Path, way: Way) -> Path:
    for raw in way:
        draft = answer(flow, facts, path.drafts[-1], raw)
        state = standing(flow, facts, draft)
        path = Path((*path.drafts, draft), (*path.states, state), (*path.raws, raw))
    return path
