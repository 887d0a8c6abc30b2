"""What must not pass through the chat, found in what people type: bank accounts, personal tax codes, cards.

Rather one too many than one missed: a mistyped IBAN is as private as a right one. Says what and where, never
the text itself; whether to delete a message, and where it goes instead, is decided by whoever asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from stdnum import iban, luhn
from stdnum.it import codicefiscale

from procedure.fields.tax_codes import PERSONAL_SHAPE


class PrivateKind(StrEnum):
    """What was found; its value is its Italian name."""

    IBAN = "IBAN"
    PERSONAL_TAX_CODE = "codice fiscale"
    CARD = "carta"


@dataclass(frozen=True, slots=True, order=True)
class PrivateFinding:
    """Where something private stands: `text[start:end]`."""

    start: int
    end: int
    kind: PrivateKind


_GAP: Final = (
    "[\\s.\\-–—/_:,\u200b-\u200d\u2060\ufeff]{0,3}"  # what people, and phones, put between characters
)
_OUTSIDE: Final = "⟦"  # stands for what was found, and parts what is around it
_FULL_WIDTH: Final = {
    0xFF01 + n: 0x21 + n for n in range(94)
}  # as a Chinese keyboard writes letters and digits
_FLAGS: Final = re.IGNORECASE
_LEFT: Final = r"(?<![a-z0-9])"
_RIGHT: Final = r"(?![a-z0-9])"


def find_private(text: str) -> tuple[PrivateFinding, ...]:
    """Every IBAN, personal codice fiscale and payment card in `text`, in order, none overlapping."""
    rest, found = text.translate(_FULL_WIDTH), []
    for kind, spans in _FINDERS:
        while some := list(_apart(spans(rest))):  # again: what was found may have hidden its neighbour
            found += [PrivateFinding(start, end, kind) for start, end in some]
            for start, end in some:
                rest = rest[:start] + _OUTSIDE * (end - start) + rest[end:]
    return tuple(sorted(found))


def _apart(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that do not begin inside one before them."""
    behind = 0
    for start, end in spans:
        if start >= behind:
            behind = end
            yield start, end


def redact(text: str) -> str:
    """The text with each private thing replaced by its name: `⟦IBAN⟧`, `⟦codice fiscale⟧`, `⟦carta⟧`."""
    for finding in reversed(find_private(text)):
        text = f"{text[: finding.start]}⟦{finding.kind}⟧{text[finding.end :]}"
    return text


def _spaced(*characters: str) -> str:
    return _GAP.join(characters)


_IBAN_HEAD: Final = re.compile(
    rf"(?:{_LEFT}|(?<=iban))" + _spaced("[a-z]", "[a-z]", "[0-9]", "[0-9]"), _FLAGS
)
_ITALIAN: Final = ("[is]", "[tm]", *["[0-9]"] * 2, "[a-z]", *["[0-9]"] * 10)  # IT, and SM of the same shape
_ITALIAN_SHAPES: Final = (
    re.compile(_spaced(*_ITALIAN, *["[a-z0-9]"] * 12), _FLAGS),
    re.compile(
        _spaced(*_ITALIAN, *["[0-9]"] * 6) + rf"(?:{_GAP}[0-9]){{0,8}}", _FLAGS
    ),  # a character short or over
)
_LONGEST_IBAN: Final = 34


def _ibans(text: str) -> Iterator[tuple[int, int]]:
    """Any country's with right check digits, and whatever is shaped as an Italian one."""
    for head in _IBAN_HEAD.finditer(text):
        if end := _valid_iban_end(text, head.start()):
            yield head.start(), end
        for shape in _ITALIAN_SHAPES:
            if match := shape.match(text, head.start()):
                yield match.span()


def _valid_iban_end(text: str, start: int) -> int | None:
    ends = [at + 1 for at in _characters(text, start, _LONGEST_IBAN)]
    code = "".join(text[end - 1] for end in ends)
    valid = (n for n in range(len(code), 14, -1) if iban.is_valid(code[:n], check_country=False))
    length = next(valid, None)
    return None if length is None else ends[length - 1]


def _characters(text: str, start: int, most: int) -> list[int]:
    """Where the letters and digits stand from `start` on, as far as the gaps between them stay small."""
    pattern = re.compile(rf"[a-z0-9](?:{_GAP}[a-z0-9]){{0,{most - 1}}}", _FLAGS)
    match = pattern.match(text, start)
    return [at for at in range(*match.span()) if _is_letter_or_digit(text[at])] if match else []


def _is_letter_or_digit(character: str) -> bool:
    return character.isascii() and character.isalnum()


_PERSONAL: Final = re.compile(_LEFT + _spaced(*PERSONAL_SHAPE) + _RIGHT, _FLAGS)
_FEW_DIGITS: Final = 4  # of seven: with fewer, words in a row could have the shape


def _personal_tax_codes(text: str) -> Iterator[tuple[int, int]]:
    """Shaped as one and mostly digits where digits stand, or with the right check letter."""
    for start in range(len(text)):
        match = _PERSONAL.match(text, start)
        if match and _looks_personal(match[0]):
            yield match.span()


def _looks_personal(written: str) -> bool:
    code = "".join(filter(_is_letter_or_digit, written))
    digits = sum(c.isdecimal() for c in code)
    return digits >= _FEW_DIGITS or (codicefiscale.is_valid(code) and (digits > 0 or code == written))


_DIGIT_GROUPS: Final = re.compile(r"(?<![0-9+])[0-9]+(?:[ \u00a0\u202f.\-–—]{1,3}[0-9]+)*")
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_BRANDS: Final = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})"  # Visa
    r"|5[0-9]{12,18}|6[0-9]{12,18}"  # Mastercard, Maestro, Discover, UnionPay
    r"|2(?:2[2-9]|[3-6][0-9]|7[01])[0-9]{13}|2720[0-9]{12}"  # Mastercard
    r"|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|35[0-9]{14}"  # American Express, Diners, JCB
)


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """Whole groups of digits that make a brand's number with the right check digit; the longest first."""
    for run in _DIGIT_GROUPS.finditer(text):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in re.finditer("[0-9]+", run[0])]
        for i, (start, _) in enumerate(groups):
            for end in _card_ends(text, groups[i : i + _LONGEST_CARD]):
                yield start, end


def _card_ends(text: str, groups: list[tuple[int, int]]) -> Iterator[int]:
    """Where a card that begins with the first group may end, the longest first."""
    digits, ends = "", []
    for start, end in groups:
        digits += text[start:end]
        if len(digits) > _LONGEST_CARD:
            break
        ends.append((end, digits))
    for end, number in reversed(ends):
        if len(number) >= _SHORTEST_CARD and _BRANDS.fullmatch(number) and luhn.is_valid(number):
            yield end


_FINDERS: Final = (
    (PrivateKind.IBAN, _ibans),
    (PrivateKind.PERSONAL_TAX_CODE, _personal_tax_codes),
    (PrivateKind.CARD, _cards),
)
