"""Names, streets and legal forms: text kept as people write it, only within sense and length."""

import re
from typing import Final

from procedure.fields.reading import Invalid, Reading, fold

LONGEST: Final = 254
"""Characters of the longest text the register keeps."""

_LEGAL_FORMS: Final = (
    *("Ditta individuale", "Impresa familiare", "S.n.c.", "S.a.s.", "S.r.l.", "S.r.l.s.", "S.p.A."),
    *("Cooperativa", "Professionista"),
)
_BY_LETTERS: Final = {fold(form).replace(" ", ""): form for form in _LEGAL_FORMS}


def read_text(text: str) -> Reading:
    """Any text with a letter or a digit in it."""
    if not re.search(r"[^\W_]", text):
        raise Invalid("text_without_words")
    return Reading(text)


def read_legal_form(text: str) -> Reading:
    """One of the usual forms in its usual spelling (`srl` is `S.r.l.`), or another with a warning."""
    form = _BY_LETTERS.get(fold(text).replace(" ", ""))
    return Reading(form) if form else Reading(read_text(text).value, ("legal_form_unusual",))
