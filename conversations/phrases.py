"""The sentences that people read, from one Italian file. Refuses to know when any of them is said."""

import tomllib
from functools import cache
from importlib.resources import files


class NoSuchPhrase(KeyError):
    """The file has no sentence of this name: a fault of the code, caught by the walker's test."""


@cache
def _sentences() -> dict[str, str]:
    tree = tomllib.loads(files("conversations").joinpath("phrases.it.toml").read_text("utf-8"))
    return dict(_flattened("", tree))


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
    """True where the file has a sentence of this name."""
    return key in _sentences()


def phrase_keys() -> frozenset[str]:
    """The names of all sentences."""
    return frozenset(_sentences())


def say(key: str, **values: object) -> str:
    """The sentence `key` with its `{values}` filled in.

    Raises:
        NoSuchPhrase: the file has no such sentence.
    """
    try:
        sentence = _sentences()[key]
    except KeyError:
        raise NoSuchPhrase(key) from None
    return sentence.format(**values) if values else sentence
