"""Cells of a spreadsheet as text, because a code kept as a number has lost its zeros.

Puts back what the spreadsheet took away and judges nothing: the field's reader does.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from procedure.fields.kinds import RegisterField
from procedure.fields.phones import with_lost_zero

_Restore: TypeAlias = Callable[[str], str]
_RESTORE: Final[Mapping[RegisterField, _Restore]] = {
    RegisterField.PARTITA_IVA: lambda digits: digits.zfill(11),
    RegisterField.CODICE_FISCALE: lambda digits: digits.zfill(11),
    RegisterField.CAP: lambda digits: digits.zfill(5),
    RegisterField.ATECO: lambda digits: digits.zfill(len(digits) + len(digits) % 2),
    RegisterField.CODICE_SDI: lambda digits: digits.zfill(7) if digits == "0" else digits,
    RegisterField.PHONE: with_lost_zero,
    RegisterField.MOBILE: with_lost_zero,
}
_EXPORTED_NUMBER: Final = re.compile(r"[0-9]{1,16}\.0+|[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)


def normalise_cell(field: RegisterField, cell: object) -> str:
    """The text that `cell` stood for: numbers get their zeros back, a date may have been an ATECO code."""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%y}" if field is RegisterField.ATECO else f"{cell:%d/%m/%Y}"
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _from_number(field, cell)
    text = "" if cell is None else str(cell).strip()
    if field in _RESTORE and _EXPORTED_NUMBER.fullmatch(text):
        return _from_number(field, Decimal(text.replace(",", ".")))
    return text


def _from_number(field: RegisterField, number: float | Decimal) -> str:
    if not math.isfinite(number):
        return ""
    if number != int(number):
        return str(number)
    digits = str(int(number))
    return _RESTORE[field](digits) if field in _RESTORE and digits.isdecimal() else digits
