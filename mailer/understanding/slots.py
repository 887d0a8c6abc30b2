"""The day, the amount and the words that a clause names, heard as everywhere in the product.

What may be read in two ways is likely, not certain, with what to ask. Refuses to know verbs.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Generic, TypeVar

from conversations.hearing import Direction, NotHeard, hear_date
from conversations.money import hear_money
from conversations.phrases import say
from procedure.italian import write_date, write_money

T = TypeVar("T")

_HOUR: Final = re.compile(r" (?:alle|verso le|intorno alle|ore|h)(?: ore)? ?\d{1,2}(?:[:.,]\d\d)?$", re.ASCII)
_AROUND: Final = re.compile(
    r"^(?:(?:il giorno|in data|con data|al|alla|all|a|di|gia) )+"
    r"|(?: stesso| stessa| per telefono| al telefono| telefonicamente| via mail| per mail| via pec"
    r"| a mano| di persona)$"
)
_NEXT_WEEK: Final = re.compile(r"(?:la |alla )?(?:settimana prossima|prossima settimana|settimana che viene)")


@dataclass(frozen=True, slots=True)
class Slot(Generic[T]):
    """What was heard. `why`: what to ask where it is not certain; no `value` where nothing was made of it."""

    value: T | None
    why: str = ""


def past_day(said: str, today: date) -> Slot[date]:
    """The day on which something was done: today or before."""
    return _day(said, today, "past")


def day_to_come(said: str, today: date) -> Slot[date]:
    """The day on which something is to be taken up again: after today. Next week is its Monday.

    As in a period, what can only lie ahead is certain: `venerdì` is the next one.
    """
    said = said.removeprefix("per ")
    if _NEXT_WEEK.fullmatch(_plain(said)):
        return Slot(today + timedelta(days=7 - today.weekday()))
    return _day(said, today, "future")


def net_amount(said: str) -> Slot[Decimal]:
    """The amount, without VAT."""
    try:
        heard = hear_money(said.strip(" .!,;:"))
    except NotHeard as not_heard:
        known = not_heard.reason in {"money_with_vat", "money_negative", "money_too_large"}
        return Slot(None, say(f"unclear.{not_heard.reason}") if known else "")
    if heard.ambiguous:
        either = " o ".join(write_money(value) for value in heard.candidates)
        return Slot(heard.value, say("unclear.two_amounts", either=either))
    return Slot(heard.value)


def _plain(said: str) -> str:
    said = _HOUR.sub("", " ".join(said.strip(" .,;:!").split()))
    return _AROUND.sub("", _AROUND.sub("", said))


def _day(said: str, today: date, side: Direction) -> Slot[date]:
    try:
        heard = hear_date(_plain(said), today, prefer=side)
    except NotHeard as not_heard:
        known = not_heard.reason != "date_not_understood"
        return Slot(None, say(f"unclear.{not_heard.reason}", said=said.strip()) if known else "")
    past = side == "past"
    fitting = [day for day in heard.candidates if (day <= today if past else day > today)]
    if not fitting:
        return Slot(None, say("unclear.date_to_come" if past else "unclear.date_past"))
    if len(fitting) > 1 or (past and heard.ambiguous):
        either = " o ".join(map(write_date, fitting))
        return Slot(fitting[0], say("unclear.which_day", either=either))
    return Slot(fitting[0])
