"""ATECO codes: those of 2025, and the former ones, kept and shown beside the code that replaced them.

The tables are ISTAT's, through the package `ateco`; they weigh megabytes and are read with the first code.
Which code fits a company is not judged.
"""

import re
from typing import Final

from procedure.fields.reading import Invalid, Reading

_WRITTEN: Final = re.compile(r"(?:ateco\D*)?(?P<code>[0-9][0-9 .,\-/]*)[^0-9]*", re.IGNORECASE | re.ASCII)


def read_ateco(text: str) -> Reading:
    """A dotted code of ATECO 2025, or a former one (2022, 2007) with the new one as a warning."""
    match = _WRITTEN.fullmatch(text)
    digits = re.sub(r"[^0-9]", "", match["code"]) if match else ""
    if not 2 <= len(digits) <= 6:
        raise Invalid("ateco_shape")
    code = ".".join(filter(None, (digits[:2], digits[2:4], digits[4:])))
    if _is_of(code, "2025"):
        return Reading(code, ("ateco_short",) if len(digits) < 6 else ())
    if _is_of(code, "2022"):
        return Reading(code, (_successor(code),))
    if _is_of(code, "2007"):
        return Reading(code, (f"ateco_former:{code}",))
    raise Invalid("ateco_unknown", {"code": code})


def _successor(code: str) -> str:
    """The warning that names what replaced `code`: one heir, several to choose from, or none."""
    from ateco import map_code  # type: ignore[import-untyped]  # untyped  # noqa: PLC0415 – heavy, rarely needed

    heirs: tuple[str, ...] = map_code(code, "2022", "2025").targets
    if not heirs:
        return f"ateco_former:{code}"
    key = "ateco_old" if len(heirs) == 1 else "ateco_old_split"
    return f"{key}:{code}->{', '.join(heirs)}"


def _is_of(code: str, edition: str) -> bool:
    from ateco import validate  # noqa: PLC0415 – heavy, rarely needed

    return bool(validate(code, edition=edition))
