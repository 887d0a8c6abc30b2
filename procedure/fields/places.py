"""Comune, CAP and province: a small table of the two provinces, which warns and never blocks.

Knows the 27 comuni of Pistoia and Prato with one CAP each; after a merger a comune may have more, and a
member may sit elsewhere, so a disagreement is only said. Streets are not looked up.
"""

import re
from typing import Final, NamedTuple

from procedure.fields.kinds import RegisterField
from procedure.fields.reading import Invalid, Known, Reading, fold


class Comune(NamedTuple):
    """A comune of the table: official name, CAP, province."""

    name: str
    cap: str
    province: str


COMUNI: Final = (
    Comune("Abetone Cutigliano", "51024", "PT"),
    Comune("Agliana", "51031", "PT"),
    Comune("Buggiano", "51011", "PT"),
    Comune("Chiesina Uzzanese", "51013", "PT"),
    Comune("Lamporecchio", "51035", "PT"),
    Comune("Larciano", "51036", "PT"),
    Comune("Marliana", "51010", "PT"),
    Comune("Massa e Cozzile", "51010", "PT"),
    Comune("Monsummano Terme", "51015", "PT"),
    Comune("Montale", "51037", "PT"),
    Comune("Montecatini-Terme", "51016", "PT"),
    Comune("Pescia", "51017", "PT"),
    Comune("Pieve a Nievole", "51018", "PT"),
    Comune("Pistoia", "51100", "PT"),
    Comune("Ponte Buggianese", "51019", "PT"),
    Comune("Quarrata", "51039", "PT"),
    Comune("Sambuca Pistoiese", "51020", "PT"),
    Comune("San Marcello Piteglio", "51028", "PT"),
    Comune("Serravalle Pistoiese", "51034", "PT"),
    Comune("Uzzano", "51010", "PT"),
    Comune("Cantagallo", "59025", "PO"),
    Comune("Carmignano", "59015", "PO"),
    Comune("Montemurlo", "59013", "PO"),
    Comune("Poggio a Caiano", "59016", "PO"),
    Comune("Prato", "59100", "PO"),
    Comune("Vaiano", "59021", "PO"),
    Comune("Vernio", "59024", "PO"),
)
_BY_NAME: Final = {fold(comune.name): comune for comune in COMUNI}
_PROVINCES: Final = re.compile(
    "A[GLNOPQRTV]|B[AGILNORSTZ]|C[ABEHLNORSTZ]|EN|F[CEGIMR]|G[EOR]|I[MS]|KR|L[CEIOTU]|M[BCEINOST]|N[AOU]|OR|"
    "P[ACDEGINORTUVZ]|R[ACEGIMNO]|S[AIOPRSUV]|T[AENOPRSV]|UD|V[ABCEIRTV]"
)
_PROVINCE_NAMES: Final = {"pistoia": "PT", "prato": "PO", "firenze": "FI", "lucca": "LU", "pisa": "PI"}


def read_cap(text: str, known: Known) -> Reading:
    """Five digits; a warning where the comune usually has others."""
    cap = re.sub(r"^(?:CAP|I)\W*(?=\d)", "", text, flags=re.IGNORECASE).replace(" ", "")
    if not re.fullmatch(r"[0-9]{5}", cap):
        raise Invalid("cap_shape", {"seen": len(re.sub(r"[^0-9]", "", cap))})
    return Reading(cap, _cap_warning(_find(known.get(RegisterField.COMUNE, "")), cap))


def read_comune(text: str, known: Known) -> Reading:
    """The official name where the table has it; elsewhere the name as written, with a warning."""
    if re.search(r"[0-9@]", text) or not re.search(r"[^\W_]", text):
        raise Invalid("comune_shape")
    comune = _find(text)
    if comune is None:
        return Reading(text, ("comune_elsewhere",))
    province = _province_warning(comune, known.get(RegisterField.PROVINCE, comune.province))
    return Reading(comune.name, (*_cap_warning(comune, known.get(RegisterField.CAP, comune.cap)), *province))


def read_province(text: str, known: Known) -> Reading:
    """Two letters, from the letters or the name; a warning where the comune is known to lie in another."""
    letters = text.strip("() .").upper()
    code = letters if _PROVINCES.fullmatch(letters) else _PROVINCE_NAMES.get(fold(text))
    if code is None:
        raise Invalid("province_unknown")
    return Reading(code, _province_warning(_find(known.get(RegisterField.COMUNE, "")), code))


def _find(name: str) -> Comune | None:
    return _BY_NAME.get(fold(name))


def _cap_warning(comune: Comune | None, cap: str) -> tuple[str, ...]:
    return () if comune is None or comune.cap == cap else (f"cap_other_comune:{comune.name}->{comune.cap}",)


def _province_warning(comune: Comune | None, province: str) -> tuple[str, ...]:
    if comune is None or comune.province == province:
        return ()
    return (f"comune_other_province:{comune.name}->{comune.province}",)
