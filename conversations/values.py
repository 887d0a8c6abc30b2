"""The questions whose answer is a value with rules of its own: a day, an amount, a field of the register.

What may be read in two ways is asked back, never guessed. Refuses to know which value is asked for, and why.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from conversations.answers import Json
from conversations.hearing import Direction, NotHeard, hear_date
from conversations.money import hear_money
from conversations.phrases import say
from conversations.steps import NotUnderstood, Option, Step, StillOpen, Unreadable, View
from procedure.fields import (
    Invalid,
    RegisterField,
    explain,
    explain_warning,
    is_personal_tax_code,
    read_field,
)
from procedure.fields.showing import show_value
from procedure.italian import write_date, write_date_short, write_money


@dataclass(frozen=True)
class Day(Step[date]):
    """A date. Buttons for the likely ones, Italian text for any; what is ambiguous is asked back."""

    key: str
    prompt: str
    today: date
    likely: Mapping[str, date]  # label → day
    first: date | None = None  # the earliest allowed
    last: date | None = None  # the latest allowed
    too_early: str = "hint.too_early"
    too_late: str = "hint.too_late"
    more: tuple[date, ...] = ()  # behind "altro giorno"
    doubt: Callable[[date], str] = lambda _: ""  # why a day is odd; then it is asked back, never refused
    title: str = ""

    def view(self, saved: Json) -> View:
        """Likely days; the days behind "altro giorno"; the candidates of an ambiguous text; or a doubt."""
        match saved:
            case {"doubtful": str(day)}:
                asked = self.doubt(date.fromisoformat(day))
                yes = Option("ok", say("button.it_is_right"))
                return View(asked, (yes, Option("no", say("button.no_other_day"))))
            case {"candidates": [*days]}:
                asked = say("hint.which_day")
                return View(
                    asked, tuple(Option(str(d), write_date(date.fromisoformat(str(d)))) for d in days)
                )
            case {"more": True}:
                options = tuple(Option(d.isoformat(), write_date_short(d, self.today)) for d in self.more)
                return View(f"{self.prompt}\n{say('hint.or_write_day')}", options)
        options = tuple(
            Option(d.isoformat(), label, d.isoformat() == saved)
            for label, d in self.likely.items()
            if self._fits(d)
        )
        return View(self.prompt, (*options, Option("+", say("button.other_day"))) if self.more else options)

    def read(self, saved: Json) -> date:
        """The day, if it is still allowed."""
        if isinstance(saved, dict):
            raise StillOpen
        try:
            day = date.fromisoformat(str(saved))
        except ValueError:
            raise Unreadable from None
        if not self._fits(day):
            raise Unreadable
        return day

    def tap(self, option: str, saved: Json) -> Json:
        """A day's button, or "altro giorno"; or the answer to a doubt."""
        match saved:
            case {"doubtful": str(day)} if option == "ok":
                return day
        if option in {"+", "no"} and self.more:
            return {"more": True}
        try:
            return self._allowed(date.fromisoformat(option))
        except ValueError:
            raise NotUnderstood(say("hint.day")) from None

    def hear(self, text: str, saved: Json) -> Json:
        """A date in Italian, never guessed."""
        prefer: Direction = "past" if self.last is not None and self.last <= self.today else "future"
        try:
            heard = hear_date(text, self.today, prefer=prefer)
        except NotHeard:
            raise NotUnderstood(say("hint.day")) from None
        if heard.ambiguous:
            fitting = [d for d in heard.candidates if self._fits(d)] or [heard.value]
            if len(fitting) > 1 or self._fits(fitting[0]):
                return {"candidates": [d.isoformat() for d in fitting]}
        return self._allowed(heard.value)

    def told(self, value: date) -> str:
        """The day in full."""
        return write_date(value)

    def _fits(self, day: date) -> bool:
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def _allowed(self, day: date) -> Json:
        if self.first is not None and day < self.first:
            raise NotUnderstood(say(self.too_early, day=write_date(day), first=write_date(self.first)))
        if self.last is not None and day > self.last:
            raise NotUnderstood(say(self.too_late, day=write_date(day), last=write_date(self.last)))
        return {"doubtful": day.isoformat()} if self.doubt(day) else day.isoformat()


@dataclass(frozen=True)
class RegisterText(Step[str]):
    """A register field's right value, validated as the register wants
    it; a doubt is confirmed, never blocking.
    """

    key: str
    prompt: str
    field: RegisterField
    known: Mapping[RegisterField, str]
    title: str = ""

    def view(self, saved: Json) -> View:
        """The question; or the doubt about what was typed."""
        match saved:
            case {"value": value, "doubts": [*doubts]}:
                told = "\n".join(str(d) for d in doubts)
                asked = say("hint.confirm_value", value=show_value(self.field, str(value)), doubts=told)
                return View(asked, (Option("ok", say("button.it_is_right")),))
        return View(self.prompt)

    def read(self, saved: Json) -> str:
        """The canonical value."""
        if isinstance(saved, dict):
            raise StillOpen
        if not isinstance(saved, str) or not saved:
            raise Unreadable
        return saved

    def tap(self, option: str, saved: Json) -> Json:
        """Confirm what was typed in spite of the doubt."""
        match saved:
            case {"value": str(value)} if option == "ok":
                return value
        raise NotUnderstood(say("hint.words"))

    def hear(self, text: str, saved: Json) -> Json:
        """The value in its canonical form, or with its doubts; a person's code goes by mail (privacy.md)."""
        if is_personal_tax_code(text):
            raise NotUnderstood(say("hint.personal_code"))
        try:
            reading = read_field(self.field, text, known=self.known)
        except Invalid as wrong:
            raise NotUnderstood(explain(wrong)) from None
        if reading.warnings:
            return {"value": reading.value, "doubts": [explain_warning(w) for w in reading.warnings]}
        return reading.value

    def told(self, value: str) -> str:
        """The value as people write it."""
        return show_value(self.field, value)


@dataclass(frozen=True)
class Money(Step[Decimal]):
    """An amount in euro, net of VAT (A31); `1.234` could be two things and is asked back."""

    key: str
    prompt: str
    title: str = ""

    def view(self, saved: Json) -> View:
        """The question; or the two readings of what was typed."""
        match saved:
            case {"candidates": [*amounts]}:
                options = tuple(Option(str(a), write_money(Decimal(str(a)))) for a in amounts)
                return View(say("hint.which_amount"), options)
        return View(self.prompt)

    def read(self, saved: Json) -> Decimal:
        """The amount."""
        if isinstance(saved, dict):
            raise StillOpen
        try:
            return Decimal(str(saved))
        except InvalidOperation:
            raise Unreadable from None

    def tap(self, option: str, saved: Json) -> Json:
        """One of the two readings."""
        match saved:
            case {"candidates": [*amounts]} if option in amounts:
                return option
        raise NotUnderstood(say("hint.money"))

    def hear(self, text: str, saved: Json) -> Json:
        """An amount as Italians write it."""
        try:
            heard = hear_money(text)
        except NotHeard:
            raise NotUnderstood(say("hint.money")) from None
        if heard.ambiguous:
            return {"candidates": [str(a) for a in heard.candidates]}
        return str(heard.value)

    def told(self, value: Decimal) -> str:
        """The amount with its sign."""
        return write_money(value)


def past_days(today: date, first: date | None) -> tuple[date, ...]:
    """The ten days before yesterday that are allowed, newest first: what "altro giorno" offers."""
    days = (today - timedelta(days=n) for n in range(2, 12))
    return tuple(d for d in days if first is None or d >= first)
