"""Where in a letter our tokens stood. Refuses to know how a mail is parsed."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from procedure.correspondence.tokens import TOKEN, read


class Where(enum.StrEnum):
    """Where in a letter a token stood, the most trustworthy first."""

    ADDRESS = "address"  # the plus-address it was sent to
    IN_REPLY_TO = "in_reply_to"
    REFERENCES = "references"
    SUBJECT = "subject"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Clue:
    """A token of ours found in a letter, signature checked, in lower case; and where it stood."""

    token: str
    where: Where


@dataclass(frozen=True, slots=True)
class Traces:
    """The parts of a letter where a token may stand. Addresses may be upper-cased, subjects changed."""

    recipients: tuple[str, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""


def evidence(secret: bytes, traces: Traces) -> tuple[Clue, ...]:
    """Our tokens in a letter, the strongest place first, each place's own order kept, none twice in a place.

    The nearest of the References, the last one, comes first.
    """
    places: tuple[tuple[Where, Iterable[str]], ...] = (
        (Where.ADDRESS, traces.recipients),
        (Where.IN_REPLY_TO, (traces.in_reply_to,)),
        (Where.REFERENCES, reversed(traces.references)),
        (Where.SUBJECT, (traces.subject,)),
        (Where.BODY, (traces.body,)),
    )
    found = (
        Clue(token, where) for where, texts in places for text in texts for token in _tokens(secret, text)
    )
    return tuple(dict.fromkeys(found))


def _tokens(secret: bytes, text: str) -> Iterable[str]:
    for match in TOKEN.finditer(text.lower()):
        if read(secret, match.group()) is not None:
            yield match.group()
