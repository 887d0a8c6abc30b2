"""The register's fields, one at a time: a text becomes a canonical value, or a refusal to act on.

Pure rules with their Italian. Knows no chat, no import and no database: each of them calls `read_field`.
"""

from collections.abc import Callable, Mapping
from typing import Final

from procedure.fields.activities import read_ateco
from procedure.fields.cells import normalise_cell
from procedure.fields.kinds import RegisterField
from procedure.fields.mail_addresses import read_email, read_pec, read_website
from procedure.fields.phones import read_mobile, read_phone, show_phone
from procedure.fields.phrases import INVALID_PHRASES, WARNING_PHRASES, explain, explain_warning, label
from procedure.fields.places import read_cap, read_comune, read_province
from procedure.fields.plain_text import LONGEST, read_legal_form, read_text
from procedure.fields.reading import NOTHING_KNOWN, Invalid, Known, Reading, tidy
from procedure.fields.tax_codes import (
    is_personal_tax_code,
    read_codice_fiscale,
    read_codice_sdi,
    read_partita_iva,
)

__all__ = [
    "INVALID_PHRASES",
    "WARNING_PHRASES",
    "Invalid",
    "Reading",
    "RegisterField",
    "explain",
    "explain_warning",
    "is_personal_tax_code",
    "label",
    "normalise_cell",
    "read_field",
    "same_value",
    "show_phone",
]

_ALONE: Final[Mapping[RegisterField, Callable[[str], Reading]]] = {
    RegisterField.NAME: read_text,
    RegisterField.PARTITA_IVA: read_partita_iva,
    RegisterField.CODICE_FISCALE: read_codice_fiscale,
    RegisterField.PEC: read_pec,
    RegisterField.EMAIL: read_email,
    RegisterField.PHONE: read_phone,
    RegisterField.MOBILE: read_mobile,
    RegisterField.ATECO: read_ateco,
    RegisterField.ADDRESS: read_text,
    RegisterField.CONTACT: read_text,
    RegisterField.LEGAL_FORM: read_legal_form,
    RegisterField.WEBSITE: read_website,
}
_BESIDE_OTHERS: Final[Mapping[RegisterField, Callable[[str, Known], Reading]]] = {
    RegisterField.CODICE_SDI: read_codice_sdi,
    RegisterField.CAP: read_cap,
    RegisterField.COMUNE: read_comune,
    RegisterField.PROVINCE: read_province,
}


def read_field(field: RegisterField, text: str, *, known: Known = NOTHING_KNOWN) -> Reading:
    """The canonical value that `text` writes; `known` are the company's other values, for the warnings.

    Raises:
        Invalid: the text is no value of the field; `explain` tells why.
    """
    text = tidy(text)
    if not text:
        raise Invalid("empty")
    if len(text) > LONGEST:
        raise Invalid("too_long", {"longest": LONGEST})
    if field in _ALONE:
        return _ALONE[field](text)
    return _BESIDE_OTHERS[field](text, known)


def same_value(field: RegisterField, a: str, b: str) -> bool:
    """Whether two texts write the same value, however each is spelled; addresses whatever their case."""
    return _comparable(field, a) == _comparable(field, b)


def _comparable(field: RegisterField, text: str) -> str:
    try:
        return read_field(field, text).value.casefold()
    except Invalid:
        return tidy(text).casefold()
