"""The sentences that people read, from the Italian files beside this one (`*.it.toml`), a file a room.

Refuses to know when any of them is said.
"""

import tomllib
from functools import cache
from importlib.resources import files


class NoSuchPhrase(KeyError):
    """No file has a sentence of this name: a fault of the code, caught by the walker's test."""


@cache
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = {}
    for file in sorted(files("conversations").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".it.toml"):
            said = dict(_flattened("", tomllib.loads(file.read_text("utf-8"))))
            if twice := said.keys() & sentences.keys():
                raise ValueError(f"{file.name} says again: {', '.join(sorted(twice))}")
            sentences |= said
    return sentences


def _flattened(prefix: str, tree: dict[str, object]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            pairs += _flattened(f"{name}.", value)
        else:
            pairs.append((name, str(value).strip()))
    return pairs


def has_phrase(key: str) -> bool:
    """True where there is a sentence of this name."""
    return key in _sentences()


def phrase_keys() -> frozenset[str]:
    """The names of all sentences."""
    return frozenset(_sentences())


def say(key: str, **values: object) -> str:
    """The sentence `key` with its `{values}` filled in.

    Raises:
        NoSuchPhrase: no file has such a sentence.
    """
    try:
        sentence = _sentences()[key]
    except KeyError:
        raise NoSuchPhrase(key) from None
    return sentence.format(**values) if values else sentence
