"""A paper that goes with a mail, as its bytes. The type alone, so that whoever draws one can name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paper:
    """A drawn paper: the name of its file, its bytes and what they are; a PDF unless it says otherwise."""

    name: str
    content: bytes
    maintype: str = "application"
    subtype: str = "pdf"
    parameters: Mapping[str, str] = field(default_factory=dict)
