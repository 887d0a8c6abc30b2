"""Email, PEC and website: the shape of an address, each common slip told apart.

Asks no network: a well-written address may still belong to nobody. Nothing in an address marks it as a PEC,
so the domain's habits give a warning at most.
"""

import re
from functools import lru_cache
from typing import Final

from email_validator import EmailNotValidError, validate_email

from procedure.fields.reading import Invalid, Reading, fold

_PEC_MARKS: Final = ("pec", "legalmail", "postacert", "cert.")
_PEC_LABELS: Final = re.compile(r"(?:^|\.)(?:[a-z0-9-]*pec|pec[a-z0-9-]*|legalmail|postacert[a-z]*|cert)\.")
_WRONG_ENDINGS: Final = frozenset(
    {"con", "comm", "cmo", "ocm", "om", "itt", "iit", "ti", "ut", "neet", "ogr"}
)
_WRONG_DOMAINS: Final = frozenset(
    {
        *("gmial.com", "gmai.com", "gmal.com", "gamil.com", "gnail.com", "gmail.it", "gmaill.com"),
        *("hotnail.it", "hotnail.com", "hotmial.it", "hotmial.com", "hotmai.it", "hotmai.com"),
        *(
            "libero.com",
            "lbero.it",
            "libeto.it",
            "virgilo.it",
            "yaho.it",
            "yaho.com",
            "outlok.it",
            "outlok.com",
        ),
        *("tiscalli.it", "alice.com", "aruba.pec.it", "arubapec.com", "legalmail.com"),
    }
)
_PLAIN_LOCAL: Final = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*")
_PLAIN_LENGTH: Final = 64
"""Well within every limit on an address: then the domain alone needs a closer look."""

_WEBSITE: Final = re.compile(
    r"(?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?P<path>/\S*)?", re.IGNORECASE | re.ASCII
)


def read_email(text: str) -> Reading:
    """An address that takes ordinary mail; a PEC in its place is let through with a warning."""
    address, typo = _read_address(text)
    is_pec = _PEC_LABELS.search(_domain(address))
    return Reading(address, (*typo, "email_is_pec") if is_pec else typo)


def read_pec(text: str) -> Reading:
    """An address of certified mail, as far as its domain tells."""
    address, typo = _read_address(text)
    usual = any(mark in _domain(address) for mark in _PEC_MARKS)
    return Reading(address, typo if usual else (*typo, "pec_unusual_domain"))


def read_website(text: str) -> Reading:
    """The site's host and path, without scheme: `www.ditta.example.com`."""
    if "@" in text:
        raise Invalid("website_is_email")
    match = _WEBSITE.fullmatch(text)
    if not match:
        raise Invalid("website_shape")
    return Reading(f"{match['host'].lower()}{(match['path'] or '').rstrip('/')}")


def _read_address(text: str) -> tuple[str, tuple[str, ...]]:
    text = re.sub(r"^mailto: ?|[ .,;:]+$", "", text, flags=re.IGNORECASE)
    if fault := _fault(text):
        raise fault
    local, _, domain = text.partition("@")
    if _PLAIN_LOCAL.fullmatch(local) and len(text) <= _PLAIN_LENGTH:
        address = f"{local}@{_domain(_validated(f'a@{domain}'))}"
    else:
        address = _validated(text)
    return address, tuple(f"email_typo:{slip}" for slip in _typos(_domain(address)))


@lru_cache(maxsize=4096)
def _validated(address: str) -> str:
    """The address as mail servers write it. A list of companies names few domains many times."""
    try:
        valid = validate_email(address, check_deliverability=False).ascii_email
    except EmailNotValidError:
        raise Invalid("email_not_valid") from None
    if valid is None:
        raise Invalid("email_accent", {"suggestion": _unaccented(address)})
    return valid


def _fault(text: str) -> Invalid | None:
    """The slips worth a sentence of their own."""
    local, at, domain = text.partition("@")
    if not at:
        return Invalid("email_missing_at")
    if "@" in domain:
        return Invalid("email_two")
    if re.search(r"[<>]", text):
        return Invalid("email_display_name")
    if "," in text:
        return Invalid("email_comma", {"suggestion": re.sub(r" ?, ?", ".", text)})
    if " " in text:
        return Invalid("email_space", {"suggestion": text.replace(" ", "")})
    if ".." in text:
        return Invalid("email_double_dot", {"suggestion": re.sub(r"\.{2,}", ".", text)})
    if local and domain and "." not in domain:
        return Invalid("email_missing_dot", {"domain": domain})
    return None


def _typos(domain: str) -> list[str]:
    ending = domain.rpartition(".")[2]
    return [ending] if ending in _WRONG_ENDINGS else [domain] if domain in _WRONG_DOMAINS else []


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _unaccented(text: str) -> str:
    return "".join(fold(c) or c for c in text)
