"""What a reply says was done, once it is understood. Refuses to know in which words."""

import enum
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


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


@dataclass(frozen=True, slots=True)
class Command:
    """What a reply's first line was understood to say. `on` is the day it names, None where it names none; of
    an absence the last one, and `since` the first. `value` is euro, net; `words` a reason; `sure`: an odd
    day is right.
    """

    verb: Verb
    first_line: str
    on: date | None = field(default=None)
    since: date | None = None
    value: Decimal | None = None
    words: str = ""
    sure: bool = False
