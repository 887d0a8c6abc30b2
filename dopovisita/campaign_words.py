"""The words that the administrator may write in the campaign's file, and their meaning. Reads no file."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from procedure.campaign import ProductKind
from procedure.italian import MONTHS
from procedure.people import MAILBOX_ROLES, Role

PERSON_ROLES: Final[Mapping[str, Role]] = {role.value: role for role in Role}
"""What a person may bear: any role."""

WRITTEN_TO: Final[Mapping[str, Role]] = {
    role.value: role for role in (*MAILBOX_ROLES, Role.SERVICES, Role.DEVELOPMENT, Role.ADMIN)
}
"""The roles that have a mailbox of their own; the others are written to as persons."""

PRODUCT_KINDS: Final[Mapping[str, ProductKind]] = {kind.value: kind for kind in ProductKind}

SENT_BY_GESTIONALE: Final[Mapping[str, str]] = {code: code for code in ("E1", "E2", "E7", "E8", "E10", "E11")}
"""The mails that the procedure has the gestionale send; only these may be left to it (A52)."""

_FEAST: Final = re.compile(r"(\d{1,2})\s*[°º]?\s+([a-z]+)")
_LEAP_YEAR: Final = 2024  # 29 February is some comune's feast


def read_feast(written: str) -> tuple[int, int] | None:
    """Month and day of a feast written as `25 luglio`; None where it is no day of the year."""
    match = _FEAST.fullmatch(written.strip().casefold())
    if match is None or match[2] not in MONTHS:
        return None
    month, day = MONTHS.index(match[2]) + 1, int(match[1])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return month, day
