"""Reads the tables of a TOML file key by key, noting all that is wrong instead of stopping at the first.

Knows types and Italian sentences, not what a campaign is. A wrong value is noted and read as an empty one,
so that the rest is still read; who reads the file raises at its end what was noted.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final, TypeVar

from dopovisita.toml_lines import Lines, Path
from procedure.errors import CampaignError

E = TypeVar("E")
MOST_TOLD: Final = 10
"""Of more than this a person reads none."""


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing to put right in the file, and the line where it stands (0: the file as a whole)."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"riga {self.line}: {self.sentence}" if self.line else self.sentence


class Complaints:
    """All that was found wrong in one file."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._noted: list[Complaint] = []

    def note(self, path: Path, sentence: str) -> None:
        """Keep `sentence` with the line of `path`."""
        self._noted.append(Complaint(self.line(path) or 0, sentence))

    def line(self, path: Path) -> int | None:
        """Where `path` stands in the file."""
        return self._lines.of(path)

    def raise_any(self) -> None:
        """End here if anything was noted.

        Raises:
            CampaignError: one line for each complaint, in the order of the file, at most ten.
        """
        match sorted(set(self._noted)):
            case []:
                return
            case [only]:
                raise CampaignError(only.sentence, line=only.line or None)
            case many:
                raise CampaignError(_together(many))


def _together(complaints: list[Complaint]) -> str:
    told = [f"  {complaint}" for complaint in complaints[:MOST_TOLD]]
    left = len(complaints) - len(told)
    more = [f"  … e altre {left}"] if left else []
    return "\n".join([f"ci sono {len(complaints)} cose da correggere:", *told, *more])


class Table:
    """One table. `label` is how a sentence names it: `[campagna]`, `[[sede]]`."""

    def __init__(self, values: Mapping[str, object], path: Path, label: str, complaints: Complaints) -> None:
        self.path = path
        self.label = label
        self._values = values
        self._complaints = complaints
        self._known: set[str] = set()

    def text(self, key: str, example: str) -> str:
        """A text that must be there; empty where it is missing or wrong, which is noted."""
        value = self._take(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self._wrong(key, value, "un testo tra virgolette", f'"{example}"')
        return ""

    def optional_text(self, key: str, example: str) -> str:
        """A text that may be missing."""
        return "" if self._absent(key) else self.text(key, example)

    def email(self, key: str, example: str) -> str:
        """An address in lower case; empty where missing or wrong."""
        written = self.text(key, example)
        if written and not (address := _address(written)):
            self.note(key, f"«{written}» non è un indirizzo di posta valido, per esempio {example}")
            return ""
        return address if written else ""

    def day(self, key: str, example: str) -> date | None:
        """A date; None where missing or wrong."""
        value = self._take(key)
        if type(value) is date:  # a datetime is a date too, and not meant
            return value
        self._wrong(key, value, "una data senza virgolette (anno-mese-giorno)", example)
        return None

    def number(self, key: str, default: int, highest: int = 366) -> int:
        """A whole number of at least 1; `default` where missing or wrong."""
        if self._absent(key):
            return default
        value = self._take(key)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= highest:
            return value
        self._wrong(key, value, f"un numero intero da 1 a {highest}", str(default))
        return default

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false; `default` where missing or wrong."""
        if self._absent(key):
            return default
        value = self._take(key)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "true (sì) o false (no)", "true" if default else "false")
        return default

    def choice(self, key: str, among: Mapping[str, E], example: str) -> E | None:
        """What the word at `key` stands for; None where missing or not one of them."""
        written = self.text(key, example)
        return self.chosen(key, written, among) if written else None

    def choices(self, key: str, among: Mapping[str, E], example: str) -> tuple[E, ...]:
        """What each word of the list at `key` stands for, without those that are not known."""
        found = (self.chosen(key, written, among) for written in self.texts(key, example))
        return tuple(value for value in found if value is not None)

    def texts(self, key: str, example: str) -> tuple[str, ...]:
        """A list of texts; empty where missing."""
        if self._absent(key):
            return ()
        value = self._take(key)
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(item.strip() for item in value)
        self._wrong(key, value, "un elenco di testi tra parentesi quadre", f'["{example}"]')
        return ()

    def tables(self, key: str) -> list["Table"]:
        """Every `[[key]]`; none where missing."""
        value = self._take(key)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return [self._inner((key, n), f"[[{key}]]", item) for n, item in enumerate(value)]
        self.note(key, f"«{key}» si scrive [[{key}]], con le doppie parentesi quadre, una volta per ciascuno")
        return []

    def table(self, key: str) -> "Table":
        """The `[key]`; an empty one where missing or wrong."""
        value = self._take(key)
        if value is None or isinstance(value, dict):
            return self._inner((key,), f"[{key}]", value or {})
        self.note(key, f"«{key}» si scrive [{key}], con una sola coppia di parentesi quadre, una volta sola")
        return self._inner((key,), f"[{key}]", {})

    def peek(self, key: str) -> str:
        """The text at `key`, judged by nobody; empty where it is none."""
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def line(self, key: str) -> int | None:
        """Where `key` stands in the file."""
        return self._complaints.line((*self.path, key))

    def has(self, key: str) -> bool:
        """True where the file says something of `key`."""
        return not self._absent(key)

    def chosen(self, key: str, written: str, among: Mapping[str, E]) -> E | None:
        """What `written` stands for; None, with the nearest word noted, where it is not known."""
        if (value := among.get(written)) is None:
            self.note(key, f"non conosco «{written}» in «{key}»: {_nearest(written, among)}")
        return value

    def note(self, key: str | None, sentence: str) -> None:
        """Keep a complaint about `key`, or about the whole table."""
        self._complaints.note(self.path if key is None else (*self.path, key), sentence)

    def close(self) -> None:
        """Note every key that was never asked for: a word spelt wrong is otherwise silently lost."""
        for key in self._values:
            if key not in self._known:
                where = f" in {self.label}" if self.label else ""
                self.note(key, f"non conosco «{key}»{where}: {_nearest(key, self._known)}")

    def _inner(self, path: Path, label: str, values: Mapping[str, object]) -> "Table":
        return Table(values, (*self.path, *path), label, self._complaints)

    def _absent(self, key: str) -> bool:
        return self._take(key) is None

    def _take(self, key: str) -> object:
        self._known.add(key)
        return self._values.get(key)

    def _wrong(self, key: str, value: object, expected: str, example: str) -> None:
        if value is None:
            self.note(None, f"in {self.label} manca «{key}»: aggiungi per esempio {key} = {example}")
        else:
            self.note(key, f"«{key}» dev'essere {expected}, per esempio {key} = {example}")


def _address(written: str) -> str:
    from email_validator import validate_email  # noqa: PLC0415 — only the commands that read a campaign pay for it

    with suppress(ValueError):
        return validate_email(written, check_deliverability=False).normalized.lower()
    return ""


def _nearest(written: str, known: Collection[str]) -> str:
    if near := get_close_matches(written, known, n=1, cutoff=0.5):
        return f"forse volevi scrivere «{near[0]}»"
    return f"qui puoi scrivere {', '.join(sorted(known))}"
