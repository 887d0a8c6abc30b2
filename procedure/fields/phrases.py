"""The Italian of the fields: labels, what is wrong and what to do next, all in `phrases.it.toml`.

Knows no rule; a test holds that every reason has its phrase and every phrase its reason.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from procedure.fields.kinds import RegisterField
from procedure.fields.reading import Invalid

_PHRASES: Final = tomllib.loads(files("procedure.fields").joinpath("phrases.it.toml").read_text("utf-8"))

INVALID_PHRASES: Final[Mapping[str, str]] = MappingProxyType(_PHRASES["invalid"])
WARNING_PHRASES: Final[Mapping[str, str]] = MappingProxyType(_PHRASES["warning"])
_LABELS: Final[Mapping[str, str]] = MappingProxyType(_PHRASES["label"])


def label(field: RegisterField) -> str:
    """The field's name for people: `Partita IVA`, `Codice SDI`."""
    return _LABELS[field.value]


def explain(refusal: Invalid) -> str:
    """The sentence for a refusal, with what was seen."""
    return INVALID_PHRASES[refusal.reason].format_map(refusal.hint)


def explain_warning(warning: str) -> str:
    """The sentence for a warning: `ateco_old:96.02.01->96.21.00` names both codes."""
    key, _, detail = warning.partition(":")
    given, _, expected = detail.partition("->")
    return WARNING_PHRASES[key].format(detail=detail, given=given, expected=expected)
