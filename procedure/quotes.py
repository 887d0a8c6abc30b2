"""What a quote is: its states, what may be told of it, its dates. Refuses to know which move leads where
(`procedure.quote_moves`) and who taps or writes.
"""

import enum
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procedure.campaign import ProductKind


class QuoteState(enum.StrEnum):
    """States of section 10, verbatim."""

    TO_DRAFT = "DA REDIGERE"
    DRAFTED = "REDATTO"
    DELIVERED = "CONSEGNATO"
    THINKING = "IN RIFLESSIONE"
    FOLLOWED_UP = "SOLLECITATO"
    ACCEPTED = "ACCETTATO"
    ARCHIVED = "ARCHIVIATO"
    CANCELLED = "ANNULLATO"


class QuoteEvent(enum.StrEnum):
    """What an owner may tell of a quote. The last two are of one that was accepted (T16)."""

    DRAFTED = "redatto"
    CONTACTED = "contattata"
    DELIVERED = "consegnato"
    THINKING = "ci_pensa"
    FOLLOWED_UP = "sollecitato"
    ACCEPTED = "accettato"
    REFUSED = "non_accettato"
    CANCELLED = "annullato"
    CORRECTED = "importo_corretto"
    WITHDRAWN = "ritirato"


OPEN_STATES = frozenset(
    {
        QuoteState.TO_DRAFT,
        QuoteState.DRAFTED,
        QuoteState.DELIVERED,
        QuoteState.THINKING,
        QuoteState.FOLLOWED_UP,
    }
)
AWAITING_ANSWER = frozenset({QuoteState.DELIVERED, QuoteState.THINKING, QuoteState.FOLLOWED_UP})
NOT_DELIVERED = frozenset({QuoteState.TO_DRAFT, QuoteState.DRAFTED})


@dataclass(frozen=True, slots=True)
class Quote:
    """One quote = visit × owner (A27). `kind` says whether the owner is an AM or the AV."""

    id: int
    visit: int
    company: int
    kind: ProductKind
    owner: int | None  # person id; None where the AM is only a mailbox
    owner_email: str
    state: QuoteState
    opened_on: date
    drafted_on: date | None = None
    contacted_on: date | None = None
    delivered_on: date | None = None  # DATA PREVENTIVO (A21)
    followed_up_on: date | None = None  # DATA SOLLECITO: the first one (A33)
    closed_on: date | None = None
    value: Decimal | None = None  # VALORE PREVENTIVO, euro, net, first year (A31)
    reason: str = ""
    accepted_late: bool = False  # after the closing, or after its term (T15, A34)
    acceptance_signed: bool = False  # A35
