"""Telephone numbers, kept as E.164 with any extension and shown as people dial them.

Knows Italian habits: `0574123456/0574123457` is two numbers, `574 123456` has lost its zero, and short
landlines exist. Whether anybody answers is not asked.
"""

import re
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from procedure.fields.reading import Invalid, Reading

_ITALY: Final = "IT"
_SHORT: Final = 9  # digits after the landline's zero; shorter ones exist, but are mostly mistyped
_STORED: Final = re.compile(r"\+[0-9]{5,15}(?:;ext=[0-9]{1,7})?")
_PLAIN: Final = re.compile(r"0[0-9]{1,3}[ ./-]?[0-9]{5,8}|3[0-9]{2}[ ./-]?[0-9]{6,7}")  # needs no search
_TWO_LINES: Final = re.compile(r"(?P<number>.*[0-9](?:[ .-]?[0-9]){7,}) ?/ ?[0-9]{1,3}")  # 0574123456/7
_LABELS: Final = re.compile(r"(?i)\b(?:tel|telefono|cell|cellulare|mobile|numero|fisso|uff|ufficio|n|fax)\b")


def read_phone(text: str) -> Reading:
    """One valid number, Italian unless it opens with `+` or `00`."""
    number, rest = _find(text)
    digits = len(str(number.national_number))
    warnings = ["phone_short"] if number.country_code == 39 and digits < _SHORT else []
    if rest:
        warnings.append(f"phone_text_dropped:{rest}")
    return Reading(_store(number), tuple(warnings))


def read_mobile(text: str) -> Reading:
    """A phone; a landline in the mobile's place is let through with a warning."""
    reading = read_phone(text)
    kind = phonenumbers.number_type(_parse(reading.value))
    landline = kind == phonenumbers.PhoneNumberType.FIXED_LINE
    return Reading(reading.value, (*reading.warnings, "mobile_is_landline") if landline else reading.warnings)


@lru_cache(maxsize=4096)
def show_phone(stored: str) -> str:
    """A stored number as dialled from Italy: `0574 123456`, `+40 721 234 567`, `333 123 4567 int. 4`."""
    try:
        number = _parse(stored)
    except NumberParseException:
        return stored
    italian = number.country_code == 39
    shown = phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if italian else PhoneNumberFormat.INTERNATIONAL
    )
    return shown.replace(" ext. ", " int. ")


def with_lost_zero(digits: str) -> str:
    """The digits of a spreadsheet's numeric cell, with the landline's zero that the cell cannot hold."""
    return f"0{digits}" if not _is_valid(digits) and _is_valid(f"0{digits}") else digits


def _find(text: str) -> tuple[PhoneNumber, str]:
    """The one valid number of `text` and the words left around it."""
    if (_STORED.fullmatch(text) or _PLAIN.fullmatch(text)) and (number := _valid(text)):
        return number, ""
    if shared := _TWO_LINES.fullmatch(text):
        raise Invalid("phone_more_digits", {"number": shared["number"].strip()})
    matches = list(PhoneNumberMatcher(text, _ITALY))
    numbers = list({_store(match.number): match.number for match in matches}.values())
    if len(numbers) > 1:
        first, second = (show_phone(_store(number)) for number in numbers[:2])
        raise Invalid("phone_two_numbers", {"first": first, "second": second})
    if not numbers:
        raise _fault(text)
    rest = text
    for match in matches:
        rest = rest.replace(match.raw_string, " ")
    if re.search(r"[0-9]", rest):
        raise Invalid("phone_more_digits", {"number": show_phone(_store(numbers[0]))})
    return numbers[0], re.sub(r"[^\w' ]|_", " ", _LABELS.sub(" ", rest)).strip()


def _fault(text: str) -> Invalid:
    """What is wrong with a text in which no valid number was found."""
    digits = re.sub(r"[^0-9]", "", text)
    if not digits:
        return Invalid("phone_no_digits")
    national = (
        digits.removeprefix("00").removeprefix("39") if text.lstrip().startswith(("+", "00")) else digits
    )
    if _is_valid(f"0{national}") and not national.startswith("0"):
        return Invalid("phone_missing_zero", {"suggestion": show_phone(_store(_parse(f"0{national}")))})
    if len(digits) < 6:
        return Invalid("phone_too_short", {"seen": len(digits)})
    return Invalid("phone_not_valid", {"seen": len(digits)})


def _is_valid(text: str) -> bool:
    return _valid(text) is not None


def _valid(text: str) -> PhoneNumber | None:
    try:
        number = _parse(text)
    except NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _parse(text: str) -> PhoneNumber:
    return phonenumbers.parse(text, _ITALY)


def _store(number: PhoneNumber) -> str:
    stored = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{stored};ext={number.extension}" if number.extension else stored
