"""What leaves the house, as data: mails and chat messages, whom they reach and what they are about.

Refuses to know the words (the mailer's templates, the bot's screens) and the wires.
"""

import enum
from dataclasses import dataclass, field
from typing import TypeAlias

from procedure.campaign import Contact
from procedure.people import Role

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class MailKind(enum.StrEnum):
    """The mails of section 9, and those the product needs beside them (N…)."""

    E1_UNCOLLECTED_TO_RPA = "E1"
    E2_UNCOLLECTED_TO_RECOVERY = "E2"
    E3_CORRECTIONS_TO_RA = "E3"
    E4_FORMS_TO_OFFICE = "E4"
    E6_RID_TO_RPA = "E6"
    E7_QUOTE_TO_AM = "E7"
    E8_QUOTES_TO_RPS = "E8"
    E9_CATALOGUE_TO_REFERENCE = "E9"
    E10_ACCEPTED_TO_SERVICES = "E10"
    E11_ACCEPTED_TO_RPA = "E11"
    A8_AGREEMENT_TO_RECOVERY = "A8"
    COMPLAINT = "RECLAMO"
    MORNING = "N3"
    DIGEST = "N5"
    AMENDED = "N7"
    REPLY_RECORDED = "N8"
    REPLY_NOT_UNDERSTOOD = "N9"
    APPOINTMENT = "N10"
    UNDELIVERED = "AVVISO"
    NEWS = "NOTIZIA"
    PROPOSALS = "ATTRIBUZIONI"
    COVER = "COPERTINA"
    HAND_OVER_LIST = "DISTINTA"
    VISIT_FORM = "SCHEDA"
    CONFIRM_COLLEAGUE = "CONFERMA"
    WHICH_MAIL = "QUALE"
    WHERE_TO_WRITE = "DOVE"
    QUESTION = "DOMANDA"
    ABSENCE_READ = "ASSENZA"
    SCANS_WANTED = "MODULI"
    SCANS_SENT = "SCANSIONI"
    TO_SORT = "SMISTARE"
    ORIGINAL = "ORIGINALE"


class Attachment(enum.StrEnum):
    """What goes with a mail: drawn from its context as it is composed, never kept."""

    COVER = "copertina"
    HAND_OVER_LIST = "distinta"
    APPOINTMENT = "appuntamento"


class Subject(enum.StrEnum):
    """What a notice or a deadline is about."""

    COMPANY = "company"
    VISIT = "visit"
    QUOTE = "quote"
    PERSON = "person"
    DEADLINE = "deadline"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True)
class About:
    """One thing in the store: its kind and its row's id."""

    kind: Subject
    id: int


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a mail: of a letter we keep (its row's id) the part of that number, as it came.

    No part: the whole letter, as message/rfc822.
    """

    letter: int
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to leave. `key` is unique: the same key never leaves twice. `context` feeds the template."""

    key: str
    kind: MailKind
    about: About
    to: tuple[Contact, ...]
    cc: tuple[Contact, ...] = ()
    context: dict[str, Json] = field(default_factory=dict)
    uncovered: Role | None = None  # the role nobody bears: "ruolo scoperto" (A42)
    attachments: tuple[Attachment, ...] = ()
    encloses: tuple[Enclosed, ...] = ()  # loaded as the mail is carried, never kept twice

    @property
    def asks(self) -> MailKind:
        """The kind whose answers a reply may give: of N9, that of the mail which was answered unclearly."""
        return MailKind(str(self.context.get("asks", self.kind.value)))


@dataclass(frozen=True, slots=True)
class Push:
    """A chat message to leave, for one person. `screen` names the bot's screen that draws it."""

    key: str
    screen: str
    about: About
    person: int
    context: dict[str, Json] = field(default_factory=dict)


def one_quote(morning: Mail) -> int | None:
    """The quote that a morning's mail tells of, where it tells of one alone."""
    told = morning.context.get("quotes")
    return told[0] if isinstance(told, list) and len(told) == 1 and isinstance(told[0], int) else None


Notice: TypeAlias = Mail | Push
