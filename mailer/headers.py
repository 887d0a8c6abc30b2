"""Headers as they leave: written once, folded, never parsed again.

The standard library's policy reads every header anew at each touch, and that is most of what a mail costs;
ours are written here, and nobody else's stand among them. Refuses to know what a mail says.
"""

import re
from collections.abc import Iterable, Iterator
from email.header import Header
from email.policy import EmailPolicy
from email.utils import quote
from typing import Any

LONGEST_LINE = 78
_IDS = frozenset({"message-id", "in-reply-to", "references"})
_SPECIALS = re.compile(r"[()<>@,:;\".\[\]\\]")


class AsWritten(EmailPolicy):
    """A policy whose headers are the texts that they were set to. Beyond ASCII stands only what cannot be
    encoded: the name in an address (RFC 6532), for servers that take it.
    """

    def header_max_count(self, name: str) -> None:
        """We write each once."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, str]:
        """As it is.

        Raises:
            ValueError: it would begin another header.
        """
        text = str(value)
        if "\r" in text or "\n" in text:
            raise ValueError(f"a line break in {name}")
        return name, text

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """As it is."""
        return value

    def fold_binary(self, name: str, value: str) -> bytes:
        """Its lines; Message-IDs one a line, since programs find no thread by a broken one."""
        lines = value.split() if name.lower() in _IDS else _folded(value.split(" "), len(name) + 2)
        told = "\r\n ".join(lines)
        return f"{name}: {told}\r\n".encode()


def _folded(words: Iterable[str], indent: int) -> Iterator[str]:
    line, room = "", LONGEST_LINE - indent
    for word in words:
        if line and len(line) + 1 + len(word) > room:
            yield line
            line, room = word, LONGEST_LINE - 1
        else:
            line = f"{line} {word}" if line else word
    yield line


def text(value: str) -> str:
    """A text for a header: as it is, or in the encoded words of RFC 2047."""
    if value.isascii() and "=?" not in value:
        return value
    return Header(value, "utf-8", maxlinelen=70).encode(linesep="").replace("\n", "")


def address(name: str, email: str) -> str:
    """`Name <email>`, the name quoted or encoded where it must be."""
    if not name:
        return email
    plain = name.isascii() and "=?" not in name
    said = f'"{quote(name)}"' if plain and _SPECIALS.search(name) else text(name)
    return f"{said} <{email}>"
