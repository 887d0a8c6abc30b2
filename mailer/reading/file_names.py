"""A file's name made safe: to show in a chat, to link in a page, to write to any disk.

Refuses to know what is in the file, but for the extension that fits it.
"""

import re
import unicodedata

LONGEST = 120
LONGEST_EXTENSION = 10

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)


def safe_name(name: str, number: int, extensions: tuple[str, ...]) -> str:
    """A name without a path, a control character or a mark of direction, at most 120 characters, never empty.

    Args:
        name: as its sender wrote it.
        number: what a file without a name is called after.
        extensions: those that fit what it is, the usual one first; none where any does.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char if char.isprintable() else " " for char in last)
    stem, extension = _split(_FORBIDDEN.sub("_", " ".join(shown.split())).strip(". "))
    if extensions and extension.lower() not in extensions:
        stem, extension = ".".join(filter(None, (stem, extension))), extensions[0]
    stem = stem.strip(". ") or f"allegato-{number}"
    if _RESERVED.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    tail = f".{extension}" if extension else ""
    return stem[: LONGEST - len(tail)].rstrip(". ") + tail


def _split(name: str) -> tuple[str, str]:
    """Stem and extension; what is long or has a space is no extension."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not re.fullmatch(rf"\w{{1,{LONGEST_EXTENSION}}}", extension):
        return name, ""
    return stem, extension
