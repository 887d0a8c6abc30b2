"""Whether a letter is really from where its From says, as far as our own receiving server knows.

Only the `Authentication-Results` of the server that the settings trust count. Refuses to know headers.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence


class Authentic(enum.StrEnum):
    """What the receiving server found of the From's domain."""

    PASSED = "passed"
    FAILED = "failed"  # forged: never an effect
    UNKNOWN = "unknown"  # no server is trusted, or it said nothing


Said = tuple[str, str, Mapping[str, str]]
"""A method (`spf`, `dkim`, `dmarc`), its result, and the names it was found for (`header.d`, …)."""

_SPEAKS_FOR = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom", "smtp.helo")}
_NOT_NOW = frozenset({"temperror"})


def verdict(domain: str, said: Sequence[Said]) -> Authentic:
    """What the results come to for this domain.

    DMARC decides where it does. Else a pass of DKIM or SPF counts if it speaks for the domain; where both
    were tried and neither does, the letter is forged as far as anybody can tell.
    """
    dmarc = [one for one in said if one[0] == "dmarc"]
    if any(not _is_of(domain, names.get("header.from", domain)) for _, _, names in dmarc):
        return Authentic.FAILED  # the server looked at another From than we do
    results = {result for _, result, _ in dmarc}
    if "fail" in results:
        return Authentic.FAILED
    if "pass" in results or any(_vouches(one, domain) for one in said):
        return Authentic.PASSED
    tried = {method for method, _, _ in said} & _SPEAKS_FOR.keys()
    if tried != _SPEAKS_FOR.keys() or any(result in _NOT_NOW for _, result, _ in said):
        return Authentic.UNKNOWN
    return Authentic.FAILED


def _vouches(said: Said, domain: str) -> bool:
    method, result, names = said
    if result != "pass" or method not in _SPEAKS_FOR:
        return False
    return _is_one_of(domain, (names.get(name, "") for name in _SPEAKS_FOR[method]))


def _is_one_of(domain: str, named: Iterable[str]) -> bool:
    return any(name and _is_of(domain, name) for name in named)


def _is_of(domain: str, name: str) -> bool:
    """True where one is the other or under it: DMARC's relaxed alignment, without a list of registries."""
    ours, theirs = domain.casefold(), name.rpartition("@")[2].casefold().strip(".")
    if "." not in theirs:
        return ours == theirs
    return ours == theirs or ours.endswith(f".{theirs}") or theirs.endswith(f".{ours}")
