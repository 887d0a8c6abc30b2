"""Whose is a letter that arrived: the evidence in it held against the mails that left, and its writer.

Refuses to know how a mail is parsed, where sent mails are kept, and what a matched reply then does: the
mailer reads, the store remembers, `actions.by_mail` acts. Nothing here touches a date.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from procedure.correspondence.authenticity import Authentic
from procedure.correspondence.evidence import Clue, Where
from procedure.correspondence.machines import Machine, reason_of
from procedure.correspondence.public_mail import office_domain
from procedure.notices import Mail, Subject


class As(enum.StrEnum):
    """In what quality somebody writes about a mail."""

    ADDRESSEE = "addressee"
    STAND_IN = "stand-in"  # of an addressee who is absent or has left (A43, A44)
    BEARER = "bearer"  # of the role that was written to
    OFFICE = "same office"  # the same domain as an addressee's, which is nobody else's
    HOUSE = "same house"  # known to the house, at the same sede or in the same role


@dataclass(frozen=True, slots=True)
class Writer:
    """Who a letter says it is from, in lower case; and what our own server found of that."""

    address: str
    authentic: Authentic = Authentic.UNKNOWN


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that left: its row in the outbox, what it said and to whom.

    Attributes:
        others: who else may write about it, by address in lower case, and in what quality.
    """

    outbox_id: int
    message_id: str
    mail: Mail
    others: tuple[tuple[str, As], ...] = ()

    def reached(self, address: str) -> bool:
        """True where `address` is one of those the mail was sent to; case does not count."""
        wanted = address.casefold()
        return any(contact.email.casefold() == wanted for contact in (*self.mail.to, *self.mail.cc))

    def quality_of(self, address: str) -> As | None:
        """In what quality this address writes about the mail; None of a stranger."""
        if self.reached(address):
            return As.ADDRESSEE
        known = next((quality for other, quality in self.others if other == address.casefold()), None)
        domain = office_domain(address)
        shared = {office_domain(contact.email) for contact in (*self.mail.to, *self.mail.cc)}
        return known or (As.OFFICE if domain and domain in shared else None)


@dataclass(frozen=True, slots=True)
class Matched:
    """The letter answers this mail, and its sender may: it was sent to them, or they stand for who got it."""

    sent: Sent
    where: Where
    quality: As = As.ADDRESSEE


@dataclass(frozen=True, slots=True)
class Colleague:
    """The letter answers this mail, and its sender is a colleague of whom it was sent to: they say if it
    holds.
    """

    sent: Sent
    where: Where
    quality: As = As.OFFICE


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The letter carries tokens of several mails with equal right: a person chooses."""

    candidates: tuple[Sent, ...]


class Why(enum.StrEnum):
    """Why a letter is nobody's; goes to sort, never has an effect."""

    NO_TOKEN = "no_token"  # noqa: S105  a reason's name, not a password
    NO_SUCH_MAIL = "no_such_mail"
    SENDER_NOT_ALLOWED = "sender_not_allowed"
    FORGED = "forged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Unknown:
    """The letter is not tied to a mail of ours by someone who may answer it."""

    why: Why


@dataclass(frozen=True, slots=True)
class Automated:
    """A machine wrote it, about this mail of ours, where it says so: no effect on a visit, no answer."""

    machine: Machine
    sent: Sent | None = None


Decision: TypeAlias = Matched | Colleague | Ambiguous | Unknown | Automated


def decide(clues: Iterable[Clue], known: Mapping[str, Sent], writer: Writer) -> Decision:
    """Whose the letter is: the strongest place that names a mail of ours decides, if the writer may answer.

    Reply address and In-Reply-To weigh the same: where they name different mails, a person chooses. In the
    References only the nearest counts, since the older ones are the thread's. Of mails that ask the same of
    the same thing the first found stands for all. Who may answer comes before who is only a colleague.

    Args:
        clues: what `evidence` found, strongest first.
        known: the sent mails of those tokens; one may be missing.
        writer: who wrote; a forged one has no right to anything.
    """
    if writer.authentic is Authentic.FAILED:
        return Unknown(Why.FORGED)
    found = list(clues)
    if not found:
        return Unknown(Why.NO_TOKEN)
    leading = [clue for clue in found if clue.token in known]
    if not leading:
        return Unknown(Why.NO_SUCH_MAIL)
    return _decided(_strongest(leading), known, writer.address)


_MAY_ANSWER = frozenset({As.ADDRESSEE, As.STAND_IN, As.BEARER})


def _decided(clues: list[Clue], known: Mapping[str, Sent], address: str) -> Decision:
    named = {clue.token: (known[clue.token], clue.where) for clue in reversed(clues)}
    theirs = [
        (sent, where, quality)
        for sent, where in reversed(named.values())
        if (quality := sent.quality_of(address))
    ]
    allowed = [one for one in theirs if one[2] in _MAY_ANSWER]
    match _apart(allowed or theirs):
        case []:
            return Unknown(Why.SENDER_NOT_ALLOWED)
        case [(sent, where, quality)]:
            return (Matched if allowed else Colleague)(sent, where, quality)
        case several if allowed:
            return Ambiguous(tuple(sent for sent, _, _ in several))
        case _:
            return Unknown(Why.SENDER_NOT_ALLOWED)  # nobody vouches for a word that fits several


def _apart(found: Iterable[tuple[Sent, Where, As]]) -> list[tuple[Sent, Where, As]]:
    """One for each thing that is asked, the first found."""
    apart: dict[object, tuple[Sent, Where, As]] = {}
    for one in found:
        apart.setdefault(_question(one[0].mail), one)
    return list(apart.values())


def _question(mail: Mail) -> object:
    """What a mail asks, of whom: an answer given unclearly asks the same as the mail before it."""
    if mail.about.kind not in {Subject.VISIT, Subject.QUOTE}:
        return mail.key
    return mail.about, mail.asks, mail.context.get("letter"), mail.to


_DIRECT = frozenset({Where.ADDRESS, Where.IN_REPLY_TO})


def _strongest(clues: list[Clue]) -> list[Clue]:
    first = clues[0].where
    if first is Where.REFERENCES:
        return clues[:1]
    rank = _DIRECT if first in _DIRECT else {first}
    return [clue for clue in clues if clue.where in rank]


def why(decision: Decision) -> str:
    """Why the letter is thought to be whose it is: kept beside it, and told to who asks."""
    match decision:
        case Matched(_, where, quality):
            return f"matched: {where.value}, {quality.value}"
        case Colleague(_, where, quality):
            return f"colleague: {where.value}, {quality.value}"
        case Ambiguous(candidates):
            return f"ambiguous: {len(candidates)} mails"
        case Unknown(reason):
            return f"unknown: {reason.value}"
        case Automated(machine):
            return f"machine: {reason_of(machine)}"
