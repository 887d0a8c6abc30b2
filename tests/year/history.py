"""What is told and what leaves: the words that the year's people, the service and the checker share."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.year.cast import Company


@dataclass(frozen=True)
class VisitTold:
    """An AV confirmed a visit. `forms`: all signed, none, in order; None where they were not asked."""

    company: Company
    av: str
    visited_on: date
    credit: str
    mode: str
    corrections: tuple[str, ...]
    forms: str | None
    products: tuple[str, ...]
    complaint: bool


@dataclass(frozen=True)
class QuoteTold:
    """Something happened to a quote: drafted, contacted, delivered, thinking, followed_up, accepted, refused;
    or its reminder was put off to `until`. `by` told it; `mail` names whose letter was answered.
    """

    quote: int
    event: str
    on: date
    by: str
    until: date | None = None
    mail: str | None = None


@dataclass(frozen=True)
class HandedOver:
    """The forms of a visit went to their office (D6), or the RID (D7)."""

    visit: int
    kind: str
    by: str
    mail: str | None = None


@dataclass(frozen=True)
class CorrectionsDone:
    """RA answered that the registry is updated."""

    visit: int
    mail: str


@dataclass(frozen=True)
class WentAway:
    """Somebody said that they will be absent, from `first` to `last`; `deputy` stands in."""

    person: str
    first: date
    last: date
    deputy: str | None


@dataclass(frozen=True)
class Fixed:
    """An AV fixed an appointment with a company."""

    company: Company
    av: str
    starts: datetime


@dataclass(frozen=True)
class GivenUp:
    """It will not be, or was not."""

    company: Company
    av: str


@dataclass(frozen=True)
class Prefers:
    """Somebody set when or how they want to be written to: "opens 9" or "by mail"."""

    person: str
    what: str


Told = Prefers | Fixed | GivenUp | WentAway | VisitTold | QuoteTold | HandedOver | CorrectionsDone


@dataclass(frozen=True, order=True)
class Notice:
    """Something that left, or should have, as far as the checker compares it.

    Attributes:
        to: the address of the person or of the mailbox.
        wire: chat or mail; "cc" for a copy.
        kind: E1 …, N8; morning for the message, "D10 late" for an item in it; closed, replied.
        about: the company's reference, or nothing.
        place: the name of who is absent, where it is heard for another.
    """

    to: str
    wire: str
    kind: str
    about: str = ""
    place: str = ""

    def __str__(self) -> str:
        place = f" for {self.place}" if self.place else ""
        return f"{self.kind:14} {self.about:6} → {self.to} by {self.wire}{place}"


@dataclass
class Quote:
    """A quote as the history knows it."""

    number: int
    visit: int
    company: Company
    owner: str
    products: tuple[str, ...]
    av: str
    opened: date
    drafted: date | None = None
    contacted: date | None = None
    delivered: date | None = None
    followed_up: date | None = None
    thinking: bool = False
    closed: str = ""


@dataclass
class Visit:
    """A visit as the history knows it; `open_papers` are D6 and D7 where their forms were not handed over."""

    number: int
    told: VisitTold
    told_on: date
    quotes: list[int] = field(default_factory=list)
    open_papers: set[str] = field(default_factory=set)
    registry_open: bool = False


@dataclass(frozen=True)
class Difference:
    """One thing that should have left and did not ("missing"), or the other way round ("extra")."""

    at: datetime
    what: str
    notice: Notice
    times: int = 1

    def __str__(self) -> str:
        many = f" ×{self.times}" if self.times > 1 else ""
        return f"{self.at:%a %d/%m/%Y %H:%M}  {self.what:8}{self.notice}{many}"
