"""Where each key of a TOML file stands: `tomllib` gives values without their lines. Judges no value.

Reads only a text that `tomllib` has already accepted, so it may skip what it need not understand.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Final, TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"
"""Keys from the top down; the n-th of a `[[table]]` is a number from 0: `("sede", 1, "casella")`."""

_BLANK: Final = re.compile(r"(?:\s|#[^\n]*)*")
_STRING: Final = re.compile(
    "|".join((r'"""(?:\\.|[^\\])*?"{3,5}', r"'''.*?'{3,5}", r'"(?:\\.|[^"\\\n])*"', r"'[^'\n]*'")), re.DOTALL
)
_KEY_PART: Final = re.compile(r"""[ \t]*(?:(?P<bare>[\w-]+)|(?P<quoted>"(?:\\.|[^"\\])*"|'[^']*'))[ \t]*""")


class Lines:
    """The line of each table and key of one text."""

    def __init__(self, found: Mapping[Path, int]) -> None:
        self._found = found

    def of(self, path: Path) -> int | None:
        """The line (from 1) where `path` begins, or the nearest table around it; None for an empty path."""
        for length in range(len(path), 0, -1):
            if (line := self._found.get(path[:length])) is not None:
                return line
        return None


def locate(text: str) -> Lines:
    """Every table and key of `text`, which must be valid TOML."""
    return Lines(_Scanner(text.replace("\r\n", "\n")).scan())


class _Scanner:
    """Walks the text statement by statement: a header, or a key and its value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}  # of each [[table]], how many were met
        self._table: Path = ()

    def scan(self) -> dict[Path, int]:
        while self._skip_blank() < len(self._text):
            if self._text[self._at] == "[":
                self._header()
            else:
                self._key_and_value()
        return self._found

    def _skip_blank(self) -> int:
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _header(self) -> None:
        line, repeated = self._line(), self._text.startswith("[[", self._at)
        self._at += 2 if repeated else 1
        path = self._resolved(self._dotted_key(), repeated=repeated)
        self._at += 2 if repeated else 1
        self._table = path
        for place in (
            path,
            path[:-1] if repeated else path,
        ):  # the first [[table]] also stands for all of them
            self._found.setdefault(place, line)

    def _key_and_value(self) -> None:
        line = self._line()
        key = self._table + self._dotted_key()
        for length in range(len(self._table) + 1, len(key) + 1):
            self._found.setdefault(key[:length], line)
        self._at += 1  # the equals sign
        self._skip_value()

    def _dotted_key(self) -> tuple[str, ...]:
        parts = []
        while match := _KEY_PART.match(self._text, self._at):
            self._at = match.end()
            parts.append(match["bare"] or _unquoted(match["quoted"]))
            if not self._text.startswith(".", self._at):
                break
            self._at += 1
        return tuple(parts)

    def _resolved(self, key: tuple[str, ...], *, repeated: bool) -> Path:
        """The path of a header: under a `[[table]]` it means the latest of them."""
        path: Path = ()
        for part in key[:-1]:
            path = self._latest((*path, part))
        path = (*path, key[-1])
        if not repeated:
            return self._latest(path)
        self._counts[path] = self._counts.get(path, 0) + 1
        return self._latest(path)

    def _latest(self, path: Path) -> Path:
        count = self._counts.get(path)
        return path if count is None else (*path, count - 1)

    def _skip_value(self) -> None:
        """To the end of a value: the end of its line, unless a bracket or a string is still open."""
        depth = 0
        while self._at < len(self._text):
            char = self._text[self._at]
            if char == "\n" and depth == 0:
                return
            depth += (char in "[{") - (char in "]}")
            self._at = self._past(char)

    def _past(self, char: str) -> int:
        if char == "#":
            end = self._text.find("\n", self._at)
            return end if end >= 0 else len(self._text)
        if char in "\"'" and (match := _STRING.match(self._text, self._at)):
            return match.end()
        return self._at + 1

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1


def _unquoted(key: str) -> str:
    """The key inside its quotes, escapes and all, as `tomllib` reads it."""
    return str(tomllib.loads(f"key = {key}")["key"])
