"""An absence, asked in two questions: from when to when, and who stands in.

Refuses to know who may say it, and who is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from conversations.answers import Json
from conversations.dialogue import Dialogue, Flow
from conversations.hearing import NotHeard, Period, hear_period
from conversations.phrases import has_phrase, say
from conversations.steps import Choice, NotUnderstood, Option, Step, StillOpen, Unreadable, View
from procedure.absences import LONGEST, overlap
from procedure.italian import write_date

NOBODY: Final = "none"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who might stand in, and when they are away themselves."""

    id: int
    name: str
    away: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """What the questions depend on.

    Args:
        today: no day before it can be said.
        name: of who will be absent; empty where they say it themselves.
        taken: the days on which they are absent already.
        colleagues: who might stand in, the likeliest first.
        cover: who hears what is theirs where nobody is named.
    """

    today: date
    name: str = ""
    taken: tuple[Period, ...] = ()
    colleagues: Sequence[Colleague] = ()
    cover: str = ""


@dataclass(frozen=True, slots=True)
class AbsencePlan:
    """From `first` to `last`, both included; `deputy` is a person's id."""

    first: date
    last: date
    deputy: int | None


@dataclass(frozen=True)
class Days(Step[Period]):
    """Some days to come. Buttons for the likely ones, Italian text for any."""

    key: str
    prompt: str
    today: date
    likely: Mapping[str, Period]  # label → days
    taken: Sequence[Period] = field(default=())
    title: str = ""

    def view(self, saved: Json) -> View:
        """The likely days, or the readings of what was typed."""
        match saved:
            case {"candidates": [*periods]}:
                options = tuple(Option(str(p), write_period(_period(str(p)))) for p in periods)
                return View(say("absence.hint.which"), options)
        options = tuple(Option(_text(p), label, _text(p) == saved) for label, p in self.likely.items())
        return View(self.prompt, options)

    def read(self, saved: Json) -> Period:
        """The days, where they are still to come and not taken."""
        if isinstance(saved, dict):
            raise StillOpen
        try:
            period = _period(str(saved))
        except ValueError:
            raise Unreadable from None
        if self._wrong(period):
            raise Unreadable
        return period

    def tap(self, option: str, saved: Json) -> Json:
        """A button's days."""
        try:
            return self._allowed(_period(option))
        except ValueError:
            raise NotUnderstood(say("absence.hint.days")) from None

    def hear(self, text: str, saved: Json) -> Json:
        """Days in Italian, never guessed."""
        try:
            heard = hear_period(text, self.today)
        except NotHeard as why:
            hint = f"absence.hint.{why.reason}"
            raise NotUnderstood(say(hint if has_phrase(hint) else "absence.hint.days")) from None
        fitting = [period for period in heard.candidates if not self._wrong(period)]
        if len(fitting) > 1:
            return {"candidates": [_text(period) for period in fitting]}
        return self._allowed(fitting[0] if fitting else heard.value)

    def told(self, value: Period) -> str:
        """Both days in full."""
        return write_period(value)

    def _allowed(self, period: Period) -> Json:
        if wrong := self._wrong(period):
            raise NotUnderstood(wrong)
        return _text(period)

    def _wrong(self, period: Period) -> str:
        """Why these days cannot be; nothing where they can."""
        first, last = period
        if last < first:
            return say("absence.hint.period_backwards")
        if first < self.today:
            return say("absence.hint.date_past")
        if last - self.today > LONGEST:
            return say("absence.hint.too_long")
        other = next((one for one in self.taken if overlap(one, period)), None)
        return say("absence.hint.taken", days=write_period(other)) if other else ""


def write_period(period: Period) -> str:
    """`giovedì 19 novembre 2026`, or `da giovedì 19 novembre 2026 a …`."""
    first, last = period
    return write_date(first) if first == last else f"da {write_date(first)} a {write_date(last)}"


def absence(facts: AbsenceFacts) -> Dialogue[AbsencePlan]:
    """From when to when, and who stands in."""
    asked = say("absence.days.ask_of", name=facts.name) if facts.name else say("absence.days.ask")
    first, last = yield from Days("days", asked, facts.today, _likely(facts.today), facts.taken)
    deputy = yield from _deputy(facts, (first, last))
    return AbsencePlan(first, last, deputy)


def _deputy(facts: AbsenceFacts, period: Period) -> Dialogue[int | None]:
    """Who is away on one of those days is not offered: they would not hear it."""
    free = [one for one in facts.colleagues if not any(overlap(away, period) for away in one.away)]
    labels = {str(one.id): one.name for one in free} | {NOBODY: say("absence.deputy.nobody")}
    values: dict[str, int | None] = {str(one.id): one.id for one in free} | {NOBODY: None}
    asked = say("absence.deputy.ask_of", name=facts.name) if facts.name else say("absence.deputy.ask")
    otherwise = say("absence.deputy.cover", who=facts.cover)
    return (yield from Choice("deputy", f"{asked}\n{otherwise}", labels, values))


def _likely(today: date) -> dict[str, Period]:
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    friday = today + timedelta(days=4 - today.weekday())
    likely = {"today": (today, today), "tomorrow": (tomorrow, tomorrow)}
    if friday > tomorrow:
        likely["this_week"] = (today, friday)
    likely["next_week"] = (monday, monday + timedelta(days=4))
    return {say(f"absence.days.{key}"): period for key, period in likely.items()}


def _text(period: Period) -> str:
    return "/".join(day.isoformat() for day in period)


def _period(text: str) -> Period:
    first, last = map(date.fromisoformat, text.split("/"))
    return first, last


ABSENCE = Flow("absence", 1, absence, phrases="absence")
