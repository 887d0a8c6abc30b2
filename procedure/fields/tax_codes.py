"""Partita IVA, codice fiscale and the SDI recipient code: lengths and check digits, each fault told apart.

The algorithms are python-stdnum's; here is which fault to name. Whether a code exists, the tax office says.
"""

import re
from typing import Final

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.it import codicefiscale, iva

from procedure.fields.kinds import RegisterField
from procedure.fields.reading import Invalid, Known, Reading

_OMOCODIA: Final = "[0-9LMNPQRSTUV]"  # a digit, or the letter that stands for it between two equal codes
PERSONAL_SHAPE: Final = (
    *["[A-Z]"] * 6,
    *[_OMOCODIA] * 2,
    "[ABCDEHLMPRST]",
    *[_OMOCODIA] * 2,
    "[A-Z]",
    *[_OMOCODIA] * 3,
    "[A-Z]",
)
"""The sixteen characters of a person's codice fiscale, a pattern for each."""

_PERSONAL: Final = re.compile("".join(PERSONAL_SHAPE))
_PREFIX: Final = re.compile(r"^(?:PARTITAIVA|PIVA|CODICEFISCALE|CF|IT)+(?=\d)")


def is_personal_tax_code(text: str) -> bool:
    """Whether `text` is shaped as a person's codice fiscale; a wrong check letter is as private."""
    return bool(_PERSONAL.fullmatch(_compact(text)))


def read_partita_iva(text: str) -> Reading:
    """Eleven digits, of which the last checks the others and the three before are an office's."""
    code = _PREFIX.sub("", _compact(text))
    if is_personal_tax_code(code):
        raise Invalid("partita_iva_personal")
    if not re.fullmatch(r"[0-9]+", code):
        raise Invalid("partita_iva_letters")
    return Reading(_eleven_digits(code, "partita_iva"))


def read_codice_fiscale(text: str) -> Reading:
    """A company's, eleven digits as a partita IVA, or a person's, sixteen characters."""
    code = _PREFIX.sub("", _compact(text))
    if re.fullmatch(r"[0-9]+", code):
        return Reading(_eleven_digits(code, "codice_fiscale"))
    if len(code) != 16:
        raise Invalid("codice_fiscale_length", {"seen": len(code)})
    try:
        return Reading(codicefiscale.validate(code))
    except InvalidChecksum:
        raise Invalid("codice_fiscale_letter") from None
    except ValidationError:
        raise Invalid("codice_fiscale_shape") from None


def read_codice_sdi(text: str, known: Known) -> Reading:
    """Seven letters or digits, six for a public body; seven zeros send the invoices to the PEC."""
    code = _compact(text)
    if not re.fullmatch(r"[A-Z0-9]+", code):
        raise Invalid("codice_sdi_characters")
    if len(code) not in {6, 7}:
        raise Invalid("codice_sdi_length", {"seen": len(code)})
    if code == "0000000" and not known.get(RegisterField.PEC):
        return Reading(code, ("sdi_needs_pec",))
    if code == "XXXXXXX":
        return Reading(code, ("sdi_foreign",))
    return Reading(code, ("sdi_public_body",) if len(code) == 6 else ())


def _eleven_digits(code: str, name: str) -> str:
    if len(code) != 11:
        if iva.is_valid(full := code.zfill(11)):
            raise Invalid(f"{name}_missing_zero", {"seen": len(code), "suggestion": full})
        raise Invalid(f"{name}_length", {"seen": len(code)})
    try:
        return iva.validate(code)
    except InvalidChecksum:
        raise Invalid(f"{name}_check") from None
    except ValidationError:
        raise Invalid(f"{name}_office") from None


def _compact(text: str) -> str:
    return re.sub(r"[\s.,:;/_\-–—]", "", text).upper()
