"""Which file is the scan of which form: by what its sender wrote of it, by its name, or since only one was
signed. What is not certain is asked back (decision 46).

Refuses to look into a file, and to know where scans go.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from unicodedata import combining, normalize

from procedure.correspondence.enclosures import Enclosure
from procedure.visits import Form

SMALLEST_PICTURE: Final = 20_000
"""Bytes below which a picture is a logo of a signature, and no scan."""

_WORDS: Final[Mapping[Form, re.Pattern[str]]] = MappingProxyType(
    {
        Form.REVOCA_INPS: re.compile(r"\brevoc\w*"),
        Form.DELEGA_ASSOCIATIVA: re.compile(r"\b(?:associativ\w+|adesion\w+)"),
        Form.RID: re.compile(r"\b(?:rid|sdd|sepa)\b"),
        Form.DELEGA_INPS: re.compile(r"\binps\b"),
    }
)
_REVOCA_OF: Final = re.compile(r"\brevoc\w*(?: (?:di|della|alla))?(?: deleg\w*)?(?: all)?(?: inps)?")
_A_DELEGA: Final = re.compile(r"\bdelega\b")
_DELEGHE: Final = frozenset({Form.DELEGA_INPS, Form.DELEGA_ASSOCIATIVA})
_ALL: Final = re.compile(r"\b(?:tutti|tutto|tutte)\b")
_NONE: Final = re.compile(r"\b(?:niente|nessuno|nulla|altro)\b")
_NUMBER: Final = re.compile(r"(?<![\w/])\d{1,2}(?![\w/])")

Told = dict[int, frozenset[Form]]
"""By the place of each file, the forms that it holds; none: it is no form."""


def is_scan(file: Enclosure) -> bool:
    """True of a file that may be the scan of a form: a PDF, or a picture that is no logo."""
    if file.refused:
        return False
    is_picture = file.media_type.startswith("image/") and file.size >= SMALLEST_PICTURE
    return is_picture or file.media_type == "application/pdf"


def names_a_form(text: str) -> bool:
    """True where the text speaks of forms: `1 RID, 2 delega INPS`."""
    return bool(forms_in(text, tuple(Form)))


def which_forms(names: Sequence[str], signed: Collection[Form], *, text: str, subject: str) -> Told | None:
    """The forms that each file holds, or None where that is not certain of every one.

    Args:
        names: of the files, in the order in which they are numbered from 1.
        signed: the forms that were signed at the visit; no other is believed.
        text: what the sender wrote beside them.
        subject: of the mail.
    """
    told = dict(_said(names, signed, text))
    for at, name in enumerate(names):
        if at not in told and (forms := forms_in(name, signed)):
            told[at] = forms
    silent = [at for at in range(len(names)) if at not in told]
    if silent:
        of_all = frozenset(signed) if len(signed) == 1 else frozenset()
        if not told and not of_all and not _NUMBER.search(_plain(text)):
            of_all = forms_in(text, signed) or forms_in(subject, signed)
        if len(silent) > 1 and len(of_all) > 1:  # several forms in several files: which in which?
            return None
        told |= dict.fromkeys(silent, of_all) if of_all else {}
    return told if len(told) == len(names) else None


def forms_in(text: str, signed: Collection[Form]) -> frozenset[Form]:
    """The forms that a text names, of those that were signed; `delega` alone is the only one that was."""
    plain = _REVOCA_OF.sub("revoca", _plain(text))
    if _ALL.search(plain):
        return frozenset(signed)
    named = {form for form in signed if _WORDS[form].search(plain)}
    deleghe = _DELEGHE & frozenset(signed)
    if _A_DELEGA.search(plain) and not named & _DELEGHE and len(deleghe) == 1:
        named |= deleghe
    return frozenset(named)


def _said(names: Sequence[str], signed: Collection[Form], text: str) -> Iterator[tuple[int, frozenset[Form]]]:
    """`RID: foto2`, `1 RID, 2 delega INPS`, `foto3 niente`: each says a file and what it is."""
    for piece in re.split(r"[\n,;]|(?<=\w)\. ", text):
        for place, rest in _places(piece, names):
            forms = forms_in(rest, signed)
            if forms or _NONE.search(rest):
                yield place, forms
                break


def _places(piece: str, names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The files that a piece may speak of, by number or by name, and the piece without it."""
    plain = f" {_plain(piece)} "
    numbers = [int(found) for found in _NUMBER.findall(plain)]
    if len(numbers) == 1 and 1 <= numbers[0] <= len(names):
        yield numbers[0] - 1, _NUMBER.sub(" ", plain)
    for stem, at in sorted(
        ((_stem(name), at) for at, name in enumerate(names)), key=lambda one: -len(one[0])
    ):
        if stem and f" {stem} " in plain:
            yield at, plain.replace(f" {stem} ", " ")


def _stem(name: str) -> str:
    return _plain(name.rpartition(".")[0] or name)


def _plain(text: str) -> str:
    """Lower case, without accents; whatever is no letter or number is a space."""
    letters = "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())
