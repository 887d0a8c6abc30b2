"""Telegram's HTML: what a bot writes, turned into the plain text and the entities that a phone shows.

Offsets are counted in UTF-16 units, as Telegram counts them. It knows no message and no chat; Markdown it
refuses.
"""

import html
import re
from dataclasses import dataclass, field

from emulator.state import Json
from emulator.wording import bad

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_TOKEN = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)>|&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});|<")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""", re.IGNORECASE)
_COMMAND = re.compile(r"(?:(?<=\s)|^)/[A-Za-z0-9_]{1,32}(?:@\w+)?")


def units(text: str) -> int:
    """The length of the text in UTF-16 units, which is how Telegram measures."""
    return len(text.encode("utf-16-le")) // 2


def formatted(text: str, parse_mode: str | None) -> tuple[str, list[Json]]:
    """The text without markup and its entities.

    Raises:
        ApiError: the markup does not parse, or the mode is none that is emulated here.
    """
    if not parse_mode:
        plain, entities = text, list[Json]()
    elif parse_mode.lower() == "html":
        plain, entities = _Html(text).parsed()
    else:
        raise bad("unsupported parse_mode")
    return _trimmed(plain, entities)


def commands_in(text: str) -> list[Json]:
    """The entities of the commands in a text that a person typed."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found.group())}
        for found in _COMMAND.finditer(text)
    ]


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram cuts the white space at both ends; the entities follow."""
    cut = units(text) - units(text.lstrip())
    plain = text.strip()
    length = units(plain)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, length)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return plain, sorted(kept, key=lambda entity: (entity["offset"], -entity["length"]))


@dataclass
class _Html:
    """One pass over a text in Telegram's HTML."""

    source: str
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[tuple[str, Json]] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def parsed(self) -> tuple[str, list[Json]]:
        at = 0
        for token in _TOKEN.finditer(self.source):
            self._write(self.source[at : token.start()])
            self._read(token)
            at = token.end()
        self._write(self.source[at:])
        if self.open:
            raise bad(
                f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1][0]}\""
            )
        return "".join(self.text), self.entities

    def _write(self, text: str) -> None:
        self.text.append(text)
        self.length += units(text)

    def _read(self, token: re.Match[str]) -> None:
        where = len(self.source[: token.start()].encode())
        if token.group().startswith("&"):
            self._write(html.unescape(token.group()))
        elif token.group(2) is None:
            raise bad(f'can\'t parse entities: Unsupported start tag "" at byte offset {where}')
        elif token.group(1):
            self._end(token.group(2).lower(), where)
        else:
            self._start(token.group(2).lower(), token.group(3), where)

    def _start(self, tag: str, attributes: str, where: int) -> None:
        if tag not in _KINDS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset {where}')
        if tag == "span" and "tg-spoiler" not in attributes:
            raise bad(
                f'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset {where}'
            )
        self.open.append((tag, {"type": _KINDS[tag], "offset": self.length} | _details(tag, attributes)))

    def _end(self, tag: str, where: int) -> None:
        if not self.open:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {where}")
        expected, entity = self.open.pop()
        if tag and tag != expected:
            raise bad(
                f"can't parse entities: Unmatched end tag at byte offset {where}, "
                f'expected "</{expected}>", found "</{tag}>"'
            )
        length = self.length - entity["offset"]
        if length and not (entity["type"] == "text_link" and not entity["url"]):
            self.entities.append(entity | {"length": length})


def _details(tag: str, attributes: str) -> Json:
    if tag == "a":
        found = _HREF.search(attributes)
        return {"url": html.unescape(next(filter(None, found.groups()), "")) if found else ""}
    if tag == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {}
