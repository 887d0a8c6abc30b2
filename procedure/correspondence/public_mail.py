"""Where anybody may have a mailbox: two addresses of such a domain are no colleagues.

A list that a person keeps. Refuses to know who writes.
"""

from typing import Final

PUBLIC: Final = frozenset(
    {
        *(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "outlook.it",
            "hotmail.com",
            "hotmail.it",
            "live.com",
        ),
        *("live.it", "msn.com", "libero.it", "inwind.it", "iol.it", "blu.it", "giallo.it", "virgilio.it"),
        *("alice.it", "tim.it", "tin.it", "tiscali.it", "tiscalinet.it", "fastwebnet.it", "teletu.it"),
        *("vodafone.it", "email.it", "katamail.com", "supereva.it", "interfree.it", "aruba.it"),
        *("yahoo.com", "yahoo.it", "ymail.com", "rocketmail.com", "aol.com", "aol.it", "mail.com", "gmx.com"),
        *("gmx.net", "gmx.de", "web.de", "proton.me", "protonmail.com", "pm.me", "zoho.com", "fastmail.com"),
        *("icloud.com", "me.com", "mac.com"),
    }
)
"""Mail that anybody gets for the asking."""

CERTIFIED: Final = frozenset(
    {
        *("pec.it", "legalmail.it", "arubapec.it", "postecert.it", "pec.aruba.it", "cert.legalmail.it"),
        *("pecimprese.it", "mypec.eu", "registerpec.it", "sicurezzapostale.it", "pec.libero.it"),
        *("pec.buffetti.it", "gigapec.it", "messaggipec.it", "casellapec.com", "pecposta.it", "pcert.it"),
        *("poste-certificate.it", "actaliscertymail.it", "pec.net", "postacertificata.gov.it"),
    }
)
"""Certified mail that anybody gets for a fee."""


def office_domain(address: str) -> str:
    """The domain that its owner's colleagues share, in lower case; empty where anybody may have it."""
    domain = address.rpartition("@")[2].casefold().rstrip(".")
    return "" if domain in PUBLIC | CERTIFIED else domain
