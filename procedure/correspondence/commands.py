"""What a reply says was done, once it is understood. Refuses to know in which words."""

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procedure.fields import RegisterField


class Verb(enum.StrEnum):
    """What a reply says was done: the words of section 9.1, as far as they are recorded."""

    DONE = "done"  # E3: the registry is updated
    RECEIVED = "received"  # E4, E6: the papers have come
    SENT_TO_RA = "sent_to_ra"  # E4: the originals went on to RA [r.130]
    TAKEN = "taken"  # E1, E2, E7, E9: taken charge of
    COLLECTED = "collected"  # E1, E2: the credit is in
    DRAFTED = "drafted"  # E7, E9: data redazione
    DELIVERED = "delivered"  # E7, E9: DATA PREVENTIVO [r.147]
    CONTACTED = "contacted"  # a quote: data contatto (T5)
    THINKING = "thinking"  # a quote: the company thinks about it (T9)
    FOLLOWED_UP = "followed_up"  # a quote: DATA SOLLECITO (T11)
    ACCEPTED = "accepted"  # a quote: VALORE PREVENTIVO (T7)
    REFUSED = "refused"  # a quote, and why (T8)
    POSTPONED = "postponed"  # the reminder of a quote, until a day
    NOT_MINE = "not_mine"  # a quote is somebody else's
    ABSENT = "absent"  # any: the sender is away
    CONFIRMED = "confirmed"  # of proposed attributions: all of them (A15)
    MISSING = "missing"  # E3: something is missing; a question to the AV
    WRONG = "wrong"  # E4: a form is wrong; a question to the AV
    UNDO = "undo"  # N8: what was recorded is taken back
    YES = "yes"  # to what we asked back: a colleague's word, an absence read, a guess
    NO = "no"  # the same
    ENCLOSED = "enclosed"  # a quote's PDF, scans of forms: papers, and no word beside them
    REPORTED = "reported"  # a visit, told in lines
    FORM = "form"  # an AV asks for the form of a visit; `words`: of which company
    NOT_HELD = "not_held"  # an appointment: the visit was not made, and why
    ARCHIVED = "archived"  # a quote's paper copy is in the archive


@dataclass(frozen=True, slots=True)
class FieldSaid:
    """What RA says of one corrected field: it is in, or not; then the right value, or why not."""

    field: RegisterField
    done: bool
    value: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that a reply was understood to say.

    Attributes:
        said: the words it was read from.
        on: the day it names, None where it names none; of an absence the last one, and `since` the first.
        value: euro, net.
        words: a reason, a name, a remark that belongs to it.
        sure: an odd day is right.
        item: the number of the item of a morning's list that it is about.
        fields: of the fields of E3, those that it tells apart from the others.
        lines: of a visit told by mail, each line's label and what was written after it.
    """

    verb: Verb
    said: str
    on: date | None = None
    since: date | None = None
    value: Decimal | None = None
    words: str = ""
    sure: bool = False
    item: int | None = None
    fields: tuple[FieldSaid, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """All that was understood of a reply.

    Attributes:
        commands: what is certain, in the order it was said: it is done.
        guess: what was probably meant: it is asked back, never done.
        note: what the sender wrote beside that; a person reads it.
        why: what to ask of the sender where something is not certain, in a sentence.
    """

    commands: tuple[Command, ...] = ()
    guess: Command | None = None
    note: str = ""
    why: str = ""


NOTHING_HEARD = Heard()
