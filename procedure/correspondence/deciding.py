"""Whose is a letter that arrived: the evidence in it held against the mails that left.

Refuses to know how a mail is parsed, where sent mails are kept, and what a matched reply then does: the
mailer reads, the store remembers, `actions.by_mail` acts. Nothing here touches a date.
"""

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from procedure.correspondence.evidence import Clue, Where
from procedure.correspondence.machines import Machine
from procedure.notices import Mail


@dataclass(frozen=True, slots=True)
class Sent:
    """A mail that left: its row in the outbox, what it said and to whom."""

    outbox_id: int
    message_id: str
    mail: Mail

    def reached(self, address: str) -> bool:
        """True where `address` is one of those the mail was sent to; case does not count."""
        wanted = address.casefold()
        return any(contact.email.casefold() == wanted for contact in (*self.mail.to, *self.mail.cc))


@dataclass(frozen=True, slots=True)
class Matched:
    """The letter answers this mail, and its sender is one whom the mail was sent to."""

    sent: Sent
    where: Where


@dataclass(frozen=True, slots=True)
class Colleague:
    """The letter answers this mail, and its sender is a colleague of whom it was sent to: they say if it
    holds.
    """

    sent: Sent
    where: Where


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The letter carries tokens of several mails with equal right: a person chooses."""

    candidates: tuple[Sent, ...]


class Why(enum.StrEnum):
    """Why a letter is nobody's; goes to sort, never has an effect."""

    NO_TOKEN = "no_token"  # noqa: S105  a reason's name, not a password
    NO_SUCH_MAIL = "no_such_mail"
    SENDER_NOT_ALLOWED = "sender_not_allowed"
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


def decide(clues: Iterable[Clue], known: Mapping[str, Sent], sender: str) -> Decision:
    """Whose the letter is: the strongest place that names a mail of ours decides, if the sender may answer.

    Reply address and In-Reply-To weigh the same: where they name different mails, a person chooses. In the
    References only the nearest counts, since the older ones are the thread's.

    Args:
        clues: what `evidence` found, strongest first.
        known: the sent mails of those tokens; one may be missing.
        sender: the address of the letter's From.
    """
    found = list(clues)
    if not found:
        return Unknown(Why.NO_TOKEN)
    leading = [clue for clue in found if clue.token in known]
    if not leading:
        return Unknown(Why.NO_SUCH_MAIL)
    candidates = {clue.token: known[clue.token] for clue in _strongest(leading)}
    allowed = [sent for sent in candidates.values() if sent.reached(sender)]
    if len(allowed) > 1:
        return Ambiguous(tuple(allowed))
    return Matched(allowed[0], leading[0].where) if allowed else Unknown(Why.SENDER_NOT_ALLOWED)


_DIRECT = frozenset({Where.ADDRESS, Where.IN_REPLY_TO})


def _strongest(clues: list[Clue]) -> list[Clue]:
    first = clues[0].where
    if first is Where.REFERENCES:
        return clues[:1]
    rank = _DIRECT if first in _DIRECT else {first}
    return [clue for clue in clues if clue.where in rank]
