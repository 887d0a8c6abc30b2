"""A date told wrongly, put right: which one, the right day, why; and what moves with it, before it is saved.

Refuses to know who may, and what saving does.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from conversations.dialogue import Dialogue, Flow
from conversations.phrases import say
from conversations.steps import Choice
from conversations.values import Day, past_days
from procedure.italian import write_date, write_date_short
from procedure.redating import DateField, Redating, Standing, contradicted, explain, moves

_AROUND: Final = (-3, -2, -1, 1, 2, 3)  # days from the wrong one: most often it is a near one


@dataclass(frozen=True, slots=True)
class RedateFacts:
    """What the questions depend on.

    Args:
        today: no date lies after it.
        company: its name.
        joined_on: no visit lies before it.
        standing: the dates as they are, and the terms that hang on them.
        quote: the quote in hand; None where only the visit is.
        fields: the dates that are set and that the person may put right.
    """

    today: date
    company: str
    joined_on: date | None
    standing: Standing
    quote: int | None
    fields: tuple[DateField, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the person decided: `saved` is False where everything is to stay as it was."""

    change: Redating
    reason: str
    saved: bool


def redate(facts: RedateFacts) -> Dialogue[Corrected]:
    """Which date, the right day, why, and the last look."""
    field = yield from _field(facts)
    on = yield from _right_day(facts, field)
    labels = {key: say(f"redate.why.{key}") for key in ("mistake", "heard_later")}
    reason = yield from Choice("why", say("redate.why.ask"), labels, labels, words=str)
    change = Redating(field, on, None if field is DateField.VISIT else facts.quote)
    return Corrected(change, reason, (yield from _last_look(facts, change)))


def _field(facts: RedateFacts) -> Dialogue[DateField]:
    """Not asked where there is only one."""
    if len(facts.fields) == 1:
        return facts.fields[0]
    labels = {field.value: f"{_name(field)}: {_short(facts, field)}" for field in facts.fields}
    values = {field.value: field for field in facts.fields}
    return (yield from Choice("field", say("redate.field.ask", company=facts.company), labels, values))


def _right_day(facts: RedateFacts, field: DateField) -> Dialogue[date]:
    is_visit = field is DateField.VISIT
    near = (_standing_day(facts, field) + timedelta(days=n) for n in _AROUND)
    return (
        yield from Day(
            "right_day",
            say("redate.right_day.ask", company=facts.company, field=_name(field), day=_told(facts, field)),
            facts.today,
            {write_date_short(day, facts.today): day for day in near},
            first=facts.joined_on if is_visit else None,
            last=facts.today,
            too_early="hint.before_joining",
            too_late="hint.in_the_future",
            more=past_days(facts.today, facts.joined_on if is_visit else None),
        )
    )


def _last_look(facts: RedateFacts, change: Redating) -> Dialogue[bool]:
    """What saving would move, and what the new day would contradict: never blocked, always seen."""
    odd = contradicted(facts.standing, change)
    save = say("redate.last_look.save_anyway") if odd else say("redate.last_look.save")
    labels = {"save": save, "leave": say("redate.last_look.leave")}
    return (yield from Choice("last_look", _foretold(facts, change), labels, {"save": True, "leave": False}))


def _foretold(facts: RedateFacts, change: Redating) -> str:
    old, new = _told(facts, change.field), write_date(change.on)
    parts = [say("redate.last_look.ask", company=facts.company, field=_name(change.field), old=old, new=new)]
    moved = explain(moves(facts.standing, change))
    parts.append(say("redate.last_look.moves") if moved else say("redate.last_look.nothing_moves"))
    parts += [f"• {line}" for line in moved]
    parts += [
        say("redate.last_look.odd", field=_name(field), day=write_date(day))
        for field, day in contradicted(facts.standing, change)
    ]
    return "\n".join(parts)


def _name(field: DateField) -> str:
    return say(f"redate.name.{field.value}")


def _standing_day(facts: RedateFacts, field: DateField) -> date:
    return facts.standing.day(field, facts.quote) or facts.today


def _told(facts: RedateFacts, field: DateField) -> str:
    return write_date(_standing_day(facts, field))


def _short(facts: RedateFacts, field: DateField) -> str:
    return write_date_short(_standing_day(facts, field), facts.today)


REDATE_VISIT = Flow("redate_visit", 1, redate, phrases="redate", at_once=True)
REDATE_QUOTE = Flow("redate_quote", 1, redate, phrases="redate", at_once=True)
