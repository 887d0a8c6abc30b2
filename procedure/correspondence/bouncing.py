"""What a bounce says of the mail that came back, and of the address that it did not reach.

Refuses to know who reads in its place.
"""

import re
from typing import Final

from procedure.campaign import Contact
from procedure.correspondence.machines import Undelivered
from procedure.notices import Mail, MailKind

_OF_THE_ADDRESS: Final = re.compile(r"5\.(?:1\.(?!7\b|8\b)\d{1,3}|2\.1|4\.4|0\.0)")

_FAILED_RECEIPTS: Final = frozenset({"errore-consegna", "non-accettazione", "rilevazione-virus"})

_DUTIES: Final = frozenset(
    {
        MailKind.E1_UNCOLLECTED_TO_RPA,
        MailKind.E2_UNCOLLECTED_TO_RECOVERY,
        MailKind.E3_CORRECTIONS_TO_RA,
        MailKind.E4_FORMS_TO_OFFICE,
        MailKind.E6_RID_TO_RPA,
        MailKind.E7_QUOTE_TO_AM,
        MailKind.E8_QUOTES_TO_RPS,
        MailKind.E9_CATALOGUE_TO_REFERENCE,
        MailKind.E10_ACCEPTED_TO_SERVICES,
        MailKind.E11_ACCEPTED_TO_RPA,
        MailKind.A8_AGREEMENT_TO_RECOVERY,
        MailKind.COMPLAINT,
        MailKind.MORNING,
        MailKind.DIGEST,
        MailKind.AMENDED,
        MailKind.PROPOSALS,
        MailKind.QUESTION,
        MailKind.SCANS_SENT,
    }
)
"""What somebody has to do or to know, whoever it is; all else is one person's: an answer, an original."""


def says_it_is_bad(failed: Undelivered) -> bool:
    """True where the next mail to this address would not arrive either: it does not exist, or is shut.

    A full mailbox, a mail that is too large or looks like spam says nothing of the address (RFC 3463); no
    status at all says that nobody is there.
    """
    return failed.permanent and (not failed.status or bool(_OF_THE_ADDRESS.fullmatch(failed.status)))


def failed_receipt(kind: str) -> bool:
    """True of a receipt of PEC that says that the mail will not arrive."""
    return kind.strip().casefold() in _FAILED_RECEIPTS


def missed(mail: Mail, address: str) -> Contact | None:
    """Which of those that the mail was sent to it did not reach; a forwarded address is that of the only one.

    None: the mail was never sent there, and whoever says so may be anybody.
    """
    everyone = (*mail.to, *mail.cc)
    named = next((one for one in everyone if one.email.casefold() == address.casefold()), None)
    return named or (everyone[0] if len(everyone) == 1 else None)


def is_for_another_too(kind: MailKind) -> bool:
    """True of a mail that asks for something: who stands in gets it; of what is one person's own, False."""
    return kind in _DUTIES
