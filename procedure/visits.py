"""What a visit is made of: the words of the procedure as types. Refuses to know how they were asked."""

import enum
from dataclasses import dataclass
from datetime import date

from procedure.fields import RegisterField


class Code(enum.IntEnum):
    """`codice` of the list [r.73]: a member from the start, or one who joined later."""

    MEMBER = 0
    NEW_MEMBER = 1


class CreditOutcome(enum.StrEnum):
    """Field `Crediti`, verbatim [r.94-102]."""

    COLLECTED = "Riscosso"
    UNCOLLECTED = "Non riscosso"
    AGREED = "Accordo"
    NO_CREDIT = "No Crediti"
    MANAGED = "Gestito"


class VisitMode(enum.StrEnum):
    """Where the visit took place (A37)."""

    AT_COMPANY = "in azienda"
    BY_PHONE = "al telefono"
    AT_OFFICE = "in ufficio"


class Form(enum.StrEnum):
    """The member forms [r.119]; labels as people say them (A11b, A11d)."""

    DELEGA_INPS = "delega INPS"
    REVOCA_INPS = "revoca INPS"
    DELEGA_ASSOCIATIVA = "delega associativa (adesione)"
    RID = "RID (mandato SDD)"


class FormOutcome(enum.StrEnum):
    """What became of one form of one socio (section 12, CHOICE)."""

    SIGNED = "firmato"
    IN_ORDER = "già in regola"
    TO_SIGN = "da firmare"
    REFUSED = "rifiutato"
    NOT_NEEDED = "non serve"


class Mood(enum.StrEnum):
    """How the visit went (section 18, row 6)."""

    GOOD = "buona"
    SO_SO = "così così"
    TENSE = "tesa"


class NotVisitable(enum.StrEnum):
    """Why a company cannot be visited (A47)."""

    REFUSES = "rifiuta"
    UNREACHABLE = "irreperibile"
    CEASED = "cessata"
    NOT_A_MEMBER = "non più associata"

    @property
    def ends_the_term(self) -> bool:
        """True where a new member's thirty days end with it; else it was contacted and not visited."""
        return self in {NotVisitable.CEASED, NotVisitable.NOT_A_MEMBER}


@dataclass(frozen=True, slots=True)
class Partner:
    """A titolare or socio. The name is for mails and paper, never for a chat (privacy.md)."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Company:
    """A member company as the register has it."""

    id: int
    ref: str  # internal code
    name: str
    code: Code
    has_services: bool
    site: str
    trade: str
    joined_on: date | None
    assignee: int | None  # person id
    fields: dict[RegisterField, str]
    partners: tuple[Partner, ...] = ()
    ceased: bool = False
    not_visitable: str = ""  # why not; empty: it can be visited (A47)

    @property
    def is_new_member(self) -> bool:
        """True for code 1 (neo associata)."""
        return self.code is Code.NEW_MEMBER


@dataclass(frozen=True, slots=True)
class Correction:
    """A register field found wrong or missing at the visit: "era → è"."""

    field: RegisterField
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class FormResult:
    """One form of one socio; `partner` is the socio's id, 0 where the list names none. A RID is proposed once
    a company: first socio (A11).
    """

    partner: int
    form: Form
    outcome: FormOutcome


@dataclass(frozen=True, slots=True)
class Interest:
    """A product that the company would like a quote for, and the need in a few words."""

    product: str  # code of the catalogue
    need: str = ""


@dataclass(frozen=True, slots=True)
class VisitReport:
    """All that an AV tells after a visit.

    What may not pass through a chat (amounts, names, scans) is not here.
    """

    company: int
    visited_on: date
    mode: VisitMode
    credit: CreditOutcome
    partly_collected: bool = False  # only with Non riscosso (A7)
    corrections: tuple[Correction, ...] = ()
    forms: tuple[FormResult, ...] = ()
    interests: tuple[Interest, ...] = ()
    no_interest_reason: str = ""
    next_contact_on: date | None = None
    mood: Mood = Mood.GOOD
    attendees: str = ""
    complaint: str = ""
    notes: str = ""

    def signed(self, *forms: Form) -> tuple[FormResult, ...]:
        """The results of `forms` that were signed."""
        return tuple(r for r in self.forms if r.form in forms and r.outcome is FormOutcome.SIGNED)
