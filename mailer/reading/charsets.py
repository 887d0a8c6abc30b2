"""Bytes as text, whatever charset they claim. Never a fault: a letter that cannot be read is a mark.

Refuses to know where the bytes stood.
"""

import re

_REFUSED = frozenset({"", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7"})
"""Python's codecs that no mail is written in, or that are slow or noisy on what was not."""

_WIDE = ("utf_16", "utf_32", "ucs")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def text_of_bytes(raw: bytes, declared: str = "") -> str:
    """UTF-8 where the bytes are, never by chance; else as declared, else as Windows has it.

    Control characters that no text has, NUL among them, are left out.
    """
    return _NO_TEXT.sub("", _decoded(raw, declared))


def _decoded(raw: bytes, declared: str) -> str:
    if not declared and raw.isascii():
        return raw.decode("ascii")
    for charset in (declared,) if raw.isascii() else ("utf-8", declared):
        if _is_false(raw, charset.lower().replace("-", "_")):
            continue
        try:
            return raw.decode(charset)
        except (LookupError, ValueError):  # unknown, or false, or not a text's
            continue
    return raw.decode("cp1252", "replace")


def _is_false(raw: bytes, charset: str) -> bool:
    """True of what is no charset of mails, and of two bytes a letter where no byte is zero."""
    return charset in _REFUSED or (charset.startswith(_WIDE) and b"\0" not in raw)
