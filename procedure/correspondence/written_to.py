"""Which role a mail is written to, where it goes to a role and not to a person (section 9).

Refuses to know who bears it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from procedure.notices import MailKind
from procedure.people import Role

ROLE_OF: Final[Mapping[MailKind, Role]] = MappingProxyType(
    {
        MailKind.E1_UNCOLLECTED_TO_RPA: Role.RPA,
        MailKind.E2_UNCOLLECTED_TO_RECOVERY: Role.RECOVERY,
        MailKind.A8_AGREEMENT_TO_RECOVERY: Role.RECOVERY,
        MailKind.E3_CORRECTIONS_TO_RA: Role.RA,
        MailKind.E4_FORMS_TO_OFFICE: Role.FORMS_OFFICE,
        MailKind.E6_RID_TO_RPA: Role.RPA,
        MailKind.E8_QUOTES_TO_RPS: Role.RPS,
        MailKind.E10_ACCEPTED_TO_SERVICES: Role.SERVICES,
        MailKind.E11_ACCEPTED_TO_RPA: Role.RPA,
    }
)
"""Who bears it may answer from an address of their own."""
