"""What a reply of the corpus should come to, in the terms of section 9.1. Refuses to know the code."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from procedure.correspondence.commands import Verb
from procedure.fields import RegisterField
from procedure.notices import MailKind

FRIDAY: Final = date(2026, 11, 20)
"""The day that replies in the scene "told" are written: two days after the visit."""

THURSDAY: Final = date(2026, 12, 3)
"""The day of those in the scene "delivered": the quote was delivered on 20 November."""


@dataclass(frozen=True)
class Want:
    """What must be recorded, if anything is; being asked back is no fault, only not understood.

    Attributes:
        verbs: each tuple is one right way to say it; the first is the plainest.
        on: the day it is recorded for; None: the day it was written, or none.
        until: the last day of an absence.
        value: euro.
        fields: of E3, which fields of the register have the new value afterwards; None: not looked at.
    """

    verbs: tuple[tuple[Verb, ...], ...]
    on: date | None = None
    until: date | None = None
    value: Decimal | None = None
    fields: frozenset[RegisterField] | None = None


@dataclass(frozen=True)
class Label:
    """One reply: which mail is answered in which scene, the words, and what it wants; None: nothing."""

    kind: MailKind
    scene: str
    words: str
    want: Want | None
    under: tuple[tuple[str, str], ...] = ()
    who: str = ""  # another sender than the addressee
    program: str = ""  # a certain program; else one in turn
    signature: str | None = None
    disclaimer: str | None = None
    number: int = 0  # of the mails of this kind, which

    @property
    def name(self) -> str:
        return f"{self.kind.value} {(self.words or self.under[0][1])[:60]!r} {self.program}".replace(
            "\n", "¶"
        )


def block(text: str) -> list[str]:
    """The replies of a block: one a line, `¶` for the end of a line of theirs."""
    return [line.strip().replace("¶", "\n") for line in text.strip().split("\n")]


def labelled(kind: MailKind, scene: str, want: Want | None, text: str, *, number: int = 0) -> list[Label]:
    """The replies of a block, which all want the same."""
    return [Label(kind, scene, words, want, number=number) for words in block(text)]


def verb(
    *verbs: Verb, on: date | None = None, value: str = "", also: tuple[tuple[Verb, ...], ...] = ()
) -> Want:
    """These verbs together, or one of the other ways."""
    return Want((verbs, *also), on=on, value=Decimal(value) if value else None)
