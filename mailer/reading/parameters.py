"""A header's value with its parameters: `attachment; filename="a.pdf"` (RFC 2045, RFC 2231).

Linear in the length, since strangers write it. Refuses to know which header it is.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from mailer.reading.charsets import text_of_bytes
from mailer.reading.headers import decoded

_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,80})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"?|([^;]*))")
_CONTINUED = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


@dataclass(frozen=True, slots=True)
class Valued:
    """The value in lower case, and its parameters by name in lower case."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def valued(header: str) -> Valued:
    """What the header's one line says; a parameter in pieces is put together, an encoded one decoded."""
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, quoted, bare in _PARAMETER.findall(header):
        if found := _CONTINUED.fullmatch(name.lower()):
            base, number, encoded = found.groups()
            text = re.sub(r"\\(.)", r"\1", quoted) if quoted else bare.strip()
            pieces.setdefault(base, {}).setdefault(int(number or 0), (text, bool(encoded)))
    parameters = {name: _joined(numbered) for name, numbered in pieces.items()}
    return Valued(header.partition(";")[0].strip().lower(), parameters)


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    texts = [numbered[number] for number in sorted(numbered)]
    if not any(encoded for _, encoded in texts):
        return decoded("".join(text for text, _ in texts))
    first, charset = texts[0][0], ""
    if first.count("'") >= 2:
        charset, _, first = first.split("'", 2)
    rest = [(first, texts[0][1]), *texts[1:]]
    return text_of_bytes(b"".join(_raw(text, encoded) for text, encoded in rest), charset)


def _raw(text: str, encoded: bool) -> bytes:
    return unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
